"""A single path has been followed, since the drawing shows one line leaving the weight. From the unit where that line arrives, lines lead on to every
unit of the next layer. The result has a plausible size and sometimes the right sign, which is why this mistake lives long.
"""


def path_products(W, z, a, y, l, j, k):
    product, last = a[l - 1][k] * sigma_slope(z[l][j]), j
    for r in range(l + 1, len(W)):
        product, last = product * W[r][0, last] * sigma_slope(z[r][0]), 0
    return [product * (a[-1][last] - y[last])]
