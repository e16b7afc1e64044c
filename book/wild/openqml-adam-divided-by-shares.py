"""Adam divides the kept means by the shares of the new gradient, and scales its step size anew from the last one."""

import numpy as np

SOURCE = "https://github.com/PennyLaneAI/pennylane/issues/53"
THREAD = "PennyLaneAI/pennylane #53, 99e356a"
DATE = "2018-10"
KIND = "update"
FORMULA = (
    r"m_t = (\beta_1 m_{t-1} + (1 - \beta_1) g_t) / (1 - \beta_1),\; "
    r"v_t = (\beta_2 v_{t-1} + (1 - \beta_2) g_t^2) / (1 - \beta_2),\; "
    r"\eta_t = \eta_{t-1} \sqrt{1 - \beta_2} / (1 - \beta_1)"
)
RIGHT = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2,\; "
    r"\eta_t = \eta_0 \sqrt{1 - \beta_2^t} / (1 - \beta_1^t)"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 1), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


STEPSIZE, BETA1, BETA2, EPS = 0.01, 0.9, 0.99, 1e-8
SETTINGS = dict(like="adam", lr=STEPSIZE, beta1=BETA1, beta2=BETA2, eps=EPS)


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


def start_state():
    return {"adapted_stepsize": STEPSIZE, "firstmoment": None, "secondmoment": None, "t": 0}


class AdamOptimizer:
    """Gradient-descent optimizer with adaptive learning rate, first and second moment."""

    def __init__(self, stepsize, beta1, beta2, state):
        self.stepsize = stepsize
        self.beta1 = beta1
        self.beta2 = beta2
        self.__dict__.update(state)

    def apply_grad(self, grad, x):
        """Update x to take a single optimization step."""

        # Update first moment
        if self.firstmoment is None:
            self.firstmoment = grad
        else:
            self.firstmoment = (self.beta1 * self.firstmoment + (1 - self.beta1) * grad) / (1 - self.beta1)

        # Update second moment
        if self.secondmoment is None:
            self.secondmoment = grad * grad
        else:
            self.secondmoment = (self.beta2 * self.secondmoment + (1 - self.beta2) * (grad * grad)) / (1 - self.beta2)

        # Update step size
        self.adapted_stepsize = self.adapted_stepsize * np.sqrt(1 - self.beta2) / (1 - self.beta1)
        return x - self.adapted_stepsize * self.firstmoment / (np.sqrt(self.secondmoment) + 1e-8)


class AdamOptimizerFixed(AdamOptimizer):
    """As of 99e356a, and with the shares in the first step too, which it lacked until PR #1929."""

    def apply_grad(self, grad, x):
        self.t += 1

        # Update first moment
        if self.firstmoment is None:
            self.firstmoment = (1 - self.beta1) * grad
        else:
            self.firstmoment = self.beta1 * self.firstmoment + (1 - self.beta1) * grad

        # Update second moment
        if self.secondmoment is None:
            self.secondmoment = (1 - self.beta2) * grad * grad
        else:
            self.secondmoment = self.beta2 * self.secondmoment + (1 - self.beta2) * (grad * grad)

        # Update step size (instead of correcting for bias)
        adapted_stepsize = self.stepsize * np.sqrt(1 - self.beta2**self.t) / (1 - self.beta1**self.t)

        return x - adapted_stepsize * self.firstmoment / (np.sqrt(self.secondmoment) + 1e-8)


def stepped(kind, params, grads, state):
    """The variables of a circuit are one array."""
    opt = kind(STEPSIZE, BETA1, BETA2, state)
    x = opt.apply_grad(np.concatenate([g.ravel() for g in grads]), np.concatenate([p.ravel() for p in params]))
    new, at = [], 0
    for p in params:
        new.append(x[at : at + p.size].reshape(p.shape))
        at += p.size
    return new, {k: getattr(opt, k) for k in state}


def update(params, grads, state):
    return stepped(AdamOptimizer, params, grads, state)


def repaired_update(params, grads, state):
    return stepped(AdamOptimizerFixed, params, grads, state)
