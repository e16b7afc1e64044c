"""Multiplies the slope of the loss by the transposed Jacobian of the output, a diagonal matrix."""


def output_delta(z, y):
    J = np.diag(sigma_slope(z))
    return J.T @ (sigma(z) - y)
