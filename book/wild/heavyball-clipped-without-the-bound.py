"""The clipping divides by the larger of norm and bound and forgets to multiply by the bound."""

import numpy as np

SOURCE = "https://github.com/HomebrewML/HeavyBall/commit/e9e55ad"
THREAD = "HomebrewML/HeavyBall e9e55ad"
DATE = "2025-07"
KIND = "update"
FORMULA = r"g \leftarrow g / \max(\lVert g \rVert, c)"
RIGHT = r"g \leftarrow g \min(1, c / \lVert g \rVert)"
READ = "code"
LAYER = []
NAMES = [{"clip-to-one"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, BETA, CLIP_AT = 0.05, 0.9, 0.4
SETTINGS = dict(like="momentum", lr=LR, momentum=BETA, clip_norm=CLIP_AT)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    return 0.5 * np.sum((h @ W2.T + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    d2 = (h @ W2.T + b2 - Y) / len(X)
    d1 = d2 @ W2 * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"momentum": [0.0] * 4}


def stochastic_multiply_(x, factor):
    for i in range(len(x)):
        x[i] = x[i] * factor


def global_l2norm_clip(x, clip_at=1.0):
    norm = 0
    for i in x:
        norm += np.square(i).sum()
    norm = norm**0.5
    norm = np.maximum(norm, clip_at)
    stochastic_multiply_(x, 1 / norm)
    return x


def global_l2norm_clip_later(x, clip_at=1.0):
    norm = 0
    for i in x:
        norm += np.square(i).sum()
    norm = norm**0.5
    scalar = np.minimum(clip_at / (norm + 1e-6), 1.0)
    stochastic_multiply_(x, scalar)
    return x


def heavyball_momentum(state, grad, beta):
    """The states and the steps made of them."""
    s = [s * beta + g for s, g in zip(state, grad)]
    return s, s


def update_param(param, update, lr):
    return [p - lr * u for p, u in zip(param, update)]


class SGD:
    """Its chain of functions: the gradients are clipped, and then summed."""

    def __init__(self, gradient_clipping, lr=0.0025, beta=0.9):
        self.gradient_clipping, self.lr, self.beta = gradient_clipping, lr, beta

    def step(self, params, grads, state):
        update = self.gradient_clipping(list(grads), CLIP_AT)
        momentum, update = heavyball_momentum(state["momentum"], update, self.beta)
        return update_param(params, update, self.lr), {"momentum": momentum}


def update(params, grads, state):
    return SGD(global_l2norm_clip, LR, BETA).step(params, grads, state)


def repaired_update(params, grads, state):
    return SGD(global_l2norm_clip_later, LR, BETA).step(params, grads, state)
