"""Slopes of the wrong size and, for large |z|, of the wrong sign. There is a short formula for the slope of tanh
that works on the activation, and here it gets the pre-activation. A slope of tanh lies between 0 and 1, and
yours does not."""

DEFECT = "slope-formula-of-z"


def slopes(z):
    return 1 - z ** 2, (z > 0).astype(float)
