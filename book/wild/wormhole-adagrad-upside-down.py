"""The rate of AdaGrad's step is the reciprocal of what it should be."""

import numpy as np

SOURCE = "https://github.com/dmlc/wormhole/commit/573df41"
THREAD = "dmlc/wormhole 604401c, 573df41"
DATE = "2015-06"
KIND = "update"
FORMULA = r"w \leftarrow w - \frac{\beta + \sqrt{v}}{\alpha}\, g,\; v \leftarrow v + g^2"
RIGHT = r"w \leftarrow w - \frac{\alpha}{\beta + \sqrt{v}}\, g,\; v \leftarrow v + g^2"
READ = "code"
LAYER = []
NAMES = []
NET = None  # a factorization machine: an array for each feature, its weight and then its embedding
BLOCKS = ["w1[1]", "w2[1]", "w3[1]", "w4[1]"]
SAMPLES = 6
LAM = 0.0


ALPHA, BETA, FEATURES, DIM = 4.0, 1.0, 4, 2
SETTINGS = dict(like="adagrad", lr=ALPHA, eps=BETA)


def start(rng):
    return [0.4 * rng.standard_normal(1 + DIM) for _ in range(FEATURES)]


def data(rng):
    return 0.5 * rng.standard_normal((SAMPLES, FEATURES)), rng.choice([-1.0, 1.0], SAMPLES)


def predict(params, X):
    w, V = np.array([p[0] for p in params]), np.array([p[1:] for p in params])
    XV = X @ V
    return X @ w + 0.5 * np.sum(XV**2 - X**2 @ V**2, 1), XV, V


def cost(params, X, Y):
    """The logistic loss, summed over the minibatch."""
    return np.sum(np.log(1 + np.exp(-Y * predict(params, X)[0])))


def repaired(params, X, Y):
    """The right gradient, to train with."""
    py, XV, V = predict(params, X)
    p = -Y / (1 + np.exp(Y * py))
    w, V = X.T @ p, X.T @ (p[:, None] * XV) - V * (X**2).T.dot(p)[:, None]
    return [np.append(w[i], V[i]) for i in range(FEATURES)]


class AdaGradEntry:
    def __init__(self, w, sq_cum_grad):
        self.w, self.sq_cum_grad, self.size = w, sq_cum_grad, len(w)


class AdaGradHandle:
    alpha, beta = ALPHA, BETA
    lambda_l1, lambda_l2, lam = 0.0, 0.0, 0.0

    def Push(self, recv, val):
        val.w[0], val.sq_cum_grad[0] = self.Update(
            val.w[0], val.sq_cum_grad[0], recv[0], self.lambda_l2, self.lambda_l1
        )
        for i in range(1, len(recv)):
            val.w[i], val.sq_cum_grad[i] = self.Update(val.w[i], val.sq_cum_grad[i], recv[i], self.lam, 0)

    def Update(self, w, cg, g, l2, l1):
        cg = np.sqrt(cg * cg + g * g)
        eta = self.rate(cg)
        w = w - eta * g - l2 * w
        return w, cg

    def rate(self, cg):
        return (cg + self.beta) / self.alpha


class AdaGradHandleLater(AdaGradHandle):
    def rate(self, cg):
        return self.alpha / (cg + self.beta)


def start_state():
    return [np.zeros(1 + DIM) for _ in range(FEATURES)]


def pushed(handle, params, grads, state):
    entries = [AdaGradEntry(w.copy(), cg.copy()) for w, cg in zip(params, state)]
    for val, recv in zip(entries, grads):
        handle.Push(recv, val)
    return [val.w for val in entries], [val.sq_cum_grad for val in entries]


def update(params, grads, state):
    return pushed(AdaGradHandle(), params, grads, state)


def repaired_update(params, grads, state):
    return pushed(AdaGradHandleLater(), params, grads, state)
