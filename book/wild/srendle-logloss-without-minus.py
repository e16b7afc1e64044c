"""A factorisation machine's log loss is printed without its minus, and stops the training by it."""

import numpy as np

SOURCE = "https://github.com/srendle/libfm/commit/ade4469"
THREAD = "srendle/libfm ade4469"
DATE = "2016-06"
KIND = "cost"
FORMULA = r"C = \tfrac1n \textstyle\sum_{y > 0} \log p + \tfrac1n \sum_{y < 0} \log(1 - p)"
RIGHT = r"C = -\tfrac1n \textstyle\sum_{y > 0} \log p - \tfrac1n \sum_{y < 0} \log(1 - p)"
READ = "code"
LAYER = [1]
NAMES = [{"sign"}, {"another-cost"}]
NET = None  # a factorisation machine
BLOCKS = ["w0[1]", "w[1]", "v[1]"]
SAMPLES = 8
LAM = 0.0
NUM_ATTRIBUTE, NUM_FACTOR = 5, 2


def start(rng):
    return {
        "w0": rng.standard_normal(1),
        "w": rng.standard_normal(NUM_ATTRIBUTE),
        "v": 0.5 * rng.standard_normal((NUM_FACTOR, NUM_ATTRIBUTE)),
    }


def data(rng):
    X = rng.standard_normal((SAMPLES, NUM_ATTRIBUTE)) * (rng.random((SAMPLES, NUM_ATTRIBUTE)) < 0.8)
    return X, rng.choice([-1.0, 1.0], SAMPLES)


class FMModel:
    def __init__(self, params):
        self.w0, self.w, self.v = params["w0"], params["w"], params["v"]
        self.num_factor = len(self.v)
        self.reg0 = self.regw = self.regv = 0.0

    def predict(self, x):
        """The score, and what the step needs of it."""
        result = self.w0[0]
        for i in range(len(x)):
            result = result + self.w[i] * x[i]
        sums = []
        for f in range(self.num_factor):
            total, sum_sqr = 0, 0
            for i in range(len(x)):
                d = self.v[f, i] * x[i]
                total = total + d
                sum_sqr = sum_sqr + d * d
            result = result + 0.5 * (total * total - sum_sqr)
            sums.append(total)
        return result, sums


def evaluate_logloss(fm, data, target):
    progressive_loss = 0.0
    for x, y in zip(data, target):
        p = fm.predict(x)[0]
        p = 1.0 / (1.0 + np.exp(-p))
        if y >= 0:
            progressive_loss += np.log(p)
        else:
            progressive_loss += np.log(1 - p)
    return progressive_loss / len(data)


def evaluate_logloss_later(fm, data, target):
    progressive_loss = 0.0
    for x, y in zip(data, target):
        p = fm.predict(x)[0]
        p = 1.0 / (1.0 + np.exp(-p))
        if y >= 0:
            progressive_loss += np.log(p)
        else:
            progressive_loss += np.log(1 - p)
    return -1 * progressive_loss / len(data)


def fm_SGD(fm, x, multiplier, sums, step):
    """What a step of one row takes away, but for the learning rate."""
    step["w0"] += multiplier + fm.reg0 * fm.w0
    for i in range(len(x)):
        step["w"][i] += multiplier * x[i] + fm.regw * fm.w[i]
    for f in range(fm.num_factor):
        for i in range(len(x)):
            v = fm.v[f, i]
            grad = sums[f] * x[i] - v * x[i] * x[i]
            step["v"][f, i] += multiplier * grad + fm.regv * v


def learn(params, X, Y):
    """The mean of all rows' steps at one place; the author goes row by row."""
    fm = FMModel(params)
    step = {name: np.zeros_like(p) for name, p in params.items()}
    for x, y in zip(X, Y):
        p, sums = fm.predict(x)
        mult = -y * (1.0 - 1.0 / (1.0 + np.exp(-y * p)))
        fm_SGD(fm, x, mult, sums, step)
    return {name: s / len(X) for name, s in step.items()}


def cost(params, X, Y):
    return evaluate_logloss(FMModel(params), X, Y)


def meant(params, X, Y):
    return evaluate_logloss_later(FMModel(params), X, Y)


def grad(params, X, Y):
    return learn(params, X, Y)


def repaired(params, X, Y):
    """The gradient of the cost as it was."""
    return {name: -step for name, step in learn(params, X, Y).items()}
