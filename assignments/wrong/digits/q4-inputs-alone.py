"""The bound looks at the units below and forgets those of the layer itself. That keeps the activations at their
size and not the deltas. Look at the sum under the fraction."""


def glorot_start(sizes, rng):
    Theta = [None]
    for n_below, n in zip(sizes, sizes[1:]):
        r = np.sqrt(6 / n_below)
        Theta.append(np.column_stack([np.zeros(n), rng.uniform(-r, r, (n, n_below))]))
    return Theta
