"""Layers below get too large a gradient: four times and more with each sigmoid left out.
The delta of a hidden layer is more than what arrives from above.
"""
DEFECT = "slope-missing"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta @ W
    return G
