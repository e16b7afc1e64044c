"""The gradient is m times too large: a learning rate that works on ten samples diverges on a thousand.
Count how often your function divides by the samples, and how often the cost does.
"""
DEFECT = "mean-missing"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.sum(axis=0), delta.T @ A[l - 1] + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
