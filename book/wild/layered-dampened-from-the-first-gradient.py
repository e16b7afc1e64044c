"""The momentum is a mean of past gradients, in which the new one has only the share that is left over."""

import numpy as np

SOURCE = "https://github.com/danijar/layered/commit/96bdf30"
THREAD = "danijar/layered 96bdf30, f2612e5"
DATE = "2015-11"
KIND = "update"
FORMULA = r"v_t = \mu v_{t-1} + (1 - \mu)\, g_t,\; v_1 = g_1,\; \theta \leftarrow \theta - \eta\, v_t"
RIGHT = r"v_t = \mu v_{t-1} + g_t,\; v_1 = g_1,\; \theta \leftarrow \theta - \eta\, v_t"
READ = "code"
LAYER = []
NAMES = [{"dampened"}]
NET = None  # the thresholds are the first rows of the weights
BLOCKS = ["weights[1]", "weights[2]"]
SAMPLES = 8
LAM = 0.0


LEARNING_RATE, MOMENTUM = 0.1, 0.8
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=MOMENTUM)
SHAPES = [(4, 4), (5, 2)]


def start(rng):
    return [rng.standard_normal(shape) for shape in SHAPES]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    outs = [X]
    for i, weight in enumerate(params):
        activations = np.insert(outs[-1], 0, 1, axis=1)
        right = activations @ weight
        outs.append(1 / (1 + np.exp(-right)) if i == 0 else right)
    return outs


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y) ** 2 / 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    outs = forward(params, X)
    delta = (outs[-1] - Y) / len(X)
    left = (delta @ params[1].T)[:, 1:]
    hidden = left * outs[1] * (1 - outs[1])
    return [np.insert(X, 0, 1, axis=1).T @ hidden, np.insert(outs[1], 0, 1, axis=1).T @ delta]


class Matrices:
    """The weights of all layers, or what belongs to them, in one vector."""

    def __init__(self, flat):
        self.flat = flat

    def copy(self):
        return Matrices(self.flat.copy())

    def __add__(self, other):
        return Matrices(self.flat + other.flat)

    def __sub__(self, other):
        return Matrices(self.flat - other.flat)

    def __rmul__(self, factor):
        return Matrices(factor * self.flat)

    def __iter__(self):
        begin = 0
        for rows, columns in SHAPES:
            yield self.flat[begin : begin + rows * columns].reshape(rows, columns)
            begin += rows * columns


class GradientDecent:
    def __call__(self, weights, gradient, learning_rate=0.1):
        return weights - learning_rate * gradient


class Momentum:
    def __init__(self, previous):
        self.previous = previous

    def __call__(self, gradient, rate=0.9):
        if self.previous is None:
            self.previous = gradient.copy()
        gradient = rate * self.previous + (1 - rate) * gradient
        self.previous = gradient
        return gradient


class MomentumMended(Momentum):
    """As it is after the second commit; after the first one the very first gradient is counted 1.8 times."""

    def __call__(self, gradient, rate=0.9):
        gradient = gradient.copy()
        if self.previous is None:
            self.previous = gradient.copy()
        else:
            gradient = gradient + rate * self.previous
            self.previous = gradient.copy()
        return gradient


def train(momentum, params, grads):
    decent = GradientDecent()
    weights = Matrices(np.concatenate([p.ravel() for p in params]))
    gradient = Matrices(np.concatenate([g.ravel() for g in grads]))
    gradient = momentum(gradient, MOMENTUM)
    weights = decent(weights, gradient, LEARNING_RATE)
    return list(weights), {"previous": momentum.previous}


def start_state():
    return {"previous": None}


def update(params, grads, state):
    return train(Momentum(state["previous"]), params, grads)


def repaired_update(params, grads, state):
    return train(MomentumMended(state["previous"]), params, grads)
