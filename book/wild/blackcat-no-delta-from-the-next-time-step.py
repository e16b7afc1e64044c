"""A recurrent layer's error is that of its own time step alone, without what comes back from the next one."""

import numpy as np

SOURCE = "https://github.com/josephjaspers/blackcat_tensors/commit/0916fa46"
THREAD = "josephjaspers/blackcat_tensors 0916fa46"
DATE = "2019-08"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\delta_t = \partial C_t / \partial y_t"
RIGHT = r"\delta_t = \partial C_t / \partial y_t + r^T \delta_{t+1}"
READ = "reconstruction"  # the layer is the author's; the loop over the time steps and the squared error are made up
LAYER = [1]
NAMES = []
NET = None  # a linear recurrent layer
BLOCKS = ["w[1]", "r[1]", "b[1]"]
SAMPLES = 4
LAM = 0.0
TIMES, INPUTS, OUTPUTS = 5, 3, 2


def start(rng):
    return {
        "w": rng.standard_normal((OUTPUTS, INPUTS)),
        "r": rng.standard_normal((OUTPUTS, OUTPUTS)) * 0.7,
        "b": rng.standard_normal((OUTPUTS, 1)),
    }


def data(rng):
    """Sequences and their targets; the state before the first step stands in front of the targets."""
    return rng.standard_normal((SAMPLES, TIMES, INPUTS)), rng.standard_normal((SAMPLES, TIMES + 1, OUTPUTS))


class Recurrent:
    def __init__(self, params):
        self.w, self.r, self.b = params["w"], params["r"], params["b"]
        self.w_gradients, self.r_gradients, self.b_gradients = [np.zeros(p.shape) for p in (self.w, self.r, self.b)]

    def forward_propagation(self, x, y):
        return self.w @ x + self.r @ y + self.b

    def back_propagation(self, x, y, dy):
        self.w_gradients += dy @ x.T
        self.b_gradients += dy
        self.r_gradients += dy @ y.T
        return self.w.T @ dy


class RecurrentLater(Recurrent):
    def __init__(self, params):
        super().__init__(params)
        self.dc = np.zeros(self.b.shape)  # delta cell_state

    def back_propagation(self, x, y, dy):
        self.dc = dy + self.r.T @ self.dc
        self.w_gradients += self.dc @ x.T
        self.b_gradients += self.dc
        self.r_gradients += self.dc @ y.T
        return self.w.T @ self.dc


def forward(layer, xs, y):
    """The outputs of all steps, the state before the first in front."""
    outputs = [y]
    for x in xs:
        outputs.append(layer.forward_propagation(x, outputs[-1]))
    return outputs


def columns(rows):
    return [row.reshape(-1, 1) for row in rows]


def cost(params, X, Y):
    total = 0
    for xs, ys in zip(X, Y):
        targets = columns(ys)
        outputs = forward(Recurrent(params), columns(xs), targets[0])
        for t in range(1, len(outputs)):
            total += 0.5 * np.sum((outputs[t] - targets[t]) ** 2)
    return total / len(X)


def gradients(kind, params, X, Y):
    """The author has the rate in these and its sign turned round."""
    total = {name: np.zeros(p.shape) for name, p in params.items()}
    for xs, ys in zip(X, Y):
        layer = kind(params)
        inputs, targets = columns(xs), columns(ys)
        outputs = forward(layer, inputs, targets[0])
        for t in reversed(range(len(inputs))):
            layer.back_propagation(inputs[t], outputs[t], outputs[t + 1] - targets[t + 1])
        for name in total:
            total[name] += getattr(layer, name + "_gradients") / len(X)
    return total


def grad(params, X, Y):
    return gradients(Recurrent, params, X, Y)


def repaired(params, X, Y):
    return gradients(RecurrentLater, params, X, Y)
