"""Cost and gradient belong to different parameters, and an optimiser that compares them gives up.
Somebody who calls your function twice gets two different answers.
"""
DEFECT = "argument-changed"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        Theta[l][:, 0] = 0
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
