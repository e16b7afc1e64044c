"""The input's gradient of an RMS norm has the weight twice in the term of the variance: outside and within the sum."""

import numpy as np

SOURCE = "https://github.com/NVIDIA/Megatron-LM/pull/6859"
THREAD = "NVIDIA/Megatron-LM PR #6859"
DATE = "2026-08"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\delta^{in} = g \odot w\, r - w \odot x\, r^3 \tfrac1D \textstyle\sum_i g_i x_i w_i"
RIGHT = r"\delta^{in} = g \odot w\, r - x\, r^3 \tfrac1D \textstyle\sum_i g_i x_i w_i"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a layer is normalised by its root mean square; the layers around it are made up
BLOCKS = ["W[1]", "weight[2]", "V[3]"]
SAMPLES = 6
LAM = 0.0
EPS = 1e-5


def start(rng):
    return [rng.standard_normal((3, 5)), 1 + 0.5 * rng.standard_normal(5), rng.standard_normal((5, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class Context:
    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors


class BatchInvariantRMSNormFn:
    @staticmethod
    def forward(ctx, x, weight, eps, zero_centered_gamma):
        ms = np.mean(x * x, axis=-1, keepdims=True)
        rsigma = 1 / np.sqrt(ms + eps)
        out = (x * rsigma) * weight
        ctx.eps = eps
        ctx.zero_centered_gamma = zero_centered_gamma
        ctx.save_for_backward(x, weight, rsigma)
        return out

    @staticmethod
    def backward(ctx, grad_output, right=False):
        x, weight, rsigma = ctx.saved_tensors
        w_eff = (weight + 1.0) if ctx.zero_centered_gamma else weight
        go = grad_output
        r = rsigma
        r3 = r * r * r
        D = x.shape[-1]

        red_dims = tuple(range(0, go.ndim - 1))
        g_w = (go * x * r).sum(axis=red_dims)

        s = (go * x * w_eff).sum(axis=-1, keepdims=True)
        if right:
            dx = go * (w_eff * r) - r3 * (s * x) / D
        else:
            dx = go * (w_eff * r) - (w_eff * r3) * (s * x) / D
        return dx, g_w, None, None


def forward(params, X):
    """The gamma is not centred at zero: there the forward has another fault."""
    W, weight, V = params
    ctx = Context()
    out = BatchInvariantRMSNormFn.forward(ctx, X @ W, weight, EPS, False)
    e = np.exp(out @ V)
    return ctx, out, e / e.sum(axis=1)[:, None]


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[2])) / len(X)


def gradients(params, X, Y, right):
    ctx, out, p = forward(params, X)
    d = (p - Y) / len(X)
    dx, g_w, _, _ = BatchInvariantRMSNormFn.backward(ctx, d @ params[2].T, right)
    return [X.T @ dx, g_w, out.T @ d]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
