"""A server of parameters takes off Adam's step first and shrinks what is left of the weight, the step with it."""

import numpy as np

SOURCE = "https://github.com/Angel-ML/angel/commit/50c0a21e8"
THREAD = "Angel-ML/angel 50c0a21e8"
DATE = "2018-09"
KIND = "update"
FORMULA = r"\theta_{t+1} = (1 - \eta \lambda)\bigl(\theta_t - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)\bigr)"
RIGHT = r"\theta_{t+1} = (1 - \eta \lambda)\, \theta_t - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
READ = "code"
LAYER = []
NAMES = [{"decay-after-step"}]
NET = dict(sizes=(6, 1), output="sigmoid", loss="cross_entropy")
SAMPLES = 12
LAM = 0.0

STEP_SIZE, BETA, GAMMA, EPSILON, REG_PARAM = 0.1, 0.9, 0.99, 1e-8, 0.3
SETTINGS = dict(like="adamw", lr=STEP_SIZE, beta1=BETA, beta2=GAMMA, eps=EPSILON, weight_decay=REG_PARAM)


def start(rng):
    """A logistic regression: the weights and the intercept."""
    return [rng.standard_normal((1, 6)), rng.standard_normal((1, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, 6)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def predict(params, X):
    return 1 / (1 + np.exp(-(X @ params[0].T + params[1])))


def cost(params, X, Y):
    p = predict(params, X)
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    d = (predict(params, X) - Y) / len(X)
    return [d.T @ X, d.sum(0, keepdims=True)]


class ServerPartition:
    """Four rows for each weight: itself, its velocity, its square and its gradient."""

    def __init__(self, weight, velocity, square, gradient):
        self.rows = [row.copy() for row in (weight, velocity, square, gradient)]

    def get_row(self, index):
        return self.rows[index]


class AdamUpdateFunc:
    def delta(self, velocity, square, gradient, iteration):
        pow_beta, pow_gamma = BETA**iteration, GAMMA**iteration
        velocity *= BETA
        velocity += (1 - BETA) * gradient
        square *= GAMMA
        square += (1 - GAMMA) * gradient * gradient
        return velocity / (1 - pow_beta) / (np.sqrt(square / (1 - pow_gamma)) + EPSILON)

    def update(self, partition, iteration):
        weight, velocity, square, gradient = map(partition.get_row, range(4))
        delta = self.delta(velocity, square, gradient, iteration)
        delta *= STEP_SIZE
        weight -= delta
        if REG_PARAM != 0.0:
            weight *= 1 - STEP_SIZE * REG_PARAM
        gradient[...] = 0


class AdamUpdateFuncLater(AdamUpdateFunc):
    def update(self, partition, iteration):
        weight, velocity, square, gradient = map(partition.get_row, range(4))
        delta = self.delta(velocity, square, gradient, iteration)
        if REG_PARAM != 0.0:
            weight *= 1 - STEP_SIZE * REG_PARAM
        weight += -STEP_SIZE * delta
        gradient[...] = 0


def start_state():
    return {"iteration": 0, "slots": None}


def step(func, params, grads, state):
    iteration = state["iteration"] + 1
    slots = state["slots"] or [(np.zeros_like(p), np.zeros_like(p)) for p in params]
    partitions = [ServerPartition(p, *slot, g) for p, slot, g in zip(params, slots, grads)]
    for partition in partitions:
        func.update(partition, iteration)
    new = [partition.get_row(0) for partition in partitions]
    return new, {"iteration": iteration, "slots": [(one.get_row(1), one.get_row(2)) for one in partitions]}


def update(params, grads, state):
    return step(AdamUpdateFunc(), params, grads, state)


def repaired_update(params, grads, state):
    return step(AdamUpdateFuncLater(), params, grads, state)
