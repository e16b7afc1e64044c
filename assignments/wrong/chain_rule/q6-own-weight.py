"""Every product has one factor too many: the weight by which we differentiate. It is the knob that is turned, and z answers to it with what the weight
multiplies, not with the weight itself. The weights of the lines that come later do belong into the product.
"""


def path_products(W, z, a, y, l, j, k):
    paths = [(j, a[l - 1][k] * W[l][j, k] * sigma_slope(z[l][j]))]
    for r in range(l + 1, len(W)):
        paths = [(unit, product * W[r][unit, last] * sigma_slope(z[r][unit])) for last, product in paths for unit in range(len(W[r]))]
    return [product * (a[-1][last] - y[last]) for last, product in paths]
