"""The slope is right on the left and becomes 0 on the right, from about z = 37 on. There the sigmoid is so close to 1 that it is stored as 1, and what
was left to 1 is gone. A difference of two nearly equal numbers cannot be mended afterwards: look for a form of the slope without a subtraction.
"""


def sigmoid_and_slope(z):
    a = np.exp(np.clip(z, None, 0)) / (1 + np.exp(-np.abs(z)))
    return a, a * (1 - a)
