"""RMSProp divides by the root of the mean square as it was before the gradient came in, which is nought at first."""

import numpy as np

SOURCE = "https://github.com/lmjohns3/theanets/commit/6c30b9b"
THREAD = "lmjohns3/theanets 6c30b9b"
DATE = "2014-11"
KIND = "update"
FORMULA = (
    r"\theta_{t+1} = \theta_t - \eta\, g_t / (\sqrt{v_{t-1}} + \varepsilon),\; "
    r"v_t = \rho\, v_{t-1} + (1 - \rho)\, g_t^2,\; v_0 = 0"
)
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t / (\sqrt{v_t} + \varepsilon)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 9
LAM = 0.0

LEARNING_RATE, MOMENTUM, EPS = 0.01, 0.9, 1e-4  # the author has the square of this ε within the root
SETTINGS = dict(like="rmsprop", lr=LEARNING_RATE, beta2=MOMENTUM, eps=EPS)


def start(rng):
    return {
        "W_0": rng.standard_normal((4, 5)),
        "b_0": rng.standard_normal(5),
        "W_out": rng.standard_normal((5, 3)),
        "b_out": rng.standard_normal(3),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    h = 1 / (1 + np.exp(-(X @ params["W_0"] + params["b_0"])))
    e = np.exp(h @ params["W_out"] + params["b_out"])
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, y = forward(params, X)
    d_out = (y - Y) / len(X)
    d_0 = d_out @ params["W_out"].T * h * (1 - h)
    return {"W_0": X.T @ d_0, "b_0": d_0.sum(0), "W_out": h.T @ d_out, "b_out": d_out.sum(0)}


class Shared:
    """A variable whose value is set anew when all the updates of a call have been worked out from the old values."""

    def __init__(self, value):
        self.value = value


class RmsProp:
    def __init__(self, params, rms):
        self.params = {name: Shared(value) for name, value in params.items()}
        self.rms = {name: Shared(rms.get(name, np.zeros_like(value))) for name, value in params.items()}

    def learning_updates(self, grads):
        for name, param in self.params.items():
            grad, rms = grads[name], self.rms[name]
            yield rms, MOMENTUM * rms.value + (1 - MOMENTUM) * grad * grad
            yield param, param.value - LEARNING_RATE * grad / (np.sqrt(rms.value) + EPS)

    def function(self, grads):
        for variable, value in list(self.learning_updates(grads)):
            variable.value = value
        return {k: v.value for k, v in self.params.items()}, {k: v.value for k, v in self.rms.items()}


class RmsPropLater(RmsProp):
    def learning_updates(self, grads):
        for name, param in self.params.items():
            grad, rms_ = grads[name], self.rms[name]
            rms = MOMENTUM * rms_.value + (1 - MOMENTUM) * grad * grad
            yield rms_, rms
            yield param, param.value - LEARNING_RATE * grad / (np.sqrt(rms) + EPS)


def start_state():
    return {}


def update(params, grads, state):
    return RmsProp(params, state).function(grads)


def repaired_update(params, grads, state):
    return RmsPropLater(params, state).function(grads)
