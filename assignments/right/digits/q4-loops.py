"""Weight by weight: the generator hands out the same numbers one at a time, row by row."""


def glorot_start(sizes, rng):
    Theta = [None]
    for l in range(1, len(sizes)):
        bound = (6 / (sizes[l - 1] + sizes[l])) ** 0.5
        Theta.append(np.zeros((sizes[l], 1 + sizes[l - 1])))
        for j in range(sizes[l]):
            for k in range(sizes[l - 1]):
                Theta[l][j, 1 + k] = rng.uniform(-bound, bound)
    return Theta
