"""Keeps all products in one array with an axis for each later layer, and lays it out as a list at the end."""


def path_products(W, z, a, y, l, j, k):
    products = np.array(a[l - 1][k] * sigma_slope(z[l][j]))
    lines = None
    for r in range(l + 1, len(W)):
        lines = W[r].T[j] if lines is None else W[r].T
        products = products[..., None] * lines * sigma_slope(z[r])
    error = a[-1] - y
    products = products * (error[j] if lines is None else error)
    return [float(term) for term in products.ravel()]
