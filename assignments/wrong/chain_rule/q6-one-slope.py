"""Weights of the last layer are right, and the products of all others are too large, four times and more with each layer. The slope of the first unit is
there, and those of the units further along the path are not. Every unit that the path passes squashes the change once.
"""


def path_products(W, z, a, y, l, j, k):
    paths = [(j, a[l - 1][k] * sigma_slope(z[l][j]))]
    for r in range(l + 1, len(W)):
        paths = [(unit, product * W[r][unit, last]) for last, product in paths for unit in range(len(W[r]))]
    return [product * (a[-1][last] - y[last]) for last, product in paths]
