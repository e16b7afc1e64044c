"""A reader wants the gradient divided by the input, as one would to reach a wanted output in one step."""

import numpy as np

SOURCE = "https://github.com/ArtemOnigiri/SimpleNN/issues/9"
THREAD = "ArtemOnigiri/SimpleNN #9"
DATE = "2020-11"
KIND = "right"
FORMULA = r"\partial C / \partial W_{j,k} = \delta_j\, a_k"
RIGHT = r"\partial C / \partial W_{j,k},\; \Delta W_{j,k} = \delta_j / a_k\ \text{is no gradient}"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "weights": [rng.standard_normal((3, 4)), rng.standard_normal((4, 2))],
        "biases": [rng.standard_normal(4), rng.standard_normal(2)],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(size=(SAMPLES, 2))


def layers(params, X):
    neurons = [X]
    for w, b in zip(params["weights"], params["biases"]):
        neurons.append(1 / (1 + np.exp(-(neurons[-1] @ w + b))))
    return neurons


def cost(params, X, Y):
    return 0.5 * np.sum((Y - layers(params, X)[-1]) ** 2) / len(X)


def grad(params, X, Y):
    """Loops over units and over inputs, as in the program."""
    neurons = layers(params, X)
    found = {"weights": [np.zeros_like(w) for w in params["weights"]], "biases": [None, None]}
    errors = (Y - neurons[2]) / len(X)
    for k in (1, 0):
        gradients = errors * neurons[k + 1] * (1 - neurons[k + 1])
        errors = gradients @ params["weights"][k].T
        for i in range(gradients.shape[1]):
            for j in range(neurons[k].shape[1]):
                found["weights"][k][j, i] = -np.sum(gradients[:, i] * neurons[k][:, j])
        found["biases"][k] = -gradients.sum(0)
    return found


repaired = grad
