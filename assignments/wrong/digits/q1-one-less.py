"""Every pixel that varies comes out a little too small, by the same factor. There are two standard deviations in
use, which differ in the number that the sum of squares is divided by. Compare yours with the one in the text."""


def standardise(X_train, X_other):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0, ddof=1)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, (X_other - mean) / spread
