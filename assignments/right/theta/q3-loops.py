"""Fills each matrix entry by entry from a running place, so the matrices are copies."""


def roll(theta, sizes):
    Theta, place = [None], 0
    for l in range(1, len(sizes)):
        block = np.zeros((sizes[l], 1 + sizes[l - 1]))
        for j in range(sizes[l]):
            for k in range(1 + sizes[l - 1]):
                block[j, k] = theta[place]
                place += 1
        Theta.append(block)
    return Theta
