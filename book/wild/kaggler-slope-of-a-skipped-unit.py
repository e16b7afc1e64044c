"""A reader misses the rectifier's slope, which is one wherever a unit is not skipped."""

import numpy as np

SOURCE = "https://github.com/jeongyoonlee/Kaggler/issues/14"
THREAD = "jeongyoonlee/Kaggler #14"
DATE = "2015-11"
KIND = "right"
FORMULA = r"\partial C / \partial z_j = (p - y)\, w^1_j"
RIGHT = (
    r"\partial C / \partial z_j = (p - y)\, w^1_j\, [z_j > 0],\; "
    r"C = -\tfrac1n \textstyle\sum_i y_i \log p_i + (1 - y_i) \log(1 - p_i)"
)
READ = "code"
LAYER = []
NAMES = []
N, H = 3, 4
NET = dict(sizes=(N, H, 1), hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """All weights of a layer in one vector: input by input, and the biases last."""
    return {"w0": rng.uniform(-1, 1, (N + 1) * H), "w1": rng.uniform(-1, 1, H + 1)}


def data(rng):
    X = rng.standard_normal((SAMPLES, N)) * (rng.random((SAMPLES, N)) < 0.8)
    return X, rng.integers(0, 2, SAMPLES).astype(float)


def sigm(x):
    return 1 / (1 + np.exp(-x))


class NN:
    def __init__(self, n, h, w0, w1):
        self.n, self.h = n, h
        self.w0, self.w1 = w0, w1
        self.g0, self.g1 = np.zeros(w0.shape), np.zeros(w1.shape)
        self.z = [0.0] * h

    def get_x(self, xs):
        idx = [i for i, x in enumerate(xs) if x != 0]
        return idx, [xs[i] for i in idx]

    def predict(self, idx, val):
        p = self.w1[self.h]
        for j in range(self.h):
            self.z[j] = self.w0[self.n * self.h + j]
            for i, x in zip(idx, val):
                self.z[j] = self.z[j] + self.w0[i * self.h + j] * x
            self.z[j] = self.z[j] if self.z[j].real > 0.0 else 0.0
            p = p + self.w1[j] * self.z[j]
        return sigm(p)

    def update(self, idx, val, p, y):
        """The derivatives are added up, where the author takes a step with rates that fall by counters."""
        e = p - y
        dl_dy = e
        self.g1[self.h] += dl_dy
        for j in range(self.h):
            if self.z[j] == 0.0:
                continue
            self.g1[j] += dl_dy * self.z[j]
            dl_dz = dl_dy * self.w1[j]
            self.g0[self.n * self.h + j] += dl_dz
            for i, x in zip(idx, val):
                self.g0[i * self.h + j] += dl_dz * x


def cost(params, X, Y):
    nn = NN(N, H, params["w0"], params["w1"])
    total = 0.0
    for x, y in zip(X, Y):
        p = nn.predict(*nn.get_x(x))
        total = total - (y * np.log(p) + (1 - y) * np.log(1 - p))
    return total / len(X)


def grad(params, X, Y):
    nn = NN(N, H, params["w0"], params["w1"])
    for x, y in zip(X, Y):
        idx, val = nn.get_x(x)
        p = nn.predict(idx, val)
        nn.update(idx, val, p, y)
    return {"w0": nn.g0 / len(X), "w1": nn.g1 / len(X)}


repaired = grad
