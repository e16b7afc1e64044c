"""Update and backward pass in one loop, but the delta is carried down before the layer changes."""


def step(W, b, z, a, y, rate):
    W, b = list(W), list(b)
    back = a[-1] - y
    for l in range(len(W) - 1, 0, -1):
        d = back * sigma_slope(z[l])
        back = d @ W[l]
        W[l] = W[l] - rate * d[:, None] * a[l - 1][None, :]
        b[l] = b[l] - rate * d
    return W, b
