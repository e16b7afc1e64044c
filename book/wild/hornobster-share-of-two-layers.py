"""The share in which two layers are mixed gets the mean over the samples of gradients that are divided already."""

import numpy as np

SOURCE = "https://github.com/Hornobster/Numpy-Neural-Net/commit/fd7ba02"
THREAD = "Hornobster/Numpy-Neural-Net fd7ba02"
DATE = "2016-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial \alpha = \tfrac1m \textstyle\sum_i (v_i - u_i)^\top \delta_i"
RIGHT = r"\partial C / \partial \alpha = \textstyle\sum_i (v_i - u_i)^\top \delta_i"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"mean-twice"}]
NET = None  # two layers side by side, mixed
BLOCKS = ["W[1]", "b[1]", "W[1]", "b[1]", "a[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    pairs = [each for _ in range(2) for each in (rng.standard_normal((3, 2)), rng.standard_normal(2))]
    return [*pairs, rng.uniform(0.2, 0.8, 1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


class Blob:
    def __init__(self, value):
        self.value = value
        self.grad = np.zeros(value.shape)


class Input:
    def __init__(self, value):
        self.top = Blob(value)


class InnerProduct:
    def __init__(self, prev_layer, weights, bias):
        self.bottom = prev_layer.top
        self.weights, self.bias = weights, bias
        self.w_grad = np.zeros(weights.shape)
        self.top = Blob(np.dot(self.bottom.value, self.weights) + self.bias)

    def backward(self):
        self.bottom.grad += np.dot(self.top.grad, self.weights.transpose())
        for i in range(len(self.bottom.value)):
            self.w_grad += np.dot(self.bottom.value[i, np.newaxis].transpose(), self.top.grad[i, np.newaxis])
        self.b_grad = np.sum(self.top.grad, axis=0)


class LinearInterpolation:
    def __init__(self, prev_layer1, prev_layer2, a, right):
        self.bottom1 = prev_layer1.top
        self.bottom2 = prev_layer2.top
        self.a, self.right = a, right
        self.top = Blob((1.0 - self.a) * self.bottom1.value + self.a * self.bottom2.value)

    def backward(self):
        self.bottom1.grad += (1.0 - self.a) * self.top.grad
        self.bottom2.grad += self.a * self.top.grad
        if self.right:
            self.a_grad = np.sum(np.multiply((self.bottom2.value - self.bottom1.value), self.top.grad))
        else:
            self.a_grad = np.mean(np.sum((self.bottom2.value - self.bottom1.value) * self.top.grad, axis=1))


class MSELoss:
    def __init__(self, prev_layer, labels_layer):
        self.bottom = prev_layer.top
        self.labels = labels_layer.top
        self.batch_size, self.num_inputs = self.bottom.value.shape
        self.loss = Blob(np.mean(np.square(self.bottom.value - self.labels.value)))

    def backward(self):
        difference = self.bottom.value - self.labels.value
        self.bottom.grad += (2.0 / (self.num_inputs * self.batch_size)) * difference * self.loss.grad


def network(params, X, Y, right=True):
    """The constructors go forward at once."""
    source = Input(X)
    ip1, ip2 = InnerProduct(source, *params[:2]), InnerProduct(source, *params[2:4])
    lerp = LinearInterpolation(ip1, ip2, params[4], right)
    return ip1, ip2, lerp, MSELoss(lerp, Input(Y))


def cost(params, X, Y):
    return network(params, X, Y)[-1].loss.value


def gradients(params, X, Y, right):
    ip1, ip2, lerp, loss = network(params, X, Y, right)
    loss.loss.grad = 1.0
    for layer in (loss, lerp, ip2, ip1):
        layer.backward()
    return [ip1.w_grad, ip1.b_grad, ip2.w_grad, ip2.b_grad, np.array([lerp.a_grad])]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
