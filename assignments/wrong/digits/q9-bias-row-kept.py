"""The layers below are wrong in size and direction, with every unit given its neighbour's share. The bias lies
in column 0, and it is the last column that was cut away. Nothing below leads into a bias."""

DEFECT = "bias-row-kept"


def mended_sweep(Theta, A, S, Y, lr):
    moved, Delta = list(Theta), A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        G = np.column_stack([Delta.sum(axis=0), Delta.T @ A[l - 1]]) / len(Y)
        moved[l] = Theta[l] - lr * G
        if l > 1:
            Delta = (Delta @ Theta[l][:, :-1]) * S[l - 1]
    return moved
