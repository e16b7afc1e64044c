"""As long as the batch is the whole training set all is right, and with a part of it the penalty is too strong.
Two numbers count samples here: look which one divides λ in the cost.
"""


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / len(Y) * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
