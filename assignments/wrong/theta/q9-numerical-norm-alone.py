"""Near the tolerance the verdict depends on whether a block is too large or too small, and a gradient of zeros is judged unlike its opposite.
Look at what the difference is divided by, and at what the formula says about two norms.
"""


def wrong_block(under_test, Theta, numerical, tolerance):
    def wrong(g, q):
        return not np.linalg.norm(g - q) <= tolerance * np.linalg.norm(q)

    G = under_test([None] + [block.copy() for block in Theta[1:]])
    for l in range(len(Theta) - 1, 0, -1):
        bias = wrong(G[l][:, 0], numerical[l][:, 0])
        weights = wrong(G[l][:, 1:], numerical[l][:, 1:])
        if bias or weights:
            return l, bias, weights
    return 0, False, False
