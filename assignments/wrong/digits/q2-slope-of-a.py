"""Hidden layers learn at the wrong rate, and the cost flattens where it need not. Here the function that applies
tanh itself was handed tanh of z. A slope can be written for z or for the activation, and the two must not be
mixed. Look at what your formula for tanh gets."""

DEFECT = "slope-of-a"


def slopes(z):
    a = np.tanh(z)
    return 1 - np.tanh(a) ** 2, (z > 0).astype(float)
