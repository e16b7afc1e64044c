"""Adam's weight decay shrinks the weights beside the step, and its two means never see it."""

import numpy as np

SOURCE = "https://github.com/apache/mxnet/pull/5137"
THREAD = "apache/mxnet PR #5137, 7510ef1470"
DATE = "2017-03"
KIND = "update"
FORMULA = (
    r"\theta \leftarrow (1 - \eta_t \lambda)\, \theta - \eta_t\, m_t / (\sqrt{v_t} + \epsilon),\; "
    r"m_t, v_t \text{ of } g_t"
)
RIGHT = (
    r"\theta \leftarrow \theta - \eta_t\, m_t / (\sqrt{v_t} + \epsilon),\; m_t, v_t \text{ of } g_t + \lambda \theta"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, BETA1, BETA2, EPSILON, WD = 0.01, 0.9, 0.999, 1e-8, 0.1
RESCALE_GRAD = 1.0
SETTINGS = dict(like="adam", lr=LEARNING_RATE, beta1=BETA1, beta2=BETA2, eps=EPSILON, weight_decay=WD)


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


def adam_update(weight, grad, mean, var, lr, wd):
    """The operator that the optimizer of the Python side calls."""
    mean = BETA1 * mean + (1 - BETA1) * RESCALE_GRAD * grad
    var = BETA2 * var + (1 - BETA2) * np.square(RESCALE_GRAD * grad)
    return (1 - lr * wd) * weight - lr * mean / (np.sqrt(var) + EPSILON), mean, var


def adam_update_later(weight, grad, mean, var, lr, wd):
    grad = RESCALE_GRAD * grad + wd * weight
    mean = BETA1 * mean + (1 - BETA1) * grad
    var = BETA2 * var + (1 - BETA2) * np.square(grad)
    return weight - lr * mean / (np.sqrt(var) + EPSILON), mean, var


class Adam:
    def __init__(self, operator, state):
        self.operator = operator
        self.states, self.index_update_count = list(state["states"]), list(state["count"])

    def create_state(self, weight):
        return np.zeros_like(weight), np.zeros_like(weight)  # mean, variance

    def update(self, index, weight, grad):
        self.index_update_count[index] += 1
        t = self.index_update_count[index]
        coef1 = 1.0 - BETA1**t
        coef2 = 1.0 - BETA2**t
        lr = LEARNING_RATE * np.sqrt(coef2) / coef1

        mean, var = self.states[index] or self.create_state(weight)
        weight, mean, var = self.operator(weight, grad, mean, var, lr, WD)
        self.states[index] = mean, var
        return weight


def start_state():
    return {"states": [None] * 4, "count": [0] * 4}


def step(operator, params, grads, state):
    optimizer = Adam(operator, state)
    new = [optimizer.update(index, w, g) for index, (w, g) in enumerate(zip(params, grads))]
    return new, {"states": optimizer.states, "count": optimizer.index_update_count}


def update(params, grads, state):
    return step(adam_update, params, grads, state)


def repaired_update(params, grads, state):
    return step(adam_update_later, params, grads, state)
