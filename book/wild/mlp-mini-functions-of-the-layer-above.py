"""A unit's slope is looked up one layer too high, and the outputs have no slope at all."""

import numpy as np

SOURCE = "https://github.com/WilliamJardim/MLP-mini/commit/dc182f9"
THREAD = "WilliamJardim/MLP-mini dc182f9"
DATE = "2024-12"
KIND = "gradient"
FORMULA = r"\delta^3 = a^3 - y,\; \delta^2 = (W^3)^\top \delta^3 \odot \sigma'(a^2)"
RIGHT = r"\delta^3 = (a^3 - y) \odot \sigma'(z^3),\; \delta^2 = (W^3)^\top \delta^3 \odot [z^2 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [2, 3]
NAMES = [{"output-slope-forgotten", "slope-of-wrong-function"}]
SIZES = (3, 4, 4, 2)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LAYERS_FUNCTIONS = [["ReLU"] * 4, ["ReLU"] * 4, ["Sigmoid"] * 2]
ACTIVATIONS = {"Sigmoid": lambda x: 1 / (1 + np.exp(-x)), "ReLU": lambda x: x * (x.real > 0)}
DERIVATIVES = {"Sigmoid": lambda x: x * (1 - x), "ReLU": lambda x: 1.0 if x > 0 else 0.0}


def start(rng):
    layers = [*zip(SIZES, SIZES[1:])]
    return {
        "weights": [rng.standard_normal((k, n)) for n, k in layers],
        "biases": [rng.standard_normal(k) for _, k in layers],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(size=(SAMPLES, SIZES[-1]))


def forward(params, x):
    layer_activations = [x]
    for weights, biases, functions in zip(params["weights"], params["biases"], LAYERS_FUNCTIONS):
        z = weights @ layer_activations[-1] + biases
        layer_activations.append(np.array([ACTIVATIONS[name](v) for name, v in zip(functions, z)]))
    return layer_activations


def cost(params, X, Y):
    return 0.5 * sum(np.sum((forward(params, x)[-1] - y) ** 2) for x, y in zip(X, Y)) / len(X)


def name_of_function(l, j):
    has_function = l < len(LAYERS_FUNCTIONS) and j < len(LAYERS_FUNCTIONS[l])
    return LAYERS_FUNCTIONS[l][j] if has_function else "Sigmoid"


def backward(params, X, Y, right):
    """What each sample adds to the parameters, turned round; here the mean of all samples."""
    weights = params["weights"]
    totals = {name: [0 * block for block in blocks] for name, blocks in params.items()}
    for x, target in zip(X, Y):
        layer_activations = forward(params, x)
        output = layer_activations[-1]
        output_error = []
        for j in range(len(output)):
            error = target[j] - output[j]
            if right:
                error = error * DERIVATIVES[name_of_function(len(weights) - 1, j)](output[j])
            output_error.append(error)
        layer_errors = [output_error]
        for l in range(len(weights) - 1, 0, -1):
            layer_error = []
            for j in range(len(weights[l - 1])):
                error = 0.0
                for k in range(len(weights[l])):
                    error += layer_errors[0][k] * weights[l][k][j]
                name = name_of_function(l - 1 if right else l, j)
                layer_error.append(error * DERIVATIVES[name](layer_activations[l][j]))
            layer_errors.insert(0, layer_error)
        for l in range(len(weights) - 1, -1, -1):
            for j in range(len(weights[l])):
                for k in range(len(weights[l][j])):
                    totals["weights"][l][j][k] -= layer_errors[l][j] * layer_activations[l][k] / len(X)
                totals["biases"][l][j] -= layer_errors[l][j] / len(X)
    return totals


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
