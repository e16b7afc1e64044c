"""The batches are right, and the data that were handed in lie in another order than before. Whoever has kept a
list of the rows no longer knows which is which. Look for a method that shuffles its argument."""


def epoch_batches(X, Y, size, rng):
    order = rng.permutation(len(X))
    X[:], Y[:] = X[order], Y[order]
    return [(X[s:s + size], Y[s:s + size]) for s in range(0, len(X), size)]
