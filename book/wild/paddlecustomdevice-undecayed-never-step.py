"""On one device AdamW steps inside the branch for parameters that decay, and those that do not decay stay put."""

import numpy as np

SOURCE = "https://github.com/PaddlePaddle/PaddleCustomDevice/pull/1202"
THREAD = "PaddlePaddle/PaddleCustomDevice #1202, a9816eeb"
DATE = "2024-05"
KIND = "update"
FORMULA = (
    r"W \leftarrow W (1 - \eta \lambda) - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon),\; "
    r"b \leftarrow b \text{ (no decay, no step)}"
)
RIGHT = (
    r"W \leftarrow W (1 - \eta \lambda) - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon),\; "
    r"b \leftarrow b - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, BETA1, BETA2, EPS, COEFF = 0.01, 0.9, 0.999, 1e-8, 0.01
# Right is a step without decay for the biases; nothing but weights is named in apply_decay_param_fun.
SETTINGS = dict(like="adamw", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=COEFF)


def start(rng):
    return {
        "linear_0.w_0": rng.standard_normal((3, 4)),
        "linear_0.b_0": rng.standard_normal(4),
        "linear_1.w_0": rng.standard_normal((4, 2)),
        "linear_1.b_0": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    h = np.tanh(X @ params["linear_0.w_0"] + params["linear_0.b_0"])
    return 0.5 * np.sum((h @ params["linear_1.w_0"] + params["linear_1.b_0"] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = np.tanh(X @ params["linear_0.w_0"] + params["linear_0.b_0"])
    d2 = (h @ params["linear_1.w_0"] + params["linear_1.b_0"] - Y) / len(X)
    d1 = d2 @ params["linear_1.w_0"].T * (1 - h**2)
    return dict(zip(params, [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]))


def apply_decay_param_fun(name):
    """Weights decay, biases do not."""
    return ".w_" in name


def start_state():
    return {}


def adam_impl_kernel(param, grad, learning_rate, accumulators):
    moment1, moment2, beta1_pow, beta2_pow = accumulators
    moment1_out = BETA1 * moment1 + (1 - BETA1) * grad
    moment2_out = BETA2 * moment2 + (1 - BETA2) * grad * grad
    lr_t = learning_rate * np.sqrt(1 - beta2_pow) / (1 - beta1_pow)
    param_out = param - lr_t * moment1_out / (np.sqrt(moment2_out) + EPS * np.sqrt(1 - beta2_pow))
    return param_out, (moment1_out, moment2_out, beta1_pow * BETA1, beta2_pow * BETA2)


def adamw_kernel(param, grad, learning_rate, accumulators, coeff, with_decay, skip_update=False):
    if skip_update:
        return param, accumulators
    if not skip_update and with_decay:
        tmp = learning_rate * coeff
        decay = 1.0 - tmp
        new_param = param * decay
        return adam_impl_kernel(new_param, grad, learning_rate, accumulators)
    return param, accumulators


def adamw_kernel_later(param, grad, learning_rate, accumulators, coeff, with_decay, skip_update=False):
    if skip_update:
        return param, accumulators
    if not skip_update:
        if not with_decay:
            coeff = 0.0
        tmp = learning_rate * coeff
        decay = 1.0 - tmp
        new_param = param * decay
        return adam_impl_kernel(new_param, grad, learning_rate, accumulators)
    return param, accumulators


def step(params, grads, state, kernel):
    new, accumulators = {}, {}
    for name, param in params.items():
        old = state.get(name, (np.zeros_like(param), np.zeros_like(param), BETA1, BETA2))
        new[name], accumulators[name] = kernel(param, grads[name], LR, old, COEFF, apply_decay_param_fun(name))
    return new, accumulators


def update(params, grads, state):
    return step(params, grads, state, adamw_kernel)


def repaired_update(params, grads, state):
    return step(params, grads, state, adamw_kernel_later)
