"""Where only a learning rate is given, the velocity is multiplied by ten instead of the momentum that was there."""

import numpy as np

SOURCE = "https://github.com/automl/DACBench/commit/93c55bbd"
THREAD = "automl/DACBench #126, commit 93c55bbd"
DATE = "2022-07"
KIND = "update"
FORMULA = r"v_t = 10\, v_{t-1} + \eta g_t,\; \theta \leftarrow \theta - v_t"
RIGHT = r"v_t = \mu v_{t-1} + \eta g_t,\; \theta \leftarrow \theta - v_t,\; \mu = 0 \text{ since the reset}"
READ = "code"
LAYER = []
NAMES = []
NET = None  # the places of least polynomials of the second order
BLOCKS = ["x_cur[1]"]
SAMPLES = 6
LAM = 0.0


LOG_LR = -2.0
SETTINGS = dict(like="sgd", lr=10**LOG_LR)  # the momentum is nought until an action of two numbers sets it


def start(rng):
    """One place for each polynomial."""
    return rng.uniform(-1, 1, SAMPLES)


def data(rng):
    """The coefficients, from the constant up."""
    coeffs = rng.uniform(-2, 2, (SAMPLES, 3))
    coeffs[:, 2] = rng.uniform(0.5, 2, SAMPLES)
    return coeffs, np.zeros((SAMPLES, 1))


def cost(x_cur, X, Y):
    return np.sum(X[:, 0] + X[:, 1] * x_cur + X[:, 2] * x_cur**2)


def repaired(x_cur, X, Y):
    """The right gradient, to train with."""
    return X[:, 1] + 2 * X[:, 2] * x_cur


def start_state():
    return {"velocity": 0, "momentum": 0}


class ToySGDEnv:
    def __init__(self, x_cur, gradient, state):
        self.x_cur = x_cur.copy()
        self.gradient = gradient
        self.velocity = state["velocity"]
        self.momentum = state["momentum"]

    def parse(self, action):
        if np.isscalar(action):
            log_momentum = 1
            log_learning_rate = action
        elif len(action) == 2:
            log_learning_rate, log_momentum = action
        else:
            raise ValueError
        self.momentum = 10**log_momentum
        self.learning_rate = 10**log_learning_rate

    def step(self, action):
        self.parse(action)
        self.velocity = self.momentum * self.velocity + self.learning_rate * self.gradient
        self.x_cur -= self.velocity
        return self.x_cur, {"velocity": self.velocity, "momentum": self.momentum}


class ToySGDEnvLater(ToySGDEnv):
    def parse(self, action):
        if np.isscalar(action):
            log_learning_rate = action
        elif len(action) == 2:
            log_learning_rate, log_momentum = action
            self.momentum = 10**log_momentum
        else:
            raise ValueError
        self.learning_rate = 10**log_learning_rate


def update(x_cur, gradient, state):
    return ToySGDEnv(x_cur, gradient, state).step(LOG_LR)


def repaired_update(x_cur, gradient, state):
    return ToySGDEnvLater(x_cur, gradient, state).step(LOG_LR)
