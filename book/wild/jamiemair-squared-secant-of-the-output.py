"""The slope of a hyperbolic tangent is computed from its argument, but is given its output."""

import numpy as np

SOURCE = "https://github.com/JamieMair/SimpleNNs.jl/commit/e2cf0cf"
THREAD = "JamieMair/SimpleNNs.jl e2cf0cf"
DATE = "2023-06"
KIND = "gradient"
FORMULA = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot \mathrm{sech}^2(a^l)"
RIGHT = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot \bigl(1 - (a^l)^2\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a"}]
SIZES = (2, 4, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

FUNCTIONS = ["tanh", "tanh", "identity"]


def start(rng):
    """One vector with the weights and the biases of each layer."""
    return rng.standard_normal(sum(k * n + k for n, k in zip(SIZES, SIZES[1:])))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def views(parameters):
    blocks, at = [], 0
    for n, k in zip(SIZES, SIZES[1:]):
        weights = parameters[at : at + k * n].reshape(k, n)
        blocks.append((weights, parameters[at + k * n : at + k * n + k]))
        at += k * n + k
    return blocks


def forward(parameters, inputs):
    outputs = [inputs.T]
    for (weights, biases), name in zip(views(parameters), FUNCTIONS):
        z = weights @ outputs[-1] + biases[:, None]
        outputs.append(np.tanh(z) if name == "tanh" else z)
    return outputs


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y.T) ** 2) / (2 * len(X))


def sech2(x):
    ex = np.exp(x)
    sum_exs = 1 / ex + ex
    return 4 / (sum_exs * sum_exs)


def tanh_derivative(y):
    return 1 - y * y


def backprop(params, X, Y, right):
    activation_derivative = tanh_derivative if right else sech2
    outputs = forward(params, X)
    gradient_buffer = np.zeros_like(params)
    gradients = views(gradient_buffer)
    partials = (outputs[-1] - Y.T) / len(X)
    for i, (weights, _) in reversed([*enumerate(views(params))]):
        if FUNCTIONS[i] != "identity":
            partials = partials * activation_derivative(outputs[i + 1])
        gradients[i][0][:] = partials @ outputs[i].T
        gradients[i][1][:] = partials.sum(1)
        partials = weights.T @ partials
    return gradient_buffer


def grad(params, X, Y):
    return backprop(params, X, Y, right=False)


def repaired(params, X, Y):
    return backprop(params, X, Y, right=True)
