"""The biases are random, as in some libraries, and the question has them start at zero. Since they are drawn
too, every later draw lies at another place in the stream. Look at what column 0 is for."""


def glorot_start(sizes, rng):
    Theta = [None]
    for n_below, n in zip(sizes, sizes[1:]):
        r = np.sqrt(6 / (n_below + n))
        Theta.append(rng.uniform(-r, r, (n, 1 + n_below)))
    return Theta
