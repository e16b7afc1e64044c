"""A penalty n times too strong: the weights shrink to nothing. (The n of this sentence is the m of the question.) The
biases are mended, and on the way a factor of the weights was lost. Compare with what stands in front of the sum."""

DEFECT = "penalty-undivided"


def mended_penalty(Theta, lam, m):
    pull = [None] + [lam * T for T in Theta[1:]]
    for P in pull[1:]:
        P[:, 0] = 0
    return pull
