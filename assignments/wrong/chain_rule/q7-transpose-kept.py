"""The layers below are wrong in size and direction, and the layer itself and those above it are right. That is what one sees where two layers have the
same size; here the sizes differ, and NumPy refuses the product. The formula has been carried over from columns, and the samples are rows now: write
the shapes of both factors side by side.
"""
DEFECT = "missing-transpose"


def batch_gradient(W, Z, A, Y):
    m = len(Y)
    D = (A[-1] - Y) * sigma_slope(Z[-1])
    dW, db = [None] * len(W), [None] * len(W)
    for l in range(len(W) - 1, 0, -1):
        dW[l], db[l] = D.T @ A[l - 1] / m, D.mean(axis=0)
        if l > 1:
            D = D @ W[l].T * sigma_slope(Z[l - 1])
    return dW, db
