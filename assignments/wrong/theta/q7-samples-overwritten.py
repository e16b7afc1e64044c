"""The weights' gradient is that of the last sample divided by m; the biases', if any, may be right.
Inside a loop over samples, look at the sign between the sum and the new share.
"""
DEFECT = "samples-overwritten"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        total = np.zeros(W.shape)
        for i in range(len(Y)):
            total = np.outer(delta[i], A[l - 1][i])
        G[l] = np.column_stack([delta.mean(axis=0), total / len(Y) + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
