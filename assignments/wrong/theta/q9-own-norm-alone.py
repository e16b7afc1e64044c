"""A block that is a little too small is called wrong sooner than one that is as much too large. The difference is measured by the size of the gradient
under test, which is the one that nobody trusts. Look at which of two norms the formula takes.
"""


def wrong_block(under_test, Theta, numerical, tolerance):
    def wrong(g, q):
        return not np.linalg.norm(g - q) <= tolerance * np.linalg.norm(g)

    G = under_test([None] + [block.copy() for block in Theta[1:]])
    for l in range(len(Theta) - 1, 0, -1):
        bias = wrong(G[l][:, 0], numerical[l][:, 0])
        weights = wrong(G[l][:, 1:], numerical[l][:, 1:])
        if bias or weights:
            return l, bias, weights
    return 0, False, False
