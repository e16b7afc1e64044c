"""A pull request finds the weight decay taken off twice where a gradient of Nesterov's has it, and so its velocity."""

import numpy as np

SOURCE = "https://github.com/apache/mxnet/pull/13683"
THREAD = "apache/mxnet PR #13683"
DATE = "2018-12"
KIND = "right"
FORMULA = (
    r"h_t = g_t + \lambda\, \theta_t,\; v_t = \mu v_{t-1} + h_t,\; \theta_{t+1} = \theta_t - \eta\, (h_t + \mu v_t)"
)
RIGHT = (
    r"\theta_{t+1} = \theta_t - \eta\, (h_t + \mu v_t),\; "
    r"h_t = \nabla \bigl(C + \tfrac{\lambda}{2} \lVert \theta \rVert^2\bigr)(\theta_t)"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0

LR, MOMENTUM, WD = 0.05, 0.9, 0.1
SETTINGS = dict(like="nesterov", lr=LR, momentum=MOMENTUM, weight_decay=WD)


def start(rng):
    return [rng.standard_normal((5, 4)), rng.standard_normal(5), rng.standard_normal((3, 5)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    fc1_weight, fc1_bias, fc2_weight, fc2_bias = params
    z = X @ fc1_weight.T + fc1_bias
    act = np.where(z.real > 0, z, 0)
    e = np.exp(act @ fc2_weight.T + fc2_bias)
    return act, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def grad(params, X, Y):
    act, out = forward(params, X)
    d2 = (out - Y) / len(X)
    d1 = d2 @ params[2] * (act > 0)
    return [d1.T @ X, d1.sum(0), d2.T @ act, d2.sum(0)]


repaired = grad


class NAG:
    rescale_grad = 1.0

    def create_state(self, index, weight):
        return np.zeros_like(weight) if MOMENTUM != 0.0 else None

    def update(self, index, weight, grad, state):
        grad = grad * self.rescale_grad
        if state is not None:
            mom = state
            mom[:] *= MOMENTUM
            grad += WD * weight
            mom[:] += grad
            grad[:] += MOMENTUM * mom
            weight[:] += -LR * grad
        else:
            weight[:] += -LR * (grad + WD * weight)


def start_state():
    return None


def update(params, grads, state):
    optimizer = NAG()
    new = [p.copy() for p in params]
    if state is None:
        moms = [optimizer.create_state(index, weight) for index, weight in enumerate(new)]
    else:
        moms = [mom.copy() for mom in state]
    for index, (weight, g, mom) in enumerate(zip(new, grads, moms)):
        optimizer.update(index, weight, g, mom)
    return new, moms


def repaired_update(params, grads, state):
    """The same in the classical way: the velocity has the rate and the minus, and the point ahead is carried along."""
    new, velocities = [], []
    for ahead, g, v in zip(params, grads, state or [np.zeros_like(p) for p in params]):
        theta = ahead - MOMENTUM * v
        v = MOMENTUM * v - LR * (g + WD * ahead)
        theta = theta + v
        new.append(theta + MOMENTUM * v)
        velocities.append(v)
    return new, velocities
