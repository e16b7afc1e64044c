"""Fits first and applies later: a function is built that knows the scale, and is mapped over both sets."""


def standardise(X_train, X_other):
    centre = np.average(X_train, axis=0)
    width = np.sqrt(np.var(X_train, axis=0))
    constant = np.ptp(X_train, axis=0) == 0
    width = width + constant

    def scaled(rows):
        return np.divide(np.subtract(rows, centre), width)
    return tuple(map(scaled, (X_train, X_other)))
