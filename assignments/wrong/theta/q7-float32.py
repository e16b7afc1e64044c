"""Every entry is right to seven digits and wrong after that.
The number that came and the number that was expected look alike: the tests look at nine digits.
"""
DEFECT = "float32"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return [None] + [block.astype(np.float32) for block in G[1:]]
