"""A momentum adds a share of the plain step before, which is kept without its own momentum."""

import numpy as np

SOURCE = "https://github.com/pstosio/Multilayer-Perceptron/commit/5d2bf3b"
THREAD = "pstosio/Multilayer-Perceptron 5d2bf3b"
DATE = "2017-04"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, g_t - \alpha\, \eta\, g_{t-1}"
RIGHT = r"\Delta_t = -\eta\, g_t + \alpha\, \Delta_{t-1},\; \theta_{t+1} = \theta_t + \Delta_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARN_FACTOR, MOMENTUM = 0.9, 0.6
SETTINGS = dict(like="momentum", lr=LEARN_FACTOR, momentum=MOMENTUM)


def start(rng):
    """Each neuron's bias stands first among its weights."""
    return [rng.standard_normal((4, 4)), rng.standard_normal((2, 5))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.random((SAMPLES, 2))


def outputs(params, X):
    a = [np.hstack([np.ones((len(X), 1)), X])]
    for weights in params:
        a.append(np.hstack([np.ones((len(X), 1)), 1 / (1 + np.exp(-(a[-1] @ weights.T)))]))
    return a


def cost(params, X, Y):
    return 0.5 * np.sum((outputs(params, X)[-1][:, 1:] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    a0, a1, a2 = outputs(params, X)
    a1, a2 = a1[:, 1:], a2[:, 1:]
    d2 = (a2 - Y) * a2 * (1 - a2) / len(X)
    d1 = d2 @ params[1][:, 1:] * a1 * (1 - a1)
    return [d1.T @ a0, d2.T @ np.hstack([np.ones((len(X), 1)), a1])]


class Neuron:
    def __init__(self, weights, prevDelta):
        self.weights, self.prevDelta = weights.copy(), prevDelta.copy()


def updateWeights(neuron, gradient, learnFactor, momentum):
    for k in range(len(neuron.weights)):
        delta = learnFactor * -gradient[k]
        newWeight = neuron.weights[k] + delta + momentum * neuron.prevDelta[k]
        neuron.prevDelta[k] = delta
        neuron.weights[k] = newWeight


def updateWeightsLater(neuron, gradient, learnFactor, momentum):
    for k in range(len(neuron.weights)):
        delta = learnFactor * -gradient[k] + momentum * neuron.prevDelta[k]
        neuron.prevDelta[k] = delta

        newWeight = neuron.weights[k] + delta
        neuron.weights[k] = newWeight


def start_state():
    return None


def step(params, grads, state, rule):
    state = state or [np.zeros_like(p) for p in params]
    new, kept = [], []
    for weights, gradients, deltas in zip(params, grads, state):
        neurons = [Neuron(*pair) for pair in zip(weights, deltas)]
        for neuron, gradient in zip(neurons, gradients):
            rule(neuron, gradient, LEARN_FACTOR, MOMENTUM)
        new.append(np.array([neuron.weights for neuron in neurons]))
        kept.append(np.array([neuron.prevDelta for neuron in neurons]))
    return new, kept


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return step(params, grads, state, updateWeights)


def repaired_update(params, grads, state):
    return step(params, grads, state, updateWeightsLater)
