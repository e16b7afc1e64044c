"""Adam's count of steps goes up at each of the arrays, so that the corrections fade within one step."""

import numpy as np

SOURCE = "https://github.com/lcmialichi/neural-network/commit/b62708d"
THREAD = "lcmialichi/neural-network b62708d"
DATE = "2025-02"
KIND = "update"
FORMULA = (
    r"\hat m_t^{(k)} = m_t^{(k)} / (1 - \beta_1^{K (t - 1) + k}),\; "
    r"\hat v_t^{(k)} = v_t^{(k)} / (1 - \beta_2^{K (t - 1) + k})"
)
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"step-count-per-array"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR, BETA1, BETA2, EPS = 0.01, 0.9, 0.999, 1e-7
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS)
# the layers are gone through from the last to the first, weights before biases
ORDER = [("weights_1", 2), ("biases_1", 3), ("weights_0", 0), ("biases_0", 1)]


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal((1, 4)), rng.standard_normal((4, 2)), np.zeros((1, 2))]


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
    d1 = d2.dot(W2.T) * (1 - h**2)
    return [X.T.dot(d1), d1.sum(0, keepdims=True), h.T.dot(d2), d2.sum(0, keepdims=True)]


class Adam:
    def __init__(self, learning_rate=LR, beta1=BETA1, beta2=BETA2, epsilon=EPS, weight_decay=0.0):
        self.learning_rate = learning_rate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weight_decay = weight_decay
        self.m = {}
        self.v = {}
        self.t = 0

    def update(self, param_name, param, grad, weight_decay=True):
        if param_name not in self.m:
            self.m[param_name] = np.zeros_like(param)
            self.v[param_name] = np.zeros_like(param)
        if self.weight_decay != 0 and weight_decay:
            grad = grad + self.weight_decay * param
        self.t += 1
        self.m[param_name] = self.beta1 * self.m[param_name] + (1 - self.beta1) * grad
        self.v[param_name] = self.beta2 * self.v[param_name] + (1 - self.beta2) * (grad**2)
        m_hat = self.m[param_name] / (1 - self.beta1**self.t)
        v_hat = self.v[param_name] / (1 - self.beta2**self.t)
        param_update = -self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)
        return param + param_update

    def step(self):
        pass


class AdamLater(Adam):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.t = 1

    def update(self, param_name, param, grad, weight_decay=True):
        if param_name not in self.m:
            self.m[param_name] = np.zeros_like(param)
            self.v[param_name] = np.zeros_like(param)
        if self.weight_decay != 0 and weight_decay:
            grad = grad + self.weight_decay * param
        self.m[param_name] = self.beta1 * self.m[param_name] + (1 - self.beta1) * grad
        self.v[param_name] = self.beta2 * self.v[param_name] + (1 - self.beta2) * (grad**2)
        m_hat = self.m[param_name] / (1 - self.beta1**self.t)
        v_hat = self.v[param_name] / (1 - self.beta2**self.t)
        param_update = -self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)
        return param + param_update

    def step(self):
        self.t += 1


def start_state():
    return {}


def one_step(optimizer, params, grads, state):
    if state:
        optimizer.m, optimizer.v, optimizer.t = dict(state["m"]), dict(state["v"]), state["t"]
    new = list(params)
    for name, k in ORDER:
        new[k] = optimizer.update(name, params[k], grads[k], weight_decay=name.startswith("weights"))
    optimizer.step()
    return new, {"m": optimizer.m, "v": optimizer.v, "t": optimizer.t}


def update(params, grads, state):
    return one_step(Adam(), params, grads, state)


def repaired_update(params, grads, state):
    return one_step(AdamLater(), params, grads, state)
