"""Everything is right except where z is exactly zero. There ReLU has no derivative, and the text makes a choice.
Look at what your comparison says at zero."""


def slopes(z):
    return 1 - np.tanh(z) ** 2, np.where(z < 0, 0.0, 1.0)
