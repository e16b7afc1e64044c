"""Deltas and updates entry by entry in plain Python, all deltas first."""


def step(W, b, z, a, y, rate):
    L = len(W) - 1
    delta = {L: [float((a[L][j] - y[j]) * sigma_slope(z[L][j])) for j in range(len(y))]}
    for l in range(L - 1, 0, -1):
        delta[l] = []
        for k in range(len(z[l])):
            total = 0.0
            for j, above in enumerate(delta[l + 1]):
                total += W[l + 1][j, k] * above
            delta[l].append(total * float(sigma_slope(z[l][k])))
    W_new = [None] + [[[W[l][j, k] - rate * d * a[l - 1][k] for k in range(len(a[l - 1]))] for j, d in enumerate(delta[l])] for l in range(1, L + 1)]
    b_new = [None] + [[b[l][j] - rate * d for j, d in enumerate(delta[l])] for l in range(1, L + 1)]
    return W_new, b_new
