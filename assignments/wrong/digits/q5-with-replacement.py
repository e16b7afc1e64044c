"""Some samples come twice or more, and others not at all. Each sample was drawn without a look at those that
were drawn before. An epoch needs an order of the samples, not a row of draws."""


def epoch_batches(X, Y, size, rng):
    order = rng.integers(0, len(X), len(X))
    return [(X[order[s:s + size]], Y[order[s:s + size]]) for s in range(0, len(X), size)]
