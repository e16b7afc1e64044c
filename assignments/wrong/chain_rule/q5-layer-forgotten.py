"""One layer's parameters never change. The lists come out too short: the loop ends one layer early. Look at the last number that the range yields.
"""
DEFECT = "layer-forgotten"


def gradients(delta, a):
    dW, db = [None], [None]
    for l in range(1, len(delta) - 1):
        dW.append(np.outer(delta[l], a[l - 1]))
        db.append(delta[l])
    return dW, db
