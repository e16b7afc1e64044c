"""Hidden layers learn at the wrong rate, and the cost flattens where it need not.
The activations that you are given have been through the sigmoid already.
"""
DEFECT = "slope-of-a"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        s = 1 / (1 + np.exp(-A[l - 1]))
        delta = delta @ W * s * (1 - s)
    return G
