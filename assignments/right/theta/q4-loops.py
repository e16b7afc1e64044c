"""Compares every label with every class in two loops and counts the hits of a row."""


def one_hot(labels, classes):
    Y = np.zeros((len(labels), len(classes)))
    for i in range(len(labels)):
        hits = 0
        for k in range(len(classes)):
            if labels[i] == classes[k]:
                Y[i, k] = 1
                hits += 1
        if hits == 0:
            raise ValueError(f"label {labels[i]} is unknown")
    return Y
