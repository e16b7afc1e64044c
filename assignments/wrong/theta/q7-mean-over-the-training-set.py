"""The biases are right, and the weights too small, unless the batch is the whole training set.
Two numbers count samples here: look which of them the sum over this batch is divided by.
"""


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / n + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
