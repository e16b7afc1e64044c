"""A power in the deviation of a noise is differentiated by its exponent as if that were its base."""

import numpy as np

SOURCE = "https://github.com/pints-team/pints/commit/4876da2f"
THREAD = "pints-team/pints 4876da2"
DATE = "2020-07"
KIND = "gradient"
FORMULA = r"\partial \sigma / \partial \eta = \sigma_r\, \eta\, f^{\eta - 1},\; \sigma = \sigma_b + \sigma_r f^\eta"
RIGHT = r"\partial \sigma / \partial \eta = \sigma_r\, f^\eta \log f,\; \sigma = \sigma_b + \sigma_r f^\eta"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a model of a growth with its noise
BLOCKS = ["parameters[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    """Size and rate of a growth, the base noise, the exponent, and the share of the growth in the noise."""
    return np.array([rng.uniform(1, 2), rng.uniform(0.3, 0.8), *rng.uniform(0.2, 0.6, 1), rng.uniform(0.7, 1.3), 0.4])


def data(rng):
    X = np.sort(rng.uniform(0, 2, (SAMPLES, 1)), axis=0)
    return X, 1.5 * np.exp(0.6 * X) + 0.5 * rng.standard_normal((SAMPLES, 1))


def forward(params, X):
    growth = params[0] * np.exp(params[1] * X)
    return growth, params[2] + params[4] * growth ** params[3]


def cost(params, X, Y):
    """The likelihood's negative logarithm."""
    growth, deviation = forward(params, X)
    return np.sum(0.5 * np.log(2 * np.pi) + np.log(deviation) + 0.5 * ((Y - growth) / deviation) ** 2)


def backward(params, X, Y, right):
    growth, deviation = forward(params, X)
    size, _, _, eta, share = params
    power = growth**eta
    by_deviation = 1 / deviation - (Y - growth) ** 2 / deviation**3
    by_growth = by_deviation * share * eta * power / growth - (Y - growth) / deviation**2
    of_eta = share * power * np.log(growth) if right else share * eta * growth ** (eta - 1)
    slopes = [
        by_growth * growth / size,
        by_growth * growth * X,
        by_deviation,
        by_deviation * of_eta,
        by_deviation * power,
    ]
    return np.array([slope.sum() for slope in slopes])


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
