"""Adam's bias correction has the power of a number next to 1, and not that of the share itself."""

import numpy as np

SOURCE = "https://github.com/keras-team/keras/commit/eeb56b9e228472ef3d19cdb5e6fe43322953e21a"
THREAD = "keras-team/keras eeb56b9e22, c68aaa21af"
DATE = "2015-07"
KIND = "update"
FORMULA = (
    r"\hat m_t = m_t / (1 - \beta_{1,t}),\; \hat v_t = v_t / (1 - \beta_{2,t}),\; "
    r"\beta_{i,t} = \beta_i \kappa^{t-1},\; \kappa = 1 - 10^{-8}"
)
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"correction-without-power"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LR, BETA_1, BETA_2, EPSILON = 0.05, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=BETA_1, beta2=BETA_2, eps=EPSILON)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = 1 / (1 + np.exp(-z))
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * h * (1 - h)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"iterations": 0.0, "m": [0.0] * 4, "v": [0.0] * 4}


class Adam:
    """Default parameters follow those provided in the original paper; lambda is renamed kappa."""

    def __init__(self, state, lr=LR, beta_1=BETA_1, beta_2=BETA_2, epsilon=EPSILON, kappa=1 - 1e-8):
        self.lr, self.beta_1, self.beta_2, self.epsilon, self.kappa = lr, beta_1, beta_2, epsilon, kappa
        self.iterations, self.m, self.v = state["iterations"], state["m"], state["v"]

    def get_updates(self, params, grads):
        updates = {"iterations": self.iterations + 1.0, "m": [], "v": []}
        new = []

        i = self.iterations
        beta_1_t = self.beta_1 * (self.kappa**i)

        # the update below seems missing from the paper, but is obviously required
        beta_2_t = self.beta_2 * (self.kappa**i)

        for p, g, m, v in zip(params, grads, self.m, self.v):
            m_t = (beta_1_t * m) + (1 - beta_1_t) * g
            v_t = (beta_2_t * v) + (1 - beta_2_t) * (g**2)

            m_b_t = m_t / (1 - beta_1_t)
            v_b_t = v_t / (1 - beta_2_t)

            p_t = p - self.lr * m_b_t / (np.sqrt(v_b_t) + self.epsilon)

            updates["m"].append(m_t)
            updates["v"].append(v_t)
            new.append(p_t)
        return new, updates


class AdamLater(Adam):
    def get_updates(self, params, grads):
        updates = {"iterations": self.iterations + 1.0, "m": [], "v": []}
        new = []

        t = self.iterations + 1

        for p, g, m, v in zip(params, grads, self.m, self.v):
            m_t = (self.beta_1 * m) + (1 - self.beta_1) * g
            v_t = (self.beta_2 * v) + (1 - self.beta_2) * (g**2)

            m_b_t = m_t / (1 - self.beta_1**t)
            v_b_t = v_t / (1 - self.beta_2**t)

            p_t = p - self.lr * m_b_t / (np.sqrt(v_b_t) + self.epsilon)

            updates["m"].append(m_t)
            updates["v"].append(v_t)
            new.append(p_t)
        return new, updates


def update(params, grads, state):
    return Adam(state).get_updates(params, grads)


def repaired_update(params, grads, state):
    return AdamLater(state).get_updates(params, grads)
