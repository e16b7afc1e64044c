"""Average pooling hands down nothing, for one over the size of a window is divided in whole numbers."""

import numpy as np

SOURCE = "https://github.com/mashmawy/AlbiruniML/issues/2"
THREAD = "mashmawy/AlbiruniML #2"
DATE = "2018-11"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a_{ij} = \lfloor \tfrac{1}{k l} \rfloor \textstyle\sum_w \partial C / \partial p_w = 0"
)
RIGHT = (
    r"\partial C / \partial a_{ij} = \tfrac{1}{k l} \textstyle\sum_w \partial C / \partial p_w,\; "
    r"ij\ \text{in window}\ w"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"layer-forgotten"}, {"no-gradient"}]
IMAGE, KERNEL, FILTER, STRIDE = 6, 3, 2, 2
NET = None  # a convolution and average pooling
BLOCKS = ["kernel[1]", "bias[1]", "W[2]", "b[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((KERNEL, KERNEL)),
        rng.standard_normal(1),
        rng.standard_normal((4, 3)),
        rng.standard_normal(3),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, IMAGE, IMAGE)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def conv2d(x, kernel, bias):
    places = IMAGE - KERNEL + 1
    total = sum(kernel[i, j] * x[:, i : i + places, j : j + places] for i in range(KERNEL) for j in range(KERNEL))
    return np.tanh(total + bias)


def avgPool(x):
    out = (x.shape[1] - FILTER) // STRIDE + 1
    y = np.zeros((len(x), out, out), x.dtype)
    for r in range(out):
        for c in range(out):
            window = x[:, r * STRIDE : r * STRIDE + FILTER, c * STRIDE : c * STRIDE + FILTER]
            y[:, r, c] = np.mean(window, axis=(1, 2))
    return y


def avgPoolBackprop(dy, x, avgMultiplier):
    outHeight, outWidth = dy.shape[1:]
    padTop = padLeft = FILTER - 1
    dx = np.zeros(x.shape)
    for b in range(len(x)):
        for dxR in range(x.shape[1]):
            for dxC in range(x.shape[2]):
                dyRCorner, dyCCorner = dxR - padTop, dxC - padLeft
                dotProd = 0.0
                for wR in range(FILTER):
                    dyR = (dyRCorner + wR) / STRIDE
                    if dyR < 0 or dyR >= outHeight or np.floor(dyR) != dyR:
                        continue
                    for wC in range(FILTER):
                        dyC = (dyCCorner + wC) / STRIDE
                        if dyC < 0 or dyC >= outWidth or np.floor(dyC) != dyC:
                            continue
                        dotProd += dy[b, int(dyR), int(dyC)]
                dx[b, dxR, dxC] = dotProd * avgMultiplier
    return dx


def forward(params, X):
    kernel, bias, W, b = params
    x = conv2d(X, kernel, bias)
    flat = avgPool(x).reshape(len(X), -1)
    e = np.exp(flat @ W + b)
    return x, flat, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, avgMultiplier):
    x, flat, p = forward(params, X)
    d2 = (p - Y) / len(X)
    side = (x.shape[1] - FILTER) // STRIDE + 1
    d1 = avgPoolBackprop((d2 @ params[2].T).reshape(-1, side, side), x, avgMultiplier) * (1 - x**2)
    places = d1.shape[1]
    kernel = [[np.sum(d1 * X[:, i : i + places, j : j + places]) for j in range(KERNEL)] for i in range(KERNEL)]
    return [np.array(kernel), np.array([d1.sum()]), flat.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, 1 // (FILTER * FILTER))


def repaired(params, X, Y):
    return backward(params, X, Y, 1 / (FILTER * FILTER))
