"""All weights are positive, so every unit of a layer leans the same way. The largest is where it should be, and
the smallest is not. Look at the lower end of the interval."""


def glorot_start(sizes, rng):
    Theta = [None]
    for n_below, n in zip(sizes, sizes[1:]):
        r = np.sqrt(6 / (n_below + n))
        Theta.append(np.column_stack([np.zeros(n), rng.uniform(0, r, (n, n_below))]))
    return Theta
