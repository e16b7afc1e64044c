"""From slot 1 on each result has one unit too many: a column where samples are rows, a row where they are columns.
The ones are put in front of a layer for the product; what is handed back are the units alone.
"""


def forward(Theta, X):
    ones = np.ones((len(X), 1))
    A = [np.hstack([ones, X])]
    for block in Theta[1:]:
        A.append(np.hstack([ones, 1 / (1 + np.exp(-A[-1] @ block.T))]))
    return A
