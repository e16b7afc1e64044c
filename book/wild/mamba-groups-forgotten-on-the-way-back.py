"""A normalisation by groups goes back as if all were one group, with the deviation of the first."""

import numpy as np

SOURCE = "https://github.com/state-spaces/mamba/pull/547"
THREAD = "state-spaces/mamba PR #547, 3b0dde5"
DATE = "2024-08"
KIND = "gradient"
FORMULA = (
    r"\bar x = r_1 \bigl( w \bar y - \hat x\, \tfrac1N \textstyle\sum_{j=1}^N \hat x_j w_j \bar y_j \bigr),\; "
    r"\hat x = r_1 x"
)
RIGHT = (
    r"\bar x = r_g \bigl( w \bar y - \hat x\, \tfrac1{N_g} \textstyle\sum_{j \in g} \hat x_j w_j \bar y_j \bigr),\; "
    r"\hat x = r_g x,\; r_g = \bigl( \tfrac1{N_g} \sum_{j \in g} x_j^2 + \epsilon \bigr)^{-1/2}"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = None  # a normalised layer with a gate
BLOCKS = ["Wx[1]", "Wz[1]", "weight[1]"]
SAMPLES = 6
LAM = 0.0
DIM, NGROUPS, EPS = 4, 2, 1e-6


def start(rng):
    return {
        "Wx": rng.standard_normal((3, DIM)),
        "Wz": rng.standard_normal((3, DIM)),
        "weight": rng.standard_normal(DIM),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, DIM))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def layer_norm_fwd(x, weight, eps, z, group_size=None):
    M, N = x.shape
    if group_size is None:
        group_size = N
    ngroups = N // group_size
    out = np.zeros_like(x)
    rstd = np.zeros(ngroups * M, x.dtype)
    for row in range(M):
        for group in range(ngroups):
            cols = slice(group * group_size, (group + 1) * group_size)
            xbar = x[row, cols]
            var = np.sum(xbar * xbar) / group_size
            rstd[group * M + row] = 1 / np.sqrt(var + eps)
            y = xbar * rstd[group * M + row] * weight[cols]
            out[row, cols] = y * z[row, cols] * sigmoid(z[row, cols])
    return out, rstd


def layer_norm_bwd(dout, x, weight, rstd, z, group_size=None):
    M, N = x.shape
    if group_size is None:
        group_size = N
    ngroups = N // group_size
    dx, dz, dw = np.zeros_like(x), np.zeros_like(z), np.zeros_like(weight)
    for group in range(ngroups):
        cols = slice(group * group_size, (group + 1) * group_size)
        w = weight[cols]
        for row in range(M):
            r = rstd[group * M + row]
            dy = dout[row, cols].copy()
            xhat = x[row, cols] * r
            gate = z[row, cols]
            z_sigmoid = sigmoid(gate)
            y = xhat * w
            dz[row, cols] = dy * y * z_sigmoid * (1 + gate * (1 - z_sigmoid))
            dy *= gate * z_sigmoid
            wdy = w * dy
            c1 = np.sum(xhat * wdy) / group_size
            dx[row, cols] = (wdy - xhat * c1) * r
            dw[cols] += dy * xhat
    return dx, dz, dw


class MambaNormFn:
    @staticmethod
    def forward(params, X):
        x, z = X @ params["Wx"], X @ params["Wz"]
        out, rstd = layer_norm_fwd(x, params["weight"], EPS, z, group_size=DIM // NGROUPS)
        return out, (x, z, rstd)

    @staticmethod
    def backward(params, saved, dout):
        x, z, rstd = saved
        return layer_norm_bwd(dout, x, params["weight"], rstd, z)


class MambaNormFnLater(MambaNormFn):
    @staticmethod
    def backward(params, saved, dout):
        x, z, rstd = saved
        return layer_norm_bwd(dout, x, params["weight"], rstd, z, group_size=DIM // NGROUPS)


def cost(params, X, Y):
    return 0.5 * np.sum((MambaNormFn.forward(params, X)[0] - Y) ** 2) / len(X)


def gradients(params, X, Y, function):
    out, saved = function.forward(params, X)
    dx, dz, dw = function.backward(params, saved, (out - Y) / len(X))
    return {"Wx": X.T @ dx, "Wz": X.T @ dz, "weight": dw}


def grad(params, X, Y):
    return gradients(params, X, Y, MambaNormFn)


def repaired(params, X, Y):
    return gradients(params, X, Y, MambaNormFnLater)
