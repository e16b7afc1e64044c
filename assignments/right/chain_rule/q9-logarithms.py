"""Adds logarithms with np.logaddexp and takes one power at the end."""


def sigmoid_and_slope(z):
    log_a, log_rest = -np.logaddexp(0, -z), -np.logaddexp(0, z)
    return np.exp(log_a), np.exp(log_a + log_rest)
