"""Rising classes are right, and classes in another order end in each other's columns.
Somewhere the list of classes is sorted, or something that returns sorted values is asked for them.
"""


def one_hot(labels, classes):
    known = np.unique(classes)
    if not np.isin(labels, known).all():
        raise ValueError("unknown label")
    Y = np.zeros((len(labels), len(classes)))
    Y[np.arange(len(labels)), np.searchsorted(known, labels)] = 1
    return Y
