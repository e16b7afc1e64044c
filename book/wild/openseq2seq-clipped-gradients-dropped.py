"""Gradients are clipped by their common norm, and then the list of the unclipped ones is returned."""

import numpy as np

SOURCE = "https://github.com/NVIDIA/OpenSeq2Seq/pull/192"
THREAD = "NVIDIA/OpenSeq2Seq #192, 8231d8b3"
DATE = "2018-07"
KIND = "update"
FORMULA = r"v_t = \mu v_{t-1} + g_t,\; \theta \leftarrow \theta - \eta v_t"
RIGHT = r"v_t = \mu v_{t-1} + g_t \min(1, c / \lVert g_t \rVert),\; \theta \leftarrow \theta - \eta v_t"
READ = "code"
LAYER = []
NAMES = [{"clip-missing"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, MOMENTUM, CLIP_GRADIENTS = 0.02, 0.9, 0.1
SETTINGS = dict(like="momentum", lr=LR, momentum=MOMENTUM, clip_norm=CLIP_GRADIENTS)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    e = np.exp(h @ W2 + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2].T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return [0.0, 0.0, 0.0, 0.0]


def _global_norm_with_cast(grads_and_vars):
    return np.sqrt(sum(np.sum(grad**2) for grad in list(zip(*grads_and_vars))[0]))


def _clip_by_global_norm(t_list, clip_norm, use_norm):
    scale = clip_norm * min(1.0 / use_norm, 1.0 / clip_norm) if use_norm > 0 else 1.0
    return [values * scale for values in t_list], use_norm


def _clip_gradients_by_norm(grads_and_vars, clip_gradients, right=False):
    gradients, variables = zip(*grads_and_vars)
    dtypes = [var.dtype for var in variables]

    clipped_gradients, _ = _clip_by_global_norm(
        gradients, clip_gradients, use_norm=_global_norm_with_cast(grads_and_vars)
    )

    if right:
        clipped_gradients = [grad.astype(dtype) for grad, dtype in zip(clipped_gradients, dtypes)]
    else:
        clipped_gradients = [grad.astype(dtype) for grad, dtype in zip(gradients, dtypes)]
    return list(zip(clipped_gradients, variables))


def post_process_gradients(grads_and_vars, clip_gradients, right):
    if clip_gradients is not None:
        grads_and_vars = _clip_gradients_by_norm(grads_and_vars, clip_gradients, right)
    return grads_and_vars


class MomentumOptimizer:
    def __init__(self, learning_rate, momentum, accumulators):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.accumulators = accumulators

    def apply_gradients(self, grads_and_vars):
        variables = []
        for i, (grad, var) in enumerate(grads_and_vars):
            self.accumulators[i] = self.momentum * self.accumulators[i] + grad
            variables.append(var - self.learning_rate * self.accumulators[i])
        return variables


def optimize_loss(params, grads, state, right):
    opt = MomentumOptimizer(LR, MOMENTUM, list(state))
    grads_and_vars = list(zip(grads, params))
    return opt.apply_gradients(post_process_gradients(grads_and_vars, CLIP_GRADIENTS, right)), opt.accumulators


def update(params, grads, state):
    return optimize_loss(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return optimize_loss(params, grads, state, right=True)
