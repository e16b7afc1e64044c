"""The derivative of a sigmoid divides by its denominator once and then multiplies by it."""

import numpy as np

SOURCE = "https://github.com/frankandrobot/mustached-octo-neuralnetwork/commit/3a256f6"
THREAD = "frankandrobot/mustached-octo-neuralnetwork 3a256f6"
DATE = "2013-11"
KIND = "gradient"
FORMULA = r"f'(z) = \frac{s e^{-s z}}{1 + e^{-s z}} (1 + e^{-s z}) = s e^{-s z}"
RIGHT = r"f'(z) = \frac{s e^{-s z}}{(1 + e^{-s z})^2},\; f(z) = \frac{1}{1 + e^{-s z}}"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
STEEPNESS = 1.0
SIZES = (2, 3, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "w2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def activation(z):
    return 1 / (1 + np.exp(-STEEPNESS * z))


def forward(params, X):
    z1 = X @ params["w1"] + params["b1"]
    hidden = activation(z1)
    z2 = hidden @ params["w2"] + params["b2"]
    return z1, hidden, z2, activation(z2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def slope(z, right):
    e = np.exp(-STEEPNESS * z)
    return STEEPNESS * e / ((1 + e) * (1 + e)) if right else STEEPNESS * e / (1 + e) * (1 + e)


def backward(params, X, Y, right):
    z1, hidden, z2, out = forward(params, X)
    d2 = (out - Y) * slope(z2, right) / len(X)
    d1 = d2 @ params["w2"].T * slope(z1, right)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
