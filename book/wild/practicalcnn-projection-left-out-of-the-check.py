"""A squared error's gradient is doubted, as the check has forgotten the projection that the gradient has."""

import numpy as np

SOURCE = "https://github.com/vedaldi/practical-cnn-reg/issues/1"
THREAD = "vedaldi/practical-cnn-reg #1"
DATE = "2016-06"
KIND = "right"
FORMULA = r"\partial C / \partial x = \tfrac{2 p}{H W} (x - r)"
RIGHT = r"C = \tfrac{p}{H W} \textstyle\sum (x - r)^2"
READ = "code"
LAYER = []
NAMES = []
NET = None  # a loss
BLOCKS = ["x[1]"]
SAMPLES = 2
LAM = 0.0
HEIGHT, WIDTH, CHANNELS = 4, 4, 1
P = -0.43  # one random number in the author's program


def start(rng):
    return rng.standard_normal((HEIGHT, WIDTH, CHANNELS, SAMPLES))


def data(rng):
    """Only the reference counts; its samples stand in rows."""
    return np.zeros((SAMPLES, 1)), rng.standard_normal((SAMPLES, HEIGHT * WIDTH * CHANNELS))


def l2LossForward(x, r):
    delta = x - r
    y = np.sum(delta.ravel() ** 2)
    y = y / (x.shape[0] * x.shape[1])
    return y


def l2LossBackward(x, r, p):
    dx = 2 * p * (x - r)
    dx = dx / (x.shape[0] * x.shape[1])
    return dx


def reference(Y):
    return Y.T.reshape(HEIGHT, WIDTH, CHANNELS, SAMPLES)


def proj(p, y):
    return np.sum(p * y)


def cost(x, X, Y):
    return proj(P, l2LossForward(x, reference(Y)))


def grad(x, X, Y):
    return l2LossBackward(x, reference(Y), P)


repaired = grad
