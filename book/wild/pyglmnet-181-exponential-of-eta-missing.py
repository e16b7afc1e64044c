"""A tangent continues the exponential, and its slope is the threshold in place of the threshold's exponential."""

import numpy as np

SOURCE = "https://github.com/glm-tools/pyglmnet/issues/181"
THREAD = "glm-tools/pyglmnet #181"
DATE = "2016-11"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial z_i = \tfrac1m (\mu_i - y_i)\, [z_i \le \eta] + \tfrac1m \eta\, (1 - y_i / "
    r"\mu_i)\, [z_i > \eta]"
)
RIGHT = (
    r"\partial C / \partial z_i = \tfrac1m (\mu_i - y_i)\, [z_i \le \eta] + \tfrac1m e^\eta\, (1 - y_i / "
    r"\mu_i)\, [z_i > \eta]"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 1)
NET = None  # a Poisson regression
BLOCKS = ["b[1]", "W[1]"]
SAMPLES = 12
LAM = 0.0

ETA = 0.5


def start(rng):
    return {"beta0": rng.standard_normal(()), "beta": rng.standard_normal(SIZES[0])}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.poisson(2.0, SAMPLES).astype(float)


def forward(params, X):
    z = params["beta0"] + X @ params["beta"]
    line = np.exp(ETA) * (z + 1 - ETA)
    return z, np.where(z.real > ETA, line, np.exp(np.where(z.real > ETA, ETA, z)))


def cost(params, X, Y):
    mu = forward(params, X)[1]
    return np.sum(mu - Y * np.log(mu)) / len(X)


def backward(params, X, Y, right):
    z, mu = forward(params, X)
    slope = np.exp(ETA) if right else ETA
    d = np.where(z > ETA, slope * (1 - Y / mu), mu - Y) / len(X)
    return {"beta0": d.sum(), "beta": d @ X}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
