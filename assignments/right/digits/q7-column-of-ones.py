"""A column of ones takes the bias into the matrix product; the slope is one over the square of the hyperbolic
cosine."""


def mended_layer(Theta_l, A_below):
    padded = np.insert(A_below, 0, 1, axis=1)
    Z = np.einsum("ik,jk->ij", padded, Theta_l)
    return np.tanh(Z), 1 / np.cosh(Z) ** 2
