"""Calls itself for the layers below with what arrives there, and copies each Θ before it clears the bias column."""


def gradient(matrices, layers, targets, strength, whole):
    def below(l, delta):
        if l == 0:
            return [None]
        decay = matrices[l].copy()
        decay[:, 0] = 0
        share = np.vstack([np.ones(len(targets)), layers[l - 1].T]) @ delta / len(targets)
        arriving = matrices[l][:, 1:].T @ delta.T
        return below(l - 1, arriving.T * layers[l - 1] * (1 - layers[l - 1])) + [share.T + strength * decay / whole]

    return below(len(matrices) - 1, layers[-1] - targets)
