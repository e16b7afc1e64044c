"""With the whole training set as the batch all is right, and with a part of it the penalty is too strong.
Two numbers count samples here, and the penalty takes the other one.
"""


def cost(Theta, H, Y, lam, n):
    data = -np.sum(Y * np.log(H) + (1 - Y) * np.log(1 - H)) / len(Y)
    return data + lam / (2 * len(Y)) * sum(np.sum(block[:, 1:] ** 2) for block in Theta[1:])
