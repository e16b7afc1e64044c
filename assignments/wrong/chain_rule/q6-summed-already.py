"""The list has one entry, and it is the whole derivative. The number is right, and the paths have disappeared in it: somewhere a sum has been taken. The
question asks for the terms of the sum, so keep each path apart up to the end.
"""


def path_products(W, z, a, y, l, j, k):
    delta = (a[-1] - y) * sigma_slope(z[-1])
    for r in range(len(W) - 2, l - 1, -1):
        delta = W[r + 1].T @ delta * sigma_slope(z[r])
    return [delta[j] * a[l - 1][k]]
