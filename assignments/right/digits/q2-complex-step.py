"""No formula for the slope of tanh at all: the complex step. The slope of ReLU is half of one plus the sign,
with the kink taken out."""


def slopes(z):
    h = 1e-50
    return np.imag(np.tanh(z + 1j * h)) / h, np.maximum(np.sign(z), 0)
