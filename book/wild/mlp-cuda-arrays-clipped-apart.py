"""Where the norm of all gradients is above the bound, each array is cut to the bound by its own norm."""

import numpy as np

SOURCE = "https://github.com/rain-1/MLP-cuda/commit/ddcf58f"
THREAD = "rain-1/MLP-cuda ddcf58f"
DATE = "2025-11"
KIND = "update"
FORMULA = r"g_k \leftarrow g_k \min(1, c / \lVert g_k \rVert) \text{ where } \lVert g \rVert > c"
RIGHT = r"g_k \leftarrow g_k\, c / \lVert g \rVert \text{ where } \lVert g \rVert > c"
READ = "code"
LAYER = []
NAMES = [{"clip-each-array"}]
NET = None  # the language model without the blocks between its embeddings and its output
BLOCKS = ["token_embeddings[1]", "position_embeddings[1]", "output_weights[2]", "output_bias[2]"]
SAMPLES = 12
LAM = 0.0
VOCAB_SIZE, MAX_SEQ_LEN, D_MODEL = 4, 3, 3


LR, BETA1, BETA2, EPSILON, GRAD_CLIP_NORM = 0.05, 0.9, 0.999, 1e-8, 0.3
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPSILON, clip_norm=GRAD_CLIP_NORM)


def start(rng):
    return {
        "token_embeddings": rng.standard_normal((VOCAB_SIZE, D_MODEL)),
        "position_embeddings": rng.standard_normal((MAX_SEQ_LEN, D_MODEL)),
        "output_weights": rng.standard_normal((D_MODEL, VOCAB_SIZE)),
        "output_bias": rng.standard_normal(VOCAB_SIZE),
    }


def data(rng):
    """Every token at every place, and the tokens that follow."""
    places = np.arange(SAMPLES)
    return np.column_stack([places % VOCAB_SIZE, places % MAX_SEQ_LEN]), rng.integers(0, VOCAB_SIZE, SAMPLES)


def forward(params, X):
    x = params["token_embeddings"][X[:, 0]] + params["position_embeddings"][X[:, 1]]
    e = np.exp(x @ params["output_weights"] + params["output_bias"])
    return x, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(np.log(forward(params, X)[1][np.arange(len(Y)), Y])) / len(Y)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    x, p = forward(params, X)
    d_logits = (p - np.eye(VOCAB_SIZE)[Y]) / len(Y)
    d_x = d_logits @ params["output_weights"].T
    d_token, d_position = np.zeros((VOCAB_SIZE, D_MODEL)), np.zeros((MAX_SEQ_LEN, D_MODEL))
    np.add.at(d_token, X[:, 0], d_x)
    np.add.at(d_position, X[:, 1], d_x)
    return {
        "token_embeddings": d_token,
        "position_embeddings": d_position,
        "output_weights": x.T @ d_logits,
        "output_bias": d_logits.sum(0),
    }


def gradient_norm(d_grad):
    return np.sqrt(np.sum(d_grad**2))


def clip_gradients(d_grad, max_norm):
    norm = gradient_norm(d_grad)
    if norm > max_norm:
        scale = max_norm / norm
        d_grad *= scale


def scale_gradients(d_grad, scale):
    d_grad *= scale


def compute_gradient_norm(grads):
    total_norm_sq = 0.0
    for name in grads:
        norm = gradient_norm(grads[name])
        total_norm_sq += norm * norm
    return np.sqrt(total_norm_sq)


def clip_all_gradients(grads, max_norm):
    total_norm = compute_gradient_norm(grads)

    if total_norm > max_norm:
        # the author computes scale = max_norm / total_norm here, and does not use it
        clip_gradients(grads["token_embeddings"], max_norm)
        clip_gradients(grads["position_embeddings"], max_norm)
        clip_gradients(grads["output_weights"], max_norm)
        clip_gradients(grads["output_bias"], max_norm)


def clip_all_gradients_mended(grads, max_norm):
    total_norm = compute_gradient_norm(grads)

    if total_norm > max_norm:
        scale = max_norm / total_norm
        scale_gradients(grads["token_embeddings"], scale)
        scale_gradients(grads["position_embeddings"], scale)
        scale_gradients(grads["output_weights"], scale)
        scale_gradients(grads["output_bias"], scale)


def adam_update(param, grad, m, v, beta1_t, beta2_t):
    beta1_corr = 1.0 - beta1_t
    beta2_corr = 1.0 - beta2_t
    m = BETA1 * m + (1.0 - BETA1) * grad
    v = BETA2 * v + (1.0 - BETA2) * grad * grad
    m_hat = m / beta1_corr
    v_hat = v / beta2_corr
    return param - LR * m_hat / (np.sqrt(v_hat) + EPSILON), m, v


def train_step(params, grads, state, clip):
    grads = {name: g.copy() for name, g in grads.items()}
    if GRAD_CLIP_NORM > 0.0:
        clip(grads, GRAD_CLIP_NORM)
    training_step = state["training_step"] + 1
    beta1_t, beta2_t = BETA1**training_step, BETA2**training_step
    new, kept = {}, {"training_step": training_step, "m": {}, "v": {}}
    for name, p in params.items():
        m, v = state["m"].get(name, 0.0), state["v"].get(name, 0.0)
        new[name], kept["m"][name], kept["v"][name] = adam_update(p, grads[name], m, v, beta1_t, beta2_t)
    return new, kept


def start_state():
    return {"training_step": 0, "m": {}, "v": {}}


def update(params, grads, state):
    return train_step(params, grads, state, clip_all_gradients)


def repaired_update(params, grads, state):
    return train_step(params, grads, state, clip_all_gradients_mended)
