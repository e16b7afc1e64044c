"""The gradient of the last layer is right, and all layers below it are off by an amount that grows with the learning rate. Update and backward pass
share one loop here, so that a layer's weights have moved before the layer below has used them. All derivatives belong to the parameters before the
step: which matrix does the line of the hidden deltas read?
"""
DEFECT = "stale-weights"


def step(W, b, z, a, y, rate):
    delta = (a[-1] - y) * sigma_slope(z[-1])
    W_new, b_new = [None] * len(W), [None] * len(b)
    for l in range(len(W) - 1, 0, -1):
        W_new[l] = W[l] - rate * np.outer(delta, a[l - 1])
        b_new[l] = b[l] - rate * delta
        if l > 1:
            delta = W_new[l].T @ delta * sigma_slope(z[l - 1])
    return W_new, b_new
