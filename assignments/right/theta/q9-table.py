"""Makes a table of all errors first, a row for each layer, with zero where both are zero, and reads the verdict from it."""


def wrong_block(under_test, Theta, numerical, tolerance):
    G = under_test(Theta[:1] + [block + 0 for block in Theta[1:]])
    errors = np.zeros((len(Theta), 2))
    for l in range(1, len(Theta)):
        for column, part in enumerate((np.s_[:, :1], np.s_[:, 1:])):
            g, q = G[l][part], numerical[l][part]
            if g.any() or q.any():
                errors[l, column] = np.sqrt(((g - q) ** 2).sum() / max((g * g).sum(), (q * q).sum()))
    bad = ~(errors <= tolerance)
    if not bad.any():
        return 0, False, False
    l = np.flatnonzero(bad.any(axis=1))[-1]
    return np.array([l, *bad[l]])
