"""Computes all deltas first, with einsum, then all blocks from a column of ones, and masks the penalty's column 0."""


def gradient(Theta, A, Y, lam, n):
    L = len(Theta) - 1
    deltas = {L: (A[L] - Y) / len(Y)}
    for l in range(L - 1, 0, -1):
        arriving = np.einsum("ij,jk->ik", deltas[l + 1], Theta[l + 1])[:, 1:]
        deltas[l] = arriving * (A[l] - A[l] ** 2)
    G = [None]
    for l in range(1, L + 1):
        ones = np.ones((len(Y), 1))
        mask = np.arange(Theta[l].shape[1]) > 0
        G.append(np.einsum("ij,ik->jk", deltas[l], np.hstack([ones, A[l - 1]])) + lam / n * Theta[l] * mask)
    return G
