"""A reader misses a minus and finds a factor too many, having differentiated with respect to the angle."""

import numpy as np

SOURCE = "https://github.com/gehaocool/CombinedMargin-caffe/issues/16"
THREAD = "gehaocool/CombinedMargin-caffe #16"
DATE = "2019-02"
KIND = "right"
FORMULA = r"f'(c) = m_1\, (1 - c^2)^{-1/2} \sin(m_1 \theta + m_2),\; \theta = \arccos c"
RIGHT = r"f'(c) = \partial f / \partial c,\; f(c) = \cos(m_1 \arccos c + m_2) - m_3"
READ = "code"
LAYER = []
NAMES = []
SCALE, M1, M2, M3 = 4.0, 1.1, 0.2, 0.1
NET = None  # cosines with a margin
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {"W1": rng.standard_normal((3, 4)), "b1": rng.standard_normal(4)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(4)[rng.integers(0, 4, SAMPLES)]


def forward(params, X, Y):
    c = np.tanh(X @ params["W1"] + params["b1"])
    inner = M1 * np.arccos(c) + M2
    e = np.exp(SCALE * np.where(Y == 1, np.cos(inner) - M3, c))
    return c, inner, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X, Y)[-1])) / len(X)


def grad(params, X, Y):
    c, inner, p = forward(params, X, Y)
    g = SCALE * (p - Y) / len(X)
    d = np.where(Y == 1, g * M1 * (1 - c**2) ** -0.5 * np.sin(inner), g) * (1 - c * c)
    return {"W1": X.T @ d, "b1": d.sum(0)}


repaired = grad
