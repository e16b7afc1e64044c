"""The layer is right, and biases and weights are told apart at the wrong column.
In the book's Θ the bias stands in front; other programs keep it at the end.
"""


def wrong_block(under_test, Theta, numerical, tolerance):
    def wrong(g, q):
        size = max(np.linalg.norm(g), np.linalg.norm(q))
        return not np.linalg.norm(g - q) <= tolerance * size

    G = under_test([None] + [block.copy() for block in Theta[1:]])
    for l in range(len(Theta) - 1, 0, -1):
        bias = wrong(G[l][:, -1], numerical[l][:, -1])
        weights = wrong(G[l][:, :-1], numerical[l][:, :-1])
        if bias or weights:
            return l, bias, weights
    return 0, False, False
