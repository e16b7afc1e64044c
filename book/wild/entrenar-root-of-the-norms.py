"""A mending takes the norms of a block's gradients for their squares, and clips by the root of the sum of norms."""

import numpy as np

SOURCE = "https://github.com/paiml/entrenar/commit/bf434f15"
THREAD = "paiml/entrenar #311, bf434f15"
DATE = "2026-03"
KIND = "update"
FORMULA = r"g \leftarrow g \min(1, c / s),\; s = \sqrt{\textstyle\sum_k \lVert g_k \rVert}"
RIGHT = r"g \leftarrow g \min(1, c / s),\; s = \sqrt{\textstyle\sum_k \lVert g_k \rVert^2}"
READ = "code"
LAYER = []
NAMES = []
NET = None  # the feed-forward half of a transformer's block
BLOCKS = ["w_gate[1]", "w_up[1]", "w_down[2]", "post_attn_norm[1]"]
SAMPLES = 6
LAM = 0.0

HIDDEN, INTERMEDIATE = 3, 4
LR, BETA1, BETA2, EPS, WEIGHT_DECAY, MAX_NORM = 0.02, 0.9, 0.999, 1e-8, 0.01, 0.5
SETTINGS = dict(like="adamw", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=WEIGHT_DECAY, clip_norm=MAX_NORM)


def start(rng):
    return {
        "w_gate": rng.standard_normal((HIDDEN, INTERMEDIATE)),
        "w_up": rng.standard_normal((HIDDEN, INTERMEDIATE)),
        "w_down": rng.standard_normal((INTERMEDIATE, HIDDEN)),
        "post_attn_norm": 1 + 0.3 * rng.standard_normal(HIDDEN),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, HIDDEN)), rng.standard_normal((SAMPLES, HIDDEN))


def forward(params, X):
    normed = X / np.sqrt(np.mean(X**2, 1, keepdims=True) + 1e-5)
    h = normed * params["post_attn_norm"]
    gate, up = h @ params["w_gate"], h @ params["w_up"]
    sigmoid = 1 / (1 + np.exp(-gate))
    return normed, h, gate, up, sigmoid, X + (gate * sigmoid * up) @ params["w_down"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    normed, h, gate, up, sigmoid, out = forward(params, X)
    d_out = (out - Y) / len(X)
    d_inner = d_out @ params["w_down"].T
    d_up = d_inner * gate * sigmoid
    d_gate = d_inner * up * (sigmoid + gate * sigmoid * (1 - sigmoid))
    d_h = d_gate @ params["w_gate"].T + d_up @ params["w_up"].T
    return {
        "w_gate": h.T @ d_gate,
        "w_up": h.T @ d_up,
        "w_down": (gate * sigmoid * up).T @ d_out,
        "post_attn_norm": np.sum(d_h * normed, 0),
    }


def start_state():
    return {"step": 0, "m": {}, "v": {}}


def squared_sum_launch_cuda(buf):
    """One partial sum of squares for each block of the grid."""
    return [np.sum(part**2) for part in np.array_split(np.ravel(buf), 2)]


def squared_sum_collect(pending):
    # Sum partials in f64 for precision, then sqrt for L2 norm
    total = sum(pending)
    return np.sqrt(total)


def compute_workspace_clip_scale_gpu(ws, max_norm, before_311):
    pending = [squared_sum_launch_cuda(buf) for buf in ws.values()]

    # C-CLIP-001: squared_sum_collect returns sum(x²) = ||g||².
    # Accumulate directly — do NOT re-square (entrenar#311 fix).
    total_sq = 0.0
    for p in pending:
        if before_311:
            norm = squared_sum_collect(p)
            total_sq += norm * norm
        else:
            sq_norm = squared_sum_collect(p)
            total_sq += sq_norm  # sq_norm is already ||g||²

    grad_norm = np.sqrt(total_sq)  # L2 norm = sqrt(sum of squared norms)
    scale = max_norm / grad_norm if grad_norm > max_norm else 1.0
    return scale, grad_norm


def clip_workspace_gradients(ws, max_norm, before_311):
    scale, grad_norm = compute_workspace_clip_scale_gpu(ws, max_norm, before_311)
    if abs(scale - 1.0) < 1e-7:
        return ws
    return {name: grad * scale for name, grad in ws.items()}


def optimizer_step(params, ws, state):
    step = state["step"] + 1
    new, moments_m, moments_v = {}, {}, {}
    for name, p in params.items():
        m = BETA1 * state["m"].get(name, 0.0) + (1 - BETA1) * ws[name]
        v = BETA2 * state["v"].get(name, 0.0) + (1 - BETA2) * ws[name] ** 2
        m_hat, v_hat = m / (1 - BETA1**step), v / (1 - BETA2**step)
        new[name] = p * (1 - LR * WEIGHT_DECAY) - LR * m_hat / (np.sqrt(v_hat) + EPS)
        moments_m[name], moments_v[name] = m, v
    return new, {"step": step, "m": moments_m, "v": moments_v}


def update(params, grads, state):
    return optimizer_step(params, clip_workspace_gradients(grads, MAX_NORM, before_311=False), state)


def repaired_update(params, grads, state):
    """As it was before the mending."""
    return optimizer_step(params, clip_workspace_gradients(grads, MAX_NORM, before_311=True), state)
