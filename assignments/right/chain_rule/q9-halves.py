"""Treats the two sides of zero apart, each with the power that is small there."""


def sigmoid_and_slope(z):
    numbers_in = np.array(z, dtype=float)
    a, slope = np.empty_like(numbers_in), np.empty_like(numbers_in)
    left = numbers_in < 0
    e = np.exp(numbers_in[left])
    a[left], slope[left] = e / (1 + e), e / (1 + e) / (1 + e)
    e = np.exp(-numbers_in[~left])
    a[~left], slope[~left] = 1 / (1 + e), e / (1 + e) / (1 + e)
    return a[()], slope[()]
