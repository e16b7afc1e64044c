"""The mean of the deltas is multiplied by the last example's input, which the sum over the examples has set anew."""

import numpy as np

SOURCE = "https://github.com/jussihyva/Multilayer-Perceptron/commit/f60fdc7"
THREAD = "jussihyva/Multilayer-Perceptron f60fdc7"
DATE = "2021-11"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W_{kj} = \frac1m\, \bar\delta_k\, x_{m,j},\; \bar\delta = \frac1m \textstyle\sum_i "
    r"\delta_i"
)
RIGHT = r"\partial C / \partial W_{kj} = \frac1m \textstyle\sum_i \delta_{i,k}\, x_{i,j}"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZES = (3, 2)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {"weight": rng.standard_normal((SIZES[1], SIZES[0])), "bias": rng.standard_normal(SIZES[1])}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[1])).astype(float)


def logistic_regression(layer, x):
    """An example is a column of x."""
    return 1 / (1 + np.exp(-(layer["weight"] @ x + layer["bias"][:, None])))


def cost(layer, X, Y):
    y_hat, y = logistic_regression(layer, X.T), Y.T
    return -np.sum(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)) / y.shape[1]


def derivative_w(x, derivative_z):
    nodes, functions = len(derivative_z), len(x)
    table = np.zeros((nodes, functions))
    for node in range(nodes):
        for function in range(functions):
            for example in range(x.shape[1]):
                table[node, function] = x[function, example] * derivative_z[node]
            table[node, function] /= x.shape[1]
    return table


def grad(layer, X, Y):
    x, y = X.T, Y.T
    derivative_z = np.mean(logistic_regression(layer, x) - y, axis=1)
    return {"weight": derivative_w(x, derivative_z), "bias": derivative_z.copy()}


def repaired(layer, X, Y):
    x, y = X.T, Y.T
    derivative_z = logistic_regression(layer, x) - y
    return {"weight": derivative_z @ x.T / x.shape[1], "bias": derivative_z.mean(axis=1)}
