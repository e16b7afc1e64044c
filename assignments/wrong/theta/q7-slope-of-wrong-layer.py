"""The layers below are wrong by a factor that differs from unit to unit.
In this network the layers are of different width, so NumPy notices first and complains of the shapes.
"""
DEFECT = "slope-of-wrong-layer"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta @ W * A[l] * (1 - A[l])
    return G
