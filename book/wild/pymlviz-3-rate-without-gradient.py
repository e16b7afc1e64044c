"""AdaGrad's step in the notebook is the adapted rate by itself, and no gradient stands behind it."""

import numpy as np

SOURCE = "https://github.com/PyMLVizard/PyMLViz/issues/3"
THREAD = "PyMLVizard/PyMLViz #3, 08e863b"
DATE = "2020-01"
KIND = "update"
FORMULA = r"G_t = G_{t-1} + g_t^2,\; \theta \leftarrow \theta - \eta / \sqrt{G_t + \epsilon}"
RIGHT = r"G_t = G_{t-1} + g_t^2,\; \theta \leftarrow \theta - \eta\, g_t / \sqrt{G_t + \epsilon}"
READ = "discussion"  # it is the notebook's formula; its code has the gradient, and its epsilon behind the root
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, EPSILON = 0.05, 1e-8
SETTINGS = dict(like="adagrad", lr=LEARNING_RATE, eps=EPSILON)


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


class GradientDescent:
    """All parameters in one row, theta."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def do_step(self, theta, grad):
        return theta - self.comp_update(grad)


class ADAGRAD(GradientDescent):
    def __init__(self, past_sq_grad, epsilon=1e-8, learning_rate=0.01):
        self.epsilon = epsilon
        self.past_sq_grad = past_sq_grad
        super().__init__(learning_rate)

    def rate(self, grad):
        self.past_sq_grad = self.past_sq_grad + np.power(grad, 2)
        return self.learning_rate / np.sqrt(self.past_sq_grad + self.epsilon)

    def comp_update(self, grad):
        return self.rate(grad)


class ADAGRADLater(ADAGRAD):
    def comp_update(self, grad):
        return self.rate(grad) * grad


def start_state():
    return 0.0


def step(method, params, grads, state):
    theta, grad = (np.concatenate([np.ravel(a) for a in arrays]) for arrays in (params, grads))
    descent = method(state, EPSILON, LEARNING_RATE)
    theta = descent.do_step(theta, grad)
    parts = np.split(theta, np.cumsum([p.size for p in params])[:-1])
    return [part.reshape(p.shape) for part, p in zip(parts, params)], descent.past_sq_grad


def update(params, grads, state):
    return step(ADAGRAD, params, grads, state)


def repaired_update(params, grads, state):
    return step(ADAGRADLater, params, grads, state)
