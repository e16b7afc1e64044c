"""Walks over samples and units, with sums of single products."""


def forward(Theta, X):
    A = [X]
    for l in range(1, len(Theta)):
        here = np.zeros((len(X), len(Theta[l])))
        for i in range(len(X)):
            for j in range(len(Theta[l])):
                z = Theta[l][j, 0]
                for k in range(A[l - 1].shape[1]):
                    z += Theta[l][j, 1 + k] * A[l - 1][i, k]
                here[i, j] = 1 / (1 + np.exp(-z))
        A.append(here)
    return A
