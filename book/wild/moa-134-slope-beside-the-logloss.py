"""A logistic regression has the sigmoid's slope in its delta, which the logarithmic loss has taken away already."""

import numpy as np

SOURCE = "https://github.com/Waikato/moa/pull/134"
THREAD = "Waikato/moa PR #134"
DATE = "2018-04"
KIND = "gradient"
FORMULA = r"\delta^1 = (a^1 - y) \odot a^1 \odot (1 - a^1)"
RIGHT = r"\delta^1 = a^1 - y"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"output-slope-twice"}]
SIZES = (4, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {"m_weights": rng.standard_normal(SIZES[0]), "m_bias": rng.standard_normal(())}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, SAMPLES).astype(float)


def yhat(params, X):
    return 1 / (1 + np.exp(-(X @ params["m_weights"] + params["m_bias"])))


def cost(params, X, Y):
    a = yhat(params, X)
    return -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / len(X)


def backward(params, X, Y, right):
    a = yhat(params, X)
    dldz = (a - Y) / len(X)
    if not right:
        dldz = dldz * (a * (1 - a))
    return {"m_weights": dldz @ X, "m_bias": dldz.sum()}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
