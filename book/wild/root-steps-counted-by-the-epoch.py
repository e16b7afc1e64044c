"""Adam's corrections take the number of the epoch, although the weights move after each batch."""

import numpy as np

SOURCE = "https://github.com/root-project/root/pull/5042"
THREAD = "root-project/root PR #5042"
DATE = "2020-02"
KIND = "update"
FORMULA = r"\alpha_t = \eta \frac{\sqrt{1 - \beta_2^e}}{1 - \beta_1^e},\; e = \lceil t / B \rceil"
RIGHT = r"\alpha_t = \eta \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}"
READ = "discussion"
LAYER = []
NAMES = [{"correction-without-power"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR, BETA1, BETA2, EPS = 0.01, 0.9, 0.999, 1e-7
BATCHES = 100
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return {"fGlobalStep": 0, "batch": 0, "fFirstMoment": None, "fSecondMoment": None}


class TAdam:
    def __init__(self, params, state):
        self.params = [p.copy() for p in params]
        self.fGlobalStep = state["fGlobalStep"]
        self.fFirstMoment = state["fFirstMoment"] or [np.zeros_like(p) for p in params]
        self.fSecondMoment = state["fSecondMoment"] or [np.zeros_like(p) for p in params]

    def IncrementGlobalStep(self):
        self.fGlobalStep += 1

    def Step(self, grads):
        alpha = LR * np.sqrt(1 - BETA2**self.fGlobalStep) / (1 - BETA1**self.fGlobalStep)
        first, second = [], []
        for k in range(len(self.params)):
            first.append(BETA1 * self.fFirstMoment[k] + (1 - BETA1) * grads[k])
            second.append(BETA2 * self.fSecondMoment[k] + (1 - BETA2) * grads[k] ** 2)
            self.params[k] = self.params[k] - alpha * first[k] / (np.sqrt(second[k]) + EPS)
        self.fFirstMoment, self.fSecondMoment = first, second


def train(params, grads, state, each_batch):
    """One turn of the loop over the batches, with the head of the loop over the epochs where one begins."""
    optimizer = TAdam(params, state)
    if each_batch or state["batch"] % BATCHES == 0:
        optimizer.IncrementGlobalStep()
    optimizer.Step(grads)
    return optimizer.params, {
        "fGlobalStep": optimizer.fGlobalStep,
        "batch": state["batch"] + 1,
        "fFirstMoment": optimizer.fFirstMoment,
        "fSecondMoment": optimizer.fSecondMoment,
    }


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return train(params, grads, state, False)


def repaired_update(params, grads, state):
    return train(params, grads, state, True)
