"""Every entry of the gradient is twice what the cost says. The first slope, the product and the bias' derivative are all twice too large, while the
other two slopes are right. Differentiate the cost as it is written, with the factor that stands in front of the square.
"""
DEFECT = "two-too-many"


def one_unit(x, w, b, y):
    z = w * x + b
    a = sigma(z)
    first, second, third = 2 * (a - y), sigma_slope(z), x
    return first, second, third, first * second * third, first * second
