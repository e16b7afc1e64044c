"""The gradient's mean square is compared with the limit of its root, which is held below the limit's root then."""

import numpy as np

SOURCE = "https://github.com/tk-yoshimura/TensorShader/commit/99938b3"
THREAD = "tk-yoshimura/TensorShader 99938b3"
DATE = "2020-04"
KIND = "update"
FORMULA = r"g \leftarrow g \sqrt{c / \max(c, \overline{g^2})}"
RIGHT = r"g \leftarrow g \sqrt{c^2 / \max(c^2, \overline{g^2})}"
READ = "code"
LAYER = []
NAMES = []
NET = None  # softmax regression with one field of weights
SAMPLES = 7
LAM = 0.0

LAMBDA, LIMIT = 1.0, 0.005
SETTINGS = dict(like="sgd", lr=LAMBDA, clip_norm=LIMIT * np.sqrt(12))


def start(rng):
    """One parameter field."""
    return rng.standard_normal((3, 4))


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def cost(params, X, Y):
    s = X @ params.T
    return np.sum(np.log(np.exp(s).sum(1)) - np.sum(Y * s, 1)) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    e = np.exp(X @ params.T)
    return (e / e.sum(1, keepdims=True) - Y).T @ X / len(X)


def start_state():
    return {}


class ParameterField:
    def __init__(self, value, grad):
        self.value, self.grad = value, grad


class GradRMSClipping:
    """Holds the root mean square of a field's gradient below a bound."""

    def __init__(self, parameter, limit):
        self.parameter = parameter
        self.limit = limit

    def update_flow(self):
        norm = np.average(np.square(self.parameter.grad))
        rate = np.sqrt(self.limit / np.maximum(self.limit, norm))

        new_grad = self.parameter.grad * rate
        self.parameter.grad = new_grad


class GradRMSClippingLater(GradRMSClipping):
    def __init__(self, parameter, limit):
        self.parameter = parameter
        self.limit = limit * limit


class SGD:
    def __init__(self, parameter, rate):
        self.parameter, self.rate = parameter, rate

    def update_flow(self):
        self.parameter.value = self.parameter.value - self.rate * self.parameter.grad


def step(clipping, params, grads, state):
    field = ParameterField(params, grads)
    for updater in (clipping(field, LIMIT), SGD(field, LAMBDA)):
        updater.update_flow()
    return field.value, state


def update(params, grads, state):
    return step(GradRMSClipping, params, grads, state)


def repaired_update(params, grads, state):
    return step(GradRMSClippingLater, params, grads, state)
