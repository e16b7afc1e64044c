"""In the derivative of a noncentral camera's equation that of the square has its two and lacks its base."""

import numpy as np

SOURCE = "https://github.com/dkogan/mrcal/commit/0be5872b"
THREAD = "dkogan/mrcal 0be5872b"
DATE = "2021-10"
KIND = "gradient"
FORMULA = r"\partial e / \partial z_a = 1 - u'\, (k_0 + 2 k_1)"
RIGHT = r"\partial e / \partial z_a = 1 - u'\, (k_0 + 2 u k_1),\; e = z_a - z - u (k_0 + u k_1)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a camera whose rays do not meet
BLOCKS = ["z_adjusted[1]"]
SAMPLES = 6
LAM = 0.0
K = (0.2, 0.3)


def start(rng):
    return rng.uniform(0.5, 2, SAMPLES)


def data(rng):
    """Points' distances from the axis and along it."""
    return rng.uniform(0.5, 3, (SAMPLES, 1)), rng.uniform(0.5, 2, SAMPLES)


def uscalar_func(x, z):
    denom = z + np.sqrt(x * x + z * z)
    u = 2 * x / denom
    du_dz = -2 * x / (denom * denom) * (1 + z / np.sqrt(x * x + z * z))
    return u, du_dz


def err(z_adjusted, k, x, z, get_gradients=False):
    u, du_dzadj = uscalar_func(x, z_adjusted)
    e = (z_adjusted - z) - u * (k[0] + u * k[1])
    if not get_gradients:
        return e
    de_dzadj = 1 - du_dzadj * (k[0] + 2 * k[1])
    return e, de_dzadj


def err_repaired(z_adjusted, k, x, z, get_gradients=False):
    u, du_dzadj = uscalar_func(x, z_adjusted)
    e = (z_adjusted - z) - u * (k[0] + u * k[1])
    if not get_gradients:
        return e
    de_dzadj = 1 - du_dzadj * (k[0] + 2 * u * k[1])
    return e, de_dzadj


def cost(z_adjusted, X, Y):
    """Half the squares of the equations, which are zero at their solutions."""
    return 0.5 * sum(err(zadj, K, x, z) ** 2 for zadj, x, z in zip(z_adjusted, X[:, 0], Y))


def gradient(z_adjusted, X, Y, err):
    pairs = [err(zadj, K, x, z, get_gradients=True) for zadj, x, z in zip(z_adjusted, X[:, 0], Y)]
    return np.array([e * de_dzadj for e, de_dzadj in pairs])


def grad(z_adjusted, X, Y):
    return gradient(z_adjusted, X, Y, err)


def repaired(z_adjusted, X, Y):
    return gradient(z_adjusted, X, Y, err_repaired)
