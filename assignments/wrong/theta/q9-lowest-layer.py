"""Some wrong layer is named, but not the one to look at.
Ask which way a mistake in a delta travels through the network, and which wrong layer it has reached first.
"""


def wrong_block(under_test, Theta, numerical, tolerance):
    def wrong(g, q):
        size = max(np.linalg.norm(g), np.linalg.norm(q))
        return not np.linalg.norm(g - q) <= tolerance * size

    G = under_test([None] + [block.copy() for block in Theta[1:]])
    for l in range(1, len(Theta)):
        bias = wrong(G[l][:, 0], numerical[l][:, 0])
        weights = wrong(G[l][:, 1:], numerical[l][:, 1:])
        if bias or weights:
            return l, bias, weights
    return 0, False, False
