"""An agent's Adam averages each gradient's square with ones, in every step anew, and keeps no mean of the squares."""

import numpy as np

SOURCE = "https://github.com/wd7512/numpy-dl/commit/3797989"
THREAD = "wd7512/numpy-dl 3797989"
DATE = "2026-07"
KIND = "update"
FORMULA = r"v_t = \beta_2 \cdot 1 + (1 - \beta_2)\, g_t^2"
RIGHT = r"v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2"
READ = "code"  # of the step; the later version has zeros at the start here
LAYER = []
NAMES = [{"square-not-kept"}]
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


SETTINGS = dict(like="adam", lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.tanh(z)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"m": [0.0] * 4, "v": [0.0] * 4, "t": 0}


class DQNAgent:
    """What the agent does behind the backward pass of its network."""

    def __init__(self, params, grads, state):
        self._q_params = [(p.copy(), g) for p, g in zip(params, grads)]
        self._optimizer_m, self._optimizer_v = list(state["m"]), list(state["v"])
        self._optimizer_t = state["t"]

    def squares(self, i, _grad):
        return 0.999 * np.ones_like(_grad) + 0.001 * _grad**2

    def train_step(self):
        self._optimizer_t += 1
        bc1 = 1.0 - 0.9**self._optimizer_t
        bc2 = 1.0 - 0.999**self._optimizer_t
        for i, (param, _grad) in enumerate(self._q_params):
            self._optimizer_m[i] = 0.9 * self._optimizer_m[i] + 0.1 * _grad
            v = self.squares(i, _grad)
            m_hat = self._optimizer_m[i] / bc1
            v_hat = v / bc2
            param -= 1e-3 * m_hat / (np.sqrt(np.abs(v_hat)) + 1e-8)


class DQNAgentLater(DQNAgent):
    def squares(self, i, _grad):
        self._optimizer_v[i] = 0.999 * self._optimizer_v[i] + 0.001 * _grad**2
        return self._optimizer_v[i]


def step(agent):
    agent.train_step()
    return [p for p, _ in agent._q_params], {"m": agent._optimizer_m, "v": agent._optimizer_v, "t": agent._optimizer_t}


def update(params, grads, state):
    return step(DQNAgent(params, grads, state))


def repaired_update(params, grads, state):
    return step(DQNAgentLater(params, grads, state))
