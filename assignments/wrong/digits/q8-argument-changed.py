"""Cost and gradient belong to different parameters, and an optimiser that compares them gives up. The returned
arrays are right, and the biases of the network have been set to zero on the way. Taking a slice of an array,
or another name for it, does not make a copy."""

DEFECT = "argument-changed"


def mended_penalty(Theta, lam, m):
    for T in Theta[1:]:
        T[:, 0] = 0
    return [None] + [lam / m * T for T in Theta[1:]]
