"""Goes over single entries with running sums of squares, and collects all wrong layers before it takes the highest."""


def wrong_block(under_test, Theta, numerical, tolerance):
    G, found = under_test([None if block is None else np.array(block) for block in Theta]), []
    for l in range(1, len(Theta)):
        verdict = [l]
        for columns in ([0], range(1, Theta[l].shape[1])):
            apart = first = second = 0.0
            for j in range(Theta[l].shape[0]):
                for k in columns:
                    apart += (G[l][j, k] - numerical[l][j, k]) ** 2
                    first += G[l][j, k] ** 2
                    second += numerical[l][j, k] ** 2
            verdict.append(False if apart == 0 else not apart ** 0.5 / max(first, second) ** 0.5 <= tolerance)
        if any(verdict[1:]):
            found.append(verdict)
    return max(found, default=[0, False, False])
