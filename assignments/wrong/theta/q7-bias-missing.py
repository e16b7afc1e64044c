"""The biases stay where they started, mostly at zero.
Ask column 0 of every block what it has learnt from the samples.
"""
DEFECT = "bias-missing"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([np.zeros(delta.shape[1]), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
