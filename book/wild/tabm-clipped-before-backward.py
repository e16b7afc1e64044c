"""An example of an ensemble for tables clips the cleared gradients, before they are computed, and steps unclipped."""

import numpy as np

SOURCE = "https://github.com/yandex-research/tabm/issues/20"
THREAD = "yandex-research/tabm #20, 28e47ae"
DATE = "2025-11"
KIND = "update"
FORMULA = r"\theta \leftarrow \mathrm{AdamW}(\theta, g_t)"
RIGHT = r"\theta \leftarrow \mathrm{AdamW}\bigl(\theta, g_t \min(1, c / \lVert g_t \rVert)\bigr)"
READ = "code"
LAYER = []
NAMES = [{"clip-missing"}]
NET = None  # an ensemble of networks that share a matrix, and scale its inputs and outputs apart
BLOCKS = ["r[1]", "weight[1]", "s[1]", "bias[1]", "output.weight[2]", "output.bias[2]"]
SAMPLES = 20
LAM = 0.0

K, N_IN, D_BLOCK = 2, 3, 4
LR, BETAS, EPS, WEIGHT_DECAY, GRADIENT_CLIPPING_NORM = 0.02, (0.9, 0.999), 1e-8, 3e-4, 1.0
SETTINGS = dict(
    like="adamw",
    lr=LR,
    beta1=BETAS[0],
    beta2=BETAS[1],
    eps=EPS,
    weight_decay=WEIGHT_DECAY,
    clip_norm=GRADIENT_CLIPPING_NORM,
)


def start(rng):
    return {
        "r": np.where(rng.random((K, N_IN)) < 0.5, -1.0, 1.0) + 0.1 * rng.standard_normal((K, N_IN)),
        "weight": rng.standard_normal((D_BLOCK, N_IN)),
        "s": 1 + 0.1 * rng.standard_normal((K, D_BLOCK)),
        "bias": rng.random((K, D_BLOCK)),
        "output.weight": rng.standard_normal((K, D_BLOCK, 1)),
        "output.bias": rng.standard_normal((K, 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, N_IN)), 2 * rng.standard_normal(SAMPLES)


def apply_model(params, X):
    x = X[:, None] * params["r"]
    xw = x @ params["weight"].T
    z = xw * params["s"] + params["bias"]
    h = np.where(z.real > 0, z, 0)
    return x, xw, h, np.einsum("nkd,kdo->nko", h, params["output.weight"])[..., 0] + params["output.bias"][:, 0]


def cost(params, X, Y):
    """The mean over the samples and the k predictions of each."""
    return np.sum((apply_model(params, X)[3] - Y[:, None]) ** 2) / (len(X) * K)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    x, xw, h, y_pred = apply_model(params, X)
    d_pred = 2 * (y_pred - Y[:, None]) / (len(X) * K)
    d_z = np.einsum("nk,kdo->nkd", d_pred, params["output.weight"]) * (h > 0)
    d_xw = d_z * params["s"]
    return {
        "r": np.sum(d_xw @ params["weight"] * X[:, None], 0),
        "weight": np.einsum("nkd,nki->di", d_xw, x),
        "s": np.sum(d_z * xw, 0),
        "bias": d_z.sum(0),
        "output.weight": np.einsum("nkd,nk->kd", h, d_pred)[..., None],
        "output.bias": d_pred.sum(0)[:, None],
    }


def start_state():
    return {"step": 0, "exp_avg": {}, "exp_avg_sq": {}}


def clip_grad_norm_(parameters, max_norm):
    """Parameters without a gradient are left out, as torch does it."""
    norms = [np.linalg.norm(g) for g in parameters.values() if g is not None]
    if not norms:
        return
    clip_coef = max_norm / (np.linalg.norm(norms) + 1e-6)
    for name in parameters:
        parameters[name] = parameters[name] * min(clip_coef, 1.0)


def adamw_step(params, grad, state):
    step = state["step"] + 1
    new, exp_avg, exp_avg_sq = {}, {}, {}
    for name, p in params.items():
        exp_avg[name] = BETAS[0] * state["exp_avg"].get(name, 0.0) + (1 - BETAS[0]) * grad[name]
        exp_avg_sq[name] = BETAS[1] * state["exp_avg_sq"].get(name, 0.0) + (1 - BETAS[1]) * grad[name] ** 2
        denom = np.sqrt(exp_avg_sq[name]) / np.sqrt(1 - BETAS[1] ** step) + EPS
        new[name] = p * (1 - LR * WEIGHT_DECAY) - LR / (1 - BETAS[0] ** step) * exp_avg[name] / denom
    return new, {"step": step, "exp_avg": exp_avg, "exp_avg_sq": exp_avg_sq}


def update(params, grads, state):
    parameters = dict.fromkeys(params)  # optimizer.zero_grad()
    clip_grad_norm_(parameters, GRADIENT_CLIPPING_NORM)
    parameters.update(grads)  # loss.backward()
    return adamw_step(params, parameters, state)  # optimizer.step()


def repaired_update(params, grads, state):
    parameters = dict.fromkeys(params)  # optimizer.zero_grad()
    parameters.update(grads)  # loss.backward()
    clip_grad_norm_(parameters, GRADIENT_CLIPPING_NORM)
    return adamw_step(params, parameters, state)  # optimizer.step()
