"""Lists the paths with itertools.product, and multiplies each from the loss back to the weight."""


import itertools


def path_products(W, z, a, y, l, j, k):
    L, terms = len(W) - 1, []
    for later in itertools.product(*[range(len(b)) for b in z[l + 1:]]):
        units = dict(enumerate((j,) + later, start=l))
        term = float(a[L][units[L]] - y[units[L]])
        for r in range(L, l, -1):
            term *= sigma(z[r][units[r]]) * sigma(-z[r][units[r]]) * W[r][units[r], units[r - 1]]
        terms.append(term * sigma_slope(z[l][j]) * a[l - 1][k])
    return terms
