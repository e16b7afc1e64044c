"""Entry by entry, into arrays of zeros."""


def mended_penalty(Theta, lam, m):
    pull = [None]
    for l in range(1, len(Theta)):
        pull.append(np.zeros(Theta[l].shape))
        for j in range(Theta[l].shape[0]):
            for k in range(1, Theta[l].shape[1]):
                pull[l][j, k] = lam * Theta[l][j, k] / m
    return pull
