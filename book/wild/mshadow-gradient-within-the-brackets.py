"""A closing bracket stands too late, so that what comes down to a pooling is a mere argument of the reducer's slope."""

import numpy as np

SOURCE = "https://github.com/dmlc/mshadow/commit/7e4a130"
THREAD = "dmlc/mshadow 7e4a130"
DATE = "2014-12"
KIND = "gradient"
FORMULA = r"\bar x_i = \tfrac{1}{k^2} \textstyle\sum_{p \ni i} r'(x_i,\, y_p \bar y_p),\; r' = 1"
RIGHT = r"\bar x_i = \tfrac{1}{k^2} \textstyle\sum_{p \ni i} r'(x_i, y_p)\, \bar y_p,\; r' = 1"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"from-above-missing"}]
SIDE, KSIZE, KSTRIDE, FILTER = 5, 2, 1, 2
MAP = SIDE - FILTER + 1
POOLED = (MAP - KSIZE) // KSTRIDE + 1
NET = None  # a convolution and a pooling
BLOCKS = ["wmat[1]", "bias[1]", "top[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    return {
        "wmat": rng.standard_normal((FILTER, FILTER)),
        "bias": rng.standard_normal(1),
        "top": rng.standard_normal((POOLED * POOLED, 2)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIDE, SIDE)), rng.standard_normal((SAMPLES, 2))


def convolve(x, wmat, bias):
    out = np.full((MAP, MAP), bias[0])
    for y in range(MAP):
        for c in range(MAP):
            out[y, c] += np.sum(wmat * x[y : y + FILTER, c : c + FILTER])
    return out


def pool(src):
    out = np.zeros((POOLED, POOLED))
    for py in range(POOLED):
        for px in range(POOLED):
            y, x = py * KSTRIDE, px * KSTRIDE
            out[py, px] = np.sum(src[y : y + KSIZE, x : x + KSIZE])
    return out / (KSIZE * KSIZE)


def forward(params, x):
    src = np.tanh(convolve(x, params["wmat"], params["bias"]))
    pooled = pool(src)
    return src, pooled, pooled.ravel() @ params["top"]


def cost(params, X, Y):
    return 0.5 * sum(np.sum((forward(params, x)[2] - y) ** 2) for x, y in zip(X, Y)) / len(X)


class Sum:
    @staticmethod
    def partial_grad(redres, redsrc):
        return 1


def windows(y, x):
    """The windows in which a place of the map stands."""
    py_min = 0 if y < KSIZE else (y - KSIZE + KSTRIDE) // KSTRIDE
    px_min = 0 if x < KSIZE else (x - KSIZE + KSTRIDE) // KSTRIDE
    py_max = min((y + KSTRIDE) // KSTRIDE, POOLED)
    px_max = min((x + KSTRIDE) // KSTRIDE, POOLED)
    return [(py, px) for py in range(py_min, py_max) for px in range(px_min, px_max)]


def unpool(data_src, data_pooled, grad_pooled, reducer):
    out = np.zeros_like(data_src)
    for y in range(MAP):
        for x in range(MAP):
            for p in windows(y, x):
                out[y, x] += reducer.partial_grad(data_src[y, x], data_pooled[p] * grad_pooled[p])
    return out / (KSIZE * KSIZE)


def unpool_later(data_src, data_pooled, grad_pooled, reducer):
    out = np.zeros_like(data_src)
    for y in range(MAP):
        for x in range(MAP):
            for p in windows(y, x):
                out[y, x] += reducer.partial_grad(data_src[y, x], data_pooled[p]) * grad_pooled[p]
    return out / (KSIZE * KSIZE)


def backprop(params, X, Y, unpool):
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    for x, y in zip(X, Y):
        src, pooled, out = forward(params, x)
        error = (out - y) / len(X)
        grads["top"] += np.outer(pooled.ravel(), error)
        grad_pooled = (params["top"] @ error).reshape(POOLED, POOLED)
        delta = unpool(src, pooled, grad_pooled, Sum) * (1 - src**2)
        grads["bias"] += np.sum(delta)
        for r in range(FILTER):
            for c in range(FILTER):
                grads["wmat"][r, c] += np.sum(delta * x[r : r + MAP, c : c + MAP])
    return grads


def grad(params, X, Y):
    return backprop(params, X, Y, unpool)


def repaired(params, X, Y):
    return backprop(params, X, Y, unpool_later)
