"""Each weight's gradient multiplies by the weight itself where the value that comes in belongs."""

import numpy as np

SOURCE = (
    "https://stats.stackexchange.com/questions/464262/backpropagation-demo-gives-always-the-same-result-after-training"
)
THREAD = "Cross Validated 464262"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \delta^l W^l,\; \delta^1 = W^2\, 2(a^2 - y)\, \sigma'(z^1)"
RIGHT = r"\partial C / \partial W^l = \delta^l a^{l-1},\; \delta^1 = W^2\, \delta^2 \sigma'(z^1)"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
NET = dict(sizes=(1, 1, 1), hidden="sigmoid", output="sigmoid", loss="mse")  # one neuron a layer, as in the question
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {name: rng.standard_normal(1) for name in ("w1", "w2", "b1", "b2")}


def data(rng):
    return rng.standard_normal(SAMPLES), rng.integers(0, 2, SAMPLES).astype(float)


def forward(params, X):
    h = sigmoid(X * params["w1"] + params["b1"])
    return h, sigmoid(h * params["w2"] + params["b2"])


def cost(params, X, Y):
    return np.mean((forward(params, X)[1] - Y) ** 2)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch. The output's slope is also missing in what goes down."""
    h, y = forward(params, X)
    gradient_y = 2 * (y - Y)
    d2 = gradient_y * y * (1 - y)
    d1 = (d2 if right else gradient_y) * params["w2"] * h * (1 - h)
    w1 = np.mean(d1 * (X if right else params["w1"]))
    w2 = np.mean(d2 * (h if right else params["w2"]))
    return {"w1": np.array([w1]), "w2": np.array([w2]), "b1": np.array([d1.mean()]), "b2": np.array([d2.mean()])}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
