"""The new parameters are right, and the old ones are gone. A list can be new while the arrays in it are the
same. Whoever wants to compare the step with the place where it began has nothing left to compare."""


def mended_sweep(Theta, A, S, Y, lr):
    moved, Delta = list(Theta), A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        G = np.column_stack([Delta.sum(axis=0), Delta.T @ A[l - 1]]) / len(Y)
        if l > 1:
            Delta = (Delta @ Theta[l][:, 1:]) * S[l - 1]
        moved[l] -= lr * G
    return moved
