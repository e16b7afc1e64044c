"""A reader takes a half out of the penalty's loss, which the exercise asks for and the gradient fits."""

import numpy as np

SOURCE = "https://github.com/bruceoutdoors/CS231n/issues/8"
THREAD = "bruceoutdoors/CS231n #8"
DATE = "2018-02"
KIND = "right"
FORMULA = r"\partial C / \partial W^l = (\cdot) + \lambda W^l"
RIGHT = r"\partial C / \partial W^l \text{ of } (\cdot) + \tfrac{\lambda}{2} \textstyle\sum_l \lVert W^l \rVert^2"
READ = "code"
LAYER = []
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.1 * SAMPLES


REG = 0.1


def start(rng):
    return {
        "W1": rng.standard_normal((4, 5)),
        "b1": rng.standard_normal(5),
        "W2": rng.standard_normal((5, 3)),
        "b2": rng.standard_normal(3),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    z1 = X @ params["W1"] + params["b1"]
    a1 = z1 * (z1.real > 0)
    exp_scores = np.exp(a1 @ params["W2"] + params["b2"])
    return a1, exp_scores / exp_scores.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    reg_loss = 0.5 * REG * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X) + reg_loss


def grad(params, X, Y):
    a1, probs = forward(params, X)
    dscores = (probs - Y) / len(X)
    dhidden = dscores @ params["W2"].T
    dhidden[a1 <= 0] = 0
    return {
        "W1": X.T @ dhidden + REG * params["W1"],
        "b1": dhidden.sum(0),
        "W2": a1.T @ dscores + REG * params["W2"],
        "b2": dscores.sum(0),
    }


repaired = grad
