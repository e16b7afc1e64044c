"""Hidden layers learn at the wrong rate, and the cost flattens where it need not. The middle slope is close to a quarter for every input, which a
sigmoid's slope is only near z = 0. The function that was called expects z; look at what it has been handed.
"""
DEFECT = "slope-of-a"


def one_unit(x, w, b, y):
    a = sigma(w * x + b)
    first, second, third = a - y, sigma_slope(a), x
    return first, second, third, first * second * third, first * second
