"""The bias and the penalty of a convolution are divided by its filters in place of the samples."""

import numpy as np

SOURCE = "https://github.com/MalayAgr/DeepNeuralNetworksFromScratch/commit/bc61efb"
THREAD = "MalayAgr/DeepNeuralNetworksFromScratch bc61efb"
DATE = "2021-07"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial b = \frac1F \textstyle\sum_{i,p} \delta_{ip},\; "
    r"\partial C / \partial K = \frac1m \textstyle\sum_{i,p} x_{ip} \delta_{ip}^\top + \frac{\lambda}{F} K"
)
RIGHT = (
    r"\partial C / \partial b = \frac1m \textstyle\sum_{i,p} \delta_{ip},\; "
    r"\partial C / \partial K = \frac1m \textstyle\sum_{i,p} x_{ip} \delta_{ip}^\top + \frac{\lambda}{m} K"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a convolution below a dense layer
BLOCKS = ["kernels[1]", "biases[1]", "W[2]", "b[2]"]
SAMPLES = 5
LAM = 0.0

REG_PARAM = 0.3
FILTERS, CHANNELS, SIDE, KERNEL = 2, 2, 4, 3
AREA = SIDE - KERNEL + 1


def start(rng):
    return [
        rng.standard_normal((CHANNELS, KERNEL, KERNEL, FILTERS)),
        rng.standard_normal((FILTERS, 1, 1, 1)),
        rng.standard_normal((1, FILTERS * AREA * AREA)),
        rng.standard_normal((1, 1)),
    ]


def data(rng):
    """Samples stand last."""
    return rng.standard_normal((CHANNELS, SIDE, SIDE, SAMPLES)), rng.standard_normal((1, SAMPLES))


def convolve2d(X, kernel):
    """The convolutions, the windows as rows for each sample, and the kernel as a matrix."""
    windows = [
        X[:, i : i + KERNEL, j : j + KERNEL].reshape(-1, X.shape[-1]).T for j in range(AREA) for i in range(AREA)
    ]
    vec_ip = np.stack(windows, axis=1)
    vec_kernel = kernel.reshape(-1, kernel.shape[-1])
    convolved = np.matmul(vec_ip, vec_kernel).reshape(-1, AREA, AREA, kernel.shape[-1])
    return np.swapaxes(convolved, 0, -1), vec_ip, vec_kernel


class Conv2D:
    def __init__(self, kernels, biases):
        self.kernels, self.biases = kernels, biases
        self.filters = kernels.shape[-1]
        self.gradients = {}

    def forward_step(self, ip):
        self.convolutions, self._vec_ip, self._vec_kernel = convolve2d(ip, self.kernels)
        self.convolutions = self.convolutions + self.biases
        self.activations = np.tanh(self.convolutions)
        return self.activations

    def _compute_dW(self, dZ):
        ip = self._vec_ip
        dW = np.matmul(ip[..., None], dZ[..., None, :]).sum(axis=(0, 1))
        return dW.reshape(-1, KERNEL, KERNEL, self.filters) / ip.shape[0]

    def backprop_step(self, dA, reg_param, right):
        dA = dA * (1 - self.activations**2)
        dA = np.swapaxes(dA, 0, -1).reshape(dA.shape[-1], -1, self.filters)
        dW = self._compute_dW(dA)
        m = dA.shape[0] if right else dA.shape[-1]
        if reg_param > 0:
            dW += (reg_param / m) * self.kernels
        self.gradients["kernels"] = dW
        self.gradients["biases"] = dA.sum(axis=(0, 1)).reshape(-1, *self.biases.shape[1:]) / m


class Dense:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases
        self.gradients = {}

    def forward_step(self, ip):
        self.ip = ip
        return np.matmul(self.weights, ip) + self.biases

    def backprop_step(self, dA, reg_param):
        m = self.ip.shape[-1]
        dW = np.matmul(dA, self.ip.T) / m
        if reg_param > 0:
            dW += (reg_param / m) * self.weights
        self.gradients["weights"] = dW
        self.gradients["biases"] = np.sum(dA, keepdims=True, axis=1) / m
        return np.matmul(self.weights.T, dA)


def forward(params, X):
    conv, dense = Conv2D(*params[:2]), Dense(*params[2:])
    activations = conv.forward_step(X)
    return conv, dense, dense.forward_step(activations.reshape(-1, X.shape[-1]))


def cost(params, X, Y):
    m = X.shape[-1]
    penalty = np.sum(params[0] ** 2) + np.sum(params[2] ** 2)
    return np.sum((forward(params, X)[-1] - Y) ** 2) / (2 * m) + REG_PARAM / (2 * m) * penalty


def backprop(params, X, Y, right):
    conv, dense, preds = forward(params, X)
    dA = dense.backprop_step(preds - Y, REG_PARAM)
    conv.backprop_step(dA.reshape(conv.activations.shape), REG_PARAM, right)
    return [conv.gradients["kernels"], conv.gradients["biases"], dense.gradients["weights"], dense.gradients["biases"]]


def grad(params, X, Y):
    return backprop(params, X, Y, right=False)


def repaired(params, X, Y):
    return backprop(params, X, Y, right=True)
