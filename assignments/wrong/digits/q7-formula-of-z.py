"""Slopes of the wrong size and, for large |z|, of the wrong sign. The short formula has come to the right place,
and it is given the wrong one of two arrays. A slope of tanh is never negative."""

DEFECT = "slope-formula-of-z"


def mended_layer(Theta_l, A_below):
    Z = Theta_l[:, 0] + A_below @ Theta_l[:, 1:].T
    return np.tanh(Z), 1 - Z ** 2
