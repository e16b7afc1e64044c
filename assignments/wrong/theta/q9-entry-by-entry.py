"""A right gradient is called wrong as soon as one of its entries is tiny.
The rounding of a block is of one size for all its entries, so the smallest of them looks worst; measure the block as a whole.
"""


def wrong_block(under_test, Theta, numerical, tolerance):
    def wrong(g, q):
        return not (abs(g - q) <= tolerance * np.maximum(abs(g), abs(q))).all()

    G = under_test([None] + [block.copy() for block in Theta[1:]])
    for l in range(len(Theta) - 1, 0, -1):
        bias = wrong(G[l][:, 0], numerical[l][:, 0])
        weights = wrong(G[l][:, 1:], numerical[l][:, 1:])
        if bias or weights:
            return l, bias, weights
    return 0, False, False
