"""The biases are right, and every row of the matrices is too small by a factor of its own. The slope of the unit is in its delta already, and has been
multiplied in once more.
"""


def gradients(delta, a):
    dW, db = [None], [None]
    for l in range(1, len(delta)):
        dW.append(np.outer(delta[l] * a[l] * (1 - a[l]), a[l - 1]))
        db.append(delta[l])
    return dW, db
