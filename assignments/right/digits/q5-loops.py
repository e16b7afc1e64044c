"""Deals the samples out one by one, and opens a new batch whenever one is full."""


def epoch_batches(X, Y, size, rng):
    order = list(range(len(X)))
    rng.shuffle(order)
    samples, targets = [[]], [[]]
    for i in order:
        if len(samples[-1]) == size:
            samples.append([])
            targets.append([])
        samples[-1].append(X[i])
        targets[-1].append(Y[i])
    return [(np.array(x), np.array(y)) for x, y in zip(samples, targets)]
