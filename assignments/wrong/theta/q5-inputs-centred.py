"""Slot 0 does not hold what was given.
Taking the mean away may be good for training, but it belongs before the network, where everybody sees it.
"""


def forward(Theta, X):
    A = [X - X.mean(axis=0)]
    for block in Theta[1:]:
        received = np.hstack([np.ones((len(X), 1)), A[-1]])
        A.append(1 / (1 + np.exp(-received @ block.T)))
    return A
