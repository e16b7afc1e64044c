"""The curve falls from left to right: what should be close to 1 is close to 0. Both curves pass through a half at z = 0, so a check there sees nothing.
Look at the sign in front of z in the exponent.
"""


def sigmoid_and_slope(z):
    large, small = np.exp(np.clip(z, 0, None)), np.exp(-np.abs(z))
    a = 1 / (large * (1 + small))
    return a, small / (1 + small) ** 2
