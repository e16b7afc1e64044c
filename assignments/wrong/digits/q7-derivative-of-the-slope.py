"""The factor in front belongs to the derivative of a square, and the slope here is no such thing. The result is
negative where the unit is on, so the layers below would climb. Start from the definition of the slope of
tanh, and check a single number by a small difference."""


def mended_layer(Theta_l, A_below):
    A = np.tanh(Theta_l[:, 0] + A_below @ Theta_l[:, 1:].T)
    return A, -2 * A * (1 - A ** 2)
