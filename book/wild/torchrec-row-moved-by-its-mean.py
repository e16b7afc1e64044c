"""AdaGrad for the rows of a table moves each row by the mean of its gradient, and squares that mean as well."""

import numpy as np

SOURCE = "https://github.com/meta-pytorch/torchrec/pull/2015"
THREAD = "meta-pytorch/torchrec PR #2015, d918bb00"
DATE = "2024-05"
KIND = "update"
FORMULA = (
    r"\bar g_i = \tfrac1d \textstyle\sum_j g_{ij},\; s_i \leftarrow s_i + \bar g_i^2,\; "
    r"E_{ij} \leftarrow E_{ij} - \eta\, \bar g_i / (\sqrt{s_i} + \epsilon)"
)
RIGHT = (
    r"s_i \leftarrow s_i + \tfrac1d \textstyle\sum_j g_{ij}^2,\; "
    r"E_{ij} \leftarrow E_{ij} - \eta\, g_{ij} / (\sqrt{s_i} + \epsilon)"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # tables whose rows are added up for each sample
SAMPLES = 8
LAM = 0.0


LR, LR_DECAY, WEIGHT_DECAY, EPS = 0.1, 0.0, 0.0, 1e-10
SETTINGS = dict(like="adagrad", lr=LR, eps=EPS)
ROWS, DIM = (5, 4), 3


def start(rng):
    return [rng.standard_normal((rows, DIM)) for rows in ROWS]


def data(rng):
    """How often each row of each table is in a sample's bag."""
    return rng.integers(0, 3, (SAMPLES, sum(ROWS))).astype(float), rng.standard_normal((SAMPLES, DIM))


def forward(params, X):
    return X[:, : ROWS[0]] @ params[0] + X[:, ROWS[0] :] @ params[1]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X) - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    d = (forward(params, X) - Y) / len(X)
    return [X[:, : ROWS[0]].T @ d, X[:, ROWS[0] :].T @ d]


def _single_tensor_adagrad(params, grads, state_sums, state_steps, *, lr, weight_decay, lr_decay, eps, maximize):
    for i, (param, grad, state_sum) in enumerate(zip(params, grads, state_sums)):
        state_steps[i] += 1
        step = state_steps[i]
        grad = grad if not maximize else -grad

        row_wise_grad = grad.mean(axis=1).reshape(-1, 1)
        if weight_decay != 0:
            grad = grad + weight_decay * param
            row_wise_grad = grad + weight_decay * param

        clr = lr / (1 + (step - 1) * lr_decay)

        state_sum += row_wise_grad * row_wise_grad
        std = np.sqrt(state_sum) + eps
        param += -clr * row_wise_grad / std


def _single_tensor_adagrad_later(params, grads, state_sums, state_steps, *, lr, weight_decay, lr_decay, eps, maximize):
    for i, (param, grad, state_sum) in enumerate(zip(params, grads, state_sums)):
        state_steps[i] += 1
        step = state_steps[i]
        grad = grad if not maximize else -grad

        if weight_decay != 0:
            grad = grad + weight_decay * param

        state_sum += (grad**2).mean(axis=1).reshape(-1, 1)
        std = np.sqrt(state_sum) + eps

        clr = lr / (1 + (step - 1) * lr_decay)

        param += -clr * grad / std


class RowWiseAdagrad:
    def __init__(self, params, state, adagrad):
        self.params = [p.copy() for p in params]
        self.sums = [s.copy() for s in state["sum"]]
        self.steps = list(state["step"])
        self.adagrad = adagrad

    def step(self, grads):
        self.adagrad(
            self.params,
            grads,
            self.sums,
            self.steps,
            lr=LR,
            weight_decay=WEIGHT_DECAY,
            lr_decay=LR_DECAY,
            eps=EPS,
            maximize=False,
        )
        return self.params, {"sum": self.sums, "step": self.steps}


def start_state():
    return {"sum": [np.zeros((rows, 1)) for rows in ROWS], "step": [0.0 for _ in ROWS]}


def update(params, grads, state):
    return RowWiseAdagrad(params, state, _single_tensor_adagrad).step(grads)


def repaired_update(params, grads, state):
    return RowWiseAdagrad(params, state, _single_tensor_adagrad_later).step(grads)
