"""A convolution with a stride collects its kernel's gradient as if the kernel had moved by one."""

import numpy as np

SOURCE = "https://github.com/tiny-dnn/tiny-dnn/commit/735907852064"
THREAD = "tiny-dnn/tiny-dnn 7359078"
DATE = "2016-09"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial C / \partial W_{kl} = \textstyle\sum_{y,x} \delta_{yx}\, a_{y + k,\, x + l}"
RIGHT = r"\partial C / \partial W_{kl} = \textstyle\sum_{y,x} \delta_{yx}\, a_{s y + k,\, s x + l}"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a convolution
BLOCKS = ["W[1]", "bias[1]"]
SAMPLES = 3
LAM = 0.0
IN_W, IN_H, OUT_DEPTH, WINDOW, STRIDE = 5, 5, 2, 3, 2
OUT_W, OUT_H = (IN_W - WINDOW) // STRIDE + 1, (IN_H - WINDOW) // STRIDE + 1


def start(rng):
    return {"W": 0.5 * rng.standard_normal(OUT_DEPTH * WINDOW * WINDOW), "bias": rng.standard_normal(OUT_DEPTH)}


def data(rng):
    return rng.standard_normal((SAMPLES, IN_H * IN_W)), rng.uniform(-0.8, 0.8, (SAMPLES, OUT_DEPTH * OUT_H * OUT_W))


def forward(W, bias, in_):
    """One input channel, no padding."""
    a = np.zeros(OUT_DEPTH * OUT_H * OUT_W, W.dtype)
    for o in range(OUT_DEPTH):
        pw = W[o * WINDOW * WINDOW :]
        pa = a[o * OUT_H * OUT_W :]
        for y in range(OUT_H):
            for x in range(OUT_W):
                ppi = in_[IN_W * (y * STRIDE) + x * STRIDE :]
                sum_ = 0
                for wy in range(WINDOW):
                    for wx in range(WINDOW):
                        sum_ += pw[wy * WINDOW + wx] * ppi[wy * IN_W + wx]
                pa[y * OUT_W + x] += sum_
        for i in range(OUT_H * OUT_W):
            pa[i] += bias[o]
    return np.tanh(a)


def row_product(prevo, delta, y, right):
    if right:
        dst = 0
        for x in range(OUT_W):
            dst += prevo[y * IN_W * STRIDE + x * STRIDE] * delta[y * OUT_W + x]
        return dst
    return np.dot(prevo[y * IN_W :][:OUT_W], delta[y * OUT_W :][:OUT_W])


def back(prev_out, curr_delta, W, right):
    dW, db = np.zeros(W.shape), np.zeros(OUT_DEPTH)
    # accumulate dw
    for outc in range(OUT_DEPTH):
        for wy in range(WINDOW):
            for wx in range(WINDOW):
                dst = 0.0
                prevo = prev_out[wy * IN_W + wx :]
                delta = curr_delta[outc * OUT_H * OUT_W :]
                for y in range(OUT_H):
                    dst += row_product(prevo, delta, y, right)
                dW[(outc * WINDOW + wy) * WINDOW + wx] += dst

    # accumulate db
    for outc in range(OUT_DEPTH):
        delta = curr_delta[outc * OUT_H * OUT_W :]
        db[outc] += np.sum(delta[: OUT_H * OUT_W])
    return dW, db


def mse_f(y, t):
    d = 0.0
    for i in range(len(y)):
        d += (y[i] - t[i]) * (y[i] - t[i])
    return d / len(y)


def mse_df(y, t):
    factor = 2 / len(t)
    return factor * (y - t)


def cost(params, X, Y):
    return sum(mse_f(forward(params["W"], params["bias"], x), t) for x, t in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    total = {"W": np.zeros(params["W"].shape), "bias": np.zeros(OUT_DEPTH)}
    for x, t in zip(X, Y):
        y = forward(params["W"], params["bias"], x)
        curr_delta = mse_df(y, t) * (1 - y * y)
        dW, db = back(x, curr_delta, params["W"], right)
        total["W"] += dW / len(X)
        total["bias"] += db / len(X)
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
