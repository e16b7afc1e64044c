"""Gives every sample a random key and sorts by it; np.split cuts the order at the multiples of the size."""


def epoch_batches(X, Y, size, rng):
    m = len(X)
    order = np.argsort(rng.random(m))
    return [(X[rows], Y[rows]) for rows in np.split(order, range(size, m, size))]
