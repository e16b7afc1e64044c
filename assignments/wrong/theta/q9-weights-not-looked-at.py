"""Wrong biases are found, and wrong weights are not.
Only column 0 is compared.
"""


def wrong_block(under_test, Theta, numerical, tolerance):
    def wrong(g, q):
        size = max(np.linalg.norm(g), np.linalg.norm(q))
        return not np.linalg.norm(g - q) <= tolerance * size

    G = under_test([None] + [block.copy() for block in Theta[1:]])
    for l in range(len(Theta) - 1, 0, -1):
        bias = wrong(G[l][:, 0], numerical[l][:, 0])
        weights = False
        if bias or weights:
            return l, bias, weights
    return 0, False, False
