"""An option's vanna, the slope of its delta in the volatility, has the root of the time too many and the wrong sign."""

import numpy as np
from scipy.special import erf

SOURCE = "https://github.com/domokane/FinancePy/pull/245"
THREAD = "domokane/FinancePy PR #245"
DATE = "2026-07"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial \Delta / \partial \sigma = e^{-q t}\, \sqrt t\, \varphi(d_1)\, d_2 / \sigma"
RIGHT = (
    r"\partial \Delta / \partial \sigma = -e^{-q t}\, \varphi(d_1)\, d_2 / \sigma,\; "
    r"\Delta = \phi\, e^{-q t} \Phi(\phi d_1)"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the model of Black and Scholes
BLOCKS = ["v[1]"]
SAMPLES = 6
LAM = 0.0
G_SMALL, CALL, PUT = 1e-12, 1, 2


def start(rng):
    """A volatility for each option."""
    return rng.uniform(0.1, 0.4, SAMPLES)


def data(rng):
    """Spot, time, strike, rate, dividend and kind of the options, and how many of each are held."""
    X = np.column_stack(
        [
            rng.uniform(80.0, 120.0, SAMPLES),
            rng.uniform(0.3, 3.0, SAMPLES),
            rng.uniform(80.0, 120.0, SAMPLES),
            rng.uniform(0.01, 0.05, SAMPLES),
            rng.uniform(0.0, 0.03, SAMPLES),
            rng.choice([CALL, PUT], SAMPLES),
        ]
    )
    return X, rng.uniform(1.0, 3.0, (SAMPLES, 1))


def normcdf_prime(x):
    return np.exp(-x * x / 2.0) / np.sqrt(2.0 * np.pi)


def normcdf(x):
    """The published one is a sum of five powers, good to seven places."""
    return 0.5 * (1.0 + erf(x / np.sqrt(2.0)))


def maximum(x, least):
    return np.where(np.real(x) > least, x, least)


def bs_delta(s, t, k, r, q, v, opt_type_value):
    if opt_type_value == CALL:
        phi = +1.0
    elif opt_type_value == PUT:
        phi = -1.0

    k = maximum(k, G_SMALL)
    t = maximum(t, G_SMALL)
    v = maximum(v, G_SMALL)

    v_sqrt_t = v * np.sqrt(t)
    ss = s * np.exp(-q * t)
    kk = k * np.exp(-r * t)
    d1 = np.log(ss / kk) / v_sqrt_t + v_sqrt_t / 2.0
    delta = phi * np.exp(-q * t) * normcdf(phi * d1)
    return delta


def bs_vanna(s, t, k, r, q, v, opt_type_value, right=False):
    k = maximum(k, G_SMALL)
    t = maximum(t, G_SMALL)
    v = maximum(v, G_SMALL)

    sqrt_t = np.sqrt(t)
    v_sqrt_t = v * sqrt_t
    ss = s * np.exp(-q * t)
    kk = k * np.exp(-r * t)
    d1 = np.log(ss / kk) / v_sqrt_t + v_sqrt_t / 2.0
    d2 = d1 - v_sqrt_t
    if right:
        vanna = -np.exp(-q * t) * normcdf_prime(d1) * (d2 / v)
    else:
        vanna = np.exp(-q * t) * sqrt_t * normcdf_prime(d1) * (d2 / v)
    return vanna


def cost(params, X, Y):
    """The delta of the book."""
    total = 0.0
    for (s, t, k, r, q, opt_type_value), (held,), v in zip(X, Y, params):
        total = total + held * bs_delta(s, t, k, r, q, v, opt_type_value)
    return total


def gradients(params, X, Y, right):
    vannas = []
    for (s, t, k, r, q, opt_type_value), (held,), v in zip(X, Y, params):
        vannas.append(held * bs_vanna(s, t, k, r, q, v, opt_type_value, right))
    return np.array(vannas)


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
