"""The loop of the steps ends with the hidden layers, and the layer of the outputs stays as it is."""

import numpy as np

SOURCE = "https://github.com/chgzm/deep-learning-from-scratch-c/commit/eb7652d679192bc8fc0150dccfa4826173d052c2"
THREAD = "chgzm/deep-learning-from-scratch-c eb7652d"
DATE = "2020-11"
KIND = "update"
FORMULA = r"\theta_j \leftarrow \theta_j - \eta\, \partial C / \partial \theta_j,\; \theta_j = (W_j, b_j),\; j < L"
RIGHT = r"\theta_j \leftarrow \theta_j - \eta\, \partial C / \partial \theta_j,\; \theta_j = (W_j, b_j),\; j \le L"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LR, HIDDEN_LAYER_NUM = 0.1, 1
SETTINGS = dict(like="sgd", lr=LR)


def start(rng):
    """The weights of a layer stand in columns."""
    return {
        "W": [0.5 * rng.standard_normal((3, 4)), rng.standard_normal((4, 2))],
        "b": [rng.uniform(0.5, 1.5, 4), rng.standard_normal(2)],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def predict(net, X):
    X_tmp, outs = X, [X]
    for i in range(HIDDEN_LAYER_NUM + 1):
        X1 = X_tmp @ net["W"][i] + net["b"][i]
        if i != HIDDEN_LAYER_NUM:
            X_tmp = np.where(X1.real > 0, X1, 0)
            outs.append(X_tmp)
        else:
            e = np.exp(X1)
            return outs, e / e.sum(1, keepdims=True)


def cost(net, X, Y):
    return -np.sum(Y * np.log(predict(net, X)[1])) / len(X)


def repaired(net, X, Y):
    """The right gradient, to train with."""
    outs, y = predict(net, X)
    X2 = (y - Y) / len(X)
    dW, db = [None] * (HIDDEN_LAYER_NUM + 1), [None] * (HIDDEN_LAYER_NUM + 1)
    for i in range(HIDDEN_LAYER_NUM, -1, -1):
        dW[i], db[i] = outs[i].T @ X2, X2.sum(0)
        X2 = X2 @ net["W"][i].T * (outs[i] > 0)
    return {"W": dW, "b": db}


def start_state():
    return {}


def SGD_update_vector(V, dV, lr):
    for i in range(len(V)):
        V[i] -= lr * dV[i]


def SGD_update_matrix(A, dA, lr):
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            A[i][j] -= lr * dA[i][j]


def SGD_process(net, grads, layers):
    net = {"W": [W.copy() for W in net["W"]], "b": [b.copy() for b in net["b"]]}
    for j in range(layers):
        SGD_update_vector(net["b"][j], grads["b"][j], LR)
        SGD_update_matrix(net["W"][j], grads["W"][j], LR)
    return net


def update(params, grads, state):
    return SGD_process(params, grads, HIDDEN_LAYER_NUM), state


def repaired_update(params, grads, state):
    return SGD_process(params, grads, HIDDEN_LAYER_NUM + 1), state
