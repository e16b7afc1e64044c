"""Column by column, in Python loops over the rows."""


def standardise(X_train, X_other):
    m, n = X_train.shape
    train, other = np.empty((m, n)), np.empty((len(X_other), n))
    for k in range(n):
        mu = sum(X_train[i, k] for i in range(m)) / m
        square = sum((X_train[i, k] - mu) ** 2 for i in range(m)) / m
        s = square ** 0.5 if square > 0 else 1.0
        for i in range(m):
            train[i, k] = (X_train[i, k] - mu) / s
        for i in range(len(X_other)):
            other[i, k] = (X_other[i, k] - mu) / s
    return train, other
