"""The layers are right, and each stands one place too early. In the book index and layer are the same number.
Look at what slot 0 is for."""


def theta_from_sklearn(coefs, intercepts):
    return [np.column_stack([b, W.T]) for W, b in zip(coefs, intercepts)]
