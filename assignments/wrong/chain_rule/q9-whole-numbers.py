"""At z = 0 the sigmoid is 0 and not a half, but at 0.0 it is right. The results are written into an array of the kind of z, and one for whole numbers
drops everything behind the point. Look at how your arrays are made.
"""


def sigmoid_and_slope(z):
    z = np.asarray(z)
    a, slope = np.zeros_like(z), np.zeros_like(z)
    small = np.exp(-np.abs(z))
    a[...] = np.where(z > 0, 1, small) / (1 + small)
    slope[...] = small / (1 + small) ** 2
    return a[()], slope[()]
