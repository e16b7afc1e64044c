"""Each batch's loss is a mean already, and their sum over an epoch is divided by the number of samples."""

import numpy as np

SOURCE = "https://github.com/acoMCMXCVI/acinn---simple-neural-networks-library/commit/7ed833d"
THREAD = "acoMCMXCVI/acinn---simple-neural-networks-library 7ed833d"
DATE = "2020-03"
KIND = "cost"
FORMULA = (
    r"C = -\tfrac1m \textstyle\sum_k \tfrac1{m_k} \sum_{i \in k} "
    r"y_i \log a_i + (1 - y_i) \log(1 - a_i),\; m_k = \text{size of batch } k"
)
RIGHT = r"C = -\tfrac1m \textstyle\sum_k \sum_{i \in k} y_i \log a_i + (1 - y_i) \log(1 - a_i)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"factor", "another-cost"}]
NET = dict(sizes=(3, 4, 1), hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0
BATCH_SIZE = 4
LAYERS = ["relu", "sigmoid"]


def start(rng):
    return {
        "W1": rng.standard_normal((4, 3)),
        "b1": rng.standard_normal((4, 1)),
        "W2": rng.standard_normal((1, 4)),
        "b2": np.zeros((1, 1)),
    }


def data(rng):
    """Samples are columns."""
    return rng.standard_normal((3, SAMPLES)), rng.integers(0, 2, (1, SAMPLES)).astype(float)


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def relu(Z):
    return np.where(Z.real > 0, Z, 0)


def model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L + 1):
        A_prev = A
        Z = np.dot(parameters["W" + str(l)], A_prev) + parameters["b" + str(l)]
        A = relu(Z) if LAYERS[l - 1] == "relu" else sigmoid(Z)
        caches.append((A_prev, parameters["W" + str(l)], Z))
    return A, caches


def binary_crossentropy(AL, Y, right=False):
    m = Y.shape[1]
    if right:
        return -1.0 * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return -1.0 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))


def linear_backward(dZ, A_prev, W):
    m = A_prev.shape[1]
    dW = 1.0 / m * np.dot(dZ, A_prev.T)
    db = 1.0 / m * np.sum(dZ, axis=1, keepdims=True)
    return np.dot(W.T, dZ), dW, db


def model_backward(AL, Y, caches):
    grads = {}
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in reversed(range(len(caches))):
        A_prev, W, Z = caches[l]
        slope = np.where(Z <= 0, 0, 1) if LAYERS[l] == "relu" else sigmoid(Z) * (1 - sigmoid(Z))
        dA, grads["W" + str(l + 1)], grads["b" + str(l + 1)] = linear_backward(np.multiply(dA, slope), A_prev, W)
    return grads


def fit(parameters, X, Y, right=False):
    """An epoch whose steps are only counted up: the cost that is reported, and the batches' gradients."""
    epoch_cost_total = 0
    gradients = []
    for k in range(0, X.shape[-1], BATCH_SIZE):
        minibatch_X, minibatch_Y = X[:, k : k + BATCH_SIZE], Y[:, k : k + BATCH_SIZE]
        AL, caches = model_forward(minibatch_X, parameters)
        epoch_cost_total += binary_crossentropy(AL, minibatch_Y, right)
        if not np.iscomplexobj(AL):
            gradients.append(model_backward(AL, minibatch_Y, caches))
    epoch_cost_avg = epoch_cost_total / X.shape[-1]
    return epoch_cost_avg, gradients


def cost(params, X, Y):
    return fit(params, X, Y)[0]


def meant(params, X, Y):
    return fit(params, X, Y, right=True)[0]


def grad(params, X, Y):
    """The mean of what the steps of an epoch go by."""
    gradients = fit(params, X, Y)[1]
    return {k: sum(g[k] for g in gradients) / len(gradients) for k in params}


def repaired(params, X, Y):
    """The gradient of the cost as it was reported."""
    gradients = fit(params, X, Y)[1]
    return {k: sum(g[k] for g in gradients) / X.shape[-1] for k in params}
