"""The backward pass of a zoneout LSTM draws its masks anew instead of using those of the forward pass."""

import numpy as np

SOURCE = "https://github.com/nnstreamer/nntrainer/commit/3c8d7b9bf"
THREAD = "nnstreamer/nntrainer 3c8d7b9bf"
DATE = "2021-12"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\partial C / \partial \tilde h_t = \tilde r_t \odot \partial C / \partial h_t,\; "
    r"\tilde r_t \text{ drawn apart from } r_t"
)
RIGHT = (
    r"\partial C / \partial \tilde h_t = r_t \odot \partial C / \partial h_t,\; "
    r"h_t = r_t \odot \tilde h_t + (1 - r_t) \odot h_{t-1}"
)
READ = "code"  # each pass draws at random there; here each has a draw of its own that stays the same from call to call
LAYER = [1]
NAMES = [{"dropout-mask"}, {"not-repeatable"}]
NET = None  # an LSTM cell with zoneout of the hidden and the cell state, over three time steps
BLOCKS = ["W_x[1]", "W_h[1]", "b[1]"]
SAMPLES = 2
LAM = 0.0
UNIT, MAX_TIMESTEP, HIDDEN_RATE, CELL_RATE = 2, 3, 0.4, 0.3


def start(rng):
    """Weights of the input and of the hidden state, and biases; four gates side by side."""
    return [rng.standard_normal((2, 4 * UNIT)), rng.standard_normal((UNIT, 4 * UNIT)), rng.standard_normal(4 * UNIT)]


def data(rng):
    return rng.standard_normal((SAMPLES, MAX_TIMESTEP, 2)), rng.standard_normal((SAMPLES, MAX_TIMESTEP, UNIT))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def zoneout_mask(gen, zoneout):
    """The mask, and its opposite."""
    opposite = (gen.random((SAMPLES, UNIT)) < zoneout).astype(float)
    return 1.0 - opposite, opposite


class LSTMCellCore:
    def __init__(self, weights):
        self.weight_ih, self.weight_hh, self.bias = weights
        self.djdw_x, self.djdw_h, self.djdb = (np.zeros_like(w) for w in weights)

    def forwarding(self, x, prev_hidden, prev_cell):
        ifgo = x @ self.weight_ih + prev_hidden @ self.weight_hh + self.bias
        i, f, g, o = np.split(ifgo, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        cell = f * prev_cell + i * g
        return o * np.tanh(cell), cell, (x, prev_hidden, prev_cell, i, f, g, o, cell)

    def calcGradient(self, saved, hidden_derivative, cell_derivative):
        x, prev_hidden, prev_cell, i, f, g, o, cell = saved
        tanh_cell = np.tanh(cell)
        do = hidden_derivative * tanh_cell * o * (1 - o)
        dc = cell_derivative + hidden_derivative * o * (1 - tanh_cell**2)
        di = dc * g * i * (1 - i)
        df = dc * prev_cell * f * (1 - f)
        dg = dc * i * (1 - g**2)
        difgo = np.concatenate([di, df, dg, do], axis=1)
        self.djdb += difgo.sum(0)
        self.djdw_x += x.T @ difgo
        self.djdw_h += prev_hidden.T @ difgo
        return difgo @ self.weight_hh.T, dc * f


class ZoneoutLSTMCell:
    def __init__(self, weights, right):
        self.core, self.right = LSTMCellCore(weights), right
        self.forward_gen, self.backward_gen = np.random.default_rng(3), np.random.default_rng(4)

    def forwarding(self, X):
        hidden, cell = np.zeros((SAMPLES, UNIT)), np.zeros((SAMPLES, UNIT))
        self.saved, self.masks, outputs = [], [], []
        for timestep in range(MAX_TIMESTEP):
            next_hidden, next_cell, saved = self.core.forwarding(X[:, timestep], hidden, cell)
            hidden_mask, prev_hidden_mask = zoneout_mask(self.forward_gen, HIDDEN_RATE)
            cell_mask, prev_cell_mask = zoneout_mask(self.forward_gen, CELL_RATE)
            hidden = next_hidden * hidden_mask + hidden * prev_hidden_mask
            cell = next_cell * cell_mask + cell * prev_cell_mask
            self.saved.append(saved)
            self.masks.append((hidden_mask, cell_mask))
            outputs.append(hidden)
        return np.stack(outputs, axis=1)

    def zoneout_masks(self, timestep):
        if self.right:
            hidden_mask, cell_mask = self.masks[timestep]
            return hidden_mask, (hidden_mask < 0.5).astype(float), cell_mask, (cell_mask < 0.5).astype(float)
        return *zoneout_mask(self.backward_gen, HIDDEN_RATE), *zoneout_mask(self.backward_gen, CELL_RATE)

    def calcGradient(self, incoming_derivative):
        hidden_derivative, cell_derivative = np.zeros((SAMPLES, UNIT)), np.zeros((SAMPLES, UNIT))
        for timestep in range(MAX_TIMESTEP - 1, -1, -1):
            hidden_derivative = hidden_derivative + incoming_derivative[:, timestep]
            hidden_mask, prev_hidden_mask, cell_mask, prev_cell_mask = self.zoneout_masks(timestep)

            hidden_residual = hidden_derivative * prev_hidden_mask
            cell_residual = cell_derivative * prev_cell_mask
            hidden_derivative, cell_derivative = self.core.calcGradient(
                self.saved[timestep], hidden_derivative * hidden_mask, cell_derivative * cell_mask
            )
            hidden_derivative = hidden_derivative + hidden_residual
            cell_derivative = cell_derivative + cell_residual
        return [self.core.djdw_x, self.core.djdw_h, self.core.djdb]


def cost(params, X, Y):
    return 0.5 * np.sum((ZoneoutLSTMCell(params, True).forwarding(X) - Y) ** 2) / len(X)


def gradients(params, X, Y, right):
    layer = ZoneoutLSTMCell(params, right)
    return layer.calcGradient((layer.forwarding(X) - Y) / len(X))


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
