"""The loss is too small by the number of classes, and the step agrees with scikit-learn's. A mean was taken over
all entries of an array. Look at which of the two sums of the formula is divided."""


def loss_and_gradient(Theta, X, Y, alpha):
    m, A = len(X), [X]
    for Theta_l in Theta[1:]:
        Z = Theta_l[:, 0] + A[-1] @ Theta_l[:, 1:].T
        A.append(np.maximum(Z, 0))
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    A[-1] = e / e.sum(axis=1, keepdims=True)
    squares = sum(np.sum(Theta_l[:, 1:] ** 2) for Theta_l in Theta[1:])
    loss = -np.mean(Y * np.log(A[-1])) + alpha / (2 * m) * squares
    G, Delta = list(Theta), A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        decay = alpha * Theta[l]
        decay[:, 0] = 0
        G[l] = (np.column_stack([Delta.sum(axis=0), Delta.T @ A[l - 1]]) + decay) / m
        Delta = (Delta @ Theta[l][:, 1:]) * (A[l - 1] > 0)
    return loss, G
