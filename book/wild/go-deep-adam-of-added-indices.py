"""Weights whose three indices have the same sum share Adam's means, and each weight counts a step."""

import numpy as np

SOURCE = "https://github.com/patrikeh/go-deep/commit/2147cc8"
THREAD = "patrikeh/go-deep 51f9bcc, 2147cc8, 0b110a6"
DATE = "2018-02"
KIND = "update"
FORMULA = (
    r"w_{ijk} \leftarrow w_{ijk} - \eta_t\, m_{i + j + k} / (\sqrt{v_{i + j + k}} + \epsilon),\; t \text{ by weights}"
)
RIGHT = r"w_{ijk} \leftarrow w_{ijk} - \eta_t\, m_{ijk} / (\sqrt{v_{ijk}} + \epsilon),\; t \text{ by iterations}"
READ = "code"
LAYER = []
NAMES = []
NET = None  # squares summed over samples, biases in the last column of the hidden layer, none at the output
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 6
LAM = 0.0


LR, BETA, BETA2, EPSILON = 0.05, 0.9, 0.999, 1e-12
SETTINGS = dict(like="adam", lr=LR, beta1=BETA, beta2=BETA2, eps=EPSILON)


def start(rng):
    """A row for each neuron."""
    return [rng.standard_normal((4, 4)), rng.standard_normal((2, 4))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    In = np.column_stack([X, np.ones(len(X))])
    h = 1 / (1 + np.exp(-In @ params[0].T))
    return In, h, h @ params[1].T


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[2] - Y) ** 2)


def repaired(params, X, Y):
    """The right gradient, to train with: the accumulated deltas of a batch."""
    In, h, value = forward(params, X)
    d2 = value - Y
    d1 = d2 @ params[1] * h * (1 - h)
    return [d1.T @ In, d2.T @ h]


class Adam:
    def __init__(self, state):
        self.lr, self.beta, self.beta2, self.epsilon = LR, BETA, BETA2, EPSILON
        self.v, self.m, self.t = dict(state["v"]), dict(state["m"]), state["t"]

    def Update(self, value, gradient, idx):
        self.t += 1
        return self.step(gradient, self.t, idx)

    def step(self, gradient, t, idx):
        lr_t = self.lr * np.sqrt(1.0 - self.beta2**t) / (1.0 - self.beta**t)
        self.m[idx] = self.beta * self.m.get(idx, 0.0) + (1.0 - self.beta) * gradient
        self.v[idx] = self.beta2 * self.v.get(idx, 0.0) + (1.0 - self.beta2) * gradient**2.0
        return -lr_t * (self.m[idx] / (np.sqrt(self.v[idx]) + self.epsilon))


def start_state():
    return {"it": 0, "t": 0.0, "v": {}, "m": {}}


def update(params, grads, state):
    n, optimizer = [p.copy() for p in params], Adam(state)
    for i, layer in enumerate(n):
        for j in range(len(layer)):
            for k in range(len(layer[j])):
                layer[j][k] += optimizer.Update(layer[j][k], grads[i][j][k], i + j + k)
    return n, {"it": state["it"] + 1, "t": optimizer.t, "v": optimizer.v, "m": optimizer.m}


def repaired_update(params, grads, state):
    """Each weight has an index of its own, and the trainer gives the number of the iteration."""
    n, solver, idx = [p.copy() for p in params], Adam(state), 0
    for i, layer in enumerate(n):
        for j in range(len(layer)):
            for k in range(len(layer[j])):
                layer[j][k] += solver.step(grads[i][j][k], state["it"] + 1, idx)
                idx += 1
    return n, {"it": state["it"] + 1, "t": solver.t, "v": solver.v, "m": solver.m}
