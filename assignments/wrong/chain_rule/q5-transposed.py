"""Every matrix of the gradient has its two sizes exchanged. The gradient must have the shape of the matrix that it is to change, so that each entry
stands in the place of its weight. Look at the order of the two factors, and at which of them runs along the rows.
"""


def gradients(delta, a):
    dW, db = [None], [None]
    for l in range(1, len(delta)):
        dW.append(np.outer(a[l - 1], delta[l]))
        db.append(delta[l])
    return dW, db
