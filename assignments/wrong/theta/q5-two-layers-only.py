"""A network with two matrices is right, and a longer one stops after two layers.
The function names its layers one by one.
"""


def forward(Theta, X):
    ones = np.ones((len(X), 1))
    A1 = 1 / (1 + np.exp(-np.hstack([ones, X]) @ Theta[1].T))
    A2 = 1 / (1 + np.exp(-np.hstack([ones, A1]) @ Theta[2].T))
    return [X, A1, A2]
