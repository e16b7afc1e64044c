"""Trained pair by pair, a network's step is made of the gradients of all pairs so far, which are never cleared."""

import numpy as np

SOURCE = "https://github.com/jeffheaton/encog-java-core/commit/9adb4703d"
THREAD = "jeffheaton/encog-java-core 9adb4703d, #172"
DATE = "2016-12"
KIND = "update"
FORMULA = (
    r"\Delta_t = \eta\, G_t + \mu\, \Delta_{t-1},\; \theta_{t+1} = \theta_t - \Delta_t,\; "
    r"G_t = \textstyle\sum_{s \le t} g_s"
)
RIGHT = r"\Delta_t = \eta\, g_t + \mu\, \Delta_{t-1},\; \theta_{t+1} = \theta_t - \Delta_t"
READ = "code"
LAYER = []
NAMES = [{"gradients-summed"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="sigmoid", loss="half_squared")
SAMPLES = 6  # in each of what is a pair there
LAM = 0.0

LEARNING_RATE, MOMENTUM = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=MOMENTUM)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 2)).astype(float)


def compute(params, X):
    h = np.tanh(X @ params[0] + params[1])
    return h, 1 / (1 + np.exp(-(h @ params[2] + params[3])))


def cost(params, X, Y):
    return 0.5 * np.sum((compute(params, X)[1] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, actual = compute(params, X)
    d2 = (actual - Y) * actual * (1 - actual) / len(X)
    d1 = d2 @ params[2].T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


class MomentumUpdate:
    def __init__(self, training, last_delta):
        self.training, self.last_delta = training, last_delta.copy()

    def update(self, gradients, weights):
        for i in range(len(weights)):
            delta = self.training.learning_rate * gradients[i] + self.training.momentum * self.last_delta[i]
            weights[i] += delta
            self.last_delta[i] = delta


class StochasticGradientDescent:
    learning_rate, momentum = LEARNING_RATE, MOMENTUM

    def __init__(self, weights, gradients, last_delta):
        self.weights, self.gradients = weights, gradients.copy()
        self.update_rule = MomentumUpdate(self, last_delta)

    def process(self, downhill):
        """What is sent back for a pair is added up; it points down the slope."""
        self.gradients += downhill

    def update(self):
        self.update_rule.update(self.gradients, self.weights)


class StochasticGradientDescentLater(StochasticGradientDescent):
    def update(self):
        self.update_rule.update(self.gradients, self.weights)
        self.gradients.fill(0)


def start_state():
    return None


def flat(arrays):
    return np.concatenate([np.ravel(a) for a in arrays])


def online(training, params, grads, state):
    weights = flat(params)
    gradients, last_delta = state or (np.zeros_like(weights), np.zeros_like(weights))
    train = training(weights, gradients, last_delta)
    train.process(-flat(grads))
    train.update()
    parts = np.split(train.weights, np.cumsum([p.size for p in params])[:-1])
    new = [part.reshape(p.shape) for part, p in zip(parts, params)]
    return new, (train.gradients, train.update_rule.last_delta)


def update(params, grads, state):
    return online(StochasticGradientDescent, params, grads, state)


def repaired_update(params, grads, state):
    return online(StochasticGradientDescentLater, params, grads, state)
