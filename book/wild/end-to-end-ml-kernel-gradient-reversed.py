"""Two arguments of a cross correlation are exchanged, and the gradient of a kernel comes out reversed both ways."""

import numpy as np

SOURCE = (
    "https://end-to-end-machine-learning.teachable.com/courses/322-convolutional-neural-networks-in-two-dimensions/"
    "lectures/24726662"
)
THREAD = "End to End Machine Learning 322, code tour of a convolution's backward pass"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial K_{ab} = \textstyle\sum_{ij} \delta_{ij}\, x_{i + n - 1 - a,\, j + n - 1 - b}"
RIGHT = r"\partial C / \partial K_{ab} = \textstyle\sum_{ij} \delta_{ij}\, x_{i + a,\, j + b}"
READ = "discussion"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"order"}]
SIDE, KERNEL = 5, 3
NET = None  # a convolution
BLOCKS = ["K[1]", "b[1]", "W[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    side = SIDE - KERNEL + 1
    return [rng.standard_normal((KERNEL, KERNEL)), rng.standard_normal(1), rng.standard_normal((side, side))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIDE * SIDE)), rng.standard_normal((SAMPLES, 1))


def xcorr(fixed, moved):
    """The second one is moved over the first one, wherever both meet."""
    rows, columns = (f + m - 1 for f, m in zip(fixed.shape, moved.shape))
    result = np.zeros((rows, columns), np.result_type(fixed, moved))
    for i in range(fixed.shape[0]):
        for j in range(fixed.shape[1]):
            for k in range(moved.shape[0]):
                for l in range(moved.shape[1]):
                    result[i - k + moved.shape[0] - 1, j - l + moved.shape[1] - 1] += fixed[i, j] * moved[k, l]
    return result


def middle(full, rows, columns):
    """What is left in the middle without the border."""
    top, left = (full.shape[0] - rows) // 2, (full.shape[1] - columns) // 2
    return full[top : top + rows, left : left + columns]


class Conv2D:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias

    def forward_pass(self, x):
        self.x = x
        side = SIDE - KERNEL + 1
        return middle(xcorr(x, self.weights), side, side) + self.bias

    def backward_pass(self, de_dy):
        return middle(xcorr(de_dy, self.x), KERNEL, KERNEL), np.array([de_dy.sum()])

    def repaired_backward_pass(self, de_dy):
        return middle(xcorr(self.x, de_dy), KERNEL, KERNEL), np.array([de_dy.sum()])


def forward(params, x):
    kernel, bias, dense = params
    layer = Conv2D(kernel, bias)
    hidden = np.tanh(layer.forward_pass(x.reshape(SIDE, SIDE)))
    return layer, hidden, np.sum(dense * hidden)


def cost(params, X, Y):
    return 0.5 * sum((forward(params, x)[2] - y[0]) ** 2 for x, y in zip(X, Y)) / len(X)


def grad(params, X, Y):
    grads = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        layer, hidden, out = forward(params, x)
        error = (out - y[0]) / len(X)
        de_dw, de_db = layer.backward_pass(error * params[2] * (1 - hidden**2))
        grads = [g + more for g, more in zip(grads, (de_dw, de_db, error * hidden))]
    return grads


def repaired(params, X, Y):
    grads = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        layer, hidden, out = forward(params, x)
        error = (out - y[0]) / len(X)
        de_dw, de_db = layer.repaired_backward_pass(error * params[2] * (1 - hidden**2))
        grads = [g + more for g, more in zip(grads, (de_dw, de_db, error * hidden))]
    return grads
