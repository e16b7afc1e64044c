"""A penalty n times too strong: the weights shrink to nothing.
Hold the factor in front of the weights against the one in the cost.
"""
DEFECT = "penalty-undivided"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
