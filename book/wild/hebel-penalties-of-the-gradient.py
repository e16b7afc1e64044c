"""The penalties of a filter take the gradient for the weights, and are taken off."""

import numpy as np

SOURCE = "https://github.com/hannes-brt/hebel/commit/e992278"
THREAD = "hannes-brt/hebel e992278"
DATE = "2014-05"
KIND = "gradient"
FORMULA = r"(1 - \lambda_2)\, (G - \lambda_1 \operatorname{sign} G),\; G = \partial C_0 / \partial W"
RIGHT = r"G + \lambda_1 \operatorname{sign} W + \lambda_2 W,\; G = \partial C_0 / \partial W"
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = []
N_IN, N_FILTERS, FILTER_WIDTH, POOL_SIZE, L1, L2 = 6, 2, 3, 2, 0.1, 0.3
N_UNITS = N_IN // POOL_SIZE * N_FILTERS
NET = None  # a convolution over letters
BLOCKS = ["W[1]", "b[1]", "V[2]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    W = rng.standard_normal((N_FILTERS, 4 * FILTER_WIDTH))
    return [W, rng.standard_normal(N_FILTERS), rng.standard_normal((N_UNITS, 2))]


def data(rng):
    """Sequences of four letters."""
    return rng.integers(0, 4, (SAMPLES, N_IN)), rng.standard_normal((SAMPLES, 2))


def convolve_sequence(sequences, W, b):
    """A window that reaches beyond the end of a sequence is cut there."""
    out = np.zeros((len(sequences), N_IN, N_FILTERS)) + b
    for s, sequence in enumerate(sequences):
        for i in range(N_IN):
            for k in range(min(FILTER_WIDTH, N_IN - i)):
                out[s, i] += W[:, 4 * k + sequence[i + k]]
    return out


def convolve_sequence_gradient(sequences, delta):
    df_W = np.zeros((N_FILTERS, 4 * FILTER_WIDTH))
    for s, sequence in enumerate(sequences):
        for i in range(N_IN):
            for k in range(min(FILTER_WIDTH, N_IN - i)):
                df_W[:, 4 * k + sequence[i + k]] += delta[s, i]
    return df_W


class SubregionLayer:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.l1_penalty_weight, self.l2_penalty_weight = L1, L2

    @property
    def penalty(self):
        return self.l1_penalty_weight * np.sum(abs(self.W)) + self.l2_penalty_weight * 0.5 * np.sum(self.W**2)

    def feed_forward(self, input_data):
        filtermap = np.tanh(convolve_sequence(input_data, self.W, self.b))
        regions = filtermap.reshape(len(input_data), N_IN // POOL_SIZE, POOL_SIZE, N_FILTERS)
        self.argmax = regions.argmax(2)
        return filtermap, regions.max(2).reshape(len(input_data), N_UNITS)

    def backprop(self, input_data, df_output, filtermap):
        df_regions = np.zeros((len(input_data), N_IN // POOL_SIZE, POOL_SIZE, N_FILTERS))
        df_output = df_output.reshape(len(input_data), N_IN // POOL_SIZE, 1, N_FILTERS)
        np.put_along_axis(df_regions, self.argmax[:, :, None, :], df_output, 2)
        delta = (1 - filtermap**2) * df_regions.reshape(filtermap.shape)
        df_b = delta.sum((0, 1))
        df_W = convolve_sequence_gradient(input_data, delta)
        return self.penalised(df_W), df_b

    def penalised(self, df_W):
        if self.l1_penalty_weight:
            df_W_sign = np.sign(df_W)
            df_W = 1.0 * df_W + -self.l1_penalty_weight * df_W_sign
        if self.l2_penalty_weight:
            df_W = 1.0 * df_W + -self.l2_penalty_weight * df_W
        return df_W


class SubregionLayerLater(SubregionLayer):
    def penalised(self, df_W):
        if self.l1_penalty_weight:
            W_sign = np.sign(self.W)
            df_W = 1.0 * df_W + self.l1_penalty_weight * W_sign
        if self.l2_penalty_weight:
            df_W = 1.0 * df_W + self.l2_penalty_weight * self.W
        return df_W


def cost(params, X, Y):
    W, b, V = params
    layer = SubregionLayer(W, b)
    return 0.5 * np.sum((layer.feed_forward(X)[1] @ V - Y) ** 2) / len(X) + layer.penalty


def gradients(params, X, Y, kind):
    W, b, V = params
    layer = kind(W, b)
    filtermap, activations = layer.feed_forward(X)
    error = (activations @ V - Y) / len(X)
    df_W, df_b = layer.backprop(X, error @ V.T, filtermap)
    return [df_W, df_b, activations.T @ error]


def grad(params, X, Y):
    return gradients(params, X, Y, SubregionLayer)


def repaired(params, X, Y):
    return gradients(params, X, Y, SubregionLayerLater)
