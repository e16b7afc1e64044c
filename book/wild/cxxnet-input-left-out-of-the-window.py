"""The way back through a local response normalisation leaves the inputs out of the sum over the neighbours."""

import numpy as np

SOURCE = "https://github.com/dmlc/cxxnet/commit/396fdec"
THREAD = "dmlc/cxxnet 396fdec"
DATE = "2014-03"
KIND = "gradient"
FORMULA = (
    r"\bar x_i = n_i^{-\beta}\, \bar y_i - 2 \beta \tfrac{\alpha}{k}\, x_i \textstyle\sum_{j \sim i} "
    r"n_j^{-\beta - 1}\, \bar y_j"
)
RIGHT = (
    r"\bar x_i = n_i^{-\beta}\, \bar y_i - 2 \beta \tfrac{\alpha}{k}\, x_i \textstyle\sum_{j \sim i} "
    r"n_j^{-\beta - 1}\, x_j\, \bar y_j,\; n_i = \kappa + \tfrac{\alpha}{k} \textstyle\sum_{j \sim i} x_j^2"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
CHANNELS, NSIZE, ALPHA, BETA, KNORM = 5, 3, 0.8, 0.75, 1.0
NET = None  # a normalisation by neighbours
BLOCKS = ["W[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return rng.standard_normal((3, CHANNELS))


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, CHANNELS))


def chpool(src, nsize):
    """Sums over neighbouring channels."""
    half = nsize // 2
    sums = [src[:, max(c - half, 0) : min(c + half + 1, CHANNELS)].sum(1) for c in range(CHANNELS)]
    return np.column_stack(sums)


class LRNLayer:
    def forward(self, in_data):
        self.in_data = in_data
        salpha = ALPHA / NSIZE
        self.tmp_norm = chpool(in_data**2, NSIZE) * salpha + KNORM
        return in_data * self.tmp_norm**-BETA

    def backprop(self, out_data):
        salpha = ALPHA / NSIZE
        tmp_in = self.in_data
        in_data = out_data * self.tmp_norm**-BETA
        in_data += (-2.0 * BETA * salpha) * chpool(out_data * self.tmp_norm ** (-BETA - 1.0), NSIZE) * tmp_in
        return in_data


class LRNLayerLater(LRNLayer):
    def backprop(self, out_data):
        salpha = ALPHA / NSIZE
        tmp_in = self.in_data
        in_data = out_data * self.tmp_norm**-BETA
        in_data += (-2.0 * BETA * salpha) * chpool(out_data * tmp_in * self.tmp_norm ** (-BETA - 1.0), NSIZE) * tmp_in
        return in_data


def cost(W, X, Y):
    return 0.5 * np.sum((LRNLayer().forward(X @ W) - Y) ** 2) / len(X)


def through(layer, W, X, Y):
    out = layer.forward(X @ W)
    return X.T @ layer.backprop((out - Y) / len(X))


def grad(W, X, Y):
    return through(LRNLayer(), W, X, Y)


def repaired(W, X, Y):
    return through(LRNLayerLater(), W, X, Y)
