"""Each block of a transformer is clipped by the norm of its own gradients instead of by the norm of all of them."""

import numpy as np

SOURCE = "https://github.com/paiml/entrenar/commit/3ab34091"
THREAD = "paiml/entrenar #312, 3ab34091"
DATE = "2026-03"
KIND = "update"
FORMULA = (
    r"g_b \leftarrow g_b \min\bigl(1, c / \lVert g_b \rVert\bigr) \text{ for each block } b, "
    r"\text{ and AdamW with these}"
)
RIGHT = (
    r"g \leftarrow g \min\bigl(1, c / \lVert g \rVert\bigr),\; "
    r"\lVert g \rVert^2 = \textstyle\sum_b \lVert g_b \rVert^2"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(4, 5, 4, 2), hidden="tanh", output="identity", loss="squared")  # the blocks are its layers here
SAMPLES = 8
LAM = 0.0

LR, BETA1, BETA2, EPS, WEIGHT_DECAY, MAX_GRAD_NORM = 0.05, 0.9, 0.999, 1e-8, 0.01, 1.0
SETTINGS = dict(
    like="adamw", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=WEIGHT_DECAY, clip_norm=MAX_GRAD_NORM
)


def start(rng):
    sizes = NET["sizes"]
    return [{"w": rng.standard_normal((n, k)), "b": rng.standard_normal(k)} for n, k in zip(sizes, sizes[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.standard_normal((SAMPLES, 2))


def forward(blocks, X):
    inputs = [X]
    for block in blocks[:-1]:
        inputs.append(np.tanh(inputs[-1] @ block["w"] + block["b"]))
    return inputs, inputs[-1] @ blocks[-1]["w"] + blocks[-1]["b"]


def cost(blocks, X, Y):
    return np.sum((forward(blocks, X)[1] - Y) ** 2) / len(X)


def repaired(blocks, X, Y):
    """The right gradient, to train with."""
    inputs, out = forward(blocks, X)
    d = 2 * (out - Y) / len(X)
    grads = []
    for block, a in zip(blocks[::-1], inputs[::-1]):
        grads.append({"w": a.T @ d, "b": d.sum(0)})
        d = d @ block["w"].T * (1 - a**2)
    return grads[::-1]


def squared_sum(workspace):
    return sum(np.sum(g * g) for g in workspace.values())


def clip_scale(total_sq, max_norm):
    grad_norm = np.sqrt(total_sq)
    return max_norm / grad_norm if grad_norm > max_norm else 1.0


def clip_workspace_gradients(workspace, max_norm):
    scale = clip_scale(squared_sum(workspace), max_norm)
    return {name: g * scale for name, g in workspace.items()}


def adamw_step(param, grad, m, v, step):
    m = BETA1 * m + (1 - BETA1) * grad
    v = BETA2 * v + (1 - BETA2) * grad * grad
    m_hat, v_hat = m / (1 - BETA1**step), v / (1 - BETA2**step)
    return param * (1 - LR * WEIGHT_DECAY) - LR * m_hat / (np.sqrt(v_hat) + EPS), m, v


def start_state():
    return {"step": 0, "moments": {}}


def optimizer_step(blocks, grads, state):
    step, moments, new = state["step"] + 1, {}, []
    for i, (block, workspace) in enumerate(zip(blocks, grads)):
        stepped = {}
        for name, param in block.items():
            m, v = state["moments"].get((i, name), (np.zeros_like(param), np.zeros_like(param)))
            stepped[name], m, v = adamw_step(param, workspace[name], m, v, step)
            moments[i, name] = m, v
        new.append(stepped)
    return new, {"step": step, "moments": moments}


def update(params, grads, state):
    return optimizer_step(params, [clip_workspace_gradients(g, MAX_GRAD_NORM) for g in grads], state)


def repaired_update(params, grads, state):
    """With one norm, as PyTorch has it; the commit itself leaves the blocks without a bound."""
    scale = clip_scale(sum(map(squared_sum, grads)), MAX_GRAD_NORM)
    return optimizer_step(params, [{name: g * scale for name, g in each.items()} for each in grads], state)
