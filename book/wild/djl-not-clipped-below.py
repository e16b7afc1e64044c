"""The gradient is clipped at its upper bound alone, so that large negative entries pass."""

import numpy as np

SOURCE = "https://github.com/deepjavalibrary/djl/commit/e64f65aee"
THREAD = "deepjavalibrary/djl e64f65aee"
DATE = "2020-06"
KIND = "update"
FORMULA = r"\tilde g = \min(g, c)"
RIGHT = r"\tilde g = \max(-c, \min(g, c))"  # as it was before that commit
READ = "code"
LAYER = []
NAMES = [{"clip-above-alone"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 6
LAM = 0.0


LR, MOMENTUM, CLIP = 0.1, 0.9, 0.1
SETTINGS = dict(like="momentum", lr=LR, momentum=MOMENTUM, clip_value=CLIP)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), 2 * rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    return h, h @ W2.T + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, a = forward(params, X)
    d2 = (a - Y) / len(X)
    d1 = d2 @ params[2] * h * (1 - h)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return [0.0, 0.0, 0.0, 0.0]


def sgd_update(weight_ptr, jgrad, state_ptr, learning_rate, weight_decay, rescale_grad, clip_grad, momentum, clamp):
    # use clone to avoid input grad change
    grad = jgrad.copy()
    # following this formula: rescaled_grad = clip(rescale_grad * grad, clip_gradient)) + wd * weight
    if rescale_grad != 1.0:
        grad *= rescale_grad
    # if < 0, it won't clip
    if clip_grad >= 0.0:
        # Add clip grad option
        grad = clamp(grad, clip_grad)
    grad = (grad + weight_decay * weight_ptr) * learning_rate
    if momentum == 0.0:
        weight_ptr = weight_ptr - grad
    else:
        state_ptr = state_ptr * momentum + grad
        weight_ptr = weight_ptr - state_ptr
    return weight_ptr, state_ptr


def clamp_max(grad, clip_grad):
    return np.minimum(grad, clip_grad)


def clamp(grad, clip_grad):
    clip_grad = abs(clip_grad)
    return np.clip(grad, -clip_grad, clip_grad)


def stepped(params, grads, state, clamp):
    weights, states = [], []
    for weight, grad, momentum_state in zip(params, grads, state):
        weight, momentum_state = sgd_update(weight, grad, momentum_state, LR, 0.0, 1.0, CLIP, MOMENTUM, clamp)
        weights.append(weight)
        states.append(momentum_state)
    return weights, states


def update(params, grads, state):
    return stepped(params, grads, state, clamp_max)


def repaired_update(params, grads, state):
    return stepped(params, grads, state, clamp)
