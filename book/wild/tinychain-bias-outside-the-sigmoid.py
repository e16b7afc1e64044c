"""A bias is added to what has been activated, and its gradient is that of a bias within."""

import numpy as np

SOURCE = "https://github.com/haydnv/tinychain/commit/e69111a"
THREAD = "haydnv/tinychain e69111a"
DATE = "2022-01"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial b^l = \textstyle\sum_i g^l_i \odot \sigma'(W^l a^{l-1}_i),\; a^l = \sigma(W^l a^{l-1}) "
    r"+ b^l,\; g^l = \partial C / \partial a^l"
)
RIGHT = r"\partial C / \partial b^l = \textstyle\sum_i g^l_i,\; a^l = \sigma(W^l a^{l-1}) + b^l"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # biases outside
BLOCKS = ["weights[1]", "bias[1]", "weights[2]", "bias[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [{"weights": rng.standard_normal((n, k)), "bias": rng.standard_normal(k)} for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def layer_forward(layer, inputs):
    return sigmoid(np.einsum("ij,ki->kj", layer["weights"], inputs)) + layer["bias"]


def cost(layers, X, Y):
    out = X
    for layer in layers:
        out = layer_forward(layer, out)
    return 0.5 * np.sum((out - Y) ** 2) / len(X)


def layer_backward(layer, inputs, loss):
    sig = sigmoid(np.einsum("ij,ki->kj", layer["weights"], inputs))
    dZ = loss * sig * (1 - sig)
    loss = np.einsum("ij,kj->ki", layer["weights"], dZ)
    return loss, {"weights": np.einsum("kj,ki->ij", dZ, inputs), "bias": dZ.sum(0)}


def repaired_layer_backward(layer, inputs, loss):
    sig = sigmoid(np.einsum("ij,ki->kj", layer["weights"], inputs))
    dZ = loss * sig * (1 - sig)
    below = np.einsum("ij,kj->ki", layer["weights"], dZ)
    return below, {"weights": np.einsum("kj,ki->ij", dZ, inputs), "bias": loss.sum(0)}


def backward(layers, X, Y, of_layer):
    layer_inputs = [X]
    for layer in layers:
        layer_inputs.append(layer_forward(layer, layer_inputs[-1]))
    loss = (layer_inputs[-1] - Y) / len(X)
    layer_gradients = []
    for layer, inputs in zip(layers[::-1], layer_inputs[-2::-1]):
        loss, layer_gradient = of_layer(layer, inputs, loss)
        layer_gradients.insert(0, layer_gradient)
    return layer_gradients


def grad(layers, X, Y):
    return backward(layers, X, Y, layer_backward)


def repaired(layers, X, Y):
    return backward(layers, X, Y, repaired_layer_backward)
