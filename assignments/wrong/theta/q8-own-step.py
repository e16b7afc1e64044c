"""Whatever step is asked for, the function takes one and the same.
A log over many steps would be a straight line.
"""


def numerical_gradient(f, theta, h):
    h = 1e-5
    slopes = np.zeros(len(theta))
    for k in range(len(theta)):
        step = np.zeros(len(theta))
        step[k] = h
        slopes[k] = (f(theta + step) - f(theta - step)) / (2 * h)
    return slopes
