"""All layers are off, most where the output is saturated. Try it with one sample: the derivative with respect to a bias of the last layer must be what question 3 is
about. The error of the output is there, and the slope through which it passes is not.
"""
DEFECT = "output-slope-forgotten"


def batch_gradient(W, Z, A, Y):
    D, m = A[-1] - Y, len(Y)
    dW, db = [None] * len(W), [None] * len(W)
    for l in range(len(W) - 1, 0, -1):
        dW[l], db[l] = D.T @ A[l - 1] / m, D.sum(axis=0) / m
        if l > 1:
            D = D @ W[l] * sigma_slope(Z[l - 1])
    return dW, db
