"""Without penalty the cost is too small, by the number of outputs.
A mean over all entries of a matrix divides by its rows and by its columns, and only one of these is asked for.
"""


def cost(Theta, H, Y, lam, n):
    data = -np.mean(Y * np.log(H) + (1 - Y) * np.log(1 - H))
    return data + lam / (2 * n) * sum(np.sum(block[:, 1:] ** 2) for block in Theta[1:])
