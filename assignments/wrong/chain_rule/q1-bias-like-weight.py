"""The derivative with respect to the bias is the same number as the one for the weight. The two share the way from the cost back to z, and differ in the last step. Ask
how much z grows when b grows by 1, with any input.
"""


def one_unit(x, w, b, y):
    z = w * x + b
    a = sigma(z)
    first, second, third = a - y, sigma_slope(z), x
    product = first * second * third
    return first, second, third, product, product
