"""A ReLU hands down where it was open, and nothing of what came from above."""

import numpy as np

SOURCE = "https://github.com/t8m8/Neural-Network-in-Nim/commit/8160871"
THREAD = "t8m8/Neural-Network-in-Nim 8160871"
DATE = "2017-06"
KIND = "gradient"
FORMULA = r"\delta^1 = [a^1 > 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 > 0]"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"from-above-missing"}]
SIZES = (3, 5, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")  # no bias
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


class Identity:
    def forward(self, incoming):
        return incoming

    def backward(self, outgoing, above, right):
        return above


class Sigmoid:
    def forward(self, incoming):
        return 1.0 / (1.0 + np.exp(-incoming))

    def backward(self, outgoing, above, right):
        return outgoing * (1.0 - outgoing) * above


class ReLU:
    def forward(self, incoming):
        return np.where(incoming.real > 0, incoming, 0)

    def backward(self, outgoing, above, right):
        if right:
            return np.where(outgoing > 0, above, 0.0)
        return (outgoing > 0).astype(float)


class Dense:
    def __init__(self, weights):
        self.weights = weights

    def forward(self, incoming):
        return incoming @ self.weights

    def backward(self, outgoing, above, right):
        return above @ self.weights.T


class BinaryCrossEntropy:
    def loss(self, output, expected):
        return np.where(expected < 1e-5, -np.log(1.0 - output), -np.log(output))

    def backward(self, output, expected):
        return output - expected


class Network:
    def __init__(self, weights):
        self.layers = [Identity(), Dense(weights[0]), ReLU(), Dense(weights[1]), Sigmoid()]
        self.lossfunc = BinaryCrossEntropy()

    def forward(self, input):
        outputs = []
        for layer in self.layers:
            outputs.append(layer.forward(outputs[-1] if outputs else input))
        return outputs

    def backward(self, outputs, expected, right):
        grads = []
        localGrads = [self.lossfunc.backward(outputs[-1], expected)]
        for i in range(len(self.layers) - 2, 0, -1):
            if isinstance(self.layers[i], Dense):
                grads.append(outputs[i - 1].T @ localGrads[-1])
            localGrads.append(self.layers[i].backward(outputs[i], localGrads[-1], right))
        return grads[::-1]


def cost(params, X, Y):
    network = Network(params)
    return np.sum(network.lossfunc.loss(network.forward(X)[-1], Y)) / len(X)


def gradients(params, X, Y, right):
    network = Network(params)
    return [each / len(X) for each in network.backward(network.forward(X), Y, right)]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
