"""The cost rises from the first step on; in one layer only, it falls more slowly or not to the end.
Which of the two is subtracted from which at the output?
"""
DEFECT = "sign"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = Y - A[-1]
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
