"""The numbers are right, and the arrays that were handed in are no longer what they were. Whoever uses them
afterwards gets standardised data without having asked for it. Look for an assignment that writes into an
argument."""


def standardise(X_train, X_other):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    spread[spread == 0] = 1
    for X in (X_train, X_other):
        X -= mean
        X /= spread
    return X_train, X_other
