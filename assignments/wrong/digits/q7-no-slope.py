"""Layers below get too large a gradient: four times and more with each sigmoid left out. The wrong slope has
been taken out, and nothing has come in its place. With tanh the factor that is missing is 1 for z = 0 and
small where the unit is saturated."""

DEFECT = "slope-missing"


def mended_layer(Theta_l, A_below):
    A = np.tanh(Theta_l[:, 0] + A_below @ Theta_l[:, 1:].T)
    return A, np.ones(A.shape)
