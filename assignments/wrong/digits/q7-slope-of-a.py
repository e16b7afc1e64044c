"""Hidden layers learn at the wrong rate, and the cost flattens where it need not. This is the function as it
stood in the program. Count how often tanh is applied on the way to the slope."""

DEFECT = "slope-of-a"


def mended_layer(Theta_l, A_below):
    A = np.tanh(Theta_l[:, 0] + A_below @ Theta_l[:, 1:].T)
    S = 1 - np.tanh(A) ** 2
    return A, S
