"""A block that is zero in both gradients is called wrong.
Zero divided by zero is not a number, and no error either.
"""


def wrong_block(under_test, Theta, numerical, tolerance):
    def wrong(g, q):
        size = max(np.linalg.norm(g), np.linalg.norm(q))
        with np.errstate(invalid="ignore"):
            return not np.linalg.norm(g - q) / size <= tolerance

    G = under_test([None] + [block.copy() for block in Theta[1:]])
    for l in range(len(Theta) - 1, 0, -1):
        bias = wrong(G[l][:, 0], numerical[l][:, 0])
        weights = wrong(G[l][:, 1:], numerical[l][:, 1:])
        if bias or weights:
            return l, bias, weights
    return 0, False, False
