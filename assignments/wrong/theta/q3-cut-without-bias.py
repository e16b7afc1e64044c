"""Slot 1 is right, and slot 2 begins too early.
The place of the cut was counted from the weights alone, and a matrix holds one number more in each row.
"""


def roll(theta, sizes):
    Theta, start = [None], 0
    for below, units in zip(sizes, sizes[1:]):
        stop = start + units * (1 + below)
        Theta.append(theta[start:stop].reshape(units, 1 + below))
        start += units * below
    return Theta
