"""The gradient of a convolution's bias is summed over as many places of a map as a block has threads."""

import numpy as np

SOURCE = "https://github.com/a1henu/tinytorch/commit/e3afe53"
THREAD = "a1henu/tinytorch e3afe53"
DATE = "2024-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial b_c = \textstyle\sum_n \sum_{j < K} \delta_{ncj},\; K \text{ threads}"
RIGHT = r"\partial C / \partial b_c = \textstyle\sum_n \sum_j \delta_{ncj}"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
CHANNELS, KERNEL, SIZE, THREADS = 2, 2, 4, 5
PLACES = (SIZE - KERNEL + 1) ** 2
NET = None  # a convolution
BLOCKS = ["kernel[1]", "bias[1]", "W[2]", "b[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((CHANNELS, KERNEL * KERNEL)),
        rng.standard_normal(CHANNELS),
        rng.standard_normal((CHANNELS * PLACES, 3)) / 2,
        rng.standard_normal(3),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZE, SIZE)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def im2col(image):
    side = SIZE - KERNEL + 1
    patches = [image[i : i + KERNEL, j : j + KERNEL].ravel() for i in range(side) for j in range(side)]
    return np.array(patches).T


def reduce_sum(values, right):
    """A block of threads adds up what each of them has fetched; one block is started."""
    fetched = [values[tid] if tid < len(values) else 0.0 for tid in range(len(values) if right else THREADS)]
    return sum(fetched)


class Conv2d:
    def __init__(self, kernel, bias):
        self.kernel, self.bias = kernel, bias

    def forward(self, images):
        self.cols = [im2col(image) for image in images]
        return np.array([self.kernel @ col + self.bias[:, None] for col in self.cols])

    def backward(self, grad_output, right):
        grad_kernel, grad_bias = np.zeros_like(self.kernel), np.zeros_like(self.bias)
        for b, col in enumerate(self.cols):
            grad_kernel += grad_output[b] @ col.T
            for c in range(CHANNELS):
                grad_bias[c] += reduce_sum(grad_output[b, c], right)
        return grad_kernel, grad_bias


def forward(params, X):
    conv = Conv2d(*params[:2])
    maps = np.tanh(conv.forward(X))
    flat = maps.reshape(len(X), -1)
    e = np.exp(flat @ params[2] + params[3])
    return conv, maps, flat, e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    conv, maps, flat, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = (d2 @ params[2].T).reshape(maps.shape) * (1 - maps**2)
    return [*conv.backward(d1, right), flat.T @ d2, d2.sum(axis=0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
