"""The slope of a cross entropy has labels and outputs exchanged, and is that of two logarithms above a softmax."""

import numpy as np

SOURCE = "https://github.com/JBarmentlo/Multi-Layer-Perceptron-42/commit/5454199"
THREAD = "JBarmentlo/Multi-Layer-Perceptron-42 5454199, 73ca574"
DATE = "2021-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial a^2 = -\frac{a^2}{y + \varepsilon} + \frac{1 - a^2}{1 - y + \varepsilon}"
RIGHT = r"\partial C / \partial a^2 = -\frac{y}{a^2}"
READ = "code"
GROUP = "softmax"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0

EPSILON = 0.000001


def loss_derivative(y_hat, y, right):
    if right:
        djda = -1 * y / y_hat
    else:
        djda = -1 * y_hat / (y + EPSILON) + (1 - y_hat) / (1 - y + EPSILON)
    return djda / y.shape[0]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_derivative(a):
    return np.einsum("ij,jk->ijk", a * (1 - a), np.eye(a.shape[1]))


def softmax_row(z):
    z = z - z.real.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / np.sum(e, axis=1, keepdims=True)


def softmax_row_derivative(a):
    t1 = np.einsum("ij,ik->ijk", a, a)
    diag = np.einsum("ik,jk->ijk", a, np.eye(a.shape[1]))
    return diag - t1


class Layer:
    def __init__(self, w, activation, activation_derivative):
        self.w, self.activation, self.activation_derivative = w, activation, activation_derivative

    def forward(self, x):
        self.x = np.c_[np.ones(len(x)), x]
        self.a = self.activation(np.matmul(self.x, self.w))
        return self.a

    def backwards(self, djda):
        dadz = self.activation_derivative(self.a)
        djdz = np.einsum("ik,ikj->ij", djda, dadz)
        self.djdw = np.matmul(self.x.T, djdz)
        return np.matmul(djdz, self.w[1:, :].T)


def start(rng):
    """The first row of a matrix is the bias."""
    return [rng.standard_normal((n + 1, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def model(params):
    return [Layer(params[0], sigmoid, sigmoid_derivative), Layer(params[1], softmax_row, softmax_row_derivative)]


def cost(params, X, Y):
    first, second = model(params)
    p, q = Y, second.forward(first.forward(X))
    return -np.mean(np.sum(p * np.log(q), axis=1, keepdims=True))


def gradients(params, X, Y, right):
    layers = model(params)
    y_hat = layers[1].forward(layers[0].forward(X))
    djda = loss_derivative(y_hat, Y, right)
    for layer in reversed(layers):
        djda = layer.backwards(djda)
    return [layer.djdw for layer in layers]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
