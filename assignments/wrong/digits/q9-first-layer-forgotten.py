"""One layer's parameters never change. The loop ends one layer early. The other layers learn on top of a first
one that stays as it was drawn."""

DEFECT = "layer-forgotten"


def mended_sweep(Theta, A, S, Y, lr):
    moved, Delta = list(Theta), A[-1] - Y
    for l in range(len(Theta) - 1, 1, -1):
        G = np.column_stack([Delta.sum(axis=0), Delta.T @ A[l - 1]]) / len(Y)
        moved[l] = Theta[l] - lr * G
        Delta = (Delta @ Theta[l][:, 1:]) * S[l - 1]
    return moved
