"""Python says that an index is out of bounds; with layers of equal size, wrong weights would have been taken without a word. The two indices of a weight
have been exchanged. Read again which of them names the unit where the line arrives.
"""


def path_products(W, z, a, y, l, j, k):
    paths = [(j, a[l - 1][k] * sigma_slope(z[l][j]))]
    for r in range(l + 1, len(W)):
        paths = [(unit, product * W[r][last, unit] * sigma_slope(z[r][unit])) for last, product in paths for unit in range(len(W[r]))]
    return [product * (a[-1][last] - y[last]) for last, product in paths]
