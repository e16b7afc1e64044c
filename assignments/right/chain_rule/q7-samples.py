"""Walks back sample by sample in columns, and adds the gradients up."""


def batch_gradient(W, Z, A, Y):
    m, L = len(Y), len(W) - 1
    dW = [None] + [np.zeros(W[l].shape) for l in range(1, L + 1)]
    db = [None] + [np.zeros(len(W[l])) for l in range(1, L + 1)]
    for i in range(m):
        delta = (A[L][i] - Y[i]) * sigma_slope(Z[L][i])
        for l in range(L, 0, -1):
            dW[l] += np.outer(delta, A[l - 1][i]) / m
            db[l] += delta / m
            if l > 1:
                delta = W[l].T @ delta * sigma_slope(Z[l - 1][i])
    return dW, db
