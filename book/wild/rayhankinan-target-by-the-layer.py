"""The target of all samples is that of the one with the layer's number, and the weights above have moved already."""

import numpy as np

SOURCE = "https://github.com/rayhankinan/Feed-Forward-Neural-Network/commit/c604177"
THREAD = "rayhankinan/Feed-Forward-Neural-Network 1771256, c604177"
DATE = "2023-05"
KIND = "gradient"
FORMULA = (
    r"\delta^2_i = (a^2_i - y_2) \odot \sigma'(z^2_i),\; "
    r"\delta^1_i = (W^2 - \eta \textstyle\sum_k \delta^2_k (a^1_k)^\top)^\top \delta^2_i \odot \sigma'(z^1_i)"
)
RIGHT = (
    r"\delta^2_i = (a^2_i - y_i) \odot \sigma'(z^2_i),\; "
    r"\delta^1_i = (W^2)^\top \delta^2_i \odot \sigma'(z^1_i)"
)
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0

LEARNING_RATE = 0.1


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def derivative_output_sigmoid(o):
    return o * (1 - o)


def start(rng):
    """The first row of a matrix is the bias."""
    return [rng.standard_normal((n + 1, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def get_all_batch_output(list_of_layer, batch):
    list_of_output = []
    for weight in list_of_layer:
        batch = sigmoid(np.c_[np.ones(batch.shape[0]), batch] @ weight)
        list_of_output.append(batch)
    return list_of_output


def cost(params, X, Y):
    return 0.5 * np.sum((Y - get_all_batch_output(params, X)[-1]) ** 2) / len(X)


def learn(params, X, Y, right):
    """The changes turned round, without the rate; the author takes the sum over the samples, here the mean."""
    list_of_output = get_all_batch_output(params, X)
    result, new_layer, changes = [*params], [None] * len(params), [None] * len(params)
    previous_delta_error = None
    for i in range(len(list_of_output) - 1, -1, -1):
        raw_x = X if i == 0 else list_of_output[i - 1]
        x = np.c_[np.ones(raw_x.shape[0]), raw_x]
        o = list_of_output[i]
        t = Y if right else Y[i]
        derivated_output = derivative_output_sigmoid(o)
        if i == len(list_of_output) - 1:
            delta_error = np.multiply(np.subtract(t, o), derivated_output)
        else:
            output_weight = result[i + 1][1:]
            delta_error = np.multiply(np.dot(previous_delta_error, output_weight.T), derivated_output)
        delta_weight = np.dot(LEARNING_RATE, np.dot(x.T, delta_error))
        new_layer[i] = result[i] + delta_weight
        if not right:
            result[i] = new_layer[i]
        changes[i] = -delta_weight / (LEARNING_RATE * len(X))
        previous_delta_error = delta_error
    return changes


def grad(params, X, Y):
    return learn(params, X, Y, right=False)


def repaired(params, X, Y):
    return learn(params, X, Y, right=True)
