"""The shapes are right, the biases too, and the matrices hold the right numbers in the wrong places. A matrix of the other shape has been forced into
this one, which does not exchange rows and columns. Look up in a small example what reshape does to the entry in row 0 and column 1.
"""


def gradients(delta, a):
    dW, db = [None], [None]
    for l in range(1, len(delta)):
        dW.append(np.outer(a[l - 1], delta[l]).reshape(len(delta[l]), len(a[l - 1])))
        db.append(delta[l])
    return dW, db
