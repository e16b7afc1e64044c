"""The slope of softplus is the sigmoid of its value, where it is the sigmoid of what went into it."""

import numpy as np

SOURCE = "https://github.com/XavierSpycy/NumPy-Keras/commit/46a1f7c63b"
THREAD = "XavierSpycy/NumPy-Keras 46a1f7c"
DATE = "2026-08"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\delta^l = W^{l+1} \delta^{l+1} \odot \dfrac{1}{1 + e^{-\beta a^l}}"
RIGHT = r"\delta^l = W^{l+1} \delta^{l+1} \odot (1 - e^{-\beta a^l})"
READ = "code"  # the loss's gradient is that of the next commit, 202f132, which mends another fault
LAYER = [1, 2]
NAMES = [{"slope-of-a"}]
NET = None  # softplus
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]", "W[3]", "b[3]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return [rng.standard_normal(shape) for shape in ((3, 4), (4,), (4, 3), (3,), (3, 1), (1,))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 1))


def linear(x):
    return x


def linear_deriv(a):
    return np.ones(a.shape)


def softplus(x, beta=1.0, threshold=20.0):
    return np.where(x.real * beta > threshold, x, np.log(1 + np.exp(beta * x)) / beta)


def softplus_deriv(a, beta=1.0, threshold=20.0):
    return np.where(a > threshold, 1, 1 / (1 + np.exp(-beta * a)))


def softplus_deriv_mended(a, beta=1.0, threshold=20.0):
    return np.where(a > threshold, 1, 1 - np.exp(-beta * a))


class Dense:
    def __init__(self, W, b, activation):
        self.params = {"W": W, "b": b}
        self.grads = {}
        self.activation = activation
        self.activation_deriv = None

    def set_activation_deriv(self, prev_layer_activation_deriv):
        self.activation_deriv = prev_layer_activation_deriv

    def forward(self, inputs):
        lin_output = np.dot(inputs, self.params["W"]) + self.params["b"]
        self.output = self.activation(lin_output)
        self.inputs = inputs
        return self.output

    def backward(self, grad):
        self.grads["W"] = np.dot(self.inputs.T, grad)
        self.grads["b"] = np.sum(grad, axis=0)
        grad = np.dot(grad, self.params["W"].T)
        if self.activation_deriv:
            grad *= self.activation_deriv(self.inputs)
        return grad


class MSE:
    def __call__(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def grad(self, y_true, y_pred):
        return -2 * (y_true - y_pred) / y_true.size


class Sequential:
    def __init__(self, params, deriv):
        W1, b1, W2, b2, W3, b3 = params
        self.layers = [Dense(W1, b1, softplus), Dense(W2, b2, softplus), Dense(W3, b3, linear)]
        for layer in self.layers[1:]:
            layer.set_activation_deriv(deriv)
        self.loss_func = MSE()

    def forward(self, inputs):
        for layer in self.layers:
            output = layer.forward(inputs)
            inputs = output
        return output

    def criterion(self, y, y_hat):
        loss = self.loss_func(y, y_hat)
        grad = self.loss_func.grad(y, y_hat)
        # Chain through the activation of the last layer itself
        grad = grad * linear_deriv(y_hat)
        return loss, grad

    def backward(self, grad):
        grad = self.layers[-1].backward(grad)
        for layer in reversed(self.layers[:-1]):
            grad = layer.backward(grad)


def cost(params, X, Y):
    model = Sequential(params, softplus_deriv)
    return model.criterion(Y, model.forward(X))[0]


def gradients(deriv, params, X, Y):
    model = Sequential(params, deriv)
    model.backward(model.criterion(Y, model.forward(X))[1])
    return [layer.grads[name] for layer in model.layers for name in ("W", "b")]


def grad(params, X, Y):
    return gradients(softplus_deriv, params, X, Y)


def repaired(params, X, Y):
    return gradients(softplus_deriv_mended, params, X, Y)
