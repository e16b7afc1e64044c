"""All layers are right but the last one, which has numbers below 0 or above 1.
What is missing there is the last thing that a layer does.
"""


def forward(Theta, X):
    A = [X]
    for l in range(1, len(Theta)):
        Z = np.hstack([np.ones((len(X), 1)), A[-1]]) @ Theta[l].T
        A.append(Z if l == len(Theta) - 1 else 1 / (1 + np.exp(-Z)))
    return A
