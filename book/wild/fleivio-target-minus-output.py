"""The error is the target minus the output, though the derivatives are subtracted from the weights."""

import numpy as np

SOURCE = "https://github.com/Fleivio/haskell_backpropagation/commit/b710807"
THREAD = "Fleivio/haskell_backpropagation b710807"
DATE = "2023-10"
KIND = "gradient"
FORMULA = r"\delta_{out} = (t - a) \odot a (1 - a),\; \theta \leftarrow \theta - \eta\, \partial C / \partial \theta"
RIGHT = r"\delta_{out} = (a - t) \odot a (1 - a)"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 3), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


class Sigmoid:
    f = staticmethod(lambda x: 1 / (np.exp(-x) + 1))
    df = staticmethod(lambda x: x * (1 - x))


class Layer:
    def __init__(self, activation, weights, bias):
        self.activation, self.weights, self.bias = activation, weights, bias


def calcS(layer, input):
    return layer.weights @ input + layer.bias


def calcZ(layer, s):
    return layer.activation.f(s)


def evaluate(layer, input):
    return calcZ(layer, calcS(layer, input))


def calcDfZ(layer, z):
    return layer.activation.df(z)


def calcDelta(layer, nxtLayer, nxtDelta, actZ):
    wt = nxtLayer.weights.T
    dfz = calcDfZ(layer, actZ)
    return (wt @ nxtDelta) * dfz


def backpropLayer(layer, nextLayer, nxtDelta, actZ, prvZ):
    """The derivatives, which the author scales by the rate and subtracts, and the layer's delta."""
    delta = calcDelta(layer, nextLayer, nxtDelta, actZ)
    wDeriv = np.outer(delta, prvZ)
    bDeriv = delta
    return (wDeriv, bDeriv), delta


def backpropLastLayer(delta, prvZ):
    wDeriv = np.outer(delta, prvZ)
    bDeriv = delta
    return wDeriv, bDeriv


def forwardLog(net, input):
    if not net:
        return [input]
    return [input] + forwardLog(net[1:], evaluate(net[0], input))


def backprop(net, input, target, right=False):
    log = forwardLog(net, input)
    output = log[-1]
    errorOut = output - target if right else target - output
    deltaOut = errorOut * calcDfZ(net[-1], output)
    layerOut = backpropLastLayer(deltaOut, log[:-1][-1])

    def inner(ltps, nxtDelta):
        if not ltps:
            return []
        actZ, pz, l, nl = ltps[-1]
        al, delta = backpropLayer(l, nl, nxtDelta, actZ, pz)
        return inner(ltps[:-1], delta) + [al]

    return inner(list(zip(log[1:], log[:-1], net, net[1:])), deltaOut) + [layerOut]


def start(rng):
    return [
        *(rng.standard_normal((4, 3)), rng.standard_normal(4)),
        *(rng.standard_normal((3, 4)), rng.standard_normal(3)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.random((SAMPLES, 3))


def network(params):
    return [Layer(Sigmoid, *params[:2]), Layer(Sigmoid, *params[2:])]


def cost(params, X, Y):
    """Half of the author's sum of squares, whose two is not in the derivatives."""
    return 0.5 * sum(np.sum((y - forwardLog(network(params), x)[-1]) ** 2) for x, y in zip(X, Y)) / len(X)


def derivatives(params, X, Y, right):
    total = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        for i, pair in enumerate(backprop(network(params), x, y, right)):
            total[2 * i] += pair[0]
            total[2 * i + 1] += pair[1]
    return [t / len(X) for t in total]


def grad(params, X, Y):
    return derivatives(params, X, Y, False)


def repaired(params, X, Y):
    return derivatives(params, X, Y, True)
