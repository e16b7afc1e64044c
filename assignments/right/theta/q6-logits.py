"""Goes back to the logit z = ln(h / (1 − h)), where the loss is ln(1 + e^z) − y z; the squares are all less those of the biases."""


def cost(matrices, outputs, targets, strength, whole):
    z = np.log(outputs / (1 - outputs))
    loss = np.sum(np.logaddexp(0, z) - targets * z) / outputs.shape[0]
    everything = sum(float((matrix ** 2).sum()) for matrix in matrices[1:])
    biases = sum(float(matrix[:, 0] @ matrix[:, 0]) for matrix in matrices[1:])
    return loss + strength * (everything - biases) / whole / 2
