"""Parameters jump to zero or never move, and the cost stands still.
Where theta is copied, look at the type of what comes out.
"""
DEFECT = "integer-parameters"


def numerical_gradient(f, theta, h):
    slopes = np.zeros(len(theta))
    for k in range(len(theta)):
        up, down = theta.copy(), theta.copy()
        up[k] += h
        down[k] -= h
        slopes[k] = (f(up) - f(down)) / (2 * h)
    return slopes
