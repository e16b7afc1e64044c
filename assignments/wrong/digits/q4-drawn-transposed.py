"""The numbers are the right ones, at the wrong places. They were drawn for an array of another shape and turned
afterwards. Look at the shape that the draw is made for."""


def glorot_start(sizes, rng):
    Theta = [None]
    for n_below, n in zip(sizes, sizes[1:]):
        r = np.sqrt(6 / (n_below + n))
        Theta.append(np.column_stack([np.zeros(n), rng.uniform(-r, r, (n_below, n)).T]))
    return Theta
