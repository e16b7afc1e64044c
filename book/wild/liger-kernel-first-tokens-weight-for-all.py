"""A fused cross entropy without a reduction multiplies all gradients by the first token's share in the sum."""

import numpy as np

SOURCE = "https://github.com/linkedin/Liger-Kernel/commit/9ac26bb8"
THREAD = "linkedin/Liger-Kernel #1298, 9ac26bb8"
DATE = "2026-07"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial C / \partial W = g_1 \textstyle\sum_i (p_i - e_{y_i})\, x_i^T"
RIGHT = r"\partial C / \partial W = \textstyle\sum_i g_i\, (p_i - e_{y_i})\, x_i^T,\; C = \sum_i g_i\, \ell_i"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}, {"formula"}, {"line"}]
NET = None  # the loss of each token has a weight of its own
BLOCKS = ["_input[1]", "weight[1]", "bias[1]"]
SAMPLES = 7
LAM = 0.0
H, V, CHUNK = 3, 5, 4
PARAMS = "_input", "weight", "bias"


def start(rng):
    """The layer's input is among them, since it comes from a model below."""
    return {name: rng.standard_normal(shape) for name, shape in zip(PARAMS, ((SAMPLES, H), (V, H), (V,)), strict=True)}


def data(rng):
    """The tokens' weights in the sum, and their classes."""
    return rng.uniform(0.2, 2.0, (SAMPLES, 1)), rng.integers(0, V, SAMPLES)


def liger_cross_entropy_kernel(X, Y):
    """The losses of the rows, and their gradients in the place of the logits."""
    e = np.exp(X - X.real.max(1, keepdims=True))
    lse = np.log(e.sum(1)) + X.real.max(1)
    rows = np.arange(len(Y))
    loss = lse - X[rows, Y]
    grad = e / e.sum(1, keepdims=True)
    grad[rows, Y] -= 1
    return loss, grad


def element_mul_kernel(X, grad_output):
    """A program for each row, and all of them load the number that the pointer stands at."""
    for program_id in range(len(X)):
        X[program_id] = X[program_id] * grad_output[0]


def fused_linear_cross_entropy_forward(_input, weight, target, bias, token_grad_output=None):
    BT = len(_input)
    dtype = np.result_type(_input, weight, bias)
    grad_input, grad_weight, grad_bias = (np.zeros((BT, H), dtype), np.zeros((V, H), dtype), np.zeros(V, dtype))
    loss_1d = np.zeros(BT, dtype)
    for start_idx in range(0, BT, CHUNK):
        end_idx = min(start_idx + CHUNK, BT)
        _input_chunk = _input[start_idx:end_idx]
        logits_chunk = _input_chunk @ weight.T
        logits_chunk = logits_chunk + bias
        loss_1d[start_idx:end_idx], grad_logits_chunk = liger_cross_entropy_kernel(
            logits_chunk, target[start_idx:end_idx]
        )
        if token_grad_output is not None:
            grad_logits_chunk = grad_logits_chunk * token_grad_output[start_idx:end_idx, None]
        grad_input[start_idx:end_idx] = grad_logits_chunk @ weight
        grad_weight += grad_logits_chunk.T @ _input_chunk
        grad_bias += grad_logits_chunk.sum(0)
    return loss_1d, grad_input, grad_weight, grad_bias


def fused_linear_cross_entropy_backward(grad_output, grad_input, grad_weight, grad_bias):
    element_mul_kernel(grad_input, grad_output)
    element_mul_kernel(grad_weight, grad_output)
    element_mul_kernel(grad_bias, grad_output)
    return grad_input, grad_weight, grad_bias


def cost(params, X, Y):
    loss_1d = fused_linear_cross_entropy_forward(params["_input"], params["weight"], Y, params["bias"])[0]
    return np.sum(X[:, 0] * loss_1d)


def grad(params, X, Y):
    _, *grads = fused_linear_cross_entropy_forward(params["_input"], params["weight"], Y, params["bias"])
    return dict(zip(PARAMS, fused_linear_cross_entropy_backward(X[:, 0], *grads), strict=True))


def repaired(params, X, Y):
    """The weights of the tokens are known, and stand in the gradient before it is summed over them."""
    _, *grads = fused_linear_cross_entropy_forward(
        params["_input"], params["weight"], Y, params["bias"], token_grad_output=X[:, 0]
    )
    return dict(zip(PARAMS, grads, strict=True))
