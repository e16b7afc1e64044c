"""The weights' gradient is that of the last sample divided by m; the biases', if any, may be right. A loop over the samples writes the same matrix again in
every round. Look at what the second round does with what the first one has brought.
"""
DEFECT = "samples-overwritten"


def batch_gradient(W, Z, A, Y):
    m = len(Y)
    D = (A[-1] - Y) * sigma_slope(Z[-1])
    dW, db = [None] * len(W), [None] * len(W)
    for l in range(len(W) - 1, 0, -1):
        for i in range(m):
            dW[l] = np.outer(D[i], A[l - 1][i]) / m
        db[l] = D.mean(axis=0)
        if l > 1:
            D = D @ W[l] * sigma_slope(Z[l - 1])
    return dW, db
