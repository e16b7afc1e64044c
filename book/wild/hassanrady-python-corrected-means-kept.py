"""The corrected means of an Adam are written over the means, and the next step goes on with them."""

import numpy as np

SOURCE = "https://github.com/HassanRady/Deep-Learning-Framework-Python/commit/23ee67d"
THREAD = "HassanRady/Deep-Learning-Framework-Python c9a3622, 23ee67d"
DATE = "2023-03"
KIND = "update"
FORMULA = r"v_t = \hat v_t = (\mu \hat v_{t-1} + (1 - \mu)\, g_t) / (1 - \mu^t),\; r_t = \hat r_t"
RIGHT = r"v_t = \mu v_{t-1} + (1 - \mu)\, g_t,\; \hat v_t = v_t / (1 - \mu^t),\; \hat r_t = r_t / (1 - \rho^t)"
READ = "code"
LAYER = []
NAMES = [{"correction-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, MU, RHO, EPS = 0.001, 0.9, 0.999, float(np.finfo(float).eps)
SETTINGS = dict(like="adam", lr=RATE, beta1=MU, beta2=RHO, eps=EPS)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


class Adam:
    def __init__(self, v=0, r=0, k=0):
        self.v, self.r, self.k = v, r, k

    def calculate_update(self, weight_tensor, weight_gradient, right):
        self.k = self.k + 1
        self.v = MU * self.v + (1 - MU) * weight_gradient
        self.r = RHO * self.r + (1 - RHO) * np.square(weight_gradient)
        v_hat = self.v / (1 - MU**self.k)
        r_hat = self.r / (1 - RHO**self.k)
        if not right:
            self.v, self.r = v_hat, r_hat
        return weight_tensor - RATE * (v_hat / (np.sqrt(r_hat) + EPS))


def start_state():
    return [(0, 0, 0)] * 4


def step(params, grads, state, right):
    """params and grads are lists of arrays, state that of each array's optimizer; returns the new ones."""
    adams = [Adam(*kept) for kept in state]
    moved = [adam.calculate_update(p, g, right) for adam, p, g in zip(adams, params, grads)]
    return moved, [(adam.v, adam.r, adam.k) for adam in adams]


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
