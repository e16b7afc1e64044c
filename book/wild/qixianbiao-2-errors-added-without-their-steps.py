"""The errors of later steps are added to those of earlier ones as they are, without the steps between them."""

import numpy as np

SOURCE = "https://github.com/qixianbiao/RNN/issues/2"
THREAD = "qixianbiao/RNN #2"
DATE = "2018-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial h_t = \textstyle\sum_{s \ge t} V^\top e_s,\; e_s = a_s - y_s"
RIGHT = (
    r"\partial C / \partial h_t = V^\top e_t + W^\top \bigl((1 - h_{t+1}^2) \odot \partial C / \partial "
    r"h_{t+1}\bigr),\; e_t = a_t - y_t"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
STEPS, INPUTS, STATES, CLASSES = 3, 2, 4, 3
NET = None  # a recurrence
BLOCKS = ["Wxh[1]", "Whh[1]", "Bh[1]", "Wyh[2]", "Byh[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return {
        "Wxh": rng.standard_normal((STATES, INPUTS)),
        "Whh": 0.5 * rng.standard_normal((STATES, STATES)),
        "Bh": rng.standard_normal(STATES),
        "Wyh": rng.standard_normal((CLASSES, STATES)),
        "Byh": rng.standard_normal(CLASSES),
    }


def data(rng):
    labels = rng.integers(0, CLASSES, (SAMPLES, STEPS))
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), np.eye(CLASSES)[labels]


def forward(params, X):
    """The states, with the one before the first step, and the probabilities of each step."""
    states, outs = [np.zeros((len(X), STATES))], []
    for t in range(STEPS):
        h = np.tanh(X[:, t] @ params["Wxh"].T + states[-1] @ params["Whh"].T + params["Bh"])
        e = np.exp(h @ params["Wyh"].T + params["Byh"])
        states.append(h)
        outs.append(e / e.sum(1, keepdims=True))
    return states, outs


def cost(params, X, Y):
    outs = np.stack(forward(params, X)[1], axis=1)
    return -np.sum(Y * np.log(outs)) / len(X)


def backward(params, X, Y, right):
    states, outs = forward(params, X)
    grads, later = {name: np.zeros_like(p) for name, p in params.items()}, 0.0
    for t in reversed(range(STEPS)):
        before, h = states[t], states[t + 1]
        e = (outs[t] - Y[:, t]) / len(X)
        dh = later + e @ params["Wyh"]
        delta = dh * (1 - h**2)
        grads["Wyh"] += e.T @ h
        grads["Byh"] += e.sum(0)
        grads["Wxh"] += delta.T @ X[:, t]
        grads["Whh"] += delta.T @ before
        grads["Bh"] += delta.sum(0)
        later = delta @ params["Whh"] if right else dh
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
