"""One layer is right, and the others have its bound as well. Wide and narrow layers need different ones. Look at
what is computed before the loop and what inside."""


def glorot_start(sizes, rng):
    r = np.sqrt(6 / (sizes[0] + sizes[1]))
    Theta = [None]
    for n_below, n in zip(sizes, sizes[1:]):
        Theta.append(np.column_stack([np.zeros(n), rng.uniform(-r, r, (n, n_below))]))
    return Theta
