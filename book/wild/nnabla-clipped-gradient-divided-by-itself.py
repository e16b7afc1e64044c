"""A solver's clipping divides each entry by its clipped value, so that all become the norm over the bound."""

import numpy as np

SOURCE = "https://github.com/sony/nnabla/commit/96bba50a"
THREAD = "sony/nnabla 96bba50a"
DATE = "2019-06"
KIND = "update"
FORMULA = r"g_i \leftarrow g_i / (c\, g_i / \lVert g \rVert) = \lVert g \rVert / c \text{ where } \lVert g \rVert > c"
RIGHT = r"g_i \leftarrow c\, g_i / \lVert g \rVert \text{ where } \lVert g \rVert > c"
READ = "code"
LAYER = []
NAMES = []
NET = None  # one layer without biases; each parameter is clipped apart, and here is one alone
BLOCKS = ["affine/W[1]"]
SAMPLES = 7
LAM = 0.0

LR, CLIP_NORM = 0.1, 0.3
SETTINGS = dict(like="sgd", lr=LR, clip_norm=CLIP_NORM)


def start(rng):
    return {"affine/W": rng.standard_normal((4, 3))}


def data(rng):
    return 2 * rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    """F.mean(F.softmax_cross_entropy(PF.affine(x, 3, with_bias=False), t))"""
    return -np.sum(Y * np.log(softmax(X @ params["affine/W"]))) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    return {"affine/W": X.T @ (softmax(X @ params["affine/W"]) - Y) / len(X)}


def start_state():
    return {"t": 0}


class Variable:
    def __init__(self, data, grad):
        self.data, self.grad = data.copy(), grad.copy()

    def size(self):
        return self.data.size


def clip_grad_by_norm_cpu(param, clip_norm):
    size = param.size()
    grad = param.grad.reshape(-1)
    sum = 0
    for i in range(size):
        sum += grad[i] * grad[i]
    # sum > 0.0 is to avoid zero sqrt
    if sum > 0.0 and sum > clip_norm * clip_norm:
        norm = np.sqrt(sum)
        for i in range(size):
            grad[i] /= clip_norm * grad[i] / norm


def clip_grad_by_norm_cpu_mended(param, clip_norm):
    size = param.size()
    grad = param.grad.reshape(-1)
    sum = 0
    for i in range(size):
        sum += grad[i] * grad[i]
    # sum > 0.0 is to avoid zero sqrt
    if sum > 0.0 and sum > clip_norm * clip_norm:
        norm = np.sqrt(sum)
        for i in range(size):
            grad[i] = clip_norm * grad[i] / norm


class Sgd:
    def __init__(self, lr, clip_grad_by_norm_impl):
        self.lr_ = lr
        self.clip_grad_by_norm_impl = clip_grad_by_norm_impl

    def set_parameters(self, params):
        self.params_ = params

    def clip_grad_by_norm(self, norm):
        for param in self.params_.values():
            self.clip_grad_by_norm_impl(param, norm)

    def update(self):
        for param in self.params_.values():
            param.data = param.data - self.lr_ * param.grad


def train(clip, params, grads, state):
    variables = {key: Variable(params[key], np.ascontiguousarray(grads[key])) for key in params}
    solver = Sgd(LR, clip)
    solver.set_parameters(variables)
    solver.clip_grad_by_norm(CLIP_NORM)
    solver.update()
    return {key: v.data for key, v in variables.items()}, {"t": state["t"] + 1}


def update(params, grads, state):
    return train(clip_grad_by_norm_cpu, params, grads, state)


def repaired_update(params, grads, state):
    return train(clip_grad_by_norm_cpu_mended, params, grads, state)
