"""The sigmoid is right everywhere, and the slope is 0 as soon as z is far out on either side. The slope has been taken from a function that is right to
16 decimals, which is not the same as 16 digits. A number near 1e-18 has none of its digits among the first 16 decimals: build the slope from
something that is small itself.
"""


def sigmoid_and_slope(z):
    a = np.exp(np.clip(z, None, 0)) / (1 + np.exp(-np.abs(z)))
    return a, sigma_slope(z)
