"""The update of a layer keeps a velocity for its weights, and moves its biases by the plain scaled gradient."""

import numpy as np

SOURCE = "https://github.com/denizyuret/Knet.jl/commit/a61fced7"
THREAD = "denizyuret/Knet.jl a61fced"
DATE = "2015-02"
KIND = "update"
FORMULA = (
    r"\Delta W_t = \mu\, \Delta W_{t-1} + \eta\, \partial C / \partial W,\; W \leftarrow W - \Delta W_t,\; "
    r"b \leftarrow b - \eta\, \partial C / \partial b"
)
RIGHT = (
    r"\Delta W_t = \mu\, \Delta W_{t-1} + \eta\, \partial C / \partial W,\; W \leftarrow W - \Delta W_t,\; "
    r"\Delta b_t = \mu\, \Delta b_{t-1} + \eta\, \partial C / \partial b,\; b \leftarrow b - \Delta b_t"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LEARNING_RATE, MOMENTUM = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=MOMENTUM)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.where(z.real > 0, z, 0)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (h > 0)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"dw1": [None] * 2, "db1": [None] * 2}


def scal(alpha, x):
    x *= alpha


def axpy(alpha, x, y):
    y += alpha * x


def copy(x, y):
    y[...] = x


class Layer:
    learning_rate, momentum, nesterov, L1, L2, adagrad, maxnorm = LEARNING_RATE, MOMENTUM, 0, 0, 0, 0, 0

    def __init__(self, w, b, dw, db, dw1, db1):
        self.w, self.b, self.dw, self.db = w.copy(), b.copy(), dw.copy(), db.copy()
        self.dw1 = None if dw1 is None else dw1.copy()
        self.db1 = None if db1 is None else db1.copy()


def initupdate(layer):
    if layer.momentum != 0:
        if layer.dw1 is None:
            layer.dw1 = np.zeros_like(layer.w)
        if layer.db1 is None:
            layer.db1 = np.zeros_like(layer.b)


def momentum_of_biases(layer):
    """What a61fced adds."""
    scal(layer.momentum, layer.db1)
    axpy(1.0, layer.db, layer.db1)
    if layer.nesterov:
        axpy(layer.momentum, layer.db1, layer.db)
    else:
        copy(layer.db1, layer.db)


def lupdate(layer, biases=False):
    initupdate(layer)
    if layer.learning_rate == 0:
        return
    nb = 0 if layer.b is None else layer.b.size

    if layer.learning_rate != 1:
        # LearningRate: scale dw and db with the learning rate.
        scal(layer.learning_rate, layer.dw)
        if nb:
            scal(layer.learning_rate, layer.db)
    if layer.momentum != 0:
        # Momentum:
        # dw1 = momentum * dw1 + dw
        # dw = dw1   :without nesterov
        # dw = momentum * dw1 + dw   :with nesterov
        scal(layer.momentum, layer.dw1)
        axpy(1.0, layer.dw, layer.dw1)
        if layer.nesterov:
            axpy(layer.momentum, layer.dw1, layer.dw)
        else:
            copy(layer.dw1, layer.dw)
        if nb and biases:
            momentum_of_biases(layer)
    # Finally apply gradient descent: w -= dw, b -= db
    axpy(-1.0, layer.dw, layer.w)
    if nb:
        axpy(-1.0, layer.db, layer.b)


def train(params, grads, state, biases):
    new, kept = [], {"dw1": [], "db1": []}
    for i in range(2):
        layer = Layer(*params[2 * i : 2 * i + 2], *grads[2 * i : 2 * i + 2], state["dw1"][i], state["db1"][i])
        lupdate(layer, biases)
        new += [layer.w, layer.b]
        kept["dw1"].append(layer.dw1)
        kept["db1"].append(layer.db1)
    return new, kept


def update(params, grads, state):
    return train(params, grads, state, biases=False)


def repaired_update(params, grads, state):
    return train(params, grads, state, biases=True)
