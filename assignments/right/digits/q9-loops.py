"""One sample after the other, by loops over units; each sample adds its share of the step."""


def mended_sweep(Theta, A, S, Y, lr):
    new = [None] + [T.copy() for T in Theta[1:]]
    m = len(Y)
    for i in range(m):
        delta = A[-1][i] - Y[i]
        for l in range(len(Theta) - 1, 0, -1):
            n, wide = Theta[l].shape
            below = np.zeros(wide - 1)
            for j in range(n):
                new[l][j, 0] -= lr * delta[j] / m
                for k in range(wide - 1):
                    new[l][j, 1 + k] -= lr * delta[j] * A[l - 1][i, k] / m
                    below[k] += Theta[l][j, 1 + k] * delta[j]
            if l > 1:
                delta = below * S[l - 1][i]
    return new
