"""The derivative of a cross entropy is that of its first logarithm alone."""

import numpy as np

SOURCE = "https://github.com/davharris/mistnet/commit/6963a66"
THREAD = "davharris/mistnet 6963a66"
DATE = "2013-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial a^2 = -\frac{y}{a^2}"
RIGHT = r"\partial C / \partial a^2 = -\Bigl(\frac{y}{a^2} - \frac{1 - y}{1 - a^2}\Bigr)"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "w2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    hidden = sigmoid(X @ params["w1"] + params["b1"])
    return hidden, sigmoid(hidden @ params["w2"] + params["b2"])


def cost(params, X, Y):
    a = forward(params, X)[1]
    return -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / len(X)


def backward(params, X, Y, right):
    hidden, a = forward(params, X)
    slope = -Y / a
    if right:
        slope += (1 - Y) / (1 - a)
    d2 = slope * a * (1 - a) / len(X)
    d1 = d2 @ params["w2"].T * hidden * (1 - hidden)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
