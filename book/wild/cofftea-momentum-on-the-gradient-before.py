"""A momentum adds a share of the gradient before, without the rate and without what it held itself."""

import numpy as np

SOURCE = "https://github.com/cofftea-s-team/simple-neural-network/commit/0986da0"
THREAD = "cofftea-s-team/simple-neural-network 0986da0"
DATE = "2022-09"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - (\eta\, g_t + \alpha\, g_{t-1})"
RIGHT = r"m_t = -\eta\, g_t + \alpha\, m_{t-1},\; \theta_{t+1} = \theta_t + m_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0

LR, MOMENTUM = 0.1, 0.7
SETTINGS = dict(like="momentum", lr=LR, momentum=MOMENTUM)


def start(rng):
    return [
        *(rng.standard_normal((3, 4)), rng.standard_normal((1, 4))),
        *(rng.standard_normal((4, 2)), rng.standard_normal((1, 2))),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1 + b1
    h = np.where(z.real > 0, z, 0)
    e = np.exp(h @ W2 + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, y = forward(params, X)
    d2 = (y - Y) / len(X)
    d1 = d2 @ params[2].T * (h > 0)
    return [X.T @ d1, d1.sum(0, keepdims=True), h.T @ d2, d2.sum(0, keepdims=True)]


def start_state():
    return []


class sgd:
    """The decay of the rate, a millionth a step, is left out."""

    right = False

    def __init__(self, tensor_momentums, layer_count):
        self.tensor_momentums, self.layer_count = list(tensor_momentums), layer_count

    def update(self, weights, ders):
        if len(self.tensor_momentums) != self.layer_count:
            self.tensor_momentums.insert(0, np.zeros_like(weights))
        weights, m = weights.copy(), self.tensor_momentums[0].copy()
        for i in np.ndindex(weights.shape):
            if self.right:
                m[i] = -LR * ders[i] + MOMENTUM * m[i]
                weights[i] += m[i]
            else:
                weights[i] -= LR * ders[i] + MOMENTUM * m[i]
                m[i] = ders[i]
        self.tensor_momentums.pop(0)
        self.tensor_momentums.append(m)
        return weights


class sgd_later(sgd):
    right = True


def step(optimizer, params, grads, state):
    optimizer = optimizer(state, len(params))
    new = [optimizer.update(p, g) for p, g in zip(params, grads)]
    return new, optimizer.tensor_momentums


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return step(sgd, params, grads, state)


def repaired_update(params, grads, state):
    return step(sgd_later, params, grads, state)
