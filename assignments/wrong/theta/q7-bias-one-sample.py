"""The weights are right, and the biases follow the last sample of each batch.
Ask column 0 what it does with the other samples.
"""
DEFECT = "bias-one-sample"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta[-1], delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
