"""Adam sets its two means to zero whenever it is called, while the power of the bias correction goes on."""

import numpy as np

SOURCE = "https://github.com/dngfra/Restricted-Boltzmann-Machines/issues/2"
THREAD = "dngfra/Restricted-Boltzmann-Machines #2"
DATE = "2021-10"
KIND = "update"
FORMULA = (
    r"m_t = (1 - \beta_1) g_t,\; v_t = (1 - \beta_2) g_t^2,\; "
    r"\theta \leftarrow \theta - \eta \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)} + \epsilon}"
)
RIGHT = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2,\; "
    r"\theta \leftarrow \theta - \eta \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)} + \epsilon}"
)
READ = "code"
LAYER = []
NAMES = [{"means-not-kept"}]
NET = dict(sizes=(3, 4, 1), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


LEARNING_RATE, BETA1, BETA2, EPS = 0.04, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LEARNING_RATE, beta1=BETA1, beta2=BETA2, eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((1, 4)), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = sigmoid(X @ W1.T + b1)
    return h, sigmoid(h @ W2.T + b2)


def cost(params, X, Y):
    p = forward(params, X)[1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * h * (1 - h)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


KEYS = "weights", "hidden_biases", "output_weights", "output_biases"


def start_state():
    return {"epoch": 0, "M": None, "R": None}


class Machine:
    """One batch an epoch; grad_dict points uphill, as that of a Boltzmann machine's likelihood does."""

    def __init__(self, params, grads, epoch):
        self.model_dict = {k: p.copy() for k, p in zip(KEYS, params)}
        self.grad_dict = {k: -g for k, g in zip(KEYS, grads)}
        self.epoch = epoch


class Optimizer:
    def __init__(self, machine, learning_rate, eps=1e-8, opt="mini_SGD"):
        self.machine = machine
        self.learning_rate = learning_rate
        self.eps = eps
        self.opt = opt

    def zeros(self):
        self.M = {k: np.zeros_like(v) for k, v in self.machine.model_dict.items()}
        self.R = {k: np.zeros_like(v) for k, v in self.machine.model_dict.items()}

    def adam(self):
        self.zeros()
        beta1 = BETA1
        beta2 = BETA2
        for key, value in self.machine.grad_dict.items():  # iteration on keys
            self.M[key] = beta1 * self.M[key] + (1.0 - beta1) * value
            self.R[key] = beta2 * self.R[key] + (1.0 - beta2) * value**2

            m_k_hat = self.M[key] / (1.0 - beta1 ** (self.machine.epoch))
            r_k_hat = self.R[key] / (1.0 - beta2 ** (self.machine.epoch))

            self.machine.model_dict[key] += (self.learning_rate * m_k_hat / (np.sqrt(r_k_hat) + self.eps)).reshape(
                self.machine.model_dict[key].shape
            )

    def fit(self):
        if self.opt == "adam":
            self.adam()


class OptimizerThatKeeps(Optimizer):
    M = None

    def zeros(self):
        if self.M is None:
            super().zeros()


def trained(kind, params, grads, state):
    machine = Machine(params, grads, state["epoch"] + 1)
    optimus = kind(machine, LEARNING_RATE, EPS, opt="adam")
    if state["M"] is not None:
        optimus.M, optimus.R = dict(state["M"]), dict(state["R"])
    optimus.fit()
    return [machine.model_dict[k] for k in KEYS], {"epoch": machine.epoch, "M": optimus.M, "R": optimus.R}


def update(params, grads, state):
    return trained(Optimizer, params, grads, state)


def repaired_update(params, grads, state):
    return trained(OptimizerThatKeeps, params, grads, state)
