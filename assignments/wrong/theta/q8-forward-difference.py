"""The quotients are roughly right, and their error falls with h and not with its square.
Only one side of the place is asked.
"""


def numerical_gradient(f, theta, h):
    slopes = np.zeros(len(theta))
    for k in range(len(theta)):
        step = np.zeros(len(theta))
        step[k] = h
        slopes[k] = (f(theta + step) - f(theta)) / h
    return slopes
