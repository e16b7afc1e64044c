"""A plain number goes in, and an array with one entry comes out. Code further on that expects a number may carry the extra axis along unseen, and NumPy
spreads it over other shapes. Look for the place where the shape of z is changed.
"""


def sigmoid_and_slope(z):
    z = np.atleast_1d(z)
    small = np.exp(-np.abs(z))
    a = np.exp(np.clip(z, None, 0)) / (1 + small)
    return a, small / (1 + small) ** 2
