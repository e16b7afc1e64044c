"""At every seam between two batches a sample appears in both of them. In Python a slice stops before its end.
Look at where one batch ends and the next one begins."""


def epoch_batches(X, Y, size, rng):
    order = rng.permutation(len(X))
    batches = []
    for s in range(0, len(X), size):
        rows = order[max(s - 1, 0):s + size - 1] if s + size < len(X) else order[s:]
        batches.append((X[rows], Y[rows]))
    return batches
