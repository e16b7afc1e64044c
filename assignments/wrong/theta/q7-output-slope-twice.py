"""Confidently wrong outputs hardly move, and training has long plateaus.
Look at the output's delta, and at the formula for it.
"""
DEFECT = "output-slope-twice"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = (A[-1] - Y) * A[-1] * (1 - A[-1])
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
