"""The reported cost is not the one that is minimised, and λ has no effect on the weights. (The λ of this
sentence is alpha here.) The loss agrees with scikit-learn's, and the step does not, unless alpha is zero."""

DEFECT = "penalty-missing"


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
        G[l] = (np.column_stack([Delta.sum(axis=0), Delta.T @ A[l - 1]])) / m
        Delta = (Delta @ Theta[l][:, 1:]) * (A[l - 1] > 0)
    return loss, G
