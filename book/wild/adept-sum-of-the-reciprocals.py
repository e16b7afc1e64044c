"""The adjoint of an advection scheme divides by the sum of two reciprocals where the flux has their difference."""

import numpy as np

SOURCE = "https://github.com/rjhogan/Adept-2/commit/a053fe7"
THREAD = "rjhogan/Adept-2 a053fe7"
DATE = "2018-09"
KIND = "gradient"
FORMULA = (
    r"\partial F_i / \partial q_i = \frac{1}{q_i d_i} \Bigl(c r_i - \frac{r_i - 1}{q_i d_i}\Bigr),\; "
    r"\partial F_i / \partial q_{i+1} = \frac{1}{q_{i+1} d_i} \Bigl(\frac{r_i - 1}{q_{i+1} d_i} - c r_i\Bigr),\; "
    r"d_i = \tfrac{1}{q_i} + \tfrac{1}{q_{i+1}}"
)
RIGHT = (
    r"\partial F_i / \partial q_i = \frac{1}{q_i d_i} \Bigl(c r_i - \frac{r_i - 1}{q_i d_i}\Bigr),\; "
    r"\partial F_i / \partial q_{i+1} = \frac{1}{q_{i+1} d_i} \Bigl(\frac{r_i - 1}{q_{i+1} d_i} - c r_i\Bigr),\; "
    r"d_i = \tfrac{1}{q_{i+1}} - \tfrac{1}{q_i},\; F_i = (r_i - 1) / d_i,\; r_i = (q_i / q_{i+1})^c"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NX, NT, C = 7, 2, 0.125
NET = None  # a fit of the start of a flow
BLOCKS = ["q_init[1]"]
SAMPLES = NX
LAM = 0.0


def start(rng):
    return 1 + rng.permutation(NX) / 2 + 0.2 * rng.random(NX)


def data(rng):
    """What is measured in each box at the end."""
    return np.arange(NX), 1 + 3 * rng.random(NX)


def toon(q_init):
    """The states of all times."""
    q = [q_init]
    for j in range(NT):
        flux = (np.exp(C * np.log(q[j][:-1] / q[j][1:])) - 1.0) * q[j][:-1] * q[j][1:] / (q[j][:-1] - q[j][1:])
        new = q[j].copy()
        new[1:-1] += flux[:-1] - flux[1:]
        new[0], new[-1] = new[-2], new[1]
        q.append(new)
    return q


def cost(q_init, X, Y):
    return 0.5 * np.sum((toon(q_init)[-1] - Y) ** 2)


def toon_AD(q_init, Y, sign):
    q_save = toon(q_init)
    q_AD = q_save[-1] - Y
    flux_AD = np.zeros(NX - 1)
    for j in reversed(range(NT)):
        q_AD[NX - 2] += q_AD[0]
        q_AD[0] = 0.0
        q_AD[1] += q_AD[NX - 1]
        q_AD[NX - 1] = 0.0
        for i in range(1, NX - 1):
            flux_AD[i - 1] += q_AD[i]
            flux_AD[i] -= q_AD[i]
        q = q_save[j]
        for i in range(NX - 1):
            factor = np.exp(C * np.log(q[i] / q[i + 1]))
            one_over_q_i = 1.0 / q[i]
            one_over_q_i_plus_one = 1.0 / q[i + 1]
            one_over_denominator = 1.0 / (one_over_q_i_plus_one + sign * one_over_q_i)
            q_AD[i] += (
                one_over_denominator
                * one_over_q_i
                * (C * factor - (factor - 1.0) * one_over_denominator * one_over_q_i)
                * flux_AD[i]
            )
            q_AD[i + 1] += (
                one_over_denominator
                * one_over_q_i_plus_one
                * (-C * factor + (factor - 1.0) * one_over_denominator * one_over_q_i_plus_one)
                * flux_AD[i]
            )
            flux_AD[i] = 0.0
    return q_AD


def grad(q_init, X, Y):
    return toon_AD(q_init, Y, sign=1.0)


def repaired(q_init, X, Y):
    return toon_AD(q_init, Y, sign=-1.0)
