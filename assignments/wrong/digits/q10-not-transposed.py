"""The shapes of scikit-learn have been kept, with the units below as rows. In the book a row belongs to a unit
of the layer itself. Compare the two shapes of the table."""


def theta_from_sklearn(coefs, intercepts):
    return [None] + [np.vstack([b, W]) for W, b in zip(coefs, intercepts)]
