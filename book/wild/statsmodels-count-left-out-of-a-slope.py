"""In the score of a generalised Poisson model one slope is taken without the count, and a term without its factor."""

import numpy as np

SOURCE = "https://github.com/statsmodels/statsmodels/commit/6bdbbba8f"
THREAD = "statsmodels/statsmodels 6bdbbba"
DATE = "2017-06"
KIND = "gradient"
FORMULA = (
    r"\ell_\mu = \dots - \tfrac{1 + c}{a_1},\; \ell_\alpha = \textstyle\sum \bigl[\mu^p\, y\, \bigl(\tfrac{y - "
    r"1}{a_2} - \tfrac{2}{a_1}\bigr) + \tfrac{a_2}{a_1^2}\bigr],\; c = \alpha p \mu^{p-1}"
)
RIGHT = (
    r"\ell_\mu = \dots - \tfrac{1 + c y}{a_1},\; \ell_\alpha = \textstyle\sum \mu^p \bigl(y\, \bigl(\tfrac{y "
    r"- 1}{a_2} - \tfrac{2}{a_1}\bigr) + \tfrac{a_2}{a_1^2}\bigr),\; a_1 = 1 + \alpha \mu^p,\; a_2 = \mu + "
    r"\alpha \mu^p y"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
FEATURES, POWER = 3, 2
NET = None  # a model of counts
BLOCKS = ["parameters[1]"]
SAMPLES = 12
LAM = 0.0


def start(rng):
    """The coefficients, and at last the dispersion."""
    return np.array([*(0.4 * rng.standard_normal(FEATURES)), rng.uniform(0.2, 0.6)])


def data(rng):
    X = np.column_stack([np.ones(SAMPLES), rng.standard_normal((SAMPLES, FEATURES - 1))])
    return X, rng.poisson(2.0, (SAMPLES, 1)).astype(float)


def forward(params, X, Y):
    mu = np.exp(X @ params[:-1])[:, None]
    return mu, 1 + params[-1] * mu**POWER, mu + params[-1] * mu**POWER * Y


def cost(params, X, Y):
    """The likelihood's negative logarithm, without the factorials of the counts."""
    mu, a1, a2 = forward(params, X, Y)
    return -np.sum(np.log(mu) + (Y - 1) * np.log(a2) - Y * np.log(a1) - a2 / a1)


def backward(params, X, Y, right):
    mu, a1, a2 = forward(params, X, Y)
    c = params[-1] * POWER * mu ** (POWER - 1)
    inner = Y * ((Y - 1) / a2 - 2 / a1)
    by_alpha = mu**POWER * (inner + a2 / a1**2) if right else mu**POWER * inner + a2 / a1**2
    last = (1 + (c * Y if right else c)) / a1
    by_mu = -c * Y / a1 + c * a2 / a1**2 + (Y - 1) * (1 + c * Y) / a2 - last + 1 / mu
    return -np.array([*(X.T @ (by_mu * mu))[:, 0], by_alpha.sum()])


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
