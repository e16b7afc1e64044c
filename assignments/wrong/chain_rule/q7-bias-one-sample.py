"""The weights are right, and the biases follow the last sample of each batch. The deltas of all samples are there, a row for each, and one row has been
taken for all. Look at the index in the line of the biases.
"""
DEFECT = "bias-one-sample"


def batch_gradient(W, Z, A, Y):
    m = len(Y)
    D = (A[-1] - Y) * sigma_slope(Z[-1])
    dW, db = [None] * len(W), [None] * len(W)
    for l in range(len(W) - 1, 0, -1):
        dW[l], db[l] = D.T @ A[l - 1] / m, D[-1]
        if l > 1:
            D = D @ W[l] * sigma_slope(Z[l - 1])
    return dW, db
