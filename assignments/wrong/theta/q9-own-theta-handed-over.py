"""The check passes to the last digit beside a bug that ruins the training.
Look at what your function hands to a function that it knows nothing about.
"""
DEFECT = "check-at-damaged-parameters"


def wrong_block(under_test, Theta, numerical, tolerance):
    def wrong(g, q):
        size = max(np.linalg.norm(g), np.linalg.norm(q))
        return not np.linalg.norm(g - q) <= tolerance * size

    G = under_test(Theta)
    for l in range(len(Theta) - 1, 0, -1):
        bias = wrong(G[l][:, 0], numerical[l][:, 0])
        weights = wrong(G[l][:, 1:], numerical[l][:, 1:])
        if bias or weights:
            return l, bias, weights
    return 0, False, False
