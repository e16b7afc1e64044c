"""The biases stay where they started, mostly at zero. The weights take their step, and the biases come back as they went in. A famous worked example
leaves them out as well, and says so; this question does not.
"""
DEFECT = "bias-missing"


def step(W, b, z, a, y, rate):
    delta = (a[-1] - y) * sigma_slope(z[-1])
    W_new = [None] * len(W)
    for l in range(len(W) - 1, 0, -1):
        W_new[l] = W[l] - rate * np.outer(delta, a[l - 1])
        if l > 1:
            delta = W[l].T @ delta * sigma_slope(z[l - 1])
    return W_new, b
