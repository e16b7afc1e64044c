"""The fully connected layer takes the slope of tanh at its input, which is the tanh of the layer below already."""

import numpy as np

SOURCE = "https://github.com/mil-tokyo/neural_network/commit/ea84b19"
THREAD = "mil-tokyo/neural_network ea84b19"
DATE = "2014-11"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\delta^l = (1 - \tanh^2 a^l) \odot W^{l+1\,T} \delta^{l+1},\; a^l = \tanh z^l"
RIGHT = r"\delta^l = (1 - (a^l)^2) \odot W^{l+1\,T} \delta^{l+1},\; a^l = \tanh z^l"
READ = "code"
LAYER = [1]
NAMES = [{"slope-of-a"}]
NET = dict(sizes=(3, 5, 3), hidden="tanh", output="softmax", loss="cross_entropy")  # no biases
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.uniform(-1, 1, (5, 3)), rng.uniform(-1, 1, (3, 5))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class FCLayer:
    def __init__(self, W, mode):
        self.W = W
        if mode == "Output":
            self.activate = lambda x: np.exp(x) / np.sum(np.exp(x))
        elif mode == "Hidden":
            self.activate = np.tanh
        self.activate_div = lambda x: 1 - np.tanh(x) ** 2

    def forward_calculate(self, inp):
        self.inp = inp
        self.a = np.dot(self.W, self.inp)
        return self.activate(self.a)

    def back_calculate(self, prev_delta):
        self.delta = prev_delta
        delta = self.activate_div(self.inp) * np.dot(self.W.T, prev_delta)
        return delta

    def update(self):
        """What the author takes from W, times a rate."""
        self.div = np.dot(np.atleast_2d(self.delta).T, np.atleast_2d(self.inp))
        return self.div


class FCLayerLater(FCLayer):
    """The slope is an Activation's then, a layer of its own, and taken of its output."""

    def __init__(self, W, mode):
        super().__init__(W, mode)
        self.activate_div = lambda x: 1 - np.power(x, 2)


class NeuralNetwork:
    def __init__(self, params, layer=FCLayer):
        self.layers_list = [layer(params[0], "Hidden"), layer(params[1], "Output")]

    def ForwardPropagate(self, x):
        input = x
        for l in self.layers_list:
            output = l.forward_calculate(input)
            input = output
        return output

    def BackPropagate(self, t, output):
        prev_delta = output - t
        for l in self.layers_list[::-1]:
            delta = l.back_calculate(prev_delta)
            prev_delta = delta

    def Update(self):
        return [l.update() for l in self.layers_list]


def cost(params, X, Y):
    """The author prints none, the delta of the output is that of the cross-entropy."""
    network = NeuralNetwork(params)
    return -sum(np.sum(t * np.log(network.ForwardPropagate(x))) for x, t in zip(X, Y)) / len(X)


def train(params, X, Y, layer):
    """The author steps after each sample; this is the mean of the samples' gradients."""
    total = [np.zeros(p.shape) for p in params]
    network = NeuralNetwork(params, layer)
    for x, t in zip(X, Y):
        output = network.ForwardPropagate(x)
        network.BackPropagate(t, output)
        for g, div in zip(total, network.Update()):
            g += div / len(X)
    return total


def grad(params, X, Y):
    return train(params, X, Y, FCLayer)


def repaired(params, X, Y):
    return train(params, X, Y, FCLayerLater)
