"""The cost rises from the first step on; in one layer only, it falls more slowly or not to the end. The step goes along the gradient, and the gradient
points to where the loss grows. Look at the sign in the line of the update, and at the sign of the output's delta: together they must lead downhill.
"""
DEFECT = "sign"


def step(W, b, z, a, y, rate):
    delta = (a[-1] - y) * sigma_slope(z[-1])
    W_new, b_new = [None] * len(W), [None] * len(b)
    for l in range(len(W) - 1, 0, -1):
        W_new[l] = W[l] + rate * np.outer(delta, a[l - 1])
        b_new[l] = b[l] + rate * delta
        if l > 1:
            delta = W[l].T @ delta * sigma_slope(z[l - 1])
    return W_new, b_new
