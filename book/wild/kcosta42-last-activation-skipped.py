"""The way back starts below the last activation, so that the output's slope is never applied to the loss's gradient."""

import numpy as np

SOURCE = "https://github.com/kcosta42/Multilayer_Perceptron/commit/953f216"
THREAD = "kcosta42/Multilayer_Perceptron 953f216"
DATE = "2020-02"
KIND = "gradient"
FORMULA = r"\delta^L = -\frac{y}{a^L} + \frac{1 - y}{1 - a^L}"
RIGHT = r"\delta^L = \left(-\frac{y}{a^L} + \frac{1 - y}{1 - a^L}\right) \odot a^L \odot (1 - a^L)"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = [{"output-slope-forgotten"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [[rng.standard_normal((k, n)), rng.standard_normal((n, 1))] for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


class Layer:
    weights = []

    def __call__(self, inputs):
        self.inputs = inputs
        return self.call(inputs)


class Activation(Layer):
    def backward(self, loss, params):
        self.gradients = []
        dZ = loss[2]
        kernel = params[0]
        activation_grad = np.dot(kernel, dZ)
        Z_grad = activation_grad * self.gradient(self.inputs).T
        self.gradients.append(Z_grad)
        self.gradients.append(activation_grad)
        return self.gradients


class ReLU(Activation):
    def call(self, x):
        return np.where(x.real > 0, x, 0)

    def gradient(self, x):
        return np.where(x > 0, 1.0, 0.0)


class Sigmoid(Activation):
    def call(self, x):
        return 1 / (1 + np.exp(-x))

    def gradient(self, x):
        return self.call(x) * (1 - self.call(x))


class Dense(Layer):
    def __init__(self, kernel, bias):
        self.kernel, self.bias = kernel, bias
        self.weights = [kernel, bias]

    def call(self, inputs):
        return np.dot(inputs, self.kernel) + self.bias.T

    def backward(self, loss, params):
        self.gradients = []
        dZ = loss[0]
        m = self.inputs.shape[0]
        self.gradients.append((1.0 / m) * np.dot(dZ, self.inputs).T)
        self.gradients.append((1.0 / m) * np.sum(dZ, axis=1, keepdims=True))
        self.gradients.append(dZ)
        return self.gradients


class BinaryCrossentropy:
    def call(self, y_true, y_pred):
        output = -y_true * np.log(y_pred) - (1.0 - y_true) * np.log(1.0 - y_pred)
        return np.mean(output, axis=-1)

    def gradient(self, y_true, y_pred):
        return -(y_true / y_pred) + (1 - y_true) / (1 - y_pred)


class Sequential:
    def __init__(self, params):
        self.layers = [Dense(*params[0]), ReLU(), Dense(*params[1]), Sigmoid()]
        self.loss = BinaryCrossentropy()

    def forward(self, x):
        output = x
        for layer in self.layers:
            output = layer(output)
        return output

    def train_on_batch(self, x, y, right):
        output = self.forward(x)
        grads = self.loss.gradient(y, output).T
        if right:
            grads = grads * self.layers[-1].gradient(self.layers[-1].inputs).T
        self.layers[-1].gradients = [grads]
        grads = self.layers[-1].gradients
        params = self.layers[-1].weights
        updates = []
        for layer in self.layers[-2::-1]:
            grads = layer.backward(grads, params)
            params = layer.weights
            if params:
                updates.append(grads[: len(params)])
        return updates[::-1]


def cost(params, X, Y):
    model = Sequential(params)
    return np.mean(model.loss.call(Y, model.forward(X)))


def grad(params, X, Y):
    return Sequential(params).train_on_batch(X, Y, right=False)


def repaired(params, X, Y):
    return Sequential(params).train_on_batch(X, Y, right=True)
