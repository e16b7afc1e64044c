"""A reader asks for a sum over the samples where a cross-entropy is the mean of the sums over the classes."""

import numpy as np

SOURCE = "https://github.com/aymericdamien/TensorFlow-Examples/issues/139"
THREAD = "aymericdamien/TensorFlow-Examples #139, #329"
DATE = "2017-04"
KIND = "right"
FORMULA = r"C = \mathrm{mean}_i \bigl(-\textstyle\sum_k y_{i,k} \log a_{i,k}\bigr)"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i \textstyle\sum_k y_{i,k} \log a_{i,k}"
READ = "code"
LAYER = []
NAMES = []
SIZES = (4, 3)
NET = dict(sizes=SIZES, output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {"W": rng.standard_normal((4, 3)), "b": rng.standard_normal(3)}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def pred(params, X):
    e = np.exp(X @ params["W"] + params["b"])
    return e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    return np.mean(-np.sum(Y * np.log(pred(params, X)), axis=1))


def grad(params, X, Y):
    d = (pred(params, X) - Y) / len(X)
    return {"W": X.T @ d, "b": d.sum(0)}


repaired = grad
