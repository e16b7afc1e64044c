"""A mistake in a small layer is not seen.
The differences are measured against the size of the whole gradient, and beside a large layer a small one may even have the wrong sign.
"""


def wrong_block(under_test, Theta, numerical, tolerance):
    G = under_test([None] + [block.copy() for block in Theta[1:]])
    size = np.linalg.norm(np.concatenate([block.ravel() for block in numerical[1:]]))
    for l in range(len(Theta) - 1, 0, -1):
        apart = G[l] - numerical[l]
        bias = not np.linalg.norm(apart[:, 0]) <= tolerance * size
        weights = not np.linalg.norm(apart[:, 1:]) <= tolerance * size
        if bias or weights:
            return l, bias, weights
    return 0, False, False
