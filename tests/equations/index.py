"""The equations of the landing page: the two forms of the chain rule."""
import numpy as np

from .registry import equation

STEP = 1e-30


@equation("eq-warm-up-chain")
def warm_up_chain(rng, sizes):
    x = rng.standard_normal(sizes[0])
    f, f_prime = np.exp, np.exp
    g, g_prime = np.sin, np.cos
    dz_dx = f(g(x + 1j * STEP)).imag / STEP
    return dz_dx, f_prime(g(x)) * g_prime(x)


@equation("eq-warm-up-paths")
def warm_up_paths(rng, sizes):
    inner, outer = rng.standard_normal((2, sizes[0]))
    x = rng.standard_normal()

    def z(x):
        return np.prod(outer * np.sin(inner * x))

    y = np.sin(inner * x)
    dz_dy = np.array([outer[k] * np.prod(np.delete(outer * y, k)) for k in range(len(y))])
    dy_dx = inner * np.cos(inner * x)
    return z(x + 1j * STEP).imag / STEP, sum(dz_dy[k] * dy_dx[k] for k in range(len(y)))
