"""For every row of a batch the slopes of the softmax are taken of the first row, and written there."""

import numpy as np

SOURCE = "https://github.com/gorgonia/gorgonia/issues/488"
THREAD = "gorgonia/gorgonia #488"
DATE = "2021-06"
KIND = "gradient"
FORMULA = r"\delta_1 = g_1 - p_1 \textstyle\sum_k g_{1k},\; \delta_i = 0 \text{ for } i > 1"
RIGHT = r"\delta_i = g_i - p_i \textstyle\sum_k g_{ik},\; p_i = \mathrm{softmax}(z_i)"
READ = "code"
GROUP = "softmax"
LAYER = [1]
NAMES = []
INPUTS, CLASSES = 3, 4
NET = None  # a softmax over slices of one buffer
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal((INPUTS, CLASSES)), rng.standard_normal(CLASSES)]


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), np.eye(CLASSES)[rng.integers(0, CLASSES, SAMPLES)]


class LogSoftmax:
    def do(self, z):
        self.y = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
        return self.y

    def kernel(self, output, y_grad, x_grad, dim_size, right):
        """All arrays are flat; a row begins at a multiple of ``dim_size``."""
        for idx in range(0, len(output), dim_size):
            begin = idx if right else 0
            y, dy, dydx = output[begin:], y_grad[begin:], x_grad[begin:]
            total = 0.0
            for d in range(dim_size):
                total += dy[d]
            for d in range(dim_size):
                dydx[d] = dy[d] - np.exp(y[d]) * total

    def diff(self, grad, right):
        x_grad = np.zeros(self.y.size)
        self.kernel(self.y.ravel(), grad.ravel(), x_grad, self.y.shape[1], right)
        return x_grad.reshape(self.y.shape)


def cost(params, X, Y):
    return -np.sum(Y * LogSoftmax().do(X @ params[0] + params[1])) / len(X)


def backward(params, X, Y, right):
    op = LogSoftmax()
    op.do(X @ params[0] + params[1])
    dz = op.diff(-Y / len(X), right)
    return [X.T @ dz, dz.sum(axis=0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
