"""A penalty n times too strong: the weights shrink to nothing. (The n of this sentence is the m of the question.) All
is right at alpha = 0, and at other values the weights are off by a large factor. scikit-learn divides its penalty by
something, and its derivative with it."""

DEFECT = "penalty-undivided"


def loss_and_gradient(Theta, X, Y, alpha):
    m, A = len(X), [X]
    for Theta_l in Theta[1:]:
        Z = Theta_l[:, 0] + A[-1] @ Theta_l[:, 1:].T
        A.append(np.maximum(Z, 0))
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    A[-1] = e / e.sum(axis=1, keepdims=True)
    squares = sum(np.sum(Theta_l[:, 1:] ** 2) for Theta_l in Theta[1:])
    loss = -np.sum(Y * np.log(A[-1])) / m + alpha / (2 * m) * squares
    G, Delta = list(Theta), A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        decay = alpha * Theta[l]
        decay[:, 0] = 0
        G[l] = np.column_stack([Delta.sum(axis=0), Delta.T @ A[l - 1]]) / m + decay
        Delta = (Delta @ Theta[l][:, 1:]) * (A[l - 1] > 0)
    return loss, G
