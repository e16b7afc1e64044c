"""The backward of an RMS norm multiplies each row by the other rows' sums, column by column, and not by its own."""

import numpy as np

SOURCE = "https://github.com/BobMcDear/attorch/issues/17"
THREAD = "BobMcDear/attorch #17, 3199f2d"
DATE = "2026-08"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\delta^{in}_{ij} = r_i \bigl(g_{ij} - r_i^2\, x_{ij}\, s_j / n\bigr),\; s_i = \textstyle\sum_j x_{ij} g_{ij}"
)
RIGHT = r"\delta^{in}_{ij} = r_i \bigl(g_{ij} - r_i^2\, x_{ij}\, s_i / n\bigr),\; s_i = \textstyle\sum_j x_{ij} g_{ij}"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a layer is normalised by its root mean square; the weights below and the loss are made up
BLOCKS = ["W[1]", "weight[2]"]
SAMPLES = 8
LAM = 0.0
BLOCK_SIZE_BATCH = FEAT_DIM = 4  # another number of rows would not compile
EPS = 1e-6


def start(rng):
    return [rng.standard_normal((3, FEAT_DIM)), 1 + 0.5 * rng.standard_normal(FEAT_DIM)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, FEAT_DIM))


def rms_norm_forward_kernel(batch_pid, input, output, inv_rms, weight):
    """A program processes BLOCK_SIZE_BATCH rows."""
    batch_offset = slice(batch_pid * BLOCK_SIZE_BATCH, (batch_pid + 1) * BLOCK_SIZE_BATCH)
    block = input[batch_offset]
    inv = 1 / np.sqrt(np.sum(block * block, axis=1) / FEAT_DIM + EPS)
    inv_rms[batch_offset] = inv
    output[batch_offset] = block * inv[:, None] * weight


def rms_norm_backward_kernel(
    batch_pid, output_grad_pointer, input_pointer, inv_rms_pointer, weight, input_grad, weight_grad, right
):
    batch_offset = slice(batch_pid * BLOCK_SIZE_BATCH, (batch_pid + 1) * BLOCK_SIZE_BATCH)
    output_grad = output_grad_pointer[batch_offset]
    input = input_pointer[batch_offset]
    inv_rms = inv_rms_pointer[batch_offset]
    pre_lin = input * inv_rms[:, None]
    weight_output_grad_prod = weight * output_grad
    term1 = input * np.sum(input * weight_output_grad_prod, axis=1)
    if right:
        term1 = input * np.sum(input * weight_output_grad_prod, axis=1)[:, None]
    term2 = inv_rms[:, None] * inv_rms[:, None]
    input_grad[batch_offset] = inv_rms[:, None] * (weight_output_grad_prod - term1 * term2 / FEAT_DIM)
    weight_grad[batch_pid] = np.sum(output_grad * pre_lin, axis=0)


def forward(params, X):
    W, weight = params
    input = X @ W
    output, inv_rms = np.zeros_like(input), np.zeros_like(input[:, 0])
    for batch_pid in range(len(X) // BLOCK_SIZE_BATCH):
        rms_norm_forward_kernel(batch_pid, input, output, inv_rms, weight)
    return input, inv_rms, output


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[2] - Y) ** 2)


def backward(params, X, Y, right):
    W, weight = params
    input, inv_rms, output = forward(params, X)
    output_grad = output - Y
    programs = len(X) // BLOCK_SIZE_BATCH
    input_grad, weight_grad = np.zeros_like(input), np.zeros((programs, FEAT_DIM))
    for batch_pid in range(programs):
        rms_norm_backward_kernel(batch_pid, output_grad, input, inv_rms, weight, input_grad, weight_grad, right)
    return [X.T @ input_grad, weight_grad.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, False)


def repaired(params, X, Y):
    return backward(params, X, Y, True)
