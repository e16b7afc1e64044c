"""Slope and activation from one complex number: its real part is the activation, its imaginary part the slope."""


def mended_layer(parameters, received):
    b, W = parameters[:, 0], parameters[:, 1:]
    moved = np.tanh((W @ received.T).T + b + 1e-60j)
    return [moved.real, moved.imag / 1e-60]
