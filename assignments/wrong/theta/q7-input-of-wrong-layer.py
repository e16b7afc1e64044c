"""One layer's weights are wrong; its biases and all other layers are right.
In this network the layers are of different width, so NumPy notices first and complains of the shapes.
"""
DEFECT = "input-of-wrong-layer"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l] / len(Y) + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
