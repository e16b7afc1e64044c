"""A key for values that are the same but for rounding, by which a dictionary keeps one of them."""

import numpy as np


def key_of(values, digits):
    """The bytes of values with so many digits after the point; around zero rounding has either sign, and a key none."""
    return (np.round(values, digits) + 0.0).tobytes()
