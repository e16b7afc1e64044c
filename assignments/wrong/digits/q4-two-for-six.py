"""All weights are too small by one factor, the square root of three. A variance and the bound of a uniform
distribution are not the same number. Compare the number under the root with that of the text."""


def glorot_start(sizes, rng):
    Theta = [None]
    for n_below, n in zip(sizes, sizes[1:]):
        r = np.sqrt(2 / (n_below + n))
        Theta.append(np.column_stack([np.zeros(n), rng.uniform(-r, r, (n, n_below))]))
    return Theta
