"""A function that calls itself for each line that leads on from the unit it has reached."""


def path_products(W, z, a, y, l, j, k):
    def onwards(layer, unit, so_far):
        so_far = so_far * sigma_slope(z[layer][unit])
        if layer == len(W) - 1:
            return [so_far * (a[layer][unit] - y[unit])]
        found = []
        for following in range(W[layer + 1].shape[0]):
            found += onwards(layer + 1, following, so_far * W[layer + 1][following][unit])
        return found

    return onwards(l, j, a[l - 1][k])
