"""Appends entry after entry in three loops."""


def unroll(Theta):
    entries = []
    for block in Theta[1:]:
        for row in block:
            for entry in row:
                entries.append(entry)
    return np.array(entries)
