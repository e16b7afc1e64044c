"""The loss from the logits by logaddexp, weights and biases apart, einsum for the products."""


def loss_and_gradient(Theta, X, Y, alpha):
    W, b = [None] + [T[:, 1:] for T in Theta[1:]], [None] + [T[:, 0] for T in Theta[1:]]
    Z, A = [None], [X]
    for w, c in zip(W[1:], b[1:]):
        Z.append(np.einsum("ik,jk->ij", A[-1], w) + c)
        A.append(Z[-1] * (Z[-1] > 0))
    log_total = np.logaddexp.reduce(Z[-1], axis=1)
    loss = np.mean(log_total - np.einsum("ik,ik->i", Z[-1], Y))
    loss += alpha / (2 * len(X)) * sum(np.vdot(w, w) for w in W[1:])
    Delta, G = np.exp(Z[-1] - log_total[:, None]) - Y, [None] * len(Theta)
    for l in range(len(W) - 1, 0, -1):
        weights = np.einsum("ij,ik->jk", Delta, A[l - 1]) / len(X) + alpha / len(X) * W[l]
        G[l] = np.c_[Delta.mean(axis=0), weights]
        if l > 1:
            Delta = np.einsum("ij,jk->ik", Delta, W[l]) * (Z[l - 1] > 0)
    return loss, G
