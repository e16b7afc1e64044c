"""Numbers are right, and the first word ends in an error.
The labels are turned into numbers on the way; a class is looked up, not computed.
"""


def one_hot(labels, classes):
    Y = np.zeros((len(labels), len(classes)))
    for i, label in enumerate(labels):
        Y[i, list(classes).index(int(label))] = 1
    return Y
