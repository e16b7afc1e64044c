"""The derivatives of a Lorentz curve take the full width at half maximum where the curve has the half of it."""

import numpy as np

SOURCE = "https://github.com/astropy/astropy/commit/57c8bb2eb2"
THREAD = "astropy/astropy 57c8bb2eb2"
DATE = "2024-08"
KIND = "gradient"
FORMULA = (
    r"\partial f / \partial A = s,\; \partial f / \partial x_0 = \frac{2 A s (x - x_0)}{w^2 + (x - x_0)^2},\; "
    r"\partial f / \partial w = \frac{2 A s (1 - s)}{w},\; s = \frac{w^2}{w^2 + (x - x_0)^2}"
)
RIGHT = (
    r"\partial f / \partial A = s,\; \partial f / \partial x_0 = \frac{2 A s (x - x_0)}{\gamma^2 + (x - x_0)^2},\; "
    r"\partial f / \partial w = \frac{A s (1 - s)}{\gamma},\; s = \frac{\gamma^2}{\gamma^2 + (x - x_0)^2},\; "
    r"\gamma = w / 2,\; f = A s"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a fit of a curve
BLOCKS = ["amplitude[1]", "x_0[1]", "fwhm[1]"]
SAMPLES = 15
LAM = 0.0


def start(rng):
    return {"amplitude": 1 + rng.random(1), "x_0": rng.uniform(-0.5, 0.5, 1), "fwhm": 1 + rng.random(1)}


def data(rng):
    return np.linspace(-3, 3, SAMPLES), rng.random(SAMPLES)


def evaluate(x, amplitude, x_0, fwhm):
    return amplitude * ((fwhm / 2.0) ** 2) / ((x - x_0) ** 2 + (fwhm / 2.0) ** 2)


def cost(params, X, Y):
    return 0.5 * np.sum((evaluate(X, **params) - Y) ** 2)


def fit_deriv(x, amplitude, x_0, fwhm):
    d_amplitude = fwhm**2 / (fwhm**2 + (x - x_0) ** 2)
    d_x_0 = amplitude * d_amplitude * (2 * x - 2 * x_0) / (fwhm**2 + (x - x_0) ** 2)
    d_fwhm = 2 * amplitude * d_amplitude / fwhm * (1 - d_amplitude)
    return [d_amplitude, d_x_0, d_fwhm]


def fit_deriv_later(x, amplitude, x_0, fwhm):
    gamma = fwhm / 2.0
    denom = gamma**2 + (x - x_0) ** 2
    d_amplitude = gamma**2 / denom
    d_x_0 = amplitude * gamma**2 * 2 * (x - x_0) / denom**2
    d_fwhm = amplitude * gamma * (x - x_0) ** 2 / denom**2
    return [d_amplitude, d_x_0, d_fwhm]


def of_squares(derivs, params, X, Y):
    residuals = evaluate(X, **params) - Y
    return {name: np.array([residuals @ d]) for name, d in zip(params, derivs(X, **params))}


def grad(params, X, Y):
    return of_squares(fit_deriv, params, X, Y)


def repaired(params, X, Y):
    return of_squares(fit_deriv_later, params, X, Y)
