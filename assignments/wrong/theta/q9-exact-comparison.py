"""A right gradient is called wrong.
Two ways to compute the same number differ in their last digits; the tolerance says how much of that is allowed.
"""


def wrong_block(under_test, Theta, numerical, tolerance):
    def wrong(g, q):
        size = max(np.linalg.norm(g), np.linalg.norm(q))
        return not np.array_equal(g, q)

    G = under_test([None] + [block.copy() for block in Theta[1:]])
    for l in range(len(Theta) - 1, 0, -1):
        bias = wrong(G[l][:, 0], numerical[l][:, 0])
        weights = wrong(G[l][:, 1:], numerical[l][:, 1:])
        if bias or weights:
            return l, bias, weights
    return 0, False, False
