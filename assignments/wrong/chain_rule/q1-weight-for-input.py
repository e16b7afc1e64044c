"""The third slope is the weight, so the result is the derivative with respect to the input. What is turned is the knob w, and x stays: ask how z answers to that.
"""


def one_unit(x, w, b, y):
    z = w * x + b
    a = sigma(z)
    first, second, third = a - y, sigma_slope(z), w
    return first, second, third, first * second * third, first * second
