"""Writes the deltas as a row, multiplies from the left, and makes a vector of it again."""


def hidden_delta(W_above, delta_above, z):
    theta, d = W_above, delta_above[np.newaxis, :]
    slopes = np.diag(sigma_slope(z))
    return (d @ theta @ slopes)[0]
