"""Jaffe's potential is written with the logarithm of c / (r + c) where r / (r + c) belongs; the gradient is right."""

import numpy as np

SOURCE = "https://github.com/adrn/gala/commit/8e2b3bbc945771d32bf76ffb399efde59346cf3e"
THREAD = "adrn/gala 8e2b3bbc"
DATE = "2016-09"
KIND = "cost"
FORMULA = r"\Phi = \tfrac{G m}c \log \tfrac c{r + c}"
RIGHT = r"\Phi = -\tfrac{G m}c \log \bigl(1 + \tfrac cr\bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # stars in the potentials of galaxies
BLOCKS = ["r[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Where the stars are."""
    return 1.5 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """G, the mass and the radius c of the potential that each star is in."""
    return np.column_stack([np.full(SAMPLES, 1.2), rng.uniform(0.5, 2.0, (SAMPLES, 2))]), np.zeros((SAMPLES, 1))


def jaffe_value(t, pars, r):
    """
    pars:
            - G (Gravitational constant)
            - m (mass scale)
            - c (length scale)
    """
    R = np.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2])
    return pars[0] * pars[1] / pars[2] * np.log(pars[2] / (R + pars[2]))


def jaffe_value_later(t, pars, r):
    R = np.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2])
    return -pars[0] * pars[1] / pars[2] * np.log(1 + pars[2] / R)


def jaffe_gradient(t, pars, r, grad):
    R = np.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2])
    fac = pars[0] * pars[1] / ((R + pars[2]) * R * R)

    grad[0] = grad[0] + fac * r[0]
    grad[1] = grad[1] + fac * r[1]
    grad[2] = grad[2] + fac * r[2]


def gradient_of_value(t, pars, r, grad):
    """The gradient of the value as it was."""
    R = np.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2])
    fac = -pars[0] * pars[1] / pars[2] / ((R + pars[2]) * R)

    grad[0] = grad[0] + fac * r[0]
    grad[1] = grad[1] + fac * r[1]
    grad[2] = grad[2] + fac * r[2]


def c_potential(value, X, q):
    return sum(value(0.0, pars, r) for pars, r in zip(X, q))


def c_gradient(gradient, X, q):
    grad = np.zeros_like(q)
    for i in range(len(q)):
        gradient(0.0, X[i], q[i], grad[i])
    return grad


def cost(q, X, Y):
    return c_potential(jaffe_value, X, q)


def meant(q, X, Y):
    return c_potential(jaffe_value_later, X, q)


def grad(q, X, Y):
    return c_gradient(jaffe_gradient, X, q)


def repaired(q, X, Y):
    return c_gradient(gradient_of_value, X, q)
