"""The backward pass has the slope of a sigmoid written into it, whatever activation the network is made with."""

import numpy as np

SOURCE = "https://github.com/php-ai/php-ml/pull/163"
THREAD = "php-ai/php-ml #142, PR #163"
DATE = "2017-11"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot a^l \odot (1 - a^l),\; a^l = \tanh z^l"
RIGHT = r"\delta^l = (\cdot) \odot \bigl(1 - (a^l)^2\bigr),\; a^l = \tanh z^l"
READ = "discussion"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-wrong-function"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((k, n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def with_bias(a):
    return np.column_stack([a, np.ones(len(a))])


def forward(params, X):
    a = [X]
    for W in params:
        a.append(np.tanh(with_bias(a[-1]) @ W.T))
    return a


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def slope(a, right):
    return 1 - a**2 if right else a * (1 - a)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    x, h, p = forward(params, X)
    d2 = (p - Y) / len(X) * slope(p, right)
    d1 = d2 @ params[1][:, :-1] * slope(h, right)
    return [d1.T @ with_bias(x), d2.T @ with_bias(h)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
