"""The hidden delta is the output's raw error times the hidden slope; what came through the weights is not used."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/46395467"
THREAD = "Stack Overflow 46395467, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^1 = (a^2 - y)\, \sigma'(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
# no biases; one output, so that the shapes broadcast
NET = dict(sizes=(3, 5, 1), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((k, n)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    for W in params:
        z.append(W @ a[-1])
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    _, (x, hidden, output) = forward(params, X)
    m = X.shape[1]
    error = output - Y
    delta = error * output * (1 - output)
    hidden_error = params[1].T @ delta
    delta_hidden = (hidden_error if right else error) * hidden * (1 - hidden)
    return [delta_hidden @ x.T / m, delta @ hidden.T / m]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
