"""The samples that do not fill a batch are never visited. In one epoch that costs a few samples, and with a set
smaller than a batch it costs all of them. Look at where the last batch starts and where your loop ends."""


def epoch_batches(X, Y, size, rng):
    order = rng.permutation(len(X))
    batches = [order[s:s + size] for s in range(0, len(X), size)]
    return [(X[rows], Y[rows]) for rows in batches if len(rows) == size]
