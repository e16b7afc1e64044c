"""The order is drawn from a generator that nobody was handed, so a run cannot be repeated from its seed. Look at
which generator your line asks."""


def epoch_batches(X, Y, size, rng):
    order = np.random.permutation(len(X))
    return [(X[order[s:s + size]], Y[order[s:s + size]]) for s in range(0, len(X), size)]
