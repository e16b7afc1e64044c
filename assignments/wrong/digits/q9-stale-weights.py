"""The gradient of the last layer is right, and all layers below it are off by an amount that grows with the
learning rate. This is the function as it stood in the program. Follow one delta on its way down, and note for
every parameter that it meets whether it has been moved already."""

DEFECT = "stale-weights"


def mended_sweep(Theta, A, S, Y, lr):
    Theta, Delta = list(Theta), A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        G = np.column_stack([Delta.sum(axis=0), Delta.T @ A[l - 1]]) / len(Y)
        Theta[l] = Theta[l] - lr * G
        if l > 1:
            Delta = (Delta @ Theta[l][:, 1:]) * S[l - 1]
    return Theta
