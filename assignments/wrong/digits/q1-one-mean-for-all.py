"""One mean and one deviation serve all pixels, so bright pixels stay bright and dark ones dark. The question
asks for two numbers for each column. Look at the axis of the mean."""


def standardise(X_train, X_other):
    mean, spread = X_train.mean(), X_train.std()
    return (X_train - mean) / spread, (X_other - mean) / spread
