"""The matrices are turned the right way, and the biases have been put behind the weights. Look at which column
of Theta the book keeps them in."""


def theta_from_sklearn(coefs, intercepts):
    return [None] + [np.column_stack([W.T, b]) for W, b in zip(coefs, intercepts)]
