"""On the way back through dropped attention the mask is scaled by the share that is dropped."""

import numpy as np

SOURCE = "https://github.com/NVIDIA/apex/pull/816"
THREAD = "NVIDIA/apex #816"
DATE = "2020-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial A = p\, M \odot \partial C / \partial \tilde A,\; \tilde A = \frac{M \odot A}{1 - p}"
RIGHT = r"\partial C / \partial A = \frac{1}{1 - p}\, M \odot \partial C / \partial \tilde A"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"factor"}, {"dropout-mask"}]
LENGTH, SIZE = 4, 3
DROPOUT_PROB = 0.4
DROPOUT_MASK = np.array([[1, 1, 0, 1], [0, 1, 1, 1], [1, 0, 1, 0], [1, 1, 1, 0]])
NET = None  # self-attention
BLOCKS = ["queries[1]", "keys[1]", "values[2]", "output[3]"]
SAMPLES = 3
LAM = 0.0


def start(rng):
    return [rng.standard_normal((SIZE, SIZE)) for _ in range(4)]


def data(rng):
    return rng.standard_normal((SAMPLES, LENGTH, SIZE)), rng.standard_normal((SAMPLES, LENGTH, SIZE))


def softmax(scores):
    e = np.exp(scores)
    return e / e.sum(-1, keepdims=True)


def forward(params, inputs):
    input_q, input_k, input_v, output_weights = params
    queries, keys, values = inputs @ input_q, inputs @ input_k, inputs @ input_v
    scale = SIZE**-0.5
    softmax_results = softmax(scale * queries @ keys.transpose(0, 2, 1))
    dropout_results = softmax_results * DROPOUT_MASK * (1.0 / (1.0 - DROPOUT_PROB))
    matmul2_results = dropout_results @ values
    return queries, keys, values, softmax_results, dropout_results, matmul2_results, matmul2_results @ output_weights


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def masked_scale(grads, mask, scale):
    return grads * mask * scale


def softmax_backward_data(grads, results):
    return results * (grads - np.sum(grads * results, axis=-1, keepdims=True))


def backward(params, inputs, Y, dropout_scale):
    queries, keys, values, softmax_results, dropout_results, matmul2_results, outputs = forward(params, inputs)
    scale = SIZE**-0.5
    output_grads = (outputs - Y) / len(inputs)
    output_lin_grads = output_grads @ params[3].T
    output_weight_grads = np.einsum("nti,ntj->ij", matmul2_results, output_grads)
    matmul2_dgrad1 = output_lin_grads @ values.transpose(0, 2, 1)
    values_grads = dropout_results.transpose(0, 2, 1) @ output_lin_grads
    dropout_grads = masked_scale(matmul2_dgrad1, DROPOUT_MASK, dropout_scale)
    softmax_grads = softmax_backward_data(dropout_grads, softmax_results)
    queries_grads = scale * softmax_grads @ keys
    keys_grads = scale * softmax_grads.transpose(0, 2, 1) @ queries
    input_grads = [np.einsum("nti,ntj->ij", inputs, g) for g in (queries_grads, keys_grads, values_grads)]
    return [*input_grads, output_weight_grads]


def grad(params, X, Y):
    return backward(params, X, Y, DROPOUT_PROB)


def repaired(params, X, Y):
    return backward(params, X, Y, 1.0 / (1.0 - DROPOUT_PROB))
