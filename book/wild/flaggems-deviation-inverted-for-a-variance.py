"""One over the deviation is kept for the way back, which takes it for the variance and inverts its root."""

import numpy as np

SOURCE = "https://github.com/flagos-ai/FlagGems/commit/af761d33c"
THREAD = "flagos-ai/FlagGems af761d33c"
DATE = "2026-08"
KIND = "gradient"
FORMULA = (
    r"\delta_i = w\, t\, \bigl(g_i - \tfrac1m \textstyle\sum_r g_r - \hat x_i\, \tfrac1m \sum_r \hat x_r g_r\bigr),\; "
    r"\hat x = t\, (x - \mu),\; t = (s + \varepsilon)^{-1/2},\; s = (v + \varepsilon)^{-1/2}"
)
RIGHT = (
    r"\delta_i = w\, s\, \bigl(g_i - \tfrac1m \textstyle\sum_r g_r - \hat x_i\, \tfrac1m \sum_r \hat x_r g_r\bigr),\; "
    r"\hat x = s\, (x - \mu),\; s = (v + \varepsilon)^{-1/2}"
)
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a batch normalisation
BLOCKS = ["U[1]", "a[1]", "weight[2]", "bias[2]", "V[3]", "c[3]"]
SAMPLES = 8
LAM = 0.0

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


def batch_norm(x, weight, bias):
    """The outputs, the means and one over the deviations."""
    mean = x.mean(0)
    save_var = 1 / np.sqrt(((x - mean) ** 2).mean(0) + EPS)
    return (x - mean) * save_var * weight + bias, mean, save_var


def forward(params, X):
    U, a, weight, bias, V, c = params
    x = X @ U + a
    y, mean, save_var = batch_norm(x, weight, bias)
    return x, mean, save_var, np.tanh(y), np.tanh(y) @ V + c


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def batch_norm_backward(grad_output, x, weight, save_mean, save_var, right):
    input_grad = np.empty_like(x)
    weight_grad, bias_grad = np.empty_like(weight), np.empty_like(weight)
    for feat_pid in range(x.shape[1]):
        mean = save_mean[feat_pid]
        if right:
            inv_std = save_var[feat_pid]
        else:
            var = save_var[feat_pid]
            inv_std = 1 / np.sqrt(var + EPS)
        norm = (x[:, feat_pid] - mean) * inv_std
        grad = grad_output[:, feat_pid]
        term1 = np.sum(norm * grad)
        term2 = np.sum(grad)
        weight_grad[feat_pid], bias_grad[feat_pid] = term1, term2
        count = len(x)
        input_grad[:, feat_pid] = weight[feat_pid] * inv_std * (grad - (term1 / count * norm + term2 / count))
    return input_grad, weight_grad, bias_grad


def backward(params, X, Y, right):
    x, mean, save_var, hidden, out = forward(params, X)
    e = (out - Y) / len(X)
    grad_output = e @ params[4].T * (1 - hidden**2)
    d, weight_grad, bias_grad = batch_norm_backward(grad_output, x, params[2], mean, save_var, right)
    return [X.T @ d, d.sum(0), weight_grad, bias_grad, hidden.T @ e, e.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
