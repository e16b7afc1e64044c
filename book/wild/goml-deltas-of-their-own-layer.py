"""A hidden delta is a sum over the deltas of its own layer, which begin at zero and therefore stay there."""

import numpy as np

SOURCE = "https://github.com/cdipaolo/goml/commit/7ffcfb7"
THREAD = "cdipaolo/goml 7ffcfb7"
DATE = "2015-12"
KIND = "gradient"
FORMULA = r"\delta^1_i = f'(z^1_i) \textstyle\sum_j \delta^1_j\, W^2_{j,i-1} = 0"
RIGHT = r"\delta^1_i = f'(z^1_i) \textstyle\sum_j \delta^2_j\, W^2_{j,i}"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"layer-forgotten"}]
DIMENSION = (4, 2)
NET = dict(sizes=(3, *DIMENSION), hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """A row of each layer has the bias of a unit first."""
    return [rng.standard_normal((4, 1 + 3)), rng.standard_normal((2, 1 + 4))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def transforms(l, value):
    return value * (value.real > 0) if l == 0 else value


def df(l, value):
    return float(value > 0) if l == 0 else 1.0


def forward(weights, x):
    outputs = []
    for l, rows in enumerate(weights):
        x = transforms(l, rows[:, 0] + rows[:, 1:] @ x)
        outputs.append(x)
    return outputs


def cost(weights, X, Y):
    return 0.5 * sum(np.sum((forward(weights, x)[-1] - y) ** 2) for x, y in zip(X, Y)) / len(X)


def backwards(weights, x, y, right):
    """The changes of one example; the deltas are zero until they are written, and the first loop errs too."""
    outputs, delta = forward(weights, x), [np.zeros(n) for n in DIMENSION]
    changes = [np.zeros_like(rows) for rows in weights]
    for j in range(DIMENSION[-1]):
        delta[-1][j] = (outputs[-1][j] - y[j]) * df(1, outputs[-1][j])
    for i in range(DIMENSION[0]):
        total = 0.0
        for j in range(DIMENSION[1]):
            total += delta[1][j] * weights[1][j, i + 1] if right else delta[0][j] * weights[1][j, i]
        delta[0][i] = total * df(0, outputs[0][i])
    for j in range(DIMENSION[0]):
        changes[0][j, 0] += delta[0][j]
        for i in range(len(x)):
            changes[0][j, i + 1 if right else 0] += delta[0][j] * x[i]
    for j in range(DIMENSION[1]):
        changes[1][j, 0] += delta[1][j]
        for i in range(DIMENSION[0]):
            changes[1][j, i + 1] += delta[1][j] * outputs[0][i]
    return changes


def learn(weights, X, Y, right):
    totals = [np.zeros_like(rows) for rows in weights]
    for x, y in zip(X, Y):
        for total, change in zip(totals, backwards(weights, x, y, right)):
            total += change / len(X)
    return totals


def grad(weights, X, Y):
    return learn(weights, X, Y, right=False)


def repaired(weights, X, Y):
    return learn(weights, X, Y, right=True)
