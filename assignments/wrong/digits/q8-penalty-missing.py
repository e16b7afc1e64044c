"""The reported cost is not the one that is minimised, and λ has no effect on the weights. Nothing is pulled at
the biases any more, nor at anything else. Look at what is left of the derivative with respect to a weight."""

DEFECT = "penalty-missing"


def mended_penalty(Theta, lam, m):
    return [None] + [0 * T for T in Theta[1:]]
