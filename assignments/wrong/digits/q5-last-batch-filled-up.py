"""All batches are full, because the last one takes samples that have been visited already. Some samples then
count twice in an epoch. Look at what the last batch should do when the samples run out."""


def epoch_batches(X, Y, size, rng):
    order = rng.permutation(len(X))
    batches = []
    for s in range(0, len(X), size):
        rows = order[np.arange(s, s + size) % len(X)]
        batches.append((X[rows], Y[rows]))
    return batches
