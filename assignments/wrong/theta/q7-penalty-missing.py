"""The reported cost is not the one that is minimised, and λ has no effect on the weights.
At λ = 0 nothing of it can be seen.
"""
DEFECT = "penalty-missing"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y)])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
