"""The cost rises from the first step on; in one layer only, it falls more slowly or not to the end. The order is
mended, and the step now goes up. Look at the sign of the output's delta and at the sign of the step: one of
the two was touched."""

DEFECT = "sign"


def mended_sweep(Theta, A, S, Y, lr):
    moved, Delta = list(Theta), A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        G = np.column_stack([Delta.sum(axis=0), Delta.T @ A[l - 1]]) / len(Y)
        moved[l] = Theta[l] + lr * G
        if l > 1:
            Delta = (Delta @ Theta[l][:, 1:]) * S[l - 1]
    return moved
