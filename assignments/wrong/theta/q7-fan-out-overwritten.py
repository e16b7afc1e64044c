"""The last layer's gradient is right, and the layers below get the share of one unit of the layer above.
A hidden unit leads to every unit above it, and each of them sends something back.
"""
DEFECT = "fan-out-overwritten"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta[:, -1:] @ W[-1:] * A[l - 1] * (1 - A[l - 1])
    return G
