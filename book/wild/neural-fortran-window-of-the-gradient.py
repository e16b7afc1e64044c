"""A convolution multiplies its window with a window of the output's gradient, entry by entry, not with one entry."""

import numpy as np

SOURCE = "https://github.com/modern-fortran/neural-fortran/commit/49802ed"
THREAD = "modern-fortran/neural-fortran 49802ed"
DATE = "2025-12"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\partial C / \partial w_{pq} = \textstyle\sum_{ij} x_{i+p, j+q}\, g_{i+p-1, j+q-1},\; "
    r"\partial C / \partial x_{i+p, j+q} \mathrel{+}= w_{pq}\, g_{i+p-1, j+q-1},\; p, q = 0, 1, 2"
)
RIGHT = (
    r"\partial C / \partial w_{pq} = \textstyle\sum_{ij} x_{i+p, j+q}\, g_{ij},\; "
    r"\partial C / \partial x_{i+p, j+q} \mathrel{+}= w_{pq}\, g_{ij}"
)
READ = "code"
LAYER = [1, 2]
NAMES = []
NET = None  # two convolutions and a dense layer
BLOCKS = ["kernel[1]", "biases[1]", "kernel[2]", "biases[2]", "weights[3]", "biases[3]"]
SAMPLES = 4
LAM = 0.0
CHANNELS, FILTERS, KERNEL, WIDTH = 2, (3, 2), 3, 7
HALF = KERNEL // 2
# the repair reads the padded gradient at the window's corner; here the repaired one reads it at the window's middle


def start(rng):
    return [
        {"kernel": 0.4 * rng.standard_normal((FILTERS[0], CHANNELS, KERNEL, KERNEL)), "biases": rng.standard_normal(3)},
        {
            "kernel": 0.4 * rng.standard_normal((FILTERS[1], FILTERS[0], KERNEL, KERNEL)),
            "biases": rng.standard_normal(2),
        },
        {
            "weights": 0.4 * rng.standard_normal((FILTERS[1] * (WIDTH - 4 * HALF) ** 2, 2)),
            "biases": rng.standard_normal(2),
        },
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, CHANNELS, WIDTH, WIDTH)), rng.standard_normal((SAMPLES, 2))


class Conv2d:
    def __init__(self, block):
        self.kernel, self.biases = block["kernel"], block["biases"]

    def forward(self, input):
        self.input = input
        filters, size = len(self.kernel), input.shape[1] - 2 * HALF
        z = np.zeros((filters, size, size), dtype=np.result_type(self.kernel, input))
        for n in range(filters):
            for i in range(size):
                for j in range(size):
                    window = input[:, i : i + KERNEL, j : j + KERNEL]
                    z[n, i, j] = np.sum(self.kernel[n] * window) + self.biases[n]
        self.output = np.tanh(z)
        return self.output

    def part(self, gdz, n, i, j):
        """What the window at i, j is multiplied with; gdz is as large as the input."""
        return gdz[n, i : i + KERNEL, j : j + KERNEL]

    def backward(self, gradient):
        filters, channels = self.kernel.shape[:2]
        size = gradient.shape[1]
        gdz = np.zeros((filters,) + self.input.shape[1:], dtype=gradient.dtype)
        gdz[:, HALF : HALF + size, HALF : HALF + size] = gradient * (1 - self.output**2)
        db = gdz.sum((1, 2))
        dw = np.zeros(self.kernel.shape, dtype=gradient.dtype)
        below = np.zeros(self.input.shape, dtype=gradient.dtype)
        for n in range(filters):
            for k in range(channels):
                for i in range(size):
                    for j in range(size):
                        rows, cols = slice(i, i + KERNEL), slice(j, j + KERNEL)
                        g = self.part(gdz, n, i, j)
                        dw[n, k] += self.input[k, rows, cols] * g
                        below[k, rows, cols] += g * self.kernel[n, k]
        self.grads = {"kernel": dw, "biases": db}
        return below


class RightConv2d(Conv2d):
    def part(self, gdz, n, i, j):
        return gdz[n, i + HALF, j + HALF]


def predict(params, x, kind):
    layers = [kind(params[0]), kind(params[1])]
    for layer in layers:
        x = layer.forward(x)
    flat = x.ravel()
    return layers, flat, flat @ params[2]["weights"] + params[2]["biases"]


def cost(params, X, Y):
    return sum(0.5 * np.sum((predict(params, x, Conv2d)[2] - y) ** 2) for x, y in zip(X, Y)) / len(X)


def backward(params, X, Y, kind):
    total = [{key: np.zeros_like(value) for key, value in block.items()} for block in params]
    for x, y in zip(X, Y):
        layers, flat, output = predict(params, x, kind)
        d = (output - y) / len(X)
        dense = {"weights": np.outer(flat, d), "biases": d}
        gradient = (params[2]["weights"] @ d).reshape(layers[-1].output.shape)
        for layer in reversed(layers):
            gradient = layer.backward(gradient)
        for block, part in zip(total, [layers[0].grads, layers[1].grads, dense]):
            for key in block:
                block[key] = block[key] + part[key]
    return total


def grad(params, X, Y):
    return backward(params, X, Y, Conv2d)


def repaired(params, X, Y):
    return backward(params, X, Y, RightConv2d)
