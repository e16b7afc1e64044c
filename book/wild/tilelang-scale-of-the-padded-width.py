"""Attention's way back scales by the root of the width to which queries and keys are padded, not of their own."""

import numpy as np

SOURCE = "https://github.com/tile-ai/tilelang-ascend/pull/1670"
THREAD = "tile-ai/tilelang-ascend PR #1670, #1669"
DATE = "2026-08"
KIND = "gradient"
FORMULA = (
    r"P = e^{s Q K^\top - L},\; \bar S = s\, P \odot (\bar P - \delta),\; \bar Q = \bar S K,\; "
    r"\bar K = \bar S^\top Q,\; s = 1 / \sqrt{D_{\text{padded}}}"
)
RIGHT = (
    r"P = e^{s Q K^\top - L},\; \bar S = s\, P \odot (\bar P - \delta),\; \bar Q = \bar S K,\; "
    r"\bar K = \bar S^\top Q,\; s = 1 / \sqrt D,\; O = \operatorname{softmax}(s Q K^\top) V"
)
READ = "reconstruction"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # one head of attention
BLOCKS = ["Wq[1]", "Wk[1]", "Wv[1]"]
SAMPLES = 6
LAM = 0.0
D_QK, ALIGNMENT = 3, 4  # the author's widths are 129 and 144, a multiple of 16


def start(rng):
    return {name: rng.standard_normal((3, width)) for name, width in (("Wq", D_QK), ("Wk", D_QK), ("Wv", 2))}


def data(rng):
    """Tokens of one sequence, and what should come out for each."""
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def pad(x, width):
    return np.concatenate([x, np.zeros((len(x), width - x.shape[1]))], axis=1)


def run_fwd(Q, K, V):
    sm_scale = 1.0 / np.sqrt(Q.shape[1])
    S = Q @ K.T * sm_scale
    lse = np.log(np.sum(np.exp(S), axis=1, keepdims=True))
    return np.exp(S - lse) @ V, lse


def run_bwd(Q, K, V, output, lse, dO, dim_qk=None):
    """Q and K come padded; dim_qk is their own width."""
    dim_qk_padded = Q.shape[1]
    # phase 1
    S = Q @ K.T
    dP = dO @ V.T
    delta = np.sum(dO * output, axis=1, keepdims=True)
    # phase 2
    sm_scale = 1.0 / np.sqrt(dim_qk_padded if dim_qk is None else dim_qk)
    P = np.exp(S * sm_scale - lse)
    dS = P * (dP - delta) * sm_scale
    # phase 3
    dQ, dK, dV = np.zeros((len(Q), dim_qk_padded)), np.zeros((len(K), dim_qk_padded)), P.T @ dO
    dQ += dS @ K
    dK += dS.T @ Q
    return dQ, dK, dV


class Attention:
    @staticmethod
    def forward(ctx, Q, K, V):
        output, lse = run_fwd(Q, K, V)
        width = -(-Q.shape[1] // ALIGNMENT) * ALIGNMENT
        ctx["saved"], ctx["D_qk"] = (pad(Q, width), pad(K, width), V, output, lse), Q.shape[1]
        return output

    @staticmethod
    def backward(ctx, dO):
        dQ, dK, dV = run_bwd(*ctx["saved"], dO)
        return dQ[:, : ctx["D_qk"]], dK[:, : ctx["D_qk"]], dV


class AttentionLater(Attention):
    @staticmethod
    def backward(ctx, dO):
        dQ, dK, dV = run_bwd(*ctx["saved"], dO, dim_qk=ctx["D_qk"])
        return dQ[:, : ctx["D_qk"]], dK[:, : ctx["D_qk"]], dV


def cost(params, X, Y):
    output, _ = run_fwd(X @ params["Wq"], X @ params["Wk"], X @ params["Wv"])
    return 0.5 * np.sum((output - Y) ** 2) / len(X)


def gradients(params, X, Y, function):
    ctx = {}
    output = function.forward(ctx, X @ params["Wq"], X @ params["Wk"], X @ params["Wv"])
    dQ, dK, dV = function.backward(ctx, (output - Y) / len(X))
    return {"Wq": X.T @ dQ, "Wk": X.T @ dK, "Wv": X.T @ dV}


def grad(params, X, Y):
    return gradients(params, X, Y, Attention)


def repaired(params, X, Y):
    return gradients(params, X, Y, AttentionLater)
