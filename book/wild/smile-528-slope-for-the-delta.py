"""A ReLU layer replaces what comes from above by its own slope instead of multiplying the two."""

import numpy as np

SOURCE = "https://github.com/haifengl/smile/issues/528"
THREAD = "haifengl/smile #528"
DATE = "2020-03"
KIND = "gradient"
FORMULA = r"\delta^l = [z^l > 0]"
RIGHT = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot [z^l > 0]"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 5, 4, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.standard_normal((SIZES[-1], SAMPLES))


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(W @ a[-1] + b)
        a.append(z[-1] * (z[-1].real > 0) if len(a) < len(params) else z[-1])
    return z, a


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1][-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    z, a = forward(params, X)
    m, out, d = X.shape[1], [], a[3] - Y
    for l in (3, 2, 1):
        out.insert(0, (d @ a[l - 1].T / m, d.sum(1, keepdims=True) / m))
        if l > 1:
            came = params[l - 1][0].T @ d
            d = (came if right else 1) * (z[l - 1] > 0)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
