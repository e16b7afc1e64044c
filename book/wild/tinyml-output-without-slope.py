"""The error of the output without the sigmoid's slope was doubted, but the cross-entropy has cancelled it."""

import numpy as np

SOURCE = "https://github.com/parasdahal/tinyml/issues/1"
THREAD = "parasdahal/tinyml #1"
DATE = "2017-07"
KIND = "right"
FORMULA = r"\delta^L = a^L - y"
RIGHT = r"C = -\tfrac1m \textstyle\sum [y \log a^L + (1 - y) \log(1 - a^L)]"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4, 2)
SAMPLES = 7
LMBDA = 0.6
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
LAM = LMBDA


def start(rng):
    return [
        [rng.standard_normal((y, 1)) for y in SIZES[1:]],
        [rng.standard_normal((y, x)) / np.sqrt(x) for x, y in zip(SIZES[:-1], SIZES[1:])],
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


class CrossEntropyCost:
    @staticmethod
    def fn(a, y):
        return np.sum(-y * np.log(a) - (1 - y) * np.log(1 - a))

    @staticmethod
    def delta(a, y):
        return a - y


class MultiLayerPerceptron:
    def __init__(self, params, cost=CrossEntropyCost):
        self.num_layers = len(SIZES)
        self.biases, self.weights = params
        self.cost = cost

    def sigmoid(self, z):
        return 1.0 / (1.0 + np.exp(-z))

    def sigmoid_prime(self, z):
        return self.sigmoid(z) * (1 - self.sigmoid(z))

    def feed_forward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = self.sigmoid(np.dot(w, a) + b)
        return a

    def backprop(self, x, y):
        b = [np.zeros(bias.shape) for bias in self.biases]
        w = [np.zeros(weight.shape) for weight in self.weights]
        activation = x
        activations = [x]
        zs = []
        for bias, weight in zip(self.biases, self.weights):
            z = np.dot(weight, activation) + bias
            zs.append(z)
            activation = self.sigmoid(z)
            activations.append(activation)
        delta = (self.cost).delta(activations[-1], y)
        b[-1] = delta
        w[-1] = np.dot(delta, activations[-2].transpose())
        for l in range(2, self.num_layers):
            z = zs[-l]
            sp = self.sigmoid_prime(z)
            delta = np.dot(self.weights[-l + 1].transpose(), delta) * sp
            b[-l] = delta
            w[-l] = np.dot(delta, activations[-l - 1].transpose())
        return (b, w)

    def gd_mini_batch(self, mini_batch, lmbda, n):
        """What a step subtracts, divided by alpha."""
        biases = [np.zeros(b.shape) for b in self.biases]
        weights = [np.zeros(w.shape) for w in self.weights]
        for x, y in mini_batch:
            delta_b, delta_w = self.backprop(x, y)
            biases = [nb + db for nb, db in zip(biases, delta_b)]
            weights = [nw + dw for nw, dw in zip(weights, delta_w)]
        return [
            [nb / len(mini_batch) for nb in biases],
            [(lmbda / n) * w + nw / len(mini_batch) for w, nw in zip(self.weights, weights)],
        ]

    def total_cost(self, data, lmbda):
        cost = 0.0
        for x, y in data:
            a = self.feed_forward(x)
            cost += self.cost.fn(a, y) / len(data)
        cost += 0.5 * (lmbda / len(data)) * sum(np.sum(w**2) for w in self.weights)
        return cost


def pairs(X, Y):
    return [(x[:, None], y[:, None]) for x, y in zip(X, Y)]


def cost(params, X, Y):
    return MultiLayerPerceptron(params).total_cost(pairs(X, Y), LMBDA)


def grad(params, X, Y):
    return MultiLayerPerceptron(params).gd_mini_batch(pairs(X, Y), LMBDA, len(X))


repaired = grad
