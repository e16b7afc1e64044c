"""Beyond a certain z the result no longer changes, so very small numbers come out too large. The argument has been cut off to keep the power from
overflowing. That makes the function silent, not right: find a form in which the power cannot overflow.
"""


def sigmoid_and_slope(z):
    z = np.clip(z, -30, 30)
    a = 1 / (1 + np.exp(-z))
    return a, np.exp(-z) / (1 + np.exp(-z)) ** 2
