"""Puts the biases on top as a row, and transposes the whole."""


def theta_from_sklearn(coefs, intercepts):
    return [None, *(np.vstack([b, W]).T for b, W in zip(intercepts, coefs))]
