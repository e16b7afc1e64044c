"""A squared error and its slope are given the labels where they ask for the outputs, and the outputs for labels."""

import numpy as np

SOURCE = "https://github.com/ChrisKimZHT/Neural-Net-cpp/commit/49acec5"
THREAD = "ChrisKimZHT/Neural-Net-cpp 49acec5"
DATE = "2023-06"
KIND = "gradient"
FORMULA = r"\delta^2 = 2\, (y - a^2)"
RIGHT = r"\delta^2 = 2\, (a^2 - y)"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (2, 5, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="mse")
SAMPLES = 8
LAM = 0.0


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def d_sigmoid(x):
    return sigmoid(x) * (1 - sigmoid(x))


ACTIVATION_FUNCTIONS = [(sigmoid, d_sigmoid), (lambda x: x, lambda x: 1.0)]


def mean_squared_error(a, b):
    return np.sum((a - b) * (a - b))


def d_mean_squared_error(a, b):
    return 2 * (a - b)


def start(rng):
    return {
        "weights": [rng.standard_normal((k, n)) for n, k in zip(SIZES, SIZES[1:])],
        "biases": [rng.standard_normal((k, 1)) for k in SIZES[1:]],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def predict(params, x):
    outputs, activated_outputs, res = [], [], x[:, None]
    for i, (f, _) in enumerate(ACTIVATION_FUNCTIONS):
        outputs.append(params["weights"][i] @ res + params["biases"][i])
        res = f(outputs[i])
        activated_outputs.append(res)
    return outputs, activated_outputs


def cost(params, X, Y):
    return sum(mean_squared_error(y[:, None], predict(params, x)[1][-1]) for x, y in zip(X, Y)) / len(X)


def back_propagation(params, current_input, outputs, activated_outputs, d_loss):
    weights, biases = params["weights"], params["biases"]
    temp_weights, temp_biases = [np.zeros_like(w) for w in weights], [np.zeros_like(b) for b in biases]
    d_layer_loss = d_loss
    for i in range(len(weights) - 1, -1, -1):
        df = ACTIVATION_FUNCTIONS[i][1]
        prev_layer_size = SIZES[i]
        for j in range(len(biases[i])):
            temp_biases[i][j, 0] = d_layer_loss[j, 0] * df(outputs[i][j, 0])
            for k in range(prev_layer_size):
                prev_activated_output = current_input[k] if i == 0 else activated_outputs[i - 1][k, 0]
                temp_weights[i][j, k] = temp_biases[i][j, 0] * prev_activated_output
        if i == 0:
            break
        new_d_layer_loss = np.zeros((prev_layer_size, 1))
        for j in range(prev_layer_size):
            for k in range(SIZES[i + 1]):
                new_d_layer_loss[j, 0] += weights[i][k, j] * df(outputs[i][k, 0]) * d_layer_loss[k, 0]
        d_layer_loss = new_d_layer_loss
    return temp_weights, temp_biases


def fit(params, X, Y, right):
    """The author's batches are of one sample; here the mean of all."""
    delta_weights = [np.zeros_like(w) for w in params["weights"]]
    delta_biases = [np.zeros_like(b) for b in params["biases"]]
    for x, label in zip(X, Y):
        outputs, activated_outputs = predict(params, x)
        pair = label[:, None], activated_outputs[-1]
        d_loss = d_mean_squared_error(*(pair[::-1] if right else pair))
        temp_weights, temp_biases = back_propagation(params, x, outputs, activated_outputs, d_loss)
        for i in range(len(delta_weights)):
            delta_weights[i] += temp_weights[i] / len(X)
            delta_biases[i] += temp_biases[i] / len(X)
    return {"weights": delta_weights, "biases": delta_biases}


def grad(params, X, Y):
    return fit(params, X, Y, right=False)


def repaired(params, X, Y):
    return fit(params, X, Y, right=True)
