"""The derivatives by the activations are sent down, and not those by the sums."""

import numpy as np

SOURCE = "https://github.com/michaeljfriedman/simple-neural-network/commit/b4b3995"
THREAD = "michaeljfriedman/simple-neural-network b4b3995"
DATE = "2017-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial a^{l-1} = W^{l\,T}\, \partial C / \partial a^l"
RIGHT = r"\partial C / \partial a^{l-1} = W^{l\,T}\, \partial C / \partial z^l"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"error-for-delta"}]
SIZES = (3, 4, 3, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [a for m, n in zip(SIZES, SIZES[1:]) for a in (rng.standard_normal((n, m)), rng.standard_normal(n))]


def data(rng):
    """Inputs, and labels as rows with a single one."""
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


class NeuralNetwork:
    class Layer:
        def __init__(self, W, bv):
            self.W = W
            self.bv = bv
            self.delta_W = 0.0
            self.delta_bv = 0.0

    def __init__(self, weights, biases):
        self.L = len(weights) + 1
        self.layers = [NeuralNetwork.Layer(None, None)]
        self.layers += [NeuralNetwork.Layer(W, bv) for W, bv in zip(weights, biases)]

    @staticmethod
    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    def feedforward(self, xv):
        av = xv
        avs = [av]
        for l in self.layers[1:]:
            zv = l.W.dot(av) + l.bv
            av = NeuralNetwork.sigmoid(zv)
            avs.append(av)
        return avs

    def backpropagate(self, yv, avs, right):
        """The derivatives are kept; the author takes eta times them off at once."""
        sigmoid_prime = lambda sigmoid: sigmoid * (1 - sigmoid)
        av = avs[-1]
        dav_C = av - yv
        dzv_C = dav_C * sigmoid_prime(av)
        for i in reversed(range(1, self.L)):
            l = self.layers[i]
            av_prev = avs[i - 1]
            delta_bv = dzv_C
            delta_W = np.outer(dzv_C, av_prev)
            if right:
                dav_C = np.transpose(l.W).dot(dzv_C)
            else:
                dav_C = np.transpose(l.W).dot(dav_C)
            dzv_C = dav_C * sigmoid_prime(av_prev)
            l.delta_bv = l.delta_bv + delta_bv
            l.delta_W = l.delta_W + delta_W

    def train(self, examples, right):
        for xv, yv in examples:
            avs = self.feedforward(xv)
            self.backpropagate(yv, avs, right)


def cost(params, X, Y):
    nn = NeuralNetwork(params[::2], params[1::2])
    return 0.5 * sum(np.sum((nn.feedforward(xv)[-1] - yv) ** 2) for xv, yv in zip(X, Y))


def gradients(params, X, Y, right):
    nn = NeuralNetwork(params[::2], params[1::2])
    nn.train(zip(X, Y), right)
    return [a for l in nn.layers[1:] for a in (l.delta_W, l.delta_bv)]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
