"""The shapes are right, and column 0 of each matrix is zero.
A matrix made by reshape shares its memory with the vector, so the caller's biases are gone as well.
Article C's gradient does this.
"""


def roll(theta, sizes):
    Theta, start = [None], 0
    for below, units in zip(sizes, sizes[1:]):
        stop = start + units * (1 + below)
        Theta.append(theta[start:stop].reshape(units, 1 + below))
        Theta[-1][:, 0] = 0
        start = stop
    return Theta
