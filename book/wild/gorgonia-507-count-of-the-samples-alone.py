"""Below a batch normalisation of maps the scale is left out, and a sum over all places is divided by the samples."""

import numpy as np

SOURCE = "https://github.com/gorgonia/gorgonia/pull/507"
THREAD = "gorgonia/gorgonia PR #507"
DATE = "2021-10"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial u = \tfrac1s \bigl(g - \bar g - \hat u\, \tfrac{1}{m} \textstyle\sum g \odot \hat u\bigr)"
)
RIGHT = (
    r"\partial C / \partial u = \tfrac{\gamma}{s} \bigl(g - \bar g - \hat u\, \tfrac{1}{m n} "
    r"\textstyle\sum g \odot \hat u\bigr),\; n \text{ places of a map}"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
CHANNELS, PLACES, EPSILON = 2, 4, 1e-3
NET = None  # a batch normalisation of maps
BLOCKS = ["W[1]", "scale[1]", "bias[1]", "out[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """Weights that mix the channels at each place, a scale and a bias for each channel, and weights of the output."""
    return [
        rng.standard_normal((CHANNELS, 3)),
        rng.uniform(0.5, 2, CHANNELS),
        rng.standard_normal(CHANNELS),
        rng.standard_normal((CHANNELS * PLACES, 2)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3, PLACES)), rng.standard_normal((SAMPLES, 2))


class BatchNorm:
    def __init__(self, scale, bias):
        self.scale, self.bias = scale, bias

    def do(self, x):
        self.input = x
        self.mean = x.mean(axis=(0, 2))
        centred = x - self.mean[None, :, None]
        self.invstd = 1 / np.sqrt(np.mean(centred**2, axis=(0, 2)) + EPSILON)
        hat = centred * self.invstd[None, :, None]
        return hat * self.scale[None, :, None] + self.bias[None, :, None]

    def diff(self, dy, right):
        batch_size, channels, spatial = dy.shape
        n = batch_size * spatial
        input_grad, scale_diff, bias_diff = np.zeros_like(dy), np.zeros(channels), np.zeros(channels)
        for c in range(channels):
            total = dotp = 0.0
            for s in range(batch_size):
                for d in range(spatial):
                    total += dy[s, c, d]
                    dotp += (self.input[s, c, d] - self.mean[c]) * dy[s, c, d]
            k = dotp * self.invstd[c] ** 2 / (n if right else batch_size)
            grad_mean = total / n
            for s in range(batch_size):
                for d in range(spatial):
                    dx = (self.input[s, c, d] - self.mean[c]) * k
                    input_grad[s, c, d] = (dy[s, c, d] - dx - grad_mean) * self.invstd[c]
                    if right:
                        input_grad[s, c, d] *= self.scale[c]
            scale_diff[c], bias_diff[c] = dotp * self.invstd[c], total
        return input_grad, scale_diff, bias_diff


def forward(params, X):
    W, scale, bias, out = params
    norm = BatchNorm(scale, bias)
    maps = np.tanh(norm.do(np.einsum("ck,skp->scp", W, X)))
    return norm, maps, maps.reshape(len(X), -1) @ out


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    norm, maps, out = forward(params, X)
    errors = (out - Y) / len(X)
    to_maps = (errors @ params[-1].T).reshape(maps.shape) * (1 - maps**2)
    below, to_scale, to_bias = norm.diff(to_maps, right)
    return [np.einsum("scp,skp->ck", below, X), to_scale, to_bias, maps.reshape(len(X), -1).T @ errors]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
