"""Probabilities shrink as the batch grows, and depend on who else is in it. Here the sum runs over all entries
of the batch. Add up one row of your result, then all rows."""

DEFECT = "softmax-whole-matrix"


def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum()
