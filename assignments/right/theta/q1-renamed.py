"""Other names, pairs from zip, lists in the place of tuples, and the count from matrices that are really made."""


def theta_shapes(widths):
    result = [None]
    for source, target in zip(widths[:-1], widths[1:]):
        result.append([target, source + 1])
    return result, sum(np.empty(pair).size for pair in result[1:])
