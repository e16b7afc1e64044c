"""The way back through an average pooling gives each channel the gradients of all of them."""

import numpy as np

SOURCE = "https://github.com/facebookresearch/CrypTen/commit/f0e9afe"
THREAD = "facebookresearch/CrypTen f0e9afe"
DATE = "2019-11"
KIND = "gradient"
FORMULA = r"\bar x_{c, 2i + p, 2j + q} = \tfrac14 \textstyle\sum_d \bar y_{d, i, j}"
RIGHT = r"\bar x_{c, 2i + p, 2j + q} = \tfrac14 \bar y_{c, i, j}"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = None  # a convolution with kernels of one point, a hyperbolic tangent, a pooling and a linear layer
BLOCKS = ["W[1]", "b[1]", "V[2]", "c[2]"]
SAMPLES = 6
LAM = 0.0
CHANNELS, SIDE, KERNEL = 3, 4, 2


def start(rng):
    features = CHANNELS * (SIDE // KERNEL) ** 2
    return {
        "W": rng.standard_normal(CHANNELS),
        "b": rng.standard_normal(CHANNELS),
        "V": rng.standard_normal((features, 2)),
        "c": rng.standard_normal(2),
    }


def data(rng):
    """Pictures with one channel."""
    return rng.standard_normal((SAMPLES, SIDE * SIDE)), rng.standard_normal((SAMPLES, 2))


def conv_transpose2d(input, kernel, stride, groups=1):
    """The kernel has the channels of the input, and those of the output of each group."""
    batch, in_channels, height, width = input.shape
    per_group, k = kernel.shape[1], kernel.shape[2]
    output = np.zeros((batch, per_group * groups, (height - 1) * stride + k, (width - 1) * stride + k))
    for ic in range(in_channels):
        group = ic // (in_channels // groups)
        for oc in range(per_group):
            for i in range(height):
                for j in range(width):
                    output[:, group * per_group + oc, i * stride : i * stride + k, j * stride : j * stride + k] += (
                        input[:, ic, i, j][:, None, None] * kernel[ic, oc]
                    )
    return output


class AutogradAvgPool2D:
    @staticmethod
    def forward(ctx, input, kernel_size, stride=None):
        if stride is None:
            stride = kernel_size
        batch, channels, height, width = input.shape
        cut = input.reshape(batch, channels, height // stride, stride, width // stride, stride)
        ctx["saved"] = (input.shape, kernel_size, stride)
        return cut.mean(axis=(3, 5))

    @staticmethod
    def backward(ctx, grad_output):
        input_size, kernel_size, stride = ctx["saved"]
        inchannels = input_size[1]
        ones = np.ones((inchannels, inchannels, kernel_size, kernel_size))
        return conv_transpose2d(grad_output, ones / float(kernel_size**2), stride=stride)


class AutogradAvgPool2DLater(AutogradAvgPool2D):
    @staticmethod
    def backward(ctx, grad_output):
        input_shape, kernel_size, stride = ctx["saved"]
        in_channels = input_shape[1]
        kernel = np.ones((in_channels, 1, kernel_size, kernel_size)) / (kernel_size * kernel_size)
        return conv_transpose2d(grad_output, kernel, stride=stride, groups=in_channels)


def forward(params, X, function):
    picture = X.reshape(len(X), 1, SIDE, SIDE)
    h = np.tanh(picture * params["W"][:, None, None] + params["b"][:, None, None])
    ctx = {}
    pooled = function.forward(ctx, h, KERNEL).reshape(len(X), -1)
    return picture, h, ctx, pooled, pooled @ params["V"] + params["c"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X, AutogradAvgPool2D)[-1] - Y) ** 2) / len(X)


def gradients(params, X, Y, function):
    picture, h, ctx, pooled, output = forward(params, X, function)
    delta = (output - Y) / len(X)
    d_pooled = (delta @ params["V"].T).reshape(len(X), CHANNELS, SIDE // KERNEL, SIDE // KERNEL)
    dz = function.backward(ctx, d_pooled) * (1 - h**2)
    return {
        "W": np.sum(dz * picture, axis=(0, 2, 3)),
        "b": np.sum(dz, axis=(0, 2, 3)),
        "V": pooled.T @ delta,
        "c": delta.sum(axis=0),
    }


def grad(params, X, Y):
    return gradients(params, X, Y, AutogradAvgPool2D)


def repaired(params, X, Y):
    return gradients(params, X, Y, AutogradAvgPool2DLater)
