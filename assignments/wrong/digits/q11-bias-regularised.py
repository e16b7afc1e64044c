"""The biases' gradient is off by λ b / n, and nothing else is. (The λ of this sentence is alpha here, and
its n is m.) All is right at alpha = 0, and at other values the biases are off. The cost adds up the squares of the
weights alone."""

DEFECT = "bias-regularised"


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
        G[l] = (np.column_stack([Delta.sum(axis=0), Delta.T @ A[l - 1]]) + decay) / m
        Delta = (Delta @ Theta[l][:, 1:]) * (A[l - 1] > 0)
    return loss, G
