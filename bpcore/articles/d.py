"""Article D: layers that backpropagate and update in one call, on a noisy line and a noisy parabola.

Kept: the data, the order of all random draws, the start (weights normal with standard deviation 0.1, biases 0.1),
descent written as ascent (dz = -2(o - y), parameters += rate · gradient), the sum over the samples beside a mean in the
printed loss, the loss before the step every ten steps, the main part, which runs an untrained 1-3-1 network
and, of the experiments, (iv) alone.

Left out: the drawings, and the ``learning_rate = 0.01`` of the experiments that train, which the program never passes
on: ``backprop`` uses its default, the same number, there and here. The program sets no seed; here every function that
draws takes a ``RandomState`` or a ``Generator``.
"""

import numpy as np


def layer(in_dim, out_dim, rng):
    """{"w": (in, out), "b": (1, out)}: weights drawn, biases 0.1."""
    return {"w": rng.normal(loc=0, scale=0.1, size=[in_dim, out_dim]), "b": np.full([1, out_dim], 0.1)}


def line(rng):
    """``x, y`` of experiments (i) and (ii): ten points on y = x, with noise of standard deviation 0.2."""
    x = np.linspace(-1, 1, 10)[:, None]
    return x, rng.normal(loc=0, scale=0.2, size=[10, 1]) + x


def parabola(rng):
    """``x, y`` of experiments (iii) and (iv): thirty points on y = x², with the same noise."""
    x = np.linspace(-1, 1, 30)[:, None]
    return x, rng.normal(loc=0, scale=0.2, size=[30, 1]) + x**2


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    return np.where(x > 0, np.ones_like(x), np.zeros_like(x))


def tanh(x):
    return np.tanh(x)


def tanh_derivative(x):
    """tanh′(x), of the pre-activation."""
    return 1 - np.square(np.tanh(x))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    """σ′(x), of the pre-activation."""
    o = sigmoid(x)
    return o * (1 - o)


def gradients(dz, layer, layer_in):
    """Sums over the samples, and dz for the layer below; nothing changes."""
    gw, gb = layer_in.T.dot(dz), np.sum(dz, axis=0, keepdims=True)
    return gw, gb, dz.dot(layer["w"].T)


def backprop(dz, layer, layer_in, learning_rate=0.01):
    """Add rate · gradient to the layer, and return dz for the layer below."""
    gw, gb, new_dz = gradients(dz, layer, layer_in)
    layer["w"] += learning_rate * gw
    layer["b"] += learning_rate * gb
    return new_dz


def output(x, layer):
    """o = x w + b: a layer's pre-activation, one sample per row."""
    return x.dot(layer["w"]) + layer["b"]


def predict(x, l1, l2, activation=None):
    """``o1, a1, o2``; without an activation a1 is o1."""
    o1 = output(x, l1)
    a1 = o1 if activation is None else activation(o1)
    return o1, a1, output(a1, l2)


def train(x, y, l1, l2, steps, activation=None, derivative=None, backprop=backprop):
    """``steps`` steps in place, rate 0.01. Returns the printed losses: the mean square before steps 1, 11, 21, …."""
    printed = []
    for i in range(steps):
        o1, a1, o2 = predict(x, l1, l2, activation)
        if i % 10 == 0:
            printed.append(np.mean(np.square(o2 - y)))
        dz1 = backprop(-2 * (o2 - y), l2, a1)
        if derivative is not None:
            dz1 *= derivative(o1)
        backprop(dz1, l1, x)
    return printed


def setting(number, rng):
    """Points and start of experiment "i", "ii", "iii" or "iv", with its draws in its order: ``x, y, l1, l2``."""
    x, y = line(rng) if number in ("i", "ii") else parabola(rng)
    hidden = 3 if number in ("i", "ii") else 10
    l1 = layer(1, hidden, rng)
    return x, y, l1, layer(hidden, 1, rng)


def experiment(number, rng):
    """Experiment "i", "ii", "iii" or "iv", trained: ``x, y, l1, l2, printed``."""
    x, y, l1, l2 = setting(number, rng)
    steps = {"i": 0, "ii": 50, "iii": 300, "iv": 300}[number]
    bend = (relu, relu_derivative) if number == "iv" else (None, None)
    return x, y, l1, l2, train(x, y, l1, l2, steps, *bend)


def main(rng):
    """What the published main part computes: the outputs of an untrained 1-3-1 network, then experiment (iv)."""
    x, _, l1, l2, _ = experiment("i", rng)
    return predict(x, l1, l2)[-1], experiment("iv", rng)
