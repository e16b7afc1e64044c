"""The shapes fit and the numbers do not, from the first layer on.
The ones stand where the last weight is, and the bias meets an input.
"""


def forward(Theta, X):
    A = [X]
    for block in Theta[1:]:
        received = np.hstack([A[-1], np.ones((len(X), 1))])
        A.append(1 / (1 + np.exp(-received @ block.T)))
    return A
