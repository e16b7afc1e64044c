"""Without penalty the cost is right.
With it, the first row of every matrix is left out instead of its first column, so one unit's weights are free and all the other units' biases are not.
"""


def cost(Theta, H, Y, lam, n):
    data = -np.sum(Y * np.log(H) + (1 - Y) * np.log(1 - H)) / len(Y)
    return data + lam / (2 * n) * sum(np.sum(block[1:] ** 2) for block in Theta[1:])
