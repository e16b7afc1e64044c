"""The cost turns into nan in the middle of a training that went well. Everything agrees until the logits are
large. The text asks for a softmax that holds when all logits are shifted by 1000."""

DEFECT = "softmax-overflow"


def loss_and_gradient(Theta, X, Y, alpha):
    m, A = len(X), [X]
    for Theta_l in Theta[1:]:
        Z = Theta_l[:, 0] + A[-1] @ Theta_l[:, 1:].T
        A.append(np.maximum(Z, 0))
    with np.errstate(all="ignore"):
        e = np.exp(Z)
        A[-1] = e / e.sum(axis=1, keepdims=True)
    squares = sum(np.sum(Theta_l[:, 1:] ** 2) for Theta_l in Theta[1:])
    with np.errstate(all="ignore"):
        loss = -np.sum(Y * np.log(A[-1])) / m + alpha / (2 * m) * squares
    G, Delta = list(Theta), A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        decay = alpha * Theta[l]
        decay[:, 0] = 0
        G[l] = (np.column_stack([Delta.sum(axis=0), Delta.T @ A[l - 1]]) + decay) / m
        Delta = (Delta @ Theta[l][:, 1:]) * (A[l - 1] > 0)
    return loss, G
