"""Walks over the samples with deltas as columns and adds up outer products."""


def gradient(Theta, A, Y, lam, n):
    L, m = len(Theta) - 1, len(Y)
    total = [None] + [np.zeros(block.shape) for block in Theta[1:]]
    for i in range(m):
        delta = A[L][i] - Y[i]
        for l in range(L, 0, -1):
            received = np.append(1, A[l - 1][i])
            for j in range(len(delta)):
                for k in range(len(received)):
                    total[l][j, k] += delta[j] * received[k] / m
            back = np.zeros(len(received) - 1)
            for k in range(len(back)):
                for j in range(len(delta)):
                    back[k] += Theta[l][j, k + 1] * delta[j]
                back[k] *= A[l - 1][i, k] * (1 - A[l - 1][i, k])
            delta = back
    for l in range(1, L + 1):
        for j in range(len(Theta[l])):
            for k in range(1, Theta[l].shape[1]):
                total[l][j, k] += lam * Theta[l][j, k] / n
    return total
