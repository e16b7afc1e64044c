"""All entries get the same number, or a sum of what they should get.
Here the whole vector moves at once, and the quotient belongs to a direction instead of an entry.
"""


def numerical_gradient(f, theta, h):
    slope = (f(theta + h) - f(theta - h)) / (2 * h)
    return np.full(len(theta), slope)
