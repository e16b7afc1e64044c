"""A loss now divides its gradient by the samples, and the layers with weights still do so as well."""

import numpy as np

SOURCE = "https://github.com/Hornobster/Numpy-Neural-Net/commit/d438f61"
THREAD = "Hornobster/Numpy-Neural-Net 915c922, d438f61"
DATE = "2016-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \frac{1}{m^2} \textstyle\sum_i (a^{l-1}_i)^\top \delta^l_i"
RIGHT = r"\partial C / \partial W^l = \frac1m \textstyle\sum_i (a^{l-1}_i)^\top \delta^l_i"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-twice"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [[rng.standard_normal((n, k)), rng.standard_normal(k)] for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


class Blob:
    def __init__(self, value):
        self.value = value
        self.grad = np.zeros(value.shape)


class Input:
    def __init__(self, value):
        self.top = Blob(value)


class InnerProduct:
    def __init__(self, prev_layer, weights, bias, right):
        self.bottom = prev_layer.top
        self.weights, self.bias, self.right = weights, bias, right
        self.batch_size = self.bottom.value.shape[0]
        self.w_grad, self.b_grad = np.zeros(weights.shape), np.zeros(bias.shape)
        self.top = Blob(np.dot(self.bottom.value, self.weights) + self.bias)

    def backward(self):
        self.bottom.grad += np.dot(self.top.grad, self.weights.transpose())
        for i in range(self.batch_size):
            self.w_grad += np.dot(self.bottom.value[i, np.newaxis].transpose(), self.top.grad[i, np.newaxis])
        if self.right:
            self.b_grad = np.sum(self.top.grad, axis=0)
        else:
            self.w_grad /= self.batch_size
            self.b_grad = np.mean(self.top.grad, axis=0)


class ReLu:
    def __init__(self, prev_layer):
        self.bottom = prev_layer.top
        self.top = Blob(np.where(self.bottom.value.real > 0, self.bottom.value, 0))

    def backward(self):
        self.bottom.grad += self.top.grad * (self.bottom.value > 0)


class SoftmaxCrossEntropyLoss:
    def __init__(self, prev_layer, labels_layer):
        self.bottom = prev_layer.top
        self.labels = labels_layer.top
        self.batch_size = self.bottom.value.shape[0]
        exp_bottom = np.exp(self.bottom.value)
        self.top = Blob(exp_bottom / np.sum(exp_bottom, axis=1)[:, np.newaxis])
        self.loss = Blob(np.mean(self.cross_entropy(self.top.value, self.labels.value)))

    def cross_entropy(self, i, l):
        return -np.sum(np.multiply(np.log(i), l), axis=1)

    def backward(self):
        labels_sum = np.sum(self.labels.value, axis=1, keepdims=True)
        difference = np.multiply(self.top.value, labels_sum) - self.labels.value
        self.bottom.grad += difference / self.batch_size * self.loss.grad


def network(params, X, Y, right=True):
    """The constructors go forward at once."""
    ip1 = InnerProduct(Input(X), *params[0], right)
    relu1 = ReLu(ip1)
    ip2 = InnerProduct(relu1, *params[1], right)
    return ip1, relu1, ip2, SoftmaxCrossEntropyLoss(ip2, Input(Y))


def cost(params, X, Y):
    return network(params, X, Y)[-1].loss.value


def gradients(params, X, Y, right):
    layers = network(params, X, Y, right)
    layers[-1].loss.grad = 1.0
    for layer in reversed(layers):
        layer.backward()
    return [[layer.w_grad, layer.b_grad] for layer in (layers[0], layers[2])]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
