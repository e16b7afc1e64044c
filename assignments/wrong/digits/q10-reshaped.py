"""The shapes are right, and the weights have landed at other places. To reshape is to read the numbers in their
old order into new rows; to transpose is to exchange rows and columns. Follow one weight from the unit where
it starts to the unit where it ends."""


def theta_from_sklearn(coefs, intercepts):
    return [None] + [np.column_stack([b, W.reshape(len(b), -1)]) for W, b in zip(coefs, intercepts)]
