"""RMSprop has one number for all weights of a neuron, which runs from weight to weight and starts at 0 in each step."""

import numpy as np

SOURCE = "https://github.com/YatsauAliaksei/NNFS/commit/e09ff4e"
THREAD = "YatsauAliaksei/NNFS e09ff4e"
DATE = "2018-08"
KIND = "update"
FORMULA = (
    r"c_w = \rho\, c_{w-1} + (1 - \rho)\, g_w^2,\; c_0 = 0,\; "
    r"\theta_w \leftarrow \theta_w - \eta\, g_w / (\sqrt{c_w} + \epsilon)"
)
RIGHT = r"c_w^{(t)} = \rho\, c_w^{(t-1)} + (1 - \rho)\, g_w^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, DECAY_RATE, EPS = 0.03, 0.9, 1e-4
SETTINGS = dict(like="rmsprop", lr=LEARNING_RATE, beta2=DECAY_RATE, eps=EPS)


def start(rng):
    """A row of weights for each neuron, whose first is the bias."""
    return [rng.standard_normal((4, 4)), rng.standard_normal((3, 5))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def cost(params, X, Y):
    h = np.tanh(X @ params[0][:, 1:].T + params[0][:, 0])
    s = h @ params[1][:, 1:].T + params[1][:, 0]
    return np.sum(np.log(np.exp(s).sum(1)) - np.sum(Y * s, 1)) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = np.tanh(X @ params[0][:, 1:].T + params[0][:, 0])
    s = h @ params[1][:, 1:].T + params[1][:, 0]
    e = np.exp(s - s.max(1, keepdims=True))
    d2 = (e / e.sum(1, keepdims=True) - Y) / len(X)
    d1 = d2 @ params[1][:, 1:] * (1 - h**2)
    return [d1.T @ np.column_stack([np.ones(len(X)), X]), d2.T @ np.column_stack([np.ones(len(X)), h])]


def start_state():
    return {"cacheMap": {}}


class RMSPropGradientDescent:
    """Called for one neuron after the other, for one example a batch."""

    def __init__(self, batchSize, regularizationRate, learningRate, withRegularization):
        self.batchSize, self.regularizationRate = batchSize, regularizationRate
        self.learningRate, self.withRegularization = learningRate, withRegularization

    def optimizeWeights(self, neuron, weights, weightsError):
        cache = 0
        eps = EPS
        decay_rate = DECAY_RATE

        # RMSprop
        for w in range(len(weightsError)):
            cache = decay_rate * cache + (1 - decay_rate) * weightsError[w] ** 2

            # omit bias regularization
            regularization = 0 if w == 0 else self.regularizationRate * weights[w]
            if not self.withRegularization:
                regularization = 0

            weights[w] -= (
                self.learningRate * (weightsError[w] + regularization) / (np.sqrt(cache) + eps) / self.batchSize
            )


class RMSPropLater(RMSPropGradientDescent):
    cacheMap = None

    def optimizeWeights(self, neuron, weights, weightsError):
        cache = self.cacheMap.setdefault(neuron, np.zeros(len(weights)))
        eps = EPS
        decay_rate = DECAY_RATE

        for w in range(len(weightsError)):
            cache[w] = decay_rate * cache[w] + (1 - decay_rate) * weightsError[w] ** 2
            regularization = 0 if w == 0 or not self.withRegularization else self.regularizationRate * weights[w]
            weights[w] -= (
                self.learningRate * (weightsError[w] + regularization) / (np.sqrt(cache[w]) + eps) / self.batchSize
            )


def step(algorithm, params, grads, state):
    algorithm.cacheMap = {neuron: cache.copy() for neuron, cache in state["cacheMap"].items()}
    new = [np.array(p) for p in params]
    for layer in range(len(new)):
        for neuron in range(len(new[layer])):
            algorithm.optimizeWeights((layer, neuron), new[layer][neuron], grads[layer][neuron])
    return new, {"cacheMap": algorithm.cacheMap}


def update(params, grads, state):
    return step(RMSPropGradientDescent(1, 8e-6, LEARNING_RATE, False), params, grads, state)


def repaired_update(params, grads, state):
    return step(RMSPropLater(1, 8e-6, LEARNING_RATE, False), params, grads, state)
