"""The gradient is m times too large: a learning rate that works on ten samples diverges on a thousand. With one sample all is right, which is why a
check on one sample sees nothing. The cost is a mean: look for the place where the gradient becomes one too.
"""
DEFECT = "mean-missing"


def batch_gradient(W, Z, A, Y):
    D = (A[-1] - Y) * sigma_slope(Z[-1])
    dW, db = [None] * len(W), [None] * len(W)
    for l in range(len(W) - 1, 0, -1):
        dW[l], db[l] = D.T @ A[l - 1], D.sum(axis=0)
        if l > 1:
            D = D @ W[l] * sigma_slope(Z[l - 1])
    return dW, db
