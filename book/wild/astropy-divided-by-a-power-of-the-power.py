"""Two derivatives of a Moffat curve are divided by the curve's own power to the same power once more."""

import numpy as np

SOURCE = "https://github.com/astropy/astropy/commit/83412a2be5"
THREAD = "astropy/astropy 83412a2be5"
DATE = "2018-11"
KIND = "gradient"
FORMULA = (
    r"\partial f / \partial x_0 = \frac{2 A \alpha (x - x_0)\, d}{\gamma^2 d^\alpha},\; "
    r"\partial f / \partial \gamma = \frac{2 A \alpha (x - x_0)^2 d}{\gamma^3 d^\alpha}"
)
RIGHT = (
    r"\partial f / \partial x_0 = \frac{2 A \alpha (x - x_0)\, d}{\gamma^2 u},\; "
    r"\partial f / \partial \gamma = \frac{2 A \alpha (x - x_0)^2 d}{\gamma^3 u},\; "
    r"u = 1 + (x - x_0)^2 / \gamma^2,\; d = u^{-\alpha},\; f = A d"
)
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = []
NET = None  # a fit of a curve
BLOCKS = ["amplitude[1]", "x_0[2]", "gamma[2]", "alpha[1]"]
SAMPLES = 15
LAM = 0.0


def start(rng):
    return {
        "amplitude": 1 + rng.random(1),
        "x_0": rng.uniform(-0.5, 0.5, 1),
        "gamma": 1 + rng.random(1),
        "alpha": 1.5 + rng.random(1),
    }


def data(rng):
    return np.linspace(-3, 3, SAMPLES), rng.random(SAMPLES)


def evaluate(x, amplitude, x_0, gamma, alpha):
    rr_gg = (x - x_0) ** 2 / gamma**2
    return amplitude * (1 + rr_gg) ** (-alpha)


def cost(params, X, Y):
    return 0.5 * np.sum((evaluate(X, **params) - Y) ** 2)


def fit_deriv(x, amplitude, x_0, gamma, alpha):
    d_A = (1 + (x - x_0) ** 2 / gamma**2) ** (-alpha)
    d_x_0 = -amplitude * alpha * d_A * (-2 * x + 2 * x_0) / (gamma**2 * d_A**alpha)
    d_gamma = 2 * amplitude * alpha * d_A * (x - x_0) ** 2 / (gamma**3 * d_A**alpha)
    d_alpha = -amplitude * d_A * np.log(1 + (x - x_0) ** 2 / gamma**2)
    return [d_A, d_x_0, d_gamma, d_alpha]


def fit_deriv_later(x, amplitude, x_0, gamma, alpha):
    fac = 1 + (x - x_0) ** 2 / gamma**2
    d_A = fac ** (-alpha)
    d_x_0 = 2 * amplitude * alpha * (x - x_0) * d_A / (fac * gamma**2)
    d_gamma = 2 * amplitude * alpha * (x - x_0) ** 2 * d_A / (fac * gamma**3)
    d_alpha = -amplitude * d_A * np.log(fac)
    return [d_A, d_x_0, d_gamma, d_alpha]


def of_squares(derivs, params, X, Y):
    residuals = evaluate(X, **params) - Y
    return {name: np.array([residuals @ d]) for name, d in zip(params, derivs(X, **params))}


def grad(params, X, Y):
    return of_squares(fit_deriv, params, X, Y)


def repaired(params, X, Y):
    return of_squares(fit_deriv_later, params, X, Y)
