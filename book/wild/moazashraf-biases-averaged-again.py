"""The loss's derivative is divided by the samples already, and the biases' gradient is divided by them once more."""

import numpy as np

SOURCE = "https://github.com/MoazAshraf/Deep-Learning-From-Scratch/commit/e6b6e9e"
THREAD = "MoazAshraf/Deep-Learning-From-Scratch e6b6e9e"
DATE = "2020-08"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\partial C / \partial b^l = \tfrac1n \textstyle\sum_i \delta^l_i,\; "
    r"\delta^L_i = \tfrac1n \sigma'(z^L_i) \odot \partial C_i / \partial a^L_i"
)
RIGHT = r"\partial C / \partial b^l = \textstyle\sum_i \delta^l_i"
READ = "code"
LAYER = [1, 2]
NAMES = [{"mean-twice"}, {"factor"}]
NET = dict(sizes=(3, 4, 1), hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The weights and the biases, layer by layer."""
    return [rng.standard_normal(shape) for shape in ((3, 4), (1, 4), (4, 1), (1, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_deriv(x):
    a = sigmoid(x)
    return a * (1 - a)


def tanh_deriv(x):
    return 1 - np.power(np.tanh(x), 2)


ACTIVATIONS = {"sigmoid": sigmoid, "tanh": np.tanh}

ACTIVATION_DERIVS = {"sigmoid": sigmoid_deriv, "tanh": tanh_deriv}


def binary_crossentropy_loss(y_true, y_pred):
    m = y_true.shape[0]
    loss = -(y_true.T @ np.log(y_pred) + (1 - y_true).T @ np.log(1 - y_pred)) / m
    return np.squeeze(loss)


def binary_crossentropy_loss_deriv(y_true, y_pred):
    m = y_true.shape[0]
    deriv = -(y_true / y_pred - (1 - y_true) / (1 - y_pred)) / m
    return deriv


class Dense:
    """
    Just your regular densely-connected layer
    """

    def __init__(self, weights, biases, activation, right=False):
        self.weights, self.biases, self.right = weights, biases, right
        self.activation = ACTIVATIONS[activation]
        self.activation_deriv = ACTIVATION_DERIVS[activation]

    def __call__(self, X):
        z = X @ self.weights + self.biases
        a = self.activation(z)
        self.cache = {"linear": z}
        return a

    def compute_gradients(self, dL_da, X):
        """
        Computes the gradients of the loss with respect to the layer's weights biases and inputs
        """
        m = X.shape[0]

        # calculates the gradients of the loss with respect to the layer's weights and biases
        dL_dz = dL_da * self.activation_deriv(self.cache["linear"])
        dL_dw = X.T @ dL_dz
        if self.right:
            dL_db = np.sum(dL_dz, axis=0, keepdims=True)
        else:
            dL_db = np.sum(dL_dz, axis=0, keepdims=True) / m

        # calculates the gradients of the loss with respect to the input
        dL_dX = dL_dz @ self.weights.T

        return dL_dw, dL_db, dL_dX


class Sequential:
    def __init__(self, layers, loss, loss_deriv):
        self.layers, self.loss, self.loss_deriv = layers, loss, loss_deriv

    def call(self, X):
        for layer in self.layers:
            X = layer(X)
        return X

    def evaluate(self, X, y):
        y_pred = self.call(X)
        return self.loss(y, y_pred)

    def fit_step(self, X, y):
        """
        The gradients of a single training step using the given samples
        """
        # forward propagation
        a = X
        activations = [X]
        for layer in self.layers:
            a = layer(a)
            activations.append(a)

        # backward propagation
        dL_da = self.loss_deriv(y, a)

        grads = []
        for i in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[i]

            # note: activations[i] is the activation of the previous layer
            dL_dw, dL_db, dL_da = layer.compute_gradients(dL_da, activations[i])
            grads = [dL_dw, dL_db, *grads]
        return grads


def model(params, right=False):
    W1, b1, W2, b2 = params
    layers = [Dense(W1, b1, "tanh", right), Dense(W2, b2, "sigmoid", right)]
    return Sequential(layers, binary_crossentropy_loss, binary_crossentropy_loss_deriv)


def cost(params, X, Y):
    return model(params).evaluate(X, Y)


def grad(params, X, Y):
    return model(params).fit_step(X, Y)


def repaired(params, X, Y):
    """The commit takes both divisions away; here only the second goes, since the loss is a mean."""
    return model(params, right=True).fit_step(X, Y)
