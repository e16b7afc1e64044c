"""Back through time the deltas are multiplied by the hidden weights instead of by their transpose."""

import numpy as np

SOURCE = "https://github.com/Matias-Libes-De-Geyter/Recurrent-Neural-Network-CPP/commit/fad9369"
THREAD = "Matias-Libes-De-Geyter/Recurrent-Neural-Network-CPP fad9369"
DATE = "2025-08"
KIND = "gradient"
FORMULA = r"\delta_t = (\delta_{t+1} W) \odot (1 - \tanh^2 z_t)"
RIGHT = r"\delta_t = (\delta_{t+1} W^\top) \odot (1 - \tanh^2 z_t),\; z_t = x_t U + h_{t-1} W + b"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"missing-transpose"}]
NET = None  # a recurrent network with one output at the end
BLOCKS = ["U[1]", "W[1]", "Wout[1]"]
SEQ_LEN = 3
SAMPLES = 6
LAM = 0.0


def start(rng):
    """The first row of U and W is the bias's."""
    return [rng.uniform(-1, 1, (3, 4)), rng.uniform(-1, 1, (5, 4)), rng.uniform(-1, 1, (4, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, SEQ_LEN, 1, 2)), np.eye(3)[rng.integers(0, 3, SAMPLES)][:, None]


def addBias(m):
    return np.hstack([np.ones((len(m), 1)), m])


def removeBias(m):
    return m[1:]


def deriv_activate(inputs):
    v = np.tanh(inputs)
    return 1 - v * v


def softmax_activation(inputs):
    maxs = inputs.real.max(axis=1, keepdims=True)
    expvalues = np.exp(inputs - maxs)
    return expvalues / expvalues.sum(axis=1, keepdims=True)


class RNN:
    def __init__(self, params):
        self.inWeights, self.hiddenWeights, self.out_weights = params

    def forward(self, input):
        self.Z = [None] * SEQ_LEN
        self.hiddenStates = [np.zeros((len(input[0]), 4))] + [None] * SEQ_LEN
        for t in range(SEQ_LEN):
            self.Z[t] = addBias(input[t]) @ self.inWeights + addBias(self.hiddenStates[t]) @ self.hiddenWeights
            self.hiddenStates[t + 1] = np.tanh(self.Z[t])
        self.output = softmax_activation(self.hiddenStates[-1] @ self.out_weights)
        return self.output

    def backpropagation(self, input, y_real, right):
        dU = np.zeros_like(self.inWeights)
        dW = np.zeros_like(self.hiddenWeights)
        deltas = [None] * SEQ_LEN
        delta_out = self.output - y_real
        dWout = self.hiddenStates[SEQ_LEN].T @ delta_out
        for layer in range(SEQ_LEN - 1, -1, -1):
            if layer == SEQ_LEN - 1:
                deltas[SEQ_LEN - 1] = (delta_out @ self.out_weights.T) * deriv_activate(self.Z[SEQ_LEN - 1])
            if layer < SEQ_LEN - 1:
                weights = removeBias(self.hiddenWeights).T if right else removeBias(self.hiddenWeights)
                deltas[layer] = (deltas[layer + 1] @ weights) * deriv_activate(self.Z[layer])
            dU += addBias(input[layer]).T @ deltas[layer]
            dW += addBias(self.hiddenStates[layer]).T @ deltas[layer]
        return dU, dW, dWout


def cost(params, X, Y):
    return -sum(np.sum(y * np.log(RNN(params).forward(x))) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    """One sequence at a time, a batch of one."""
    total = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        rnn = RNN(params)
        rnn.forward(x)
        for t, d in zip(total, rnn.backpropagation(x, y, right)):
            t += d
    return [t / len(X) for t in total]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
