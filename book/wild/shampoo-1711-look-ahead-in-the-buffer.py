"""Shampoo's look-ahead is written into the buffer that keeps the velocity, so that each step starts from it."""

import numpy as np

SOURCE = "https://github.com/google-research/google-research/issues/1711"
THREAD = "google-research/google-research #1711"
DATE = "2023-08"
KIND = "update"
FORMULA = r"v_t = \mu (\mu v_{t-1} + g_t) + g_t,\; \theta_{t+1} = \theta_t - \eta\, v_t"
RIGHT = r"v_t = \mu v_{t-1} + g_t,\; \theta_{t+1} = \theta_t - \eta\, (\mu v_t + g_t)"
READ = "code"  # the steps before the preconditioner begins, which are those of the method it is grafted upon, SGD
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR, BETA1 = 0.05, 0.9
START_PRECONDITIONING_STEP = 1000
SETTINGS = dict(like="nesterov", lr=LR, momentum=BETA1)


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


class SGDGraft:
    """The momentum keeps a running sum of the gradients."""

    def __init__(self, momentum):
        self.momentum = momentum

    def precondition_gradient(self, grad):
        return grad

    def update_momentum(self, update, beta1):
        self.momentum *= beta1
        self.momentum += update
        return self.momentum


class Shampoo:
    nesterov = True

    def __init__(self, params, state):
        self.params = [p.copy() for p in params]
        self.state = [dict(s) for s in state]

    def init_var_state(self, var, state):
        state["step"] = 0
        state["momentum"] = np.zeros_like(var)
        state["graft"] = np.zeros_like(var)

    def look_ahead(self, momentum_update, beta1, wd_update):
        momentum_update *= beta1
        momentum_update += wd_update
        return momentum_update

    def step(self, grads):
        for i, grad in enumerate(grads):
            state = self.state[i]
            if not state:
                self.init_var_state(self.params[i], state)
            state["step"] += 1
            state["momentum"], graft = state["momentum"].copy(), SGDGraft(state["graft"].copy())

            graft_grad = graft.precondition_gradient(grad)
            shampoo_grad = grad
            graft_norm, shampoo_norm = np.linalg.norm(graft_grad), np.linalg.norm(shampoo_grad)
            shampoo_grad = shampoo_grad * (graft_norm / (shampoo_norm + 1e-16))

            state["momentum"] *= BETA1
            state["momentum"] += shampoo_grad
            graft_momentum = graft.update_momentum(grad, BETA1)
            if state["step"] >= START_PRECONDITIONING_STEP:
                momentum_update, wd_update = state["momentum"], shampoo_grad
            else:
                momentum_update, wd_update = graft_momentum, graft_grad
            if self.nesterov:
                momentum_update = self.look_ahead(momentum_update, BETA1, wd_update)

            self.params[i] -= LR * momentum_update
            state["graft"] = graft.momentum


class ShampooLater(Shampoo):
    def look_ahead(self, momentum_update, beta1, wd_update):
        return momentum_update * beta1 + wd_update


def start_state():
    return [{}, {}, {}, {}]


def step(optimizer, grads):
    optimizer.step(grads)
    return optimizer.params, optimizer.state


def update(params, grads, state):
    return step(Shampoo(params, state), grads)


def repaired_update(params, grads, state):
    return step(ShampooLater(params, state), grads)
