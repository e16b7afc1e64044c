"""Every quotient is twice as large as the slope.
Look at the two points that are asked, and at how far they are apart.
"""


def numerical_gradient(f, theta, h):
    slopes = np.zeros(len(theta))
    for k in range(len(theta)):
        step = np.zeros(len(theta))
        step[k] = h
        slopes[k] = (f(theta + step) - f(theta - step)) / h
    return slopes
