"""Every product of a weight is what it should be for the bias of the same unit. The last step on the way back, from the unit's z to this one weight, is
missing. Look at what the weight is multiplied by in the forward pass.
"""


def path_products(W, z, a, y, l, j, k):
    paths = [(j, sigma_slope(z[l][j]))]
    for r in range(l + 1, len(W)):
        paths = [(unit, product * W[r][unit, last] * sigma_slope(z[r][unit])) for last, product in paths for unit in range(len(W[r]))]
    return [product * (a[-1][last] - y[last]) for last, product in paths]
