"""Whatever generator is given, the order is always the same. Every epoch then visits the samples alike. Look at
where your random numbers come from."""


def epoch_batches(X, Y, size, rng):
    order = np.random.default_rng(0).permutation(len(X))
    return [(X[order[s:s + size]], Y[order[s:s + size]]) for s in range(0, len(X), size)]
