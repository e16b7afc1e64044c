"""The equations of the landing page: the two forms of the chain rule."""
import numpy as np

from .registry import equation
from .rounding import LIBRARY, gamma

STEP = 1e-30


@equation("eq-warm-up-chain", mutants={
    "slope of f at x": ("f_prime(g(x))", "f_prime(x)"),
    "slope of g at y": ("* g_prime(x)", "* g_prime(g(x))"),
    "f for its slope": ("f_prime(g(x))", "f(g(x))"),
    "second factor dropped": (" * g_prime(x)", ""),
    "sum for product": (") * g_prime", ") + g_prime"),
})
def warm_up_chain(rng, sizes):
    """The derivative of a composed function by the complex step against the product of the two slopes."""
    x = rng.standard_normal(sizes[0])

    def f(y):
        return y * y * y

    def f_prime(y):
        return 3 * y * y

    g, g_prime = np.sin, np.cos
    left, right = f(g(x + 1j * STEP)).imag / STEP, f_prime(g(x)) * g_prime(x)
    # Products and sums of one sign, so each entry is wrong relatively: three values of sin or cos on each side, seven roundings on the left, three on the right.
    return left, right, gamma(6 * LIBRARY + 10)


@equation("eq-warm-up-paths", mutants={
    "last path dropped": ("dy_dx[k] for k in range(len(y))", "dy_dx[k] for k in range(len(y) - 1)"),
    "slopes swapped": ("dz_dy[k] * dy_dx[k]", "dz_dy[k] * dy_dx[0]"),
    "second factor dropped": ("dz_dy[k] * dy_dx[k]", "dz_dy[k]"),
    "inner slope dropped": ("inner * np.cos", "np.cos"),
    "sign": ("np.cos(inner", "-np.cos(inner"),
})
def warm_up_paths(rng, sizes):
    """The derivative of a product of sines by the complex step against the sum over its factors, one path each."""
    inner, outer = rng.standard_normal((2, sizes[0]))
    x = rng.standard_normal()

    def z(x):
        return np.prod(outer * np.sin(inner * x))

    y = np.sin(inner * x)
    dz_dy = np.array([outer[k] * np.prod(np.delete(outer * y, k)) for k in range(len(y))])
    dy_dx = inner * np.cos(inner * x)
    return z(x + 1j * STEP).imag / STEP, sum(dz_dy[k] * dy_dx[k] for k in range(len(y)))
