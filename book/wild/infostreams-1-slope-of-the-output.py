"""The slope of tanh is written for a pre-activation, takes tanh once more, and is given the values of the nodes."""

import numpy as np

SOURCE = "https://github.com/infostreams/neural-network/issues/1"
THREAD = "infostreams/neural-network #1"
DATE = "2014-07"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot (1 - \tanh^2 a^l)"
RIGHT = r"\delta^l = (\cdot) \odot (1 - (a^l)^2)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a"}, {"slope-of-a-throughout"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "edge": [rng.standard_normal((3, 4)), rng.standard_normal((4, 2))],
        "node": [rng.standard_normal(4), rng.standard_normal(2)],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-0.8, 0.8, (SAMPLES, SIZES[-1]))


def values(params, X):
    nodes = [X]
    for edge, node in zip(params["edge"], params["node"]):
        nodes.append(np.tanh(nodes[-1] @ edge + node))
    return nodes


def cost(params, X, Y):
    return 0.5 * np.sum((values(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    x, h, out = values(params, X)
    derivative = lambda value: 1 - (value if right else np.tanh(value)) ** 2
    d2 = (out - Y) * derivative(out) / len(X)
    d1 = d2 @ params["edge"][1].T * derivative(h)
    return {"edge": [x.T @ d1, h.T @ d2], "node": [d1.sum(0), d2.sum(0)]}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
