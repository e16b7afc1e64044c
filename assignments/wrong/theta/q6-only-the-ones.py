"""The outputs whose target is 0 do not count here, however wrong they are.
This is the loss of a softmax; with yes-or-no questions an answer can also be too large.
"""


def cost(Theta, H, Y, lam, n):
    data = -np.sum(Y * np.log(H)) / len(Y)
    return data + lam / (2 * n) * sum(np.sum(block[:, 1:] ** 2) for block in Theta[1:])
