"""An Adam is written as a learning rate with the mean in it, by which the descent multiplies the gradient again."""

import numpy as np

SOURCE = "https://github.com/owlbarn/owl/commit/491e7fc04"
THREAD = "owlbarn/owl 491e7fc04 (9f84de4fa)"
DATE = "2018-02"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta\, g_t \odot \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
RIGHT = r"\theta \leftarrow \theta - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
READ = "code"
LAYER = []
NAMES = []
NET = None  # minimise_weight is given any function; here a linear regression, without a mean in its loss
BLOCKS = ["w[1]"]
SAMPLES = 6
LAM = 0.0

A, B1, B2 = 0.02, 0.9, 0.999
SETTINGS = dict(like="adam", lr=A, beta1=B1, beta2=B2, eps=1e-8)


def start(rng):
    return rng.standard_normal((4, 2))


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.standard_normal((SAMPLES, 2))


def f(w, x):
    return x @ w


def quadratic(y, y_):
    """Maths.(l2norm_sqr' (y - y'))"""
    return np.sum((y - y_) ** 2)


def cost(w, X, Y):
    return quadratic(Y, f(w, X))


def repaired(w, X, Y):
    """The right gradient, to train with."""
    return -2 * X.T @ (Y - f(w, X))


def start_state():
    """Checkpoint.init_state"""
    return {"current_batch": 1, "us": 0.0, "ch": [0.0, 0.0]}


class LearningRate:
    def __init__(self, a, b1, b2):
        self.a, self.b1, self.b2 = a, b1, b2

    def run(self, i, _, c):
        a, b1, b2 = self.a, self.b1, self.b2
        return a * np.sqrt(1.0 - b2**i) / (1.0 - b1**i) * c[0] / (np.sqrt(c[1]) + 1e-8)

    def update_ch(self, g, c):
        m = self.b1 * c[0] + (1.0 - self.b1) * g
        v = self.b2 * c[1] + (1.0 - self.b2) * g * g
        return [m, v]


class LearningRateMended(LearningRate):
    def run(self, i, g, c):
        a, b1, b2 = self.a, self.b1, self.b2
        return a * np.sqrt(1.0 - b2**i) / (1.0 - b1**i) * c[0] / (np.sqrt(c[1]) + 1e-8) / (g + 1e-32)


class GD:
    def run(self, g_):
        return -g_


class NoMomentum:
    def run(self, _, u_):
        return u_


def minimise_weight(learning_rate, w, g_, state):
    """One turn of the loop over the batches."""
    rate_fun, upch_fun = learning_rate.run, learning_rate.update_ch
    grad_fun, momt_fun = GD().run, NoMomentum().run
    # calculate gradient descent
    p_ = grad_fun(g_)
    # update gcache if necessary
    ch = upch_fun(g_, state["ch"])
    # adjust direction based on learning_rate
    u_ = p_ * rate_fun(state["current_batch"], g_, ch)
    # adjust direction based on momentum
    u_ = momt_fun(state["us"], u_)
    # update the weight
    w = w + u_
    return w, {"current_batch": state["current_batch"] + 1, "us": state["us"], "ch": ch}


def update(params, grads, state):
    return minimise_weight(LearningRate(A, B1, B2), params, grads, state)


def repaired_update(params, grads, state):
    return minimise_weight(LearningRateMended(A, B1, B2), params, grads, state)
