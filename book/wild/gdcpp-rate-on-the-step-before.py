"""The learning rate multiplies the step before as well, so that hardly any momentum is left."""

import numpy as np

SOURCE = "https://github.com/Rookfighter/gradient-descent-cpp/commit/72f1d00"
THREAD = "Rookfighter/gradient-descent-cpp 72f1d00 (2b5893b)"
DATE = "2019-07"
KIND = "update"
FORMULA = r"s \leftarrow \eta\, (\mu s + (1 - \mu) g),\; \theta \leftarrow \theta - s"
RIGHT = r"s \leftarrow \mu s + (1 - \mu)\, \eta g,\; \theta \leftarrow \theta - s"
READ = "code"
LAYER = []
NAMES = [{"rate-on-velocity"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


STEP_SIZE, MOMENTUM = 0.1, 0.9
SETTINGS = dict(like="momentum", lr=STEP_SIZE, momentum=MOMENTUM)


def start(rng):
    """One vector of all parameters: W1, b1, W2, b2."""
    return rng.standard_normal(3 * 4 + 4 + 4 * 2 + 2)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def views(xval):
    return xval[:12].reshape(3, 4), xval[12:16], xval[16:24].reshape(4, 2), xval[24:]


def cost(xval, X, Y):
    W1, b1, W2, b2 = views(xval)
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(xval, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = views(xval)
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return np.concatenate([(X.T @ d1).ravel(), d1.sum(0), (h.T @ d2).ravel(), d2.sum(0)])


class ConstantStepSize:
    def __init__(self, step_size):
        self.step_size = step_size

    def __call__(self, xval, gradient):
        return self.step_size


class GradientDescent:
    """One turn of the loop for each call; the first step has no momentum."""

    def __init__(self, step):
        self.step_size = ConstantStepSize(STEP_SIZE)
        self.momentum = MOMENTUM
        self.step = step

    def minimize(self, xval, gradient):
        step_size = self.step_size(xval, gradient)
        if self.step is None:
            self.step = step_size * gradient
        else:
            self.step = self.next_step(step_size, gradient)
        return xval - self.step

    def next_step(self, step_size, gradient):
        return step_size * (self.momentum * self.step + (1 - self.momentum) * gradient)


class GradientDescentLater(GradientDescent):
    def next_step(self, step_size, gradient):
        return self.momentum * self.step + (1 - self.momentum) * step_size * gradient


def start_state():
    return {"step": None}


def update(params, grads, state):
    descent = GradientDescent(state["step"])
    params = descent.minimize(params, grads)
    return params, {"step": descent.step}


def repaired_update(params, grads, state):
    descent = GradientDescentLater(state["step"])
    params = descent.minimize(params, grads)
    return params, {"step": descent.step}
