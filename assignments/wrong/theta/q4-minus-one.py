"""Labels that count from 1 are right, and others are not.
Subtracting one is a repair for one kind of labels; Ng's label 10, whose column here is the first, is of another kind.
"""


def one_hot(labels, classes):
    Y = np.zeros((len(labels), len(classes)))
    for i, label in enumerate(labels):
        if label not in classes:
            raise ValueError("unknown label")
        Y[i, label - 1] = 1
    return Y
