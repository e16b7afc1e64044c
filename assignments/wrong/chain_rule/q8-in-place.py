"""Cost and gradient belong to different parameters, and an optimiser that compares them gives up. All numbers are right, and the arrays that were handed
in have changed: the caller has lost the parameters before the step. Look for a line that writes into an argument, such as one with -= in it.
"""
DEFECT = "argument-changed"


def step(W, b, z, a, y, rate):
    deltas = [(a[-1] - y) * sigma_slope(z[-1])]
    for l in range(len(W) - 1, 1, -1):
        deltas.append(W[l].T @ deltas[-1] * sigma_slope(z[l - 1]))
    for l, delta in enumerate(reversed(deltas), 1):
        W[l] -= rate * np.outer(delta, a[l - 1])
        b[l] -= rate * delta
    return W, b
