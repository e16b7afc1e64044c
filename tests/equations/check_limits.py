"""The equations of the chapter "What a check cannot see", each evaluated on both sides."""
from math import erf

import numpy as np

from .registry import equation


@equation("eq-directional-derivative", mutants={
    "direction dropped": ("sum(v[k] * C(", "sum(C("),
    "one axis forgotten": ("for k in range(P))", "for k in range(1, P))"),
    "axes backwards": ("np.eye(P)[k]", "np.eye(P)[P - 1 - k]"),
    "sign": ("along, sum(", "along, -sum("),
    "parameters for the direction": ("sum(v[k]", "sum(theta[k]"),
})
def directional_derivative(rng, sizes):
    """The slope of a network's cost along v, by one complex step, against the sum of its slopes along the axes, one complex step each."""
    P = sum(n * (1 + before) for before, n in zip(sizes, sizes[1:]))
    theta, v, x = rng.standard_normal(P), rng.standard_normal(P), rng.standard_normal(sizes[0])

    def C(theta):
        a, start = x, 0
        for before, n in zip(sizes, sizes[1:]):
            Theta = theta[start:start + n * (1 + before)].reshape(n, 1 + before)
            a, start = np.tanh(Theta[:, 0] + Theta[:, 1:] @ a), start + Theta.size
        return (a * a).sum()

    along = C(theta + 1e-30j * v).imag / 1e-30
    return along, sum(v[k] * C(theta + 1e-30j * np.eye(P)[k]).imag / 1e-30 for k in range(P))


@equation("eq-miss-probability", tolerance=1e-6, mutants={        # the left side is a quadrature of the normal density
    "root of two dropped": ("erf(reach / (np.sqrt(2) * width))", "erf(reach / width)"),
    "one direction too many": ("(np.sqrt(2) * width)) ** k", "(np.sqrt(2) * width)) ** (k + 1)"),
    "lengths swapped": ("reach / (np.sqrt(2) * width)", "width / (np.sqrt(2) * reach)"),
    "complement": ("return one ** k, erf(", "return one ** k, 1 - erf("),
})
def miss_probability(rng, sizes):
    """The chance that k normal numbers of deviation ‖e‖ all stay within τ‖g‖, from a quadrature of their density, against the formula."""
    e, g = rng.standard_normal((2, sum(sizes)))
    k, tau = int(rng.integers(1, 6)), rng.uniform(0.1, 2)
    reach, width = tau * np.linalg.norm(g), np.linalg.norm(e)
    s = np.linspace(-reach, reach, 20001)
    density = np.exp(-s * s / (2 * width ** 2)) / (width * np.sqrt(2 * np.pi))
    one = (density[:-1] + density[1:]).sum() * (s[1] - s[0]) / 2
    return one ** k, erf(reach / (np.sqrt(2) * width)) ** k
