"""What is computed again for the weights of the layer above a gated norm is the norm's output without its gate."""

import numpy as np

SOURCE = "https://github.com/fla-org/flash-linear-attention/commit/674f0852"
THREAD = "fla-org/flash-linear-attention #1071, 674f0852"
DATE = "2026-07"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial C / \partial W = \delta^T \hat y,\; \hat y = w \odot \hat x + b"
RIGHT = r"\partial C / \partial W = \delta^T y,\; y = (w \odot \hat x + b) \odot g\, \sigma(g)"
READ = "code"
LAYER = [2]
NAMES = [{"input-before-activation"}, {"formula"}, {"line"}]
NET = None  # a layer norm whose output is gated, and a linear layer above
BLOCKS = ["x[1]", "g[1]", "norm_weight[1]", "norm_bias[1]", "linear_weight[2]", "linear_bias[2]"]
SAMPLES = 5
LAM = 0.0
D, OUT, EPS = 4, 3, 1e-6


def start(rng):
    """The layer's two inputs are among them, since they come from layers below."""
    shapes = dict(
        x=(SAMPLES, D), g=(SAMPLES, D), norm_weight=(D,), norm_bias=(D,), linear_weight=(OUT, D), linear_bias=(OUT,)
    )
    return {name: rng.standard_normal(shape) for name, shape in shapes.items()}


def data(rng):
    """Nothing else goes in; a target for each token."""
    return np.zeros((SAMPLES, 0)), rng.standard_normal((SAMPLES, OUT))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def layer_norm_gated_fwd(x, g, w, b):
    mean = x.sum(1) / D
    xbar = x - mean[:, None]
    var = (xbar * xbar).sum(1) / D
    rstd = 1 / np.sqrt(var + EPS)
    x_hat = (x - mean[:, None]) * rstd[:, None]
    y = x_hat * w[None, :] + b[None, :]
    # swish output gate
    y = y * g * sigmoid(g)
    return y, mean, rstd


def layer_norm_gated_bwd(dy, x, g, w, b, mean, rstd, right):
    xhat = (x - mean[:, None]) * rstd[:, None]
    y = xhat * w[None, :]
    y = y + b[None, :]
    y_out = y  # RECOMPUTE_OUTPUT

    sigmoid_g = sigmoid(g)
    gate = g * sigmoid_g
    dg = dy * y * (sigmoid_g + g * sigmoid_g * (1 - sigmoid_g))
    if right:
        y_out = y * gate
    dy = dy * g * sigmoid_g
    wdy = dy * w
    dw = (dy * xhat).sum(0)
    db = dy.sum(0)
    c1 = (xhat * wdy).sum(1) / D
    c2 = wdy.sum(1) / D
    dx = (wdy - (xhat * c1[:, None] + c2[:, None])) * rstd[:, None]
    return dx, dg, dw, db, y_out


class LayerNormGatedLinearFunction:
    def forward(self, x, g, norm_weight, norm_bias, linear_weight, linear_bias):
        y, mean, rstd = layer_norm_gated_fwd(x, g, norm_weight, norm_bias)
        out = y @ linear_weight.T + linear_bias
        # We don't store y, will be recomputed in the backward pass to save memory
        self.saved_tensors = x, g, norm_weight, norm_bias, linear_weight, mean, rstd
        return out

    def backward(self, dout, right=False):
        x, g, norm_weight, norm_bias, linear_weight, mean, rstd = self.saved_tensors
        dy = dout @ linear_weight
        dlinear_bias = dout.sum(0)
        dx, dg, dnorm_weight, dnorm_bias, y = layer_norm_gated_bwd(dy, x, g, norm_weight, norm_bias, mean, rstd, right)
        dlinear_weight = np.einsum("bo,bi->oi", dout, y)
        return dx, dg, dnorm_weight, dnorm_bias, dlinear_weight, dlinear_bias


def cost(params, X, Y):
    return 0.5 * np.sum((LayerNormGatedLinearFunction().forward(**params) - Y) ** 2)


def gradients(params, Y, right):
    ctx = LayerNormGatedLinearFunction()
    dout = ctx.forward(**params) - Y
    return dict(zip(params, ctx.backward(dout, right), strict=True))


def grad(params, X, Y):
    return gradients(params, Y, False)


def repaired(params, X, Y):
    return gradients(params, Y, True)
