"""An input that is the largest of several windows gets the gradient of the last of them alone."""

import numpy as np

SOURCE = "https://github.com/devitocodes/joey/pull/5"
THREAD = "devitocodes/joey #5"
DATE = "2020-08"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a_{ij} = \partial C / \partial p_w,\; w\ \text{the last window with its maximum at}\ ij"
)
RIGHT = (
    r"\partial C / \partial a_{ij} = \textstyle\sum_w \partial C / \partial p_w,\; w\ \text{with its maximum at}\ ij"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
IMAGE, KERNEL, POOL, STRIDE = 5, 2, 2, 1
NET = None  # a convolution and max pooling that overlaps
BLOCKS = ["kernel[1]", "bias[1]", "W[2]", "b[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    pooled = IMAGE - KERNEL + 1 - POOL + 1
    return [
        rng.standard_normal((KERNEL, KERNEL)),
        rng.standard_normal(1),
        rng.standard_normal((pooled * pooled, 2)),
        rng.standard_normal(2),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, IMAGE, IMAGE)), rng.standard_normal((SAMPLES, 2))


def convolution(kernel, bias, X):
    places = IMAGE - KERNEL + 1
    total = sum(kernel[i, j] * X[:, i : i + places, j : j + places] for i in range(KERNEL) for j in range(KERNEL))
    return total + bias


class MaxPooling:
    kernel_size, stride = (POOL, POOL), (STRIDE, STRIDE)

    def execute(self, input):
        self.input = input
        height, width = ((n - k) // s + 1 for n, k, s in zip(input.shape[1:], self.kernel_size, self.stride))
        self.result = np.zeros((len(input), height, width), input.dtype)
        for n in range(len(input)):
            for c in range(height):
                for d in range(width):
                    window = input[n, self.stride[0] * c :, self.stride[1] * d :][: self.kernel_size[0]]
                    window = window[:, : self.kernel_size[1]].ravel()
                    self.result[n, c, d] = window[np.argmax(window.real)]
        return self.result

    def places(self, n):
        """Where the maximum of each window was found first."""
        processed = np.zeros(self.result.shape[1:])
        for c in range(self.result.shape[1]):
            for d in range(self.result.shape[2]):
                for a in range(self.kernel_size[0]):
                    for b in range(self.kernel_size[1]):
                        row, column = self.stride[0] * c + a, self.stride[1] * d + b
                        if processed[c, d] != 1 and self.input[n, row, column] == self.result[n, c, d]:
                            yield row, column, c, d
                            processed[c, d] = 1

    def backprop(self, gradients):
        below = np.zeros(self.input.shape)
        for n in range(len(self.input)):
            for row, column, c, d in self.places(n):
                below[n, row, column] = gradients[n, c, d]
        return below


class RepairedMaxPooling(MaxPooling):
    def backprop(self, gradients):
        below = np.zeros(self.input.shape)
        for n in range(len(self.input)):
            for row, column, c, d in self.places(n):
                below[n, row, column] += gradients[n, c, d]
        return below


def forward(params, X, pooling):
    kernel, bias, W, b = params
    pooled = pooling.execute(np.tanh(convolution(kernel, bias, X)))
    flat = pooled.reshape(len(X), -1)
    return flat, flat @ W + b


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X, MaxPooling())[1] - Y) ** 2) / len(X)


def backward(params, X, Y, pooling):
    flat, out = forward(params, X, pooling)
    d2 = (out - Y) / len(X)
    d1 = pooling.backprop((d2 @ params[2].T).reshape(pooling.result.shape)) * (1 - pooling.input**2)
    places = d1.shape[1]
    kernel = [[np.sum(d1 * X[:, i : i + places, j : j + places]) for j in range(KERNEL)] for i in range(KERNEL)]
    return [np.array(kernel), np.array([d1.sum()]), flat.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, MaxPooling())


def repaired(params, X, Y):
    return backward(params, X, Y, RepairedMaxPooling())
