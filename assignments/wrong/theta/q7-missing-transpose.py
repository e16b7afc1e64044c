"""The layers below are wrong in size and direction, and the layer itself and those above it are right.
In this network the layers are of different width, so NumPy notices first and complains of the shapes.
"""
DEFECT = "missing-transpose"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta @ W.T * A[l - 1] * (1 - A[l - 1])
    return G
