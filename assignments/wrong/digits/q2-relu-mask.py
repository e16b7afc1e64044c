"""Units that are switched off are trained as if they were on. The activation of a ReLU is never negative, so a
comparison that also lets zero through lets everything through. Look at which numbers your comparison can tell
apart."""

DEFECT = "relu-mask"


def slopes(z):
    a = np.maximum(z, 0)
    return 1 - np.tanh(z) ** 2, (a >= 0).astype(float)
