"""The delta goes down through the right weights, and it meets its slope after the gradient of its layer has been
taken. Below the output every layer then lacks its own slope, and hands it on to the next. Look at what a
delta has to have gone through before a gradient is made of it."""


def mended_sweep(Theta, A, S, Y, lr):
    moved, Delta = list(Theta), A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        G = np.column_stack([Delta.sum(axis=0), Delta.T @ A[l - 1]]) / len(Y)
        moved[l] = Theta[l] - lr * G
        if l < len(Theta) - 1:
            Delta = Delta * S[l]
        Delta = Delta @ Theta[l][:, 1:]
    return moved
