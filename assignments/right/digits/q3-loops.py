"""Sample by sample and class by class, each probability as one over a sum of exponentials of differences."""


def softmax(Z):
    m, K = Z.shape
    a = np.zeros((m, K))
    for i in range(m):
        top = max(Z[i])
        total = 0.0
        for k in range(K):
            total += np.exp(Z[i, k] - top)
        for k in range(K):
            a[i, k] = np.exp(Z[i, k] - top) / total
    return a
