"""Some weights lie far outside the bound, and most lie near the middle. They come from a bell curve, where the
question wants every place in the interval to be equally likely. Look at the method of the generator that you
call."""


def glorot_start(sizes, rng):
    Theta = [None]
    for n_below, n in zip(sizes, sizes[1:]):
        W = rng.normal(0, np.sqrt(2 / (n_below + n)), (n, n_below))
        Theta.append(np.column_stack([np.zeros(n), W]))
    return Theta
