"""The mean squared error is averaged over all entries, and its gradient is not divided by their number."""

import numpy as np

SOURCE = "https://github.com/XavierSpycy/NumPy-Keras/commit/202f13299f"
THREAD = "XavierSpycy/NumPy-Keras 202f132"
DATE = "2026-08"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\delta^L = 2 (a^L - y)"
RIGHT = r"\delta^L = \tfrac{2}{m} (a^L - y)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"mean-missing"}, {"factor"}]
NET = dict(sizes=(3, 4, 1), hidden="tanh", output="identity", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal(shape) for shape in ((3, 4), (4,), (4, 1), (1,))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 1))


def linear(x):
    return x


def linear_deriv(a):
    return np.ones(a.shape)


def tanh(x):
    return np.tanh(x)


def tanh_deriv(a):
    return 1 - a**2


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
        return -2 * (y_true - y_pred)


class MSEMended(MSE):
    def grad(self, y_true, y_pred):
        return -2 * (y_true - y_pred) / y_true.size


class Sequential:
    def __init__(self, params, loss):
        W1, b1, W2, b2 = params
        self.layers = [Dense(W1, b1, tanh), Dense(W2, b2, linear)]
        self.layers[1].set_activation_deriv(tanh_deriv)
        self.loss_func = loss

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
    model = Sequential(params, MSE())
    return model.criterion(Y, model.forward(X))[0]


def gradients(loss, params, X, Y):
    model = Sequential(params, loss)
    model.backward(model.criterion(Y, model.forward(X))[1])
    return [layer.grads[name] for layer in model.layers for name in ("W", "b")]


def grad(params, X, Y):
    return gradients(MSE(), params, X, Y)


def repaired(params, X, Y):
    return gradients(MSEMended(), params, X, Y)
