"""The batches come in a new order, and each of them holds the same neighbours in every epoch. Cut first and
shuffle later is not the same as shuffle first and cut later. Look at what it is that the generator puts in
order."""


def epoch_batches(X, Y, size, rng):
    starts = rng.permutation(np.arange(0, len(X), size))
    starts = [s for s in starts if s + size <= len(X)] + [s for s in starts if s + size > len(X)]
    return [(X[s:s + size], Y[s:s + size]) for s in starts]
