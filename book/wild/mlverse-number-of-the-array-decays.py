"""In Adam's weight decay the number of the array in its group stands where the array itself should."""

import numpy as np

SOURCE = "https://github.com/mlverse/torch/issues/821"
THREAD = "mlverse/torch #821, 30ab98d0"
DATE = "2022-05"
KIND = "update"
FORMULA = r"g_k \leftarrow \partial C / \partial \theta_k + \lambda k,\; k = 1 \ldots K \text{ the number of the array}"
RIGHT = r"g_k \leftarrow \partial C / \partial \theta_k + \lambda \theta_k"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, BETAS, EPS, WD = 0.01, (0.9, 0.999), 1e-8, 0.01
SETTINGS = dict(like="adam", lr=LR, beta1=BETAS[0], beta2=BETAS[1], eps=EPS, weight_decay=WD)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1.T + b1) @ W2.T + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    d2 = (h @ W2.T + b2 - Y) / len(X)
    d1 = d2 @ W2 * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return [{} for _ in range(4)]


class OptimAdam:
    def __init__(self, params, grads, states, right=False):
        self.params = [param.copy() for param in params]
        self.grads = [grad.copy() for grad in grads]
        self.states = [{name: np.copy(value) for name, value in state.items()} for state in states]
        self.param_groups = [dict(lr=LR, betas=BETAS, eps=EPS, weight_decay=WD, amsgrad=False)]
        self.right = right

    def loop_fun(self, group, param, grad, state, p):
        if len(state) == 0:
            state["step"] = 0
            state["exp_avg"] = np.zeros_like(param)
            state["exp_avg_sq"] = np.zeros_like(param)
            if group["amsgrad"]:
                state["max_exp_avg_sq"] = np.zeros_like(param)
        exp_avg = state["exp_avg"]
        exp_avg_sq = state["exp_avg_sq"]
        beta1, beta2 = group["betas"]

        state["step"] = state["step"] + 1
        bias_correction1 = 1 - beta1 ** state["step"]
        bias_correction2 = 1 - beta2 ** state["step"]

        if group["weight_decay"] != 0:
            grad += group["weight_decay"] * (param if self.right else p)

        exp_avg *= beta1
        exp_avg += (1 - beta1) * grad
        exp_avg_sq *= beta2
        exp_avg_sq += (1 - beta2) * grad * grad

        if group["amsgrad"]:
            state["max_exp_avg_sq"] = np.maximum(state["max_exp_avg_sq"], exp_avg_sq)
            denom = np.sqrt(state["max_exp_avg_sq"]) / np.sqrt(bias_correction2) + group["eps"]
        else:
            denom = np.sqrt(exp_avg_sq) / np.sqrt(bias_correction2) + group["eps"]

        step_size = group["lr"] / bias_correction1
        param += -step_size * exp_avg / denom

    def step(self):
        for group in self.param_groups:
            for p in range(1, len(self.params) + 1):
                self.loop_fun(group, self.params[p - 1], self.grads[p - 1], self.states[p - 1], p)


def update(params, grads, state):
    optimizer = OptimAdam(params, grads, state)
    optimizer.step()
    return optimizer.params, optimizer.states


def repaired_update(params, grads, state):
    optimizer = OptimAdam(params, grads, state, right=True)
    optimizer.step()
    return optimizer.params, optimizer.states
