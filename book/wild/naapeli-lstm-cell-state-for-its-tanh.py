"""The slope of the cell state's tanh is written for the tanh's value and is given the cell state itself."""

import numpy as np

SOURCE = "https://github.com/naapeli/deep-learning-library/commit/322ace1f21"
THREAD = "naapeli/deep-learning-library 322ace1"
DATE = "2024-05"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\partial C / \partial c_t = (1 - c_t^2) \odot o_t \odot \partial C / \partial h_t + "
    r"f_{t+1} \odot \partial C / \partial c_{t+1}"
)
RIGHT = (
    r"\partial C / \partial c_t = (1 - \tanh^2 c_t) \odot o_t \odot \partial C / \partial h_t + "
    r"f_{t+1} \odot \partial C / \partial c_{t+1}"
)
READ = "code"  # with the author's loss of that day, and one output: its mean over all entries is that over samples
LAYER = [1]
NAMES = [{"slope-formula-of-z"}]
NET = None  # an LSTM
GATES = ["f", "i", "c", "o"]
BLOCKS = [f"{kind}{gate}[1]" for gate in GATES for kind in "wub"] + ["wy[2]", "by[2]"]
SAMPLES = 3
LAM = 0.0
STEPS, INPUT, HIDDEN, OUTPUT = 4, 2, 2, 1


def start(rng):
    p = {}
    for gate in GATES:
        p["w" + gate] = rng.standard_normal((INPUT, HIDDEN))
        p["u" + gate] = rng.standard_normal((HIDDEN, HIDDEN))
        p["b" + gate] = 0.3 * rng.standard_normal(HIDDEN)
    p["wy"] = rng.standard_normal((HIDDEN, OUTPUT))
    p["by"] = rng.standard_normal(OUTPUT)
    return p


def data(rng):
    return rng.standard_normal((SAMPLES, STEPS, INPUT)), rng.standard_normal((SAMPLES, OUTPUT))


def _sigmoid(input, derivative=False):
    if derivative:
        return input * (1 - input)
    return 1 / (1 + np.exp(-input))


def _tanh(input, derivative=False):
    if derivative:
        return 1 - input**2
    return np.tanh(input)


class LSTM:
    """Many to one: the output is made of the last hidden state."""

    def __init__(self, p):
        self.p = p

    def forward(self, input):
        p = self.p
        self.input = input
        self.forget_gates = {}
        self.input_gates = {}
        self.candidate_gates = {}
        self.output_gates = {}
        batch_size, seq_len, _ = input.shape
        self.cell_states = {-1: np.zeros((batch_size, HIDDEN))}
        self.hidden_states = {-1: np.zeros((batch_size, HIDDEN))}
        for t in range(seq_len):
            x_t = input[:, t]
            h_t_prev = self.hidden_states[t - 1]
            self.forget_gates[t] = _sigmoid(x_t @ p["wf"] + h_t_prev @ p["uf"] + p["bf"])
            self.input_gates[t] = _sigmoid(x_t @ p["wi"] + h_t_prev @ p["ui"] + p["bi"])
            self.candidate_gates[t] = _tanh(x_t @ p["wc"] + h_t_prev @ p["uc"] + p["bc"])
            self.output_gates[t] = _sigmoid(x_t @ p["wo"] + h_t_prev @ p["uo"] + p["bo"])
            self.cell_states[t] = (
                self.forget_gates[t] * self.cell_states[t - 1] + self.input_gates[t] * self.candidate_gates[t]
            )
            self.hidden_states[t] = self.output_gates[t] * _tanh(self.cell_states[t])
        self.output = self.hidden_states[seq_len - 1] @ p["wy"] + p["by"]
        return self.output

    def slope_of_cell(self, t):
        return _tanh(self.cell_states[t], derivative=True)

    def backward(self, dCdy):
        p = self.p
        grad = {name: np.zeros_like(w) for name, w in p.items()}
        seq_len = self.input.shape[1]
        dCdh_next = dCdy @ p["wy"].T
        dCdc_next = np.zeros_like(self.cell_states[0])
        grad["wy"] += self.hidden_states[seq_len - 1].T @ dCdy
        grad["by"] += np.mean(dCdy, axis=0)

        for t in reversed(range(seq_len)):
            dCdh_t = dCdh_next
            dCdo = _tanh(self.cell_states[t]) * dCdh_t
            dCdc_t = self.slope_of_cell(t) * self.output_gates[t] * dCdh_t + dCdc_next

            dCdc_next = dCdc_t * self.forget_gates[t]
            dCdf = dCdc_t * self.cell_states[t - 1]
            dCdi = dCdc_t * self.candidate_gates[t]
            dCdc = dCdc_t * self.input_gates[t]

            # activation derivatives
            dCdsig = {
                "o": dCdo * _sigmoid(self.output_gates[t], derivative=True),
                "c": dCdc * _tanh(self.candidate_gates[t], derivative=True),
                "i": dCdi * _sigmoid(self.input_gates[t], derivative=True),
                "f": dCdf * _sigmoid(self.forget_gates[t], derivative=True),
            }

            # next hidden state derivative
            dCdh_next = sum(dCdsig[gate] @ p["u" + gate].T for gate in GATES)

            # parameter updates
            for gate in GATES:
                grad["w" + gate] += self.input[:, t].T @ dCdsig[gate]
                grad["u" + gate] += self.hidden_states[t - 1].T @ dCdsig[gate]
                grad["b" + gate] += np.mean(dCdsig[gate], axis=0)
        return grad


class LSTMMended(LSTM):
    def slope_of_cell(self, t):
        return _tanh(_tanh(self.cell_states[t]), derivative=True)


def cost(params, X, Y):
    return np.mean([np.sum((LSTM(params).forward(X[n : n + 1]) - Y[n]) ** 2) for n in range(len(X))])


def gradients(layer, params, X, Y):
    """Each sequence is a batch of its own, where mean and sum over the batch are one; the mean over the sequences."""
    total = {name: np.zeros_like(w) for name, w in params.items()}
    for n in range(len(X)):
        lstm = layer(params)
        prediction = lstm.forward(X[n : n + 1])
        for name, g in lstm.backward(2 * (prediction - Y[n : n + 1]) / prediction.shape[0]).items():
            total[name] += g / len(X)
    return total


def grad(params, X, Y):
    return gradients(LSTM, params, X, Y)


def repaired(params, X, Y):
    return gradients(LSTMMended, params, X, Y)
