"""A reader takes the minus between the two terms of a cross-entropy's derivative for a plus."""

import numpy as np

SOURCE = "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1"
THREAD = "DeepLearning.AI community, Course 1 Week 4 Programming Assignment #2 Error, read in a copy"
DATE = "2022-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial a = -\Bigl(\frac{y}{a} + \frac{1 - y}{1 - a}\Bigr)"
RIGHT = r"\partial C / \partial a = -\Bigl(\frac{y}{a} - \frac{1 - y}{1 - a}\Bigr)"
READ = "discussion"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {
        "W1": rng.standard_normal((4, 3)),
        "b1": rng.standard_normal((4, 1)),
        "W2": rng.standard_normal((1, 4)),
        "b2": rng.standard_normal((1, 1)),
    }


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (SIZES[-1], SAMPLES)).astype(float)


def forward(params, X):
    Z1 = params["W1"] @ X + params["b1"]
    A1 = Z1 * (Z1.real > 0)
    return A1, sigmoid(params["W2"] @ A1 + params["b2"])


def cost(params, X, Y):
    AL = forward(params, X)[-1]
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / X.shape[1]


def backward(params, X, Y, right):
    A1, AL = forward(params, X)
    m = X.shape[1]
    between = -1 if right else 1
    dAL = -(Y / AL + between * (1 - Y) / (1 - AL))
    dZ2 = dAL * AL * (1 - AL)
    dZ1 = params["W2"].T @ dZ2 * (A1 > 0)
    return {
        "W1": dZ1 @ X.T / m,
        "b1": dZ1.sum(1, keepdims=True) / m,
        "W2": dZ2 @ A1.T / m,
        "b2": dZ2.sum(1, keepdims=True) / m,
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
