"""Walks from the last layer to the first and eats the vector from its end."""


def roll(vector, widths):
    rest, found = np.array(vector), []
    for l in reversed(range(1, len(widths))):
        length = widths[l] * (widths[l - 1] + 1)
        rest, tail = rest[:-length], rest[-length:]
        found.insert(0, tail.reshape(widths[l], widths[l - 1] + 1))
    return [None, *found]
