"""Takes the probability of what happened, |1 − y − h|, before the logarithm, and the squares from einsum."""


def cost(Theta, H, Y, lam, n):
    per_sample = -np.log(np.abs(1 - Y - H)).sum(axis=1)
    squares = [np.einsum("jk,jk->", block[:, 1:], block[:, 1:]) for block in Theta[1:]]
    return per_sample.mean() + 0.5 * lam * sum(squares) / n
