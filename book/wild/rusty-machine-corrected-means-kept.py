"""Adam keeps its corrected means as the means of the next step, and the mean of squares decays with the first beta."""

import numpy as np

SOURCE = "https://github.com/AtheMathmo/rusty-machine/commit/33ae15b313d31425eebaea5ad63ecdfe536b5c25"
THREAD = "AtheMathmo/rusty-machine 33ae15b3"
DATE = "2020-01"
KIND = "update"
FORMULA = (
    r"m_t = (\beta_1 m_{t-1} + (1 - \beta_1) g) / (1 - \beta_1^t),\; "
    r"v_t = (\beta_1 v_{t-1} + (1 - \beta_1) g^2) / (1 - \beta_2^t),\; "
    r"\theta \leftarrow \theta - \alpha\, m_t / (\sqrt{v_t} + \epsilon)"
)
RIGHT = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2) g^2,\; "
    r"\theta \leftarrow \theta - \alpha\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
)
READ = "code"
LAYER = []
NAMES = []  # the corrected means are kept, but the second has a wrong share as well
NET = None  # a logistic regressor, all parameters in one vector
BLOCKS = ["params[1]"]
SAMPLES = 9
LAM = 0.0


ALPHA, BETA1, BETA2, EPSILON = 0.01, 0.09, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=ALPHA, beta1=BETA1, beta2=BETA2, eps=EPSILON)


def start(rng):
    """The intercept first."""
    return rng.standard_normal(5)


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, 2, SAMPLES).astype(float)


def outputs(params, X):
    full_data = np.hstack([np.ones((len(X), 1)), X])
    return full_data, 1 / (1 + np.exp(-(full_data @ params)))


def cost(params, X, Y):
    _, h = outputs(params, X)
    return -np.sum(Y * np.log(h) + (1 - Y) * np.log(1 - h)) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    full_data, h = outputs(params, X)
    return full_data.T @ (h - Y) / len(X)


def start_state():
    return {"t": 0.0, "m": 0.0, "v": 0.0}


class Adam:
    alpha, beta1, beta2, epsilon = ALPHA, BETA1, BETA2, EPSILON

    def __init__(self, state):
        self.t, self.m, self.v = state["t"], state["m"], state["v"]

    def optimize(self, params, grad):
        # Incrementing the time step
        self.t += 1.0
        grad_squared = grad * grad

        # Moving averages of the gradients
        m = self.m * self.beta1 + grad * (1.0 - self.beta1)

        # Moving averages of the squared gradients
        v = self.v * self.beta1 + grad_squared * (1.0 - self.beta1)

        # Bias-corrected estimates
        # In the paper these are m_hat and v_hat
        m = m / (1.0 - self.beta1**self.t)
        v = v / (1.0 - self.beta2**self.t)

        v_hat_sqrt = np.sqrt(v)

        # update params
        params = params - (m * self.alpha) / (v_hat_sqrt + self.epsilon)
        self.m, self.v = m, v
        return params


class AdamLater(Adam):
    def optimize(self, params, grad):
        self.t += 1.0
        grad_squared = grad * grad
        m = self.m * self.beta1 + grad * (1.0 - self.beta1)
        v = self.v * self.beta2 + grad_squared * (1.0 - self.beta2)

        m_hat = m / (1.0 - self.beta1**self.t)
        v_hat = v / (1.0 - self.beta2**self.t)
        m_hat = (m_hat / np.sqrt(v_hat) - self.epsilon) * self.alpha

        params = params - m_hat
        self.m, self.v = m, v
        return params


def stepped(optim, params, grads):
    params = optim.optimize(params, grads)
    return params, {"t": optim.t, "m": optim.m, "v": optim.v}


def update(params, grads, state):
    return stepped(Adam(state), params, grads)


def repaired_update(params, grads, state):
    return stepped(AdamLater(state), params, grads)
