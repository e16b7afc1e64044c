"""AdaMax keeps the largest length of the whole gradient instead of the largest value of each of its entries."""

import numpy as np

SOURCE = "https://github.com/Python-Ensemble-Toolbox/PET/commit/6de65c0"
THREAD = "Python-Ensemble-Toolbox/PET #55, 6de65c0"
DATE = "2024-01"
KIND = "update"
FORMULA = (
    r"u_t = \max(\beta_2 u_{t-1}, \lVert g_t \rVert_2),\; "
    r"\theta \leftarrow \theta - \alpha m_t / ((1 - \beta_1^t) u_t)"
)
RIGHT = r"u_t = \max(\beta_2 u_{t-1}, |g_t|),\; \theta \leftarrow \theta - \alpha m_t / ((1 - \beta_1^t) u_t)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


STEP_SIZE, BETA1, BETA2 = 0.01, 0.9, 0.999
SETTINGS = dict(like="adam", lr=STEP_SIZE, beta1=BETA1, beta2=BETA2, eps=0.0)


def start(rng):
    """One vector of all controls: W1, b1, W2, b2."""
    return rng.standard_normal(3 * 4 + 4 + 4 * 2 + 2)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def views(control):
    return control[:12].reshape(3, 4), control[12:16], control[16:24].reshape(4, 2), control[24:]


def cost(control, X, Y):
    W1, b1, W2, b2 = views(control)
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(control, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = views(control)
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return np.concatenate([(X.T @ d1).ravel(), d1.sum(0), (h.T @ d2).ravel(), d2.sum(0)])


class Adam:
    def __init__(self, step_size, beta1=0.9, beta2=0.999):
        self._step_size = step_size
        self.beta1, self.beta2 = beta1, beta2
        self.vel1, self.vel2 = 0, 0
        self.temp_vel1, self.temp_vel2 = 0, 0

    def restore_parameters(self):
        """What is kept once a step has been accepted."""
        self.vel1, self.vel2 = self.temp_vel1, self.temp_vel2


class AdaMax(Adam):
    def apply_update(self, control, gradient, iter):
        alpha, beta1, beta2 = self._step_size, self.beta1, self.beta2

        self.temp_vel1 = beta1 * self.vel1 + (1 - beta1) * gradient
        self.temp_vel2 = max(beta2 * self.vel2, np.linalg.norm(gradient))

        step = alpha / (1 - beta1**iter) * self.temp_vel1 / self.temp_vel2
        new_control = control - step
        return new_control, step


class AdaMaxLater(Adam):
    def apply_update(self, control, gradient, iter):
        alpha, beta1, beta2 = self._step_size, self.beta1, self.beta2

        self.temp_vel1 = beta1 * self.vel1 + (1 - beta1) * gradient
        self.temp_vel2 = np.maximum(beta2 * self.vel2, np.abs(gradient))

        step = alpha / (1 - beta1**iter) * self.temp_vel1 / self.temp_vel2
        new_control = control - step
        return new_control, step


def start_state():
    return {"iter": 1, "vel1": 0, "vel2": 0}


def one_step(params, grads, state, kind):
    optimizer = kind(STEP_SIZE, BETA1, BETA2)
    optimizer.vel1, optimizer.vel2 = state["vel1"], state["vel2"]
    params, _ = optimizer.apply_update(params, grads, iter=state["iter"])
    optimizer.restore_parameters()
    return params, {"iter": state["iter"] + 1, "vel1": optimizer.vel1, "vel2": optimizer.vel2}


def update(params, grads, state):
    return one_step(params, grads, state, AdaMax)


def repaired_update(params, grads, state):
    return one_step(params, grads, state, AdaMaxLater)
