"""A small number is added to every deviation so that none is zero. All pixels are then a little off, and a pixel
that is blank in training and has some ink in a test image becomes a number in the hundreds of millions. Treat
the constant pixels apart, and leave the others as the formula has them."""


def standardise(X_train, X_other):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0) + 1e-8
    return (X_train - mean) / spread, (X_other - mean) / spread
