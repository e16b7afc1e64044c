"""Entry by entry into arrays of zeros."""


def theta_from_sklearn(coefs, intercepts):
    Theta = [None]
    for l in range(len(coefs)):
        n_below, n = coefs[l].shape
        T = np.zeros((n, 1 + n_below))
        for j in range(n):
            T[j, 0] = intercepts[l][j]
            for k in range(n_below):
                T[j, 1 + k] = coefs[l][k, j]
        Theta.append(T)
    return Theta
