"""The two corrections of an Adam are those of the first step in every step."""

import numpy as np

SOURCE = "https://github.com/SP5555/simple-neural-network/commit/e1c99f1"
THREAD = "SP5555/simple-neural-network e1c99f1"
DATE = "2025-02"
KIND = "update"
FORMULA = r"\hat m_t = m_t / (1 - \beta_1),\; \hat v_t = v_t / (1 - \beta_2)"
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"correction-without-power"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, BETA1, BETA2, EPS = 0.02, 0.9, 0.999, 1e-12
SETTINGS = dict(like="adam", lr=RATE, beta1=BETA1, beta2=BETA2, eps=EPS)


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


class Adam:
    def __init__(self, m, v, t):
        self.m, self.v, self.t = {**m}, {**v}, t

    def step(self, parameters, right):
        self.t += 1
        for param_id, param in enumerate(parameters):
            if param_id not in self.m:
                self.m[param_id] = np.zeros_like(param["weight"])
                self.v[param_id] = np.zeros_like(param["weight"])
            self.m[param_id] = BETA1 * self.m[param_id] + (1 - BETA1) * param["grad"]
            self.v[param_id] = BETA2 * self.v[param_id] + (1 - BETA2) * np.square(param["grad"])
            m_hat = self.m[param_id] / (1 - (BETA1**self.t if right else BETA1))
            v_hat = self.v[param_id] / (1 - (BETA2**self.t if right else BETA2))
            param["weight"] = param["weight"] + -1 * RATE * m_hat / np.sqrt(v_hat + EPS)


def start_state():
    return {"m": {}, "v": {}, "t": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    adam, parameters = Adam(**state), [{"weight": p, "grad": g} for p, g in zip(params, grads)]
    adam.step(parameters, right)
    return [param["weight"] for param in parameters], {"m": adam.m, "v": adam.v, "t": adam.t}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
