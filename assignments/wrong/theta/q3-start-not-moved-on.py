"""Slots 1 and 2 are right, and from slot 3 on the numbers are those of earlier layers.
The start of a layer is the end of the one before it, not the size of the one before it.
"""


def roll(theta, sizes):
    Theta, start = [None], 0
    for below, units in zip(sizes, sizes[1:]):
        size = units * (1 + below)
        Theta.append(theta[start:start + size].reshape(units, 1 + below))
        start = size
    return Theta
