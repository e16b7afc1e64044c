"""Each column sums to 1 instead of each row, and a single sample gets probability 1 for every class. Rows are
samples and columns are classes. Look at the axis along which you add."""

DEFECT = "softmax-wrong-axis"


def softmax(Z):
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)
