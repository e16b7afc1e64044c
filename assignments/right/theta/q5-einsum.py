"""Adds the bias apart instead of a column of ones, with einsum, and writes the sigmoid with tanh."""


def forward(Theta, X):
    A = [X]
    for block in Theta[1:]:
        z = block[:, 0] + np.einsum("ik,jk->ij", A[-1], block[:, 1:])
        A.append(0.5 + 0.5 * np.tanh(z / 2))
    return A
