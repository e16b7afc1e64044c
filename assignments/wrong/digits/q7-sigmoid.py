"""The layer and all below it are wrong: a little where the two slopes are alike, much where they are not. The
formula is a good one, for the curve at the output and not for that of the hidden layers. Half of these slopes
are negative, and tanh rises everywhere."""

DEFECT = "slope-of-wrong-function"


def mended_layer(Theta_l, A_below):
    A = np.tanh(Theta_l[:, 0] + A_below @ Theta_l[:, 1:].T)
    return A, A * (1 - A)
