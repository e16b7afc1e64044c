"""The adjoint of a sum of two matrices is written over what had come into them before."""

import numpy as np

SOURCE = "https://github.com/NVIDIA/warp/commit/dba1e176c"
THREAD = "NVIDIA/warp dba1e176c"
DATE = "2021-08"
KIND = "gradient"
FORMULA = r"\bar A = \bar S,\; S = A + B,\; T = S A"
RIGHT = r"\bar A = \bar S + S^\top \bar T,\; S = A + B,\; T = S A"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"fan-out-overwritten"}, {"gradient-overwritten"}]
N = 3
NET = None  # two matrices
BLOCKS = ["a[1]", "b[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return {"a": rng.standard_normal((N, N)), "b": rng.standard_normal((N, N))}


def data(rng):
    return rng.standard_normal((SAMPLES, N)), rng.standard_normal((SAMPLES, N))


def forward(params, X):
    s = params["a"] + params["b"]
    t = s @ params["a"]
    return s, t, X @ t.T


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[2] - Y) ** 2) / len(X)


def adj_add(adj_a, adj_b, adj_ret):
    for i in range(N):
        for j in range(N):
            adj_a[i, j] = adj_ret[i, j]
            adj_b[i, j] = adj_ret[i, j]


def adj_add_later(adj_a, adj_b, adj_ret):
    for i in range(N):
        for j in range(N):
            adj_a[i, j] += adj_ret[i, j]
            adj_b[i, j] += adj_ret[i, j]


def adj_mul(a, b, adj_a, adj_b, adj_ret):
    adj_a += adj_ret @ b.T
    adj_b += a.T @ adj_ret


def reverse(params, X, Y, adj_add):
    s, _, out = forward(params, X)
    adj_out = (out - Y) / len(X)
    adj_t = adj_out.T @ X
    adj_a, adj_b, adj_s = np.zeros((N, N)), np.zeros((N, N)), np.zeros((N, N))
    adj_mul(s, params["a"], adj_s, adj_a, adj_t)
    adj_add(adj_a, adj_b, adj_s)
    return {"a": adj_a, "b": adj_b}


def grad(params, X, Y):
    return reverse(params, X, Y, adj_add)


def repaired(params, X, Y):
    return reverse(params, X, Y, adj_add_later)
