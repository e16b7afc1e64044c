"""Slopes of the wrong size and, for large |z|, of the wrong sign. The slope of the sigmoid is never negative, and here it is. The product of a thing and
one minus that thing has been formed; look which thing it was.
"""
DEFECT = "slope-formula-of-z"


def sigmoid_and_slope(z):
    a = np.exp(np.clip(z, None, 0)) / (1 + np.exp(-np.abs(z)))
    return a, z * (1 - z)
