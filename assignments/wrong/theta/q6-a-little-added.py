"""The cost is right to seven digits, and far off where an output is tiny. Something small is added to every output before its logarithm is taken.
Such a guard belongs where an output can be 0: read in the question whether one can.
"""


def cost(Theta, H, Y, lam, n):
    data = -np.sum(Y * np.log(H + 1e-8) + (1 - Y) * np.log(1 - H + 1e-8)) / len(Y)
    return data + lam / (2 * n) * sum(np.sum(block[:, 1:] ** 2) for block in Theta[1:])
