"""Sample by sample, with an outer product for each layer, and the penalty added at the end."""


def loss_and_gradient(Theta, X, Y, alpha):
    m, L = len(X), len(Theta) - 1
    loss, G = 0.0, [None] + [np.zeros(T.shape) for T in Theta[1:]]
    for x, y in zip(X, Y):
        received, a = [None], x
        for l in range(1, L + 1):
            received.append(np.concatenate([[1.0], a]))
            z = Theta[l] @ received[l]
            a = np.where(z > 0, z, 0.0)
        z = z - max(z)
        total = sum(np.exp(z))
        loss += np.log(total) - z @ y
        delta = np.exp(z) / total - y
        for l in range(L, 0, -1):
            G[l] += np.outer(delta, received[l])
            delta = (Theta[l][:, 1:].T @ delta) * (received[l][1:] > 0)
    for l in range(1, L + 1):
        loss += alpha / 2 * np.linalg.norm(Theta[l][:, 1:]) ** 2
        G[l][:, 1:] += alpha * Theta[l][:, 1:]
        G[l] /= m
    return loss / m, G
