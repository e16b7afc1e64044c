"""The weights are right, and the biases m times too large. Weights and biases belong to one cost, which is a mean. Compare the two lines that add up
over the samples.
"""
DEFECT = "bias-mean-missing"


def batch_gradient(W, Z, A, Y):
    m = len(Y)
    D = (A[-1] - Y) * sigma_slope(Z[-1])
    dW, db = [None] * len(W), [None] * len(W)
    for l in range(len(W) - 1, 0, -1):
        dW[l], db[l] = D.T @ A[l - 1] / m, D.sum(axis=0)
        if l > 1:
            D = D @ W[l] * sigma_slope(Z[l - 1])
    return dW, db
