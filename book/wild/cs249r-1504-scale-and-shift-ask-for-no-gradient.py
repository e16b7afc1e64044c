"""Scale and shift of a layer normalisation do not ask for a gradient, and none is computed for them."""

import numpy as np

SOURCE = "https://github.com/harvard-edge/cs249r_book/pull/1504"
THREAD = "harvard-edge/cs249r_book #1504"
DATE = "2026-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial \gamma = \partial C / \partial \beta = 0"
RIGHT = (
    r"\partial C / \partial \gamma = \textstyle\sum_i \partial C / \partial y_i \odot \hat x_i,\; "
    r"\partial C / \partial \beta = \sum_i \partial C / \partial y_i"
)
READ = "discussion"
GROUP = "blocks"
LAYER = [2]
NAMES = [{"no-gradient"}, {"layer-forgotten"}]
SIZES = (3, 4, 2)
EPS = 1e-5
NET = None  # a layer normalisation
BLOCKS = ["W[1]", "gamma[2]", "beta[2]", "V[3]", "b[3]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "W": rng.standard_normal(SIZES[:2]),
        "gamma": rng.uniform(0.5, 1.5, SIZES[1]),
        "beta": rng.standard_normal(SIZES[1]),
        "V": rng.standard_normal(SIZES[1:]),
        "b": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class Tensor:
    def __init__(self, data, requires_grad=False):
        self.data, self.requires_grad = data, requires_grad
        self.grad = None

    def gradient(self):
        return np.zeros_like(self.data) if self.grad is None else self.grad


class LayerNorm:
    def __init__(self, gamma, beta):
        self.gamma, self.beta = Tensor(gamma), Tensor(beta)

    def forward(self, x):
        mean = np.mean(x, axis=-1, keepdims=True)
        variance = np.mean((x - mean) ** 2, axis=-1, keepdims=True)
        self.inv_std = 1 / np.sqrt(variance + EPS)
        self.normalized = (x - mean) * self.inv_std
        return self.normalized * self.gamma.data + self.beta.data

    def apply(self, grad_output):
        if self.beta.requires_grad:
            self.beta.grad = np.sum(grad_output, axis=0)
        if self.gamma.requires_grad:
            self.gamma.grad = np.sum(grad_output * self.normalized, axis=0)
        dx_hat = grad_output * self.gamma.data
        dx = dx_hat - np.mean(dx_hat, axis=-1, keepdims=True)
        dx -= self.normalized * np.mean(dx_hat * self.normalized, axis=-1, keepdims=True)
        return self.inv_std * dx


class RepairedLayerNorm(LayerNorm):
    def __init__(self, gamma, beta):
        self.gamma, self.beta = Tensor(gamma, requires_grad=True), Tensor(beta, requires_grad=True)


def forward(params, X, kind):
    ln = kind(params["gamma"], params["beta"])
    hidden = np.tanh(ln.forward(X @ params["W"]))
    return ln, hidden, hidden @ params["V"] + params["b"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X, LayerNorm)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, kind):
    ln, hidden, out = forward(params, X, kind)
    d3 = (out - Y) / len(X)
    d1 = ln.apply(d3 @ params["V"].T * (1 - hidden**2))
    return {"W": X.T @ d1, "gamma": ln.gamma.gradient(), "beta": ln.beta.gradient(), "V": hidden.T @ d3, "b": d3.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, LayerNorm)


def repaired(params, X, Y):
    return backward(params, X, Y, RepairedLayerNorm)
