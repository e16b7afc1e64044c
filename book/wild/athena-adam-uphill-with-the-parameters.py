"""Without a penalty, Adam adds its step instead of taking it off, and adds the parameters to the mean gradient."""

import numpy as np

SOURCE = "https://github.com/nedtaylor/athena/commit/a1a2483"
THREAD = "nedtaylor/athena a1a2483"
DATE = "2025-06"
KIND = "update"
FORMULA = r"\theta_t = \theta_{t-1} + \eta\, (\hat m_t + \theta_{t-1}) / (\sqrt{\hat v_t} + \epsilon)"
RIGHT = r"\theta_t = \theta_{t-1} - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0
LR, BETA1, BETA2, EPSILON = 0.01, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPSILON)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return {"iter": 0, "m": 0.0, "v": 0.0}


class AdamOptimiser:
    regulariser = None

    def __init__(self, state):
        self.iter, self.m, self.v = state["iter"], state["m"], state["v"]
        self.learning_rate, self.beta1, self.beta2, self.epsilon = LR, BETA1, BETA2, EPSILON

    def minimise(self, param, gradient):
        learning_rate = self.learning_rate
        self.iter = self.iter + 1
        self.m = self.beta1 * self.m + (1.0 - self.beta1) * gradient
        self.v = self.beta2 * self.v + (1.0 - self.beta2) * gradient**2.0
        m_hat = self.m / (1.0 - self.beta1**self.iter)
        v_hat = self.v / (1.0 - self.beta2**self.iter)
        return self.take(param, learning_rate, m_hat, v_hat)

    def take(self, param, learning_rate, m_hat, v_hat):
        if self.regulariser is not None:
            return param - learning_rate * (m_hat / (np.sqrt(v_hat) + self.epsilon) + self.regulariser * param)
        return param + learning_rate * ((m_hat + param) / (np.sqrt(v_hat) + self.epsilon))


class AdamOptimiserLater(AdamOptimiser):
    def take(self, param, learning_rate, m_hat, v_hat):
        if self.regulariser is not None:
            return param - learning_rate * (m_hat / (np.sqrt(v_hat) + self.epsilon) + self.regulariser * param)
        return param - learning_rate * (m_hat / (np.sqrt(v_hat) + self.epsilon))


def step(params, grads, state, optimiser):
    """The program keeps all parameters in one vector."""
    param = optimiser.minimise(np.concatenate([p.ravel() for p in params]), np.concatenate([g.ravel() for g in grads]))
    pieces = np.split(param, np.cumsum([p.size for p in params])[:-1])
    new_state = {"iter": optimiser.iter, "m": optimiser.m, "v": optimiser.v}
    return [piece.reshape(p.shape) for piece, p in zip(pieces, params)], new_state


def update(params, grads, state):
    return step(params, grads, state, AdamOptimiser(state))


def repaired_update(params, grads, state):
    return step(params, grads, state, AdamOptimiserLater(state))
