"""The slope of a ReLU is the input itself above zero, and one below."""

import numpy as np

SOURCE = "https://github.com/bfortuner/ml-glossary/commit/2430ae1"
THREAD = "bfortuner/ml-glossary 2430ae1"
DATE = "2018-02"
KIND = "gradient"
FORMULA = r"f'(z) = z\ \text{where}\ z > 0,\; 1\ \text{elsewhere}"
RIGHT = r"f'(z) = 1\ \text{where}\ z > 0,\; 0\ \text{elsewhere}"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="relu", output="relu", loss="half_squared")  # no biases
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {"Wh": rng.standard_normal((SIZES[0], SIZES[1])), "Wo": rng.standard_normal((SIZES[1], SIZES[2]))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def relu(z):
    return z * (z.real > 0)


def relu_prime(z, right):
    return np.where(z > 0, 1, 0) if right else np.where(z > 0, z, 1)


def cost(params, X, Y):
    output = relu(relu(X @ params["Wh"]) @ params["Wo"])
    return np.sum(0.5 * (output - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    Zh = X @ params["Wh"]
    H = relu(Zh)
    Zo = H @ params["Wo"]
    Eo = (relu(Zo) - Y) * relu_prime(Zo, right) / len(X)
    Eh = Eo @ params["Wo"].T * relu_prime(Zh, right)
    return {"Wh": X.T @ Eh, "Wo": H.T @ Eo}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
