"""Adam's epsilon is added to the quotient of the two moments instead of to the root below the line."""

import numpy as np

SOURCE = "https://github.com/Armandase/multilayer-perceptron/commit/86c21fb"
THREAD = "Armandase/multilayer-perceptron 86c21fb"
DATE = "2025-02"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta \left(\hat m / \sqrt{\hat v} + \epsilon\right)"
RIGHT = r"\theta \leftarrow \theta - \eta\, \hat m / (\sqrt{\hat v} + \epsilon)"
READ = "code"  # the author's epsilon is 1e-8 unless another is given; here 0.01, or the two could not be told apart
LAYER = []
NAMES = []
NET = dict(sizes=(2, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0

ETA, BETA1, BETA2, EPSILON = 0.02, 0.9, 0.999, 0.01
SETTINGS = dict(like="adam", lr=ETA, beta1=BETA1, beta2=BETA2, eps=EPSILON)


def start(rng):
    return {
        "W1": rng.standard_normal((2, 4)),
        "b1": rng.standard_normal(4),
        "W2": rng.standard_normal((4, 2)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.uniform(0.1, 0.9, (SAMPLES, 2))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost(params, X, Y):
    h = sigmoid(X @ params["W1"] + params["b1"])
    return 0.5 * np.sum((sigmoid(h @ params["W2"] + params["b2"]) - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = sigmoid(X @ params["W1"] + params["b1"])
    p = sigmoid(h @ params["W2"] + params["b2"])
    d2 = (p - Y) * p * (1 - p) / len(X)
    d1 = d2 @ params["W2"].T * h * (1 - h)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}


def start_state():
    return {"t": 0, "moments": [[0, 0, 0, 0], [0, 0, 0, 0]]}


class AdamOptim:
    """One for each layer."""

    def __init__(self, eta=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.m_delta_weights, self.v_delta_weights = 0, 0
        self.m_delta_bias, self.v_delta_bias = 0, 0

        self.eta = eta
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = epsilon

    def update(self, t, w, b, delta_w, delta_b):
        t = t + 1
        # momentum beta1 (moving average)
        self.m_delta_weights = self.beta1 * self.m_delta_weights + (1 - self.beta1) * delta_w
        self.m_delta_bias = self.beta1 * self.m_delta_bias + (1 - self.beta1) * delta_b

        # momentum beta2 (moving average)
        self.v_delta_weights = self.beta2 * self.v_delta_weights + (1 - self.beta2) * (delta_w**2)
        self.v_delta_bias = self.beta2 * self.v_delta_bias + (1 - self.beta2) * (delta_b**2)

        # bias correction of the moving averages
        m_delta_weights_corr = self.m_delta_weights / (1 - self.beta1**t)
        m_delta_bias_corr = self.m_delta_bias / (1 - self.beta1**t)
        v_delta_weights_corr = self.v_delta_weights / (1 - self.beta2**t)
        v_delta_bias_corr = self.v_delta_bias / (1 - self.beta2**t)

        # update model
        w = w - self.change(m_delta_weights_corr, v_delta_weights_corr)
        b = b - self.change(m_delta_bias_corr, v_delta_bias_corr)
        return w, b

    def change(self, m_corr, v_corr):
        return self.eta * (m_corr / np.sqrt(v_corr) + self.eps)


class AdamOptimLater(AdamOptim):
    def change(self, m_corr, v_corr):
        return self.eta * (m_corr / (np.sqrt(v_corr) + self.eps))


def step(kind, params, grads, state):
    new, moments = {}, []
    for layer, kept in zip("12", state["moments"]):
        optim = kind(ETA, BETA1, BETA2, EPSILON)
        optim.m_delta_weights, optim.v_delta_weights, optim.m_delta_bias, optim.v_delta_bias = kept
        w, b = "W" + layer, "b" + layer
        new[w], new[b] = optim.update(state["t"], params[w], params[b], grads[w], grads[b])
        moments.append([optim.m_delta_weights, optim.v_delta_weights, optim.m_delta_bias, optim.v_delta_bias])
    return {k: new[k] for k in params}, {"t": state["t"] + 1, "moments": moments}


def update(params, grads, state):
    return step(AdamOptim, params, grads, state)


def repaired_update(params, grads, state):
    return step(AdamOptimLater, params, grads, state)
