"""The way back through a layer normalisation takes its two sums over all rows of a block, and not over each row."""

import numpy as np

SOURCE = "https://github.com/flagos-ai/FlagGems/pull/59"
THREAD = "flagos-ai/FlagGems PR #59"
DATE = "2024-06"
KIND = "gradient"
FORMULA = (
    r"\delta_i = \frac{1}{s_i} \Bigl(h_i - \tfrac1n \textstyle\sum_{r \in B} \sum_k h_{r,k} - "
    r"\tfrac1n\, \hat x_i \sum_{r \in B} \sum_k h_{r,k} \hat x_{r,k}\Bigr),\; h = w \odot g"
)
RIGHT = (
    r"\delta_i = \frac{1}{s_i} \Bigl(h_i - \tfrac1n \textstyle\sum_k h_{i,k} - "
    r"\tfrac1n\, \hat x_i \sum_k h_{i,k} \hat x_{i,k}\Bigr),\; h = w \odot g"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # a layer normalisation
BLOCKS = ["U[1]", "a[1]", "W[2]", "B[2]", "V[3]", "c[3]"]
SAMPLES = 8
LAM = 0.0

BLOCK_ROW_SIZE = 4
EPS = 1e-5


def start(rng):
    return [
        rng.standard_normal((SIZES[0], SIZES[1])),
        rng.standard_normal(SIZES[1]),
        rng.uniform(0.5, 1.5, SIZES[1]),
        rng.standard_normal(SIZES[1]),
        rng.standard_normal((SIZES[1], SIZES[2])),
        rng.standard_normal(SIZES[2]),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def layer_norm(X, W, B):
    mean = X.mean(1, keepdims=True)
    rstd = 1 / np.sqrt(((X - mean) ** 2).mean(1, keepdims=True) + EPS)
    return (X - mean) * rstd * W + B, mean, rstd


def forward(params, inputs):
    U, a, W, B, V, c = params
    X = inputs @ U + a
    Y, mean, rstd = layer_norm(X, W, B)
    return X, mean, rstd, np.tanh(Y), np.tanh(Y) @ V + c


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def layer_norm_backward_kernel(dY, X, W, Mean, Rstd, right):
    M, N = X.shape
    dX = np.empty_like(X)
    for pid in range(0, M, BLOCK_ROW_SIZE):
        rows = slice(pid, pid + BLOCK_ROW_SIZE)
        mean, rstd = Mean[rows], Rstd[rows]
        x_hat = (X[rows] - mean) * rstd
        dx_hat = dY[rows] * W
        if right:
            dx_2 = np.sum(dx_hat, axis=1, keepdims=True)
            dx_3 = np.sum(dx_hat * x_hat, axis=1, keepdims=True)
        else:
            dx_2 = np.sum(dx_hat)
            dx_3 = np.sum(dx_hat * x_hat)
        dX[rows] = rstd * (dx_hat - (dx_2 + x_hat * dx_3) / N)
    return dX


def backward(params, inputs, targets, right):
    W, V = params[2], params[4]
    X, mean, rstd, hidden, out = forward(params, inputs)
    e = (out - targets) / len(inputs)
    dY = e @ V.T * (1 - hidden**2)
    dX = layer_norm_backward_kernel(dY, X, W, mean, rstd, right)
    weight_grad = np.sum(dY * (X - mean) * rstd, axis=0)
    return [inputs.T @ dX, dX.sum(0), weight_grad, dY.sum(0), hidden.T @ e, e.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
