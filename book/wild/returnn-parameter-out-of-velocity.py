"""The velocity of Nesterov's momentum is made of a step as if it were a new parameter, less the parameter."""

import numpy as np

SOURCE = "https://github.com/rwth-i6/returnn/commit/d0c4f753f"
THREAD = "rwth-i6/returnn d0c4f753f, 425353414"
DATE = "2015-11"
KIND = "update"
FORMULA = r"v_t = \mu v_{t-1} - \eta\, g - \theta,\; \theta \leftarrow \theta - \eta\, g + \mu v_t"
RIGHT = r"v_t = \mu v_{t-1} - \eta\, g,\; \theta \leftarrow \theta - \eta\, g + \mu v_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 9
LAM = 0.0


LEARNING_RATE, NESTEROV_MOMENTUM = 0.05, 0.5
SETTINGS = dict(like="nesterov", lr=LEARNING_RATE, momentum=NESTEROV_MOMENTUM)


def start(rng):
    return {
        "W_in": rng.standard_normal((4, 3)),
        "b_in": rng.standard_normal(4),
        "W_out": rng.standard_normal((3, 4)),
        "b_out": rng.standard_normal(3),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    h = np.tanh(X @ params["W_in"].T + params["b_in"])
    e = np.exp(h @ params["W_out"].T + params["b_out"])
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["W_out"] * (1 - h**2)
    return {"W_in": d1.T @ X, "b_in": d1.sum(0), "W_out": d2.T @ h, "b_out": d2.sum(0)}


class Updater:
    """Shared variables are known by their names, and the updates are made all at once, as Theano makes them."""

    def __init__(self, nesterov_momentum, momentum=0.0):
        self.nesterov_momentum = nesterov_momentum
        self.momentum = momentum
        self.learning_rate_var = LEARNING_RATE

    def velocity_of(self, param, velocity, upd):
        return self.nesterov_momentum * velocity + upd - param

    def getUpdateList(self, params, grads, velocity, deltas_before):
        updates = []
        upd = dict.fromkeys(grads, 0)
        for param in grads:
            deltas = np.where(np.logical_or(np.isinf(grads[param]), np.isnan(grads[param])), 0, grads[param])
            upd[param] = upd[param] + -self.learning_rate_var * deltas
            if self.momentum > 0:
                updates.append(("deltas", param, upd[param]))
                upd[param] = upd[param] + deltas_before[param] * self.momentum
            if self.nesterov_momentum > 0:
                # The following code inspired by lisa-lab/pylearn2, pull request 136, (6) and (7)
                tmp = self.velocity_of(params[param], velocity[param], upd[param])
                updates.append(("velocity", param, tmp))
                upd[param] = upd[param] + tmp * self.nesterov_momentum
        updates.extend([("param", p, params[p] + upd[p]) for p in upd])
        return updates


class UpdaterMended(Updater):
    def velocity_of(self, param, velocity, upd):
        return self.nesterov_momentum * velocity + upd


def train(updater, params, grads, state):
    velocity = {p: state["velocity"].get(p, np.zeros(params[p].shape)) for p in params}
    new = {"param": {}, "velocity": {}}
    for variable, name, value in updater.getUpdateList(params, grads, velocity, None):
        new[variable][name] = value
    return new["param"], {"velocity": new["velocity"]}


def start_state():
    return {"velocity": {}}


def update(params, grads, state):
    return train(Updater(NESTEROV_MOMENTUM), params, grads, state)


def repaired_update(params, grads, state):
    return train(UpdaterMended(NESTEROV_MOMENTUM), params, grads, state)
