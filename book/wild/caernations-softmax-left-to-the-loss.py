"""A softmax's slope is left to the loss, and a mean of squares does not cancel it, nor average over the outputs."""

import numpy as np

SOURCE = "https://github.com/caernations/feedforward-neural-network/commit/1eca54c"
THREAD = "caernations/feedforward-neural-network 1eca54c"
DATE = "2025-03"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\delta^2 = -\tfrac2n (y - a),\; C = \tfrac1{nm} \textstyle\sum (y - a)^2"
RIGHT = (
    r"\delta^2_i = J_i\, \partial C / \partial a_i,\; J = \operatorname{diag} a - a a^T,\; "
    r"\partial C / \partial a = -\tfrac2{nm} (y - a)"
)
READ = "code"
LAYER = [2]
NAMES = [{"output-slope-forgotten", "outputs-not-averaged"}]
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Weights and biases of each layer, a row for each input."""
    shapes = [(3, 4), (1, 4), (4, 3), (1, 3)]
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class Activation:
    def __init__(self, name):
        self.name = name

    def forward(self, x, derivative=False):
        if self.name == "tanh":
            t = np.tanh(x)
            if derivative:
                return 1 - t**2
            return t
        elif self.name == "softmax":
            exp_x = np.exp(x - np.max(x.real, axis=1, keepdims=True))
            s = exp_x / np.sum(exp_x, axis=1, keepdims=True)
            if derivative:
                batch_size, num_classes = s.shape
                jacobian = np.zeros((batch_size, num_classes, num_classes))
                for i in range(batch_size):
                    s_i = s[i].reshape(-1, 1)
                    jacobian[i] = np.diagflat(s_i) - s_i @ s_i.T
                return jacobian
            return s


class DenseLayer:
    def __init__(self, weights, biases, activation):
        self.weights, self.biases, self.activation = weights, biases, activation

    def forward(self, inputs):
        self.inputs = inputs
        self.z = np.dot(inputs, self.weights) + self.biases
        self.output = self.activation.forward(self.z)
        return self.output

    def backward(self, dvalues, right=False):
        if self.activation.name != "softmax":
            dZ = dvalues * self.activation.forward(self.z, derivative=True)
        elif right:
            jacobian_matrices = self.activation.forward(self.z, derivative=True)
            dZ = np.zeros_like(dvalues)
            for i in range(len(dvalues)):
                dZ[i] = jacobian_matrices[i] @ dvalues[i]
        else:
            dZ = dvalues
        self.dweights = np.dot(self.inputs.T, dZ)
        self.dbiases = np.sum(dZ, axis=0, keepdims=True)
        dinputs = np.dot(dZ, self.weights.T)
        return dinputs


class MSE:
    def forward(self, y_pred, y_true):
        return np.mean((y_true - y_pred) ** 2)

    def backward(self, y_pred, y_true, right=False):
        """The author's later versions are averaged over the samples alone as well."""
        samples = y_pred.size if right else len(y_pred)
        self.dinputs = -2 * (y_true - y_pred) / samples
        return self.dinputs


class FeedForwardNN:
    def __init__(self, params):
        W1, b1, W2, b2 = params
        self.layers = [DenseLayer(W1, b1, Activation("tanh")), DenseLayer(W2, b2, Activation("softmax"))]
        self.loss_fn = MSE()

    def forward(self, X):
        current_output = X
        for layer in self.layers:
            current_output = layer.forward(current_output)
        return current_output

    def backward(self, y_pred, y_true, right):
        dA = self.loss_fn.backward(y_pred, y_true, right)
        for i in reversed(range(len(self.layers))):
            dA = self.layers[i].backward(dA, right)
        return self.loss_fn.forward(y_pred, y_true)


def cost(params, X, Y):
    nn = FeedForwardNN(params)
    return nn.loss_fn.forward(nn.forward(X), Y)


def gradients(params, X, Y, right):
    nn = FeedForwardNN(params)
    nn.backward(nn.forward(X), Y, right)
    return [g for layer in nn.layers for g in (layer.dweights, layer.dbiases)]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
