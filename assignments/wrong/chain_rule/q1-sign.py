"""The cost rises from the first step on; in one layer only, it falls more slowly or not to the end. Ask what becomes of the cost when a lies above its
target and grows further, and compare with the sign of your first slope.
"""
DEFECT = "sign"


def one_unit(x, w, b, y):
    z = w * x + b
    a = sigma(z)
    first, second, third = y - a, sigma_slope(z), x
    return first, second, third, first * second * third, first * second
