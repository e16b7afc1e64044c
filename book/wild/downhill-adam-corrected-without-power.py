"""Adam divides its running means by one minus beta, and not by one minus beta to the power of the step's number."""

import numpy as np

SOURCE = "https://github.com/lmjohns3/downhill/commit/2b44d0509afae8379e38f1de713c003e8d2aa600"
THREAD = "lmjohns3/downhill #18, 2b44d05"
DATE = "2017-06"
KIND = "update"
FORMULA = r"\hat m_t = m_t / (1 - \beta_1),\; \hat v_t = v_t / (1 - \beta_2)"
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"correction-without-power"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, EPSILON = 0.02, 1e-8
BETA1_HALFLIFE, BETA2_HALFLIFE = 7, 69
BETA1, BETA2 = (float(np.exp(-np.log(2) / BETA1_HALFLIFE)), float(np.exp(-np.log(2) / BETA2_HALFLIFE)))
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
    """The shared variables of each parameter."""
    return [{"t": 0, "g1_ewma": 0.0, "g2_ewma": 0.0} for _ in range(4)]


class Adam:
    momentum = 0

    def __init__(self, shared):
        self.beta1_decay = 1 - 1e-6
        self.beta1 = np.exp(-np.log(2) / BETA1_HALFLIFE)
        self.beta2 = np.exp(-np.log(2) / BETA2_HALFLIFE)
        self.learning_rate, self.epsilon = LR, EPSILON
        self.shared = shared

    def _get_updates_for(self, i, grad):
        t_tm1 = self.shared[i]["t"]
        g1_tm1 = self.shared[i]["g1_ewma"]
        g2_tm1 = self.shared[i]["g2_ewma"]
        beta1 = self.beta1 * self.beta1_decay**t_tm1
        g1_t = beta1 * g1_tm1 + (1 - beta1) * grad
        g2_t = self.beta2 * g2_tm1 + (1 - self.beta2) * grad * grad
        numer = g1_t / (1 - beta1)
        denom = np.sqrt(g2_t / (1 - self.beta2))
        yield "t", t_tm1 + 1
        yield "g1_ewma", g1_t
        yield "g2_ewma", g2_t
        yield "param", self.learning_rate * numer / (denom + self.epsilon)

    def get_updates(self, params, grads):
        new_params, new_shared = [], []
        for i, (param, grad) in enumerate(zip(params, grads)):
            updates = {}
            for var, update in self._get_updates_for(i, grad):
                # For auxiliary variables, updates are meant to replace the
                # existing variable value.
                if var != "param":
                    updates[var] = update
                    continue
                # If momentum is disabled, just apply the parameter delta.
                if self.momentum == 0:
                    new_params.append(param - update)
                    continue
            new_shared.append(updates)
        return new_params, new_shared


class AdamLater(Adam):
    def _get_updates_for(self, i, grad):
        t_tm1 = self.shared[i]["t"]
        t_t = 1 + t_tm1
        g1_tm1 = self.shared[i]["g1_ewma"]
        g2_tm1 = self.shared[i]["g2_ewma"]
        g1_t = self.beta1 * g1_tm1 + (1 - self.beta1) * grad
        g2_t = self.beta2 * g2_tm1 + (1 - self.beta2) * grad * grad
        numer = g1_t / (1 - self.beta1**t_t)
        denom = np.sqrt(g2_t / (1 - self.beta2**t_t))
        yield "t", t_t
        yield "g1_ewma", g1_t
        yield "g2_ewma", g2_t
        yield "param", self.learning_rate * numer / (denom + self.epsilon)


def update(params, grads, state):
    return Adam(state).get_updates(params, grads)


def repaired_update(params, grads, state):
    return AdamLater(state).get_updates(params, grads)
