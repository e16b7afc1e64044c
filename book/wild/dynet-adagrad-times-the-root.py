"""AdaGrad multiplies the gradient by the root of the sum of squares, by which it should divide."""

import numpy as np

SOURCE = "https://github.com/clab/dynet/commit/f9bfec9e05ffaf1d90130fddd022bb7be465dc34"
THREAD = "clab/dynet f9bfec9e"
DATE = "2016-06"
KIND = "update"
FORMULA = r"v_t = v_{t-1} + g_t^2,\; \theta \leftarrow \theta - \eta\, g_t \sqrt{v_t + \epsilon}"
RIGHT = r"v_t = v_{t-1} + g_t^2,\; \theta \leftarrow \theta - \eta\, g_t / \sqrt{v_t + \epsilon}"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


ETA, EPSILON = 0.1, 1e-20
SETTINGS = dict(like="adagrad", lr=ETA, eps=EPSILON)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.tanh(z)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"vp": [np.zeros((4, 3)), np.zeros(4), np.zeros((2, 4)), np.zeros(2)], "updates": 0}


class Trainer:
    """Of its weight decay and its clipping nothing is left: the scales are 1."""

    def __init__(self, params, state):
        self.parameters_list = [p.copy() for p in params]
        self.vp = [h.copy() for h in state["vp"]]
        self.updates = state["updates"]

    def update(self, grads, scale=1.0, gscale=1.0):
        for i in range(len(self.parameters_list)):
            self.update_rule(scale, gscale, [self.parameters_list[i], grads[i].copy(), self.vp[i]])
        self.updates += 1
        return self.parameters_list, {"vp": self.vp, "updates": self.updates}


class AdagradTrainer(Trainer):
    eta, epsilon = ETA, EPSILON

    def update_rule(self, scale, gscale, ts):
        """ts[0] are the parameters, ts[1] the gradients and ts[2] stddev."""
        ts[1][...] = ts[1] * (scale * gscale)
        ts[2][...] += np.square(ts[1])
        ts[0][...] += ts[1] * np.sqrt(ts[2] + self.epsilon) * -self.eta


class AdagradTrainerLater(AdagradTrainer):
    def update_rule(self, scale, gscale, ts):
        ts[1][...] = ts[1] * (scale * gscale)
        ts[2][...] += np.square(ts[1])
        ts[0][...] += ts[1] / np.sqrt(ts[2] + self.epsilon) * -self.eta


def update(params, grads, state):
    return AdagradTrainer(params, state).update(grads)


def repaired_update(params, grads, state):
    return AdagradTrainerLater(params, state).update(grads)
