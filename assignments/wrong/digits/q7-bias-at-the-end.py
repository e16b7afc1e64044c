"""The activations themselves have changed, and they were right. One column of the parameters plays another part
than the rest. Look at which column you take for the biases."""


def mended_layer(Theta_l, A_below):
    A = np.tanh(Theta_l[:, -1] + A_below @ Theta_l[:, :-1].T)
    return A, 1 - A ** 2
