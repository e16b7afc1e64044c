"""In the total cost the penalty stands in the loop over the samples, and is counted once for each of them."""

import numpy as np

SOURCE = "https://github.com/MichalDanielDobrzanski/DeepLearningPython/commit/c3918da"
THREAD = "MichalDanielDobrzanski/DeepLearningPython c3918da"
DATE = "2023-05"
KIND = "cost"
FORMULA = r"C = \tfrac1n \textstyle\sum_i C_i + n \cdot \tfrac{\lambda}{2n} \sum_l \lVert W^l \rVert^2"
RIGHT = r"C = \tfrac1n \textstyle\sum_i C_i + \tfrac{\lambda}{2n} \sum_l \lVert W^l \rVert^2"
READ = "code"
LAYER = [1, 2]
NAMES = [{"penalty-undivided"}, {"penalty"}]
SIZES = (3, 4, 2)
SAMPLES = 7
LMBDA = 0.9
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
LAM = LMBDA


def start(rng):
    return [
        [rng.standard_normal((y, 1)) for y in SIZES[1:]],
        [rng.standard_normal((y, x)) for x, y in zip(SIZES, SIZES[1:])],
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class CrossEntropyCost:
    @staticmethod
    def fn(a, y):
        return np.sum(-y * np.log(a) - (1 - y) * np.log(1 - a))

    @staticmethod
    def delta(z, a, y):
        return a - y


class Network:
    def __init__(self, params):
        self.biases, self.weights = params
        self.num_layers = len(SIZES)
        self.cost = CrossEntropyCost

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(np.dot(w, a) + b)
        return a

    def total_cost(self, data, lmbda):
        cost = 0.0
        for x, y in data:
            a = self.feedforward(x)
            cost += self.cost.fn(a, y) / len(data)
            cost += 0.5 * (lmbda / len(data)) * sum(np.sum(w**2) for w in self.weights)
        return cost

    def repaired_total_cost(self, data, lmbda):
        cost = 0.0
        for x, y in data:
            a = self.feedforward(x)
            cost += self.cost.fn(a, y) / len(data)
        cost += 0.5 * (lmbda / len(data)) * sum(np.sum(w**2) for w in self.weights)
        return cost

    def backprop(self, x, y):
        nabla_b = [np.zeros_like(b) for b in self.biases]
        nabla_w = [np.zeros_like(w) for w in self.weights]
        activation = x
        activations = [x]
        zs = []
        for b, w in zip(self.biases, self.weights):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = sigmoid(z)
            activations.append(activation)
        delta = self.cost.delta(zs[-1], activations[-1], y)
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, activations[-2].transpose())
        for l in range(2, self.num_layers):
            delta = np.dot(self.weights[-l + 1].transpose(), delta) * sigmoid_prime(zs[-l])
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
        return nabla_b, nabla_w

    def mini_batch(self, mini_batch, lmbda, n):
        """What a step subtracts, divided by the rate."""
        nabla_b = [np.zeros_like(b) for b in self.biases]
        nabla_w = [np.zeros_like(w) for w in self.weights]
        for x, y in mini_batch:
            delta_nabla_b, delta_nabla_w = self.backprop(x, y)
            nabla_b = [nb + dnb for nb, dnb in zip(nabla_b, delta_nabla_b)]
            nabla_w = [nw + dnw for nw, dnw in zip(nabla_w, delta_nabla_w)]
        return [
            [nb / len(mini_batch) for nb in nabla_b],
            [nw / len(mini_batch) + (lmbda / n) * w for w, nw in zip(self.weights, nabla_w)],
        ]


def pairs(X, Y):
    return [(x[:, None], y[:, None]) for x, y in zip(X, Y)]


def cost(params, X, Y):
    return Network(params).total_cost(pairs(X, Y), LMBDA)


def meant(params, X, Y):
    return Network(params).repaired_total_cost(pairs(X, Y), LMBDA)


def grad(params, X, Y):
    return Network(params).mini_batch(pairs(X, Y), LMBDA, len(X))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return Network(params).mini_batch(pairs(X, Y), LMBDA * len(X), len(X))
