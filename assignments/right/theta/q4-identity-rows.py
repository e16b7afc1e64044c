"""Looks every label up with list.index, which raises by itself, and takes rows of the identity matrix."""


def one_hot(labels, classes):
    return np.eye(len(classes))[[list(classes).index(label) for label in labels]]
