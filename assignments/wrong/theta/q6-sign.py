"""The cost is negative.
A probability is below 1, so its logarithm is below 0.
"""


def cost(Theta, H, Y, lam, n):
    data = np.sum(Y * np.log(H) + (1 - Y) * np.log(1 - H)) / len(Y)
    return data + lam / (2 * n) * sum(np.sum(block[:, 1:] ** 2) for block in Theta[1:])
