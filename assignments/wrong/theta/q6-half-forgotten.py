"""The cross-entropy is right, and the penalty is twice as large as it should be.
Compare the factor in front of the sum of squares with the formula.
"""


def cost(Theta, H, Y, lam, n):
    data = -np.sum(Y * np.log(H) + (1 - Y) * np.log(1 - H)) / len(Y)
    return data + lam / n * sum(np.sum(block[:, 1:] ** 2) for block in Theta[1:])
