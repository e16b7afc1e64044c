"""In the Jacobian of a softmax with slopes each column takes the input of its row's output for that of its own."""

import numpy as np

SOURCE = "https://github.com/Shark-ML/Shark/commit/a2ab64e6"
THREAD = "Shark-ML/Shark a2ab64e6"
DATE = "2010-10"
KIND = "gradient"
FORMULA = r"\partial y_j / \partial w_i = x_j\, y_j (\delta_{ij} - y_i)"
RIGHT = r"\partial y_j / \partial w_i = x_i\, y_j (\delta_{ij} - y_i),\; y = \operatorname{softmax}(w \odot x + b)"
READ = "code"
GROUP = "softmax"
LAYER = [1]
NAMES = []
INPUT_DIMENSION = 3
NET = None  # a softmax with a slope and an offset for each class
BLOCKS = ["parameter[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Slopes and offsets in turn."""
    return rng.standard_normal(2 * INPUT_DIMENSION)


def data(rng):
    return rng.standard_normal((SAMPLES, INPUT_DIMENSION)), rng.dirichlet(np.ones(INPUT_DIMENSION), SAMPLES)


def model(parameter, input):
    output = np.zeros(INPUT_DIMENSION)
    total = 0.0
    for i in range(INPUT_DIMENSION):
        v = np.exp(parameter[2 * i] * input[i] + parameter[2 * i + 1])
        output[i] = v
        total += v
    return output / total


def cost(parameter, X, Y):
    return sum(np.sum((model(parameter, x) - y) ** 2) for x, y in zip(X, Y)) / len(X)


def model_derivative(parameter, input):
    derivative = np.zeros((INPUT_DIMENSION, 2 * INPUT_DIMENSION))
    Z = np.zeros(INPUT_DIMENSION)
    N = 0.0
    for i in range(INPUT_DIMENSION):
        v = np.exp(parameter[2 * i] * input[i] + parameter[2 * i + 1])
        Z[i] = v
        N += v
    for j in range(INPUT_DIMENSION):
        o = Z[j] / N
        for i in range(INPUT_DIMENSION):
            t = -Z[i] / N
            if i == j:
                t += 1.0
            t *= o
            derivative[j, 2 * i] = input[j] * t
            derivative[j, 2 * i + 1] = t
    return derivative


def model_derivative_later(parameter, input):
    derivative = np.zeros((INPUT_DIMENSION, 2 * INPUT_DIMENSION))
    Z = np.zeros(INPUT_DIMENSION)
    N = 0.0
    for i in range(INPUT_DIMENSION):
        v = np.exp(parameter[2 * i] * input[i] + parameter[2 * i + 1])
        Z[i] = v
        N += v
    for j in range(INPUT_DIMENSION):
        o = Z[j] / N
        for i in range(INPUT_DIMENSION):
            t = -Z[i] / N
            if i == j:
                t += 1.0
            t *= o
            derivative[j, 2 * i] = input[i] * t
            derivative[j, 2 * i + 1] = t
    return derivative


def error_derivative(parameter, X, Y, model_derivative):
    derivative = np.zeros_like(parameter)
    for x, y in zip(X, Y):
        derivative += 2 * (model(parameter, x) - y) @ model_derivative(parameter, x)
    return derivative / len(X)


def grad(parameter, X, Y):
    return error_derivative(parameter, X, Y, model_derivative)


def repaired(parameter, X, Y):
    return error_derivative(parameter, X, Y, model_derivative_later)
