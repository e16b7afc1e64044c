"""The network learns the mean of the targets and nothing more. Every image is there, and it carries the label of
another one. Two orders were drawn where one is needed. Look at what the second call of the generator returns."""

DEFECT = "shuffled-apart"


def epoch_batches(X, Y, size, rng):
    X, Y = rng.permutation(X), rng.permutation(Y)
    return [(X[s:s + size], Y[s:s + size]) for s in range(0, len(X), size)]
