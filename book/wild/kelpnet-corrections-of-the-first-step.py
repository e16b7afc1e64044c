"""Adam's rate is corrected once, where the optimiser is made, and the count of steps never reaches it."""

import numpy as np

SOURCE = "https://github.com/harujoh/KelpNet/commit/683c567"
THREAD = "harujoh/KelpNet 683c567"
DATE = "2017-05"
KIND = "update"
FORMULA = r"\alpha_t = \alpha \sqrt{1 - \beta_2} / (1 - \beta_1)"
RIGHT = r"\alpha_t = \alpha \sqrt{1 - \beta_2^t} / (1 - \beta_1^t)"
READ = "code"
LAYER = []
NAMES = [{"correction-without-power"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


ALPHA, BETA1, BETA2, EPSILON = 0.001, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=ALPHA, beta1=BETA1, beta2=BETA2, eps=EPSILON)


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
    return {"UpdateCount": 1, "m": None, "v": None}


class Adam:
    def __init__(self, params):
        self.UpdateCount = 1
        self.Alpha, self.Beta1, self.Beta2, self.Epsilon = ALPHA, BETA1, BETA2, EPSILON
        fix1 = 1 - self.Beta1**self.UpdateCount
        fix2 = 1 - self.Beta2**self.UpdateCount
        self.LearningRate = self.Alpha * np.sqrt(fix2) / fix1
        self.OptimizerParameters = [AdamParameter(p, self) for p in params]

    def rate(self):
        return self.LearningRate

    def Update(self, grads):
        for parameter, grad in zip(self.OptimizerParameters, grads):
            parameter.UpdateFunctionParameters(grad)
        self.UpdateCount += 1


class AdamLater(Adam):
    def rate(self):
        fix1 = 1 - self.Beta1**self.UpdateCount
        fix2 = 1 - self.Beta2**self.UpdateCount
        return self.Alpha * np.sqrt(fix2) / fix1


class AdamParameter:
    def __init__(self, parameter, optimizer):
        self.Param = parameter.copy()
        self.m = np.zeros(parameter.shape)
        self.v = np.zeros(parameter.shape)
        self._optimizer = optimizer

    def UpdateFunctionParameters(self, Grad):
        learningRate = self._optimizer.rate()
        for i in np.ndindex(self.Param.shape):
            grad = Grad[i]
            self.m[i] += (1 - self._optimizer.Beta1) * (grad - self.m[i])
            self.v[i] += (1 - self._optimizer.Beta2) * (grad * grad - self.v[i])
            self.Param[i] -= learningRate * self.m[i] / (np.sqrt(self.v[i]) + self._optimizer.Epsilon)


def step(params, grads, state, kind):
    optimizer = kind(params)
    optimizer.UpdateCount = state["UpdateCount"]
    if state["m"] is not None:
        for parameter, m, v in zip(optimizer.OptimizerParameters, state["m"], state["v"]):
            parameter.m, parameter.v = m.copy(), v.copy()
    optimizer.Update(grads)
    parameters = optimizer.OptimizerParameters
    state = {"UpdateCount": optimizer.UpdateCount, "m": [p.m for p in parameters], "v": [p.v for p in parameters]}
    return [p.Param for p in parameters], state


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return step(params, grads, state, Adam)


def repaired_update(params, grads, state):
    return step(params, grads, state, AdamLater)
