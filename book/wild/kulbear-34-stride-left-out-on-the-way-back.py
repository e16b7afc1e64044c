"""On the way back a convolution looks at the windows of stride one, though it has moved by two."""

import numpy as np

SOURCE = "https://github.com/Kulbear/deep-learning-coursera/pull/34"
THREAD = "Kulbear/deep-learning-coursera #34"
DATE = "2018-01"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W = \textstyle\sum_{hw} \delta_{hw}\, A_{h : h + f,\, w : w + f},\; "
    r"\partial C / \partial A_{h : h + f,\, w : w + f} \mathrel{+}= W \delta_{hw}"
)
RIGHT = (
    r"\partial C / \partial W = \textstyle\sum_{hw} \delta_{hw}\, A_{s h : s h + f,\, s w : s w + f},\; "
    r"\partial C / \partial A_{s h : s h + f,\, s w : s w + f} \mathrel{+}= W \delta_{hw}"
)
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
IMAGE, CHANNELS = 5, 2
NET = None  # two convolutions
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 3
LAM = 0.0

HPARAMETERS = [{"f": 2, "stride": 1}, {"f": 2, "stride": 2}]


def start(rng):
    return [
        rng.standard_normal((2, 2, 1, CHANNELS)),
        rng.standard_normal((1, 1, 1, CHANNELS)),
        rng.standard_normal((2, 2, CHANNELS, 1)),
        rng.standard_normal((1, 1, 1, 1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, IMAGE, IMAGE, 1)), rng.standard_normal((SAMPLES, 2, 2, 1))


def conv_forward(A_prev, W, b, hparameters):
    f, stride = hparameters["f"], hparameters["stride"]
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    n_H, n_W, n_C = (n_H_prev - f) // stride + 1, (n_W_prev - f) // stride + 1, W.shape[3]
    Z = np.zeros((m, n_H, n_W, n_C), W.dtype)
    for i in range(m):
        a_prev = A_prev[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vert_start = h * stride
                    vert_end = vert_start + f
                    horiz_start = w * stride
                    horiz_end = horiz_start + f
                    a_slice_prev = a_prev[vert_start:vert_end, horiz_start:horiz_end, :]
                    Z[i, h, w, c] = np.sum(a_slice_prev * W[:, :, :, c]) + b[0, 0, 0, c]
    return Z, (A_prev, W, b, hparameters)


def conv_backward(dZ, cache, right):
    A_prev, W, b, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    m, n_H, n_W, n_C = dZ.shape
    dA_prev, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros(b.shape)
    for i in range(m):
        a_prev, da_prev = A_prev[i], dA_prev[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vert_start = h * stride if right else h
                    vert_end = vert_start + f
                    horiz_start = w * stride if right else w
                    horiz_end = horiz_start + f
                    a_slice = a_prev[vert_start:vert_end, horiz_start:horiz_end, :]
                    da_prev[vert_start:vert_end, horiz_start:horiz_end, :] += W[:, :, :, c] * dZ[i, h, w, c]
                    dW[:, :, :, c] += a_slice * dZ[i, h, w, c]
                    db[:, :, :, c] += dZ[i, h, w, c]
    return dA_prev, dW, db


def forward(params, X):
    W1, b1, W2, b2 = params
    Z1, cache1 = conv_forward(X, W1, b1, HPARAMETERS[0])
    A1 = np.tanh(Z1)
    Z2, cache2 = conv_forward(A1, W2, b2, HPARAMETERS[1])
    return A1, Z2, cache1, cache2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    A1, Z2, cache1, cache2 = forward(params, X)
    dA1, dW2, db2 = conv_backward((Z2 - Y) / len(X), cache2, right)
    _, dW1, db1 = conv_backward(dA1 * (1 - A1**2), cache1, right)
    return [dW1, db1, dW2, db2]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
