"""The gradient is m times too small, and training crawls. With one sample all is right. Count the places where your function divides by the number of
samples, np.mean included.
"""
DEFECT = "mean-twice"


def batch_gradient(W, Z, A, Y):
    m = len(Y)
    D = (A[-1] - Y) * sigma_slope(Z[-1]) / m
    dW, db = [None] * len(W), [None] * len(W)
    for l in range(len(W) - 1, 0, -1):
        dW[l], db[l] = D.T @ A[l - 1] / m, D.mean(axis=0)
        if l > 1:
            D = D @ W[l] * sigma_slope(Z[l - 1])
    return dW, db
