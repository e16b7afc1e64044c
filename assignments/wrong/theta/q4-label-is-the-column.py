"""The last class becomes an all-zero row, and the first column is never a 1.
Here the label itself is taken as the number of the column, and what does not fit is left out.
Article C's check does this: its labels run from 1 to 3.
"""
DEFECT = "labels-off-by-one"


def one_hot(labels, classes):
    Y = np.zeros((len(labels), len(classes)))
    for i, label in enumerate(labels):
        if label < len(classes):
            Y[i, label] = 1
    return Y
