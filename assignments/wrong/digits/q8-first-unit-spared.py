"""The biases still feel the penalty, and the weights of the first unit of each layer do not. Rows are units and
columns are what they receive. Look at which of the two you have set to zero."""


def mended_penalty(Theta, lam, m):
    pull = [None] + [lam / m * T for T in Theta[1:]]
    for P in pull[1:]:
        P[0] = 0
    return pull
