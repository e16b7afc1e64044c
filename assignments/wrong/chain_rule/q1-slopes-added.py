"""The three slopes are right, and they have been added up. Sums belong to different paths that lead to the same place; here there is one path with three
stations. Try it with an input of 0, where the weight cannot matter.
"""


def one_unit(x, w, b, y):
    z = w * x + b
    a = sigma(z)
    first, second, third = a - y, sigma_slope(z), x
    return first, second, third, first + second + third, first + second
