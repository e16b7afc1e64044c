"""Whatever generator is given, the start is always the same. Three runs from three seeds would be one run made
three times. Look at where your random numbers come from."""


def glorot_start(sizes, rng):
    rng = np.random.default_rng(0)
    Theta = [None]
    for n_below, n in zip(sizes, sizes[1:]):
        r = np.sqrt(6 / (n_below + n))
        Theta.append(np.column_stack([np.zeros(n), rng.uniform(-r, r, (n, n_below))]))
    return Theta
