"""All biases of a layer move together.
One number cannot be the gradient of several biases.
"""
DEFECT = "bias-axis-missing"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([np.full(delta.shape[1], delta.sum() / len(Y)), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
