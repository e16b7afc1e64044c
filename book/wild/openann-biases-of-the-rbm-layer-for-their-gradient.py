"""The RBM layer hands over the biases themselves where their derivatives should be."""

import numpy as np

SOURCE = "https://github.com/OpenANN/OpenANN/commit/1d9beed"
THREAD = "OpenANN/OpenANN 1d9beed (#76, PR #77)"
DATE = "2013-05"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial C / \partial b^1 = b^1"
RIGHT = r"\partial C / \partial b^1 = \tfrac1m \textstyle\sum_i \delta^1_i"
READ = "code"
LAYER = [1]
NAMES = [{"formula"}, {"line"}, {"bias-missing"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Weights and hidden biases of the RBM, weights and biases of the output layer."""
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


class RBM:
    """A restricted Boltzmann machine as a layer that is tuned with backpropagation."""

    def __init__(self, W, bh, right):
        self.W, self.bh, self.right = W, bh, right
        self.Wd, self.bhd = np.zeros_like(W), np.zeros_like(bh)
        self.parameterPointers, self.parameterDerivativePointers = [], []
        self.initialize()

    def initialize(self):
        H, D = self.W.shape
        for j in range(H):
            for i in range(D):
                self.parameterPointers.append((self.W, (j, i)))
                self.parameterDerivativePointers.append((self.Wd, (j, i)))
        for j in range(H):
            self.parameterPointers.append((self.bh, j))
            self.parameterDerivativePointers.append((self.bhd if self.right else self.bh, j))

    def forwardPropagate(self, x):
        self.v = x
        self.ph = 1.0 / (1.0 + np.exp(-(self.W @ self.v + self.bh)))
        return self.ph

    def backpropagate(self, ein):
        # Derive activations
        phd = self.ph * (1.0 - self.ph)
        deltas = phd * ein
        # Weight derivatives
        self.Wd[...] = np.outer(deltas, self.v)
        if self.right:
            self.bhd[...] = deltas
        # Prepare error signals for previous layer
        return self.W.T @ deltas


class FullyConnected:
    """The output layer; its activation is linear, and softmax and error come after it."""

    def __init__(self, W, b):
        self.W, self.b, self.Wd, self.bd = W, b, np.zeros_like(W), np.zeros_like(b)
        self.parameterDerivativePointers = []
        for j in range(len(W)):
            for i in range(len(W[j])):
                self.parameterDerivativePointers.append((self.Wd, (j, i)))
            self.parameterDerivativePointers.append((self.bd, j))

    def forwardPropagate(self, x):
        self.x = x
        return self.W @ x + self.b

    def backpropagate(self, ein):
        self.Wd[...] = np.outer(ein, self.x)
        self.bd[...] = ein
        return self.W.T @ ein


class Net:
    def __init__(self, params, right):
        W1, b1, W2, b2 = (p.copy() for p in params)
        self.layers = [RBM(W1, b1, right), FullyConnected(W2, b2)]

    def __call__(self, x):
        y = x
        for layer in self.layers:
            y = layer.forwardPropagate(y)
        y = np.exp(y - y.max())
        return y / y.sum()

    def gradient(self, x, t):
        e = self(x) - t
        for layer in reversed(self.layers):
            e = layer.backpropagate(e)
        return [np.array([a[i] for a, i in layer.parameterDerivativePointers]) for layer in self.layers]


def cost(params, X, Y):
    net = Net(params, True)
    return -np.mean([np.sum(t * np.log(net(x))) for x, t in zip(X, Y)])


def gradients(params, X, Y, right):
    net = Net(params, right)
    first, second = (np.mean(rows, axis=0) for rows in zip(*[net.gradient(x, t) for x, t in zip(X, Y)]))
    second = second.reshape(2, 5)
    return [first[:12].reshape(4, 3), first[12:], second[:, :4], second[:, 4]]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
