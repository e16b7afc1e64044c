"""An instance normalisation divides its variance by n, and its derivative by n - 1."""

import numpy as np

SOURCE = "https://github.com/LBANN/lbann/commit/483d701d0"
THREAD = "LBANN/lbann 483d701d0 (89f7ecf63)"
DATE = "2022-01"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\partial C / \partial x_i = \frac{\partial C / \partial y_i}{\sqrt{v + \epsilon}} "
    r"+ \frac1n \frac{\partial C}{\partial \mu} + \frac{2 (x_i - \mu)}{n - 1} \frac{\partial C}{\partial v}"
)
RIGHT = (
    r"\partial C / \partial x_i = \frac{\partial C / \partial y_i}{\sqrt{v + \epsilon}} "
    r"+ \frac1n \frac{\partial C}{\partial \mu} + \frac{2 (x_i - \mu)}{n} \frac{\partial C}{\partial v},\; "
    r"v = \tfrac1n \textstyle\sum_i x_i^2 - \mu^2"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # linear, and normalised within each sample's channels
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 7
LAM = 0.0
NUM_CHANNELS, CHANNEL_SIZE, EPSILON = 2, 4, 1e-5


def start(rng):
    return [rng.standard_normal((3, NUM_CHANNELS * CHANNEL_SIZE)), rng.standard_normal(NUM_CHANNELS * CHANNEL_SIZE)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, NUM_CHANNELS * CHANNEL_SIZE))


def fp_impl(input):
    output = np.zeros_like(input)
    sums = np.zeros((len(input), NUM_CHANNELS), input.dtype)
    sqsums = np.zeros((len(input), NUM_CHANNELS), input.dtype)
    for k in range(len(input)):
        for j in range(NUM_CHANNELS):
            for i in range(CHANNEL_SIZE):
                x = input[k, i + j * CHANNEL_SIZE]
                sums[k, j] += x
                sqsums[k, j] += x * x
    mean_scale = 1.0 / CHANNEL_SIZE
    for k in range(len(input)):
        for j in range(NUM_CHANNELS):
            mean = sums[k, j] * mean_scale
            sqmean = sqsums[k, j] * mean_scale
            var = sqmean - mean * mean
            inv_stdev = 1.0 / np.sqrt(var + EPSILON)
            for i in range(CHANNEL_SIZE):
                x = input[k, i + j * CHANNEL_SIZE]
                output[k, i + j * CHANNEL_SIZE] = (x - mean) * inv_stdev
    return output, (sums, sqsums)


def bp_impl(input, output_grad, workspace, right):
    sums, sqsums = workspace
    input_grad = np.zeros_like(input)
    mean_scale = 1.0 / CHANNEL_SIZE
    for k in range(len(input)):
        for j in range(NUM_CHANNELS):
            mean = sums[k, j] * mean_scale
            sqmean = sqsums[k, j] * mean_scale
            var = sqmean - mean * mean
            inv_stdev = 1.0 / np.sqrt(var + EPSILON)
            dmean = dvar = 0.0
            for i in range(CHANNEL_SIZE):
                x = input[k, i + j * CHANNEL_SIZE]
                dy = output_grad[k, i + j * CHANNEL_SIZE]
                dmean += dy
                dvar += dy * (x - mean)
            dmean *= -inv_stdev
            dvar *= -inv_stdev * inv_stdev * inv_stdev / 2
            for i in range(CHANNEL_SIZE):
                x = input[k, i + j * CHANNEL_SIZE]
                dy = output_grad[k, i + j * CHANNEL_SIZE]
                count = CHANNEL_SIZE if right else CHANNEL_SIZE - 1
                input_grad[k, i + j * CHANNEL_SIZE] = (
                    dy * inv_stdev + dmean / CHANNEL_SIZE + dvar * (x - mean) * 2 / count
                )
    return input_grad


def cost(params, X, Y):
    W, b = params
    return 0.5 * np.sum((fp_impl(X @ W + b)[0] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    W, b = params
    z = X @ W + b
    output, workspace = fp_impl(z)
    dz = bp_impl(z, (output - Y) / len(X), workspace, right)
    return [X.T @ dz, dz.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, False)


def repaired(params, X, Y):
    return backward(params, X, Y, True)
