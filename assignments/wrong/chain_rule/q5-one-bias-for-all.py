"""All biases of a layer move together. The derivatives with respect to the biases of a layer have been added up to one number. Each unit has a bias of its own, and
reaches the loss through its own z alone: is there anything to sum for one sample?
"""
DEFECT = "bias-axis-missing"


def gradients(delta, a):
    dW, db = [None], [None]
    for l in range(1, len(delta)):
        dW.append(np.outer(delta[l], a[l - 1]))
        db.append(np.full(len(delta[l]), delta[l].sum()))
    return dW, db
