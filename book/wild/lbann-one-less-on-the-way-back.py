"""A normalisation divides the squares by their number, and its way back takes one less."""

import numpy as np

SOURCE = "https://github.com/LLNL/lbann/commit/483d701d0"
THREAD = "LLNL/lbann 483d701d0"
DATE = "2022-01"
KIND = "gradient"
FORMULA = r"\bar x_i = \bar y_i / s + \bar \mu / n + 2\, \bar v\, (x_i - \mu) / (n - 1)"
RIGHT = (
    r"\bar x_i = \bar y_i / s + \bar \mu / n + 2\, \bar v\, (x_i - \mu) / n,\; "
    r"v = \tfrac{1}{n} \textstyle\sum_i (x_i - \mu)^2"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NUM_CHANNELS, CHANNEL_SIZE, EPSILON = 2, 4, 1e-5
NET = None  # a normalisation of each sample's channels
BLOCKS = ["W[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return rng.standard_normal((3, NUM_CHANNELS * CHANNEL_SIZE))


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, NUM_CHANNELS * CHANNEL_SIZE))


def fp_impl(local_input):
    output = np.zeros_like(local_input)
    sums, sqsums = np.zeros((NUM_CHANNELS, len(local_input))), np.zeros((NUM_CHANNELS, len(local_input)))
    for k in range(len(local_input)):
        for j in range(NUM_CHANNELS):
            for i in range(CHANNEL_SIZE):
                x = local_input[k, i + j * CHANNEL_SIZE]
                sums[j, k] += x
                sqsums[j, k] += x * x
    for k in range(len(local_input)):
        for j in range(NUM_CHANNELS):
            mean, inv_stdev = statistics(sums[j, k], sqsums[j, k])
            for i in range(CHANNEL_SIZE):
                output[k, i + j * CHANNEL_SIZE] = (local_input[k, i + j * CHANNEL_SIZE] - mean) * inv_stdev
    return output, sums, sqsums


def statistics(total, sqtotal):
    mean = total / CHANNEL_SIZE
    var = max(sqtotal / CHANNEL_SIZE - mean * mean, 0.0)
    return mean, 1 / np.sqrt(var + EPSILON)


def statistics_grad(local_input, output_grad, sums, sqsums):
    means_grad, vars_grad = np.zeros_like(sums), np.zeros_like(sums)
    for k in range(len(local_input)):
        for j in range(NUM_CHANNELS):
            mean, inv_stdev = statistics(sums[j, k], sqsums[j, k])
            for i in range(CHANNEL_SIZE):
                dy = output_grad[k, i + j * CHANNEL_SIZE]
                means_grad[j, k] += dy
                vars_grad[j, k] += dy * (local_input[k, i + j * CHANNEL_SIZE] - mean)
            means_grad[j, k] *= -inv_stdev
            vars_grad[j, k] *= -inv_stdev * inv_stdev * inv_stdev / 2
    return means_grad, vars_grad


def bp_impl(local_input, output_grad, sums, sqsums):
    input_grad = np.zeros_like(local_input)
    means_grad, vars_grad = statistics_grad(local_input, output_grad, sums, sqsums)
    for k in range(len(local_input)):
        for j in range(NUM_CHANNELS):
            mean, inv_stdev = statistics(sums[j, k], sqsums[j, k])
            dmean, dvar = means_grad[j, k], vars_grad[j, k]
            for i in range(CHANNEL_SIZE):
                x = local_input[k, i + j * CHANNEL_SIZE]
                dy = output_grad[k, i + j * CHANNEL_SIZE]
                input_grad[k, i + j * CHANNEL_SIZE] = (
                    dy * inv_stdev + dmean / CHANNEL_SIZE + dvar * (x - mean) * 2 / (CHANNEL_SIZE - 1)
                )
    return input_grad


def bp_impl_later(local_input, output_grad, sums, sqsums):
    input_grad = np.zeros_like(local_input)
    means_grad, vars_grad = statistics_grad(local_input, output_grad, sums, sqsums)
    for k in range(len(local_input)):
        for j in range(NUM_CHANNELS):
            mean, inv_stdev = statistics(sums[j, k], sqsums[j, k])
            dmean, dvar = means_grad[j, k], vars_grad[j, k]
            for i in range(CHANNEL_SIZE):
                x = local_input[k, i + j * CHANNEL_SIZE]
                dy = output_grad[k, i + j * CHANNEL_SIZE]
                input_grad[k, i + j * CHANNEL_SIZE] = (
                    dy * inv_stdev + dmean / CHANNEL_SIZE + dvar * (x - mean) * 2 / CHANNEL_SIZE
                )
    return input_grad


def cost(W, X, Y):
    return 0.5 * np.sum((fp_impl(X @ W)[0] - Y) ** 2) / len(X)


def through(W, X, Y, bp_impl):
    output, sums, sqsums = fp_impl(X @ W)
    return X.T @ bp_impl(X @ W, (output - Y) / len(X), sums, sqsums)


def grad(W, X, Y):
    return through(W, X, Y, bp_impl)


def repaired(W, X, Y):
    return through(W, X, Y, bp_impl_later)
