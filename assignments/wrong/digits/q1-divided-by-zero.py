"""Some pixels are blank in every training image, and they come out as NaN. A network that is fed one NaN answers
NaN for ever after. Look at what the deviation of such a pixel is, and at what the text says about it."""


def standardise(X_train, X_other):
    with np.errstate(all="ignore"):
        mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
        return (X_train - mean) / spread, (X_other - mean) / spread
