"""A pooling has no function of its own, but its delta is multiplied by the largest values that it hands up."""

import numpy as np

SOURCE = "https://github.com/kanairen/ConvNetCpp/commit/f55871a"
THREAD = "kanairen/ConvNetCpp f55871a"
DATE = "2016-07"
KIND = "gradient"
FORMULA = r"\delta_j = u_j\, \textstyle\sum_k W_{kj}\, \delta^{+}_k,\; u_j = \max_i x_i"
RIGHT = r"\delta_j = \textstyle\sum_k W_{kj}\, \delta^{+}_k,\; u_j = \max_i x_i"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
WIDTH, FILTER, POOL, CLASSES = 8, 3, 2, 3
WIDE = WIDTH - FILTER + 1
NET = None  # a convolution and a pooling
BLOCKS = ["h[1]", "biases[1]", "weights[2]", "biases[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """The convolution has a bias for each place."""
    return {
        "conv": [rng.standard_normal(FILTER), rng.standard_normal(WIDE)],
        "softmax": [rng.standard_normal((CLASSES, WIDE // POOL)), rng.standard_normal(CLASSES)],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, WIDTH)), np.eye(CLASSES)[rng.integers(0, CLASSES, SAMPLES)]


class ConvLayer:
    def __init__(self, h, biases):
        self.h, self.biases = h, biases
        self.t = np.full((WIDE, WIDTH), -1)
        self.weights = np.zeros((WIDE, WIDTH), h.dtype)
        for j_out in range(WIDE):
            for kx in range(FILTER):
                self.t[j_out, j_out + kx] = kx
                self.weights[j_out, j_out + kx] = h[kx]

    def forward(self, x):
        self.u = self.weights @ x + self.biases
        self.z = self.u * (self.u.real > 0)
        return self.z

    def backward(self, next_weights, next_delta):
        self.delta = (next_weights.T @ next_delta) * (self.u > 0)

    def update(self, prev_output):
        dh = np.zeros(FILTER)
        for i_out, i_in in np.ndindex(self.t.shape):
            if self.t[i_out, i_in] != -1:
                dh[self.t[i_out, i_in]] += self.delta[i_out] * prev_output[i_in]
        return [dh, self.delta]


class MaxPoolLayer:
    def forward(self, x):
        n_out = len(x) // POOL
        self.weights, self.u = np.zeros((n_out, len(x))), np.zeros(n_out, x.dtype)
        for j_out in range(n_out):
            max_idx = j_out * POOL
            for kx in range(POOL):
                if x[j_out * POOL + kx].real > x[max_idx].real:
                    max_idx = j_out * POOL + kx
            self.weights[j_out, max_idx] = 1.0
            self.u[j_out] = x[max_idx]
        return self.u

    def backward(self, next_weights, next_delta, right):
        self.delta = np.zeros(len(self.u))
        for i_out in range(len(self.u)):
            d = 0.0
            for i_n_out in range(len(next_delta)):
                d += next_weights[i_n_out, i_out] * next_delta[i_n_out]
            self.delta[i_out] = d if right else d * self.u[i_out]


def forward(params, x):
    conv, pool = ConvLayer(*params["conv"]), MaxPoolLayer()
    weights, biases = params["softmax"]
    u = weights @ pool.forward(conv.forward(x)) + biases
    z = np.exp(u - u.real.max())
    return conv, pool, z / z.sum()


def cost(params, X, Y):
    return -sum(np.sum(y * np.log(forward(params, x)[-1])) for x, y in zip(X, Y)) / len(X)


def backward(params, X, Y, right):
    totals = {name: [np.zeros_like(block) for block in blocks] for name, blocks in params.items()}
    for x, y in zip(X, Y):
        conv, pool, out = forward(params, x)
        delta = (out - y) / len(X)
        pool.backward(params["softmax"][0], delta, right)
        conv.backward(pool.weights, pool.delta)
        for total, part in zip(totals["softmax"], [np.outer(delta, pool.u), delta]):
            total += part
        for total, part in zip(totals["conv"], conv.update(x)):
            total += part
    return totals


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
