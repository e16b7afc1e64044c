"""The shapes are right, and inside each matrix the numbers are in another order than they were.
The vector holds row after row; here it is read down the columns.
"""


def roll(theta, sizes):
    Theta, start = [None], 0
    for below, units in zip(sizes, sizes[1:]):
        stop = start + units * (1 + below)
        Theta.append(theta[start:stop].reshape(units, 1 + below, order="F"))
        start = stop
    return Theta
