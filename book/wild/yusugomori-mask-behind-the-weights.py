"""The dropout mask multiplies a hidden layer's delta only after its weights and biases have been moved by it."""

import numpy as np

SOURCE = "https://github.com/yusugomori/DeepLearning/commit/5c9cfe0"
THREAD = "yusugomori/DeepLearning 5c9cfe0"
DATE = "2015-10"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial C / \partial W^l = a^{l-1\,T} (f'(a^l) \odot W^{l+1\,T} \delta^{l+1})"
RIGHT = r"\partial C / \partial W^l = a^{l-1\,T} (r^l \odot f'(a^l) \odot W^{l+1\,T} \delta^{l+1})"
READ = "code"
LAYER = [1, 2]
NAMES = [{"dropout-mask"}]
NET = None  # two hidden layers with dropout; one sample, as the author takes the mean for the biases alone
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]", "W[3]", "b[3]"]
SAMPLES = 1
LAM = 0.0
SIZES = (3, 4, 4, 2)
MASKS = [np.array([[1.0, 0.0, 1.0, 0.0]]), np.array([[0.0, 1.0, 1.0, 0.0]])]  # drawn once


def start(rng):
    params = []
    for n_in, n_out in zip(SIZES[:-1], SIZES[1:]):
        params += [rng.standard_normal((n_in, n_out)), rng.standard_normal(n_out)]
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def tanh(x):
    return np.tanh(x)


def dtanh(x):
    return 1.0 - x * x


def softmax(x):
    e = np.exp(x - np.max(x))
    return e / np.array([np.sum(e, axis=1)]).T


class HiddenLayer:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.activation, self.dactivation = tanh, dtanh

    def forward(self, input):
        self.x = input
        return self.activation(np.dot(self.x, self.W) + self.b)

    def backward(self, prev_layer, dropout=False, mask=None):
        d_y = self.dactivation(prev_layer.x) * np.dot(prev_layer.d_y, prev_layer.W.T)

        if dropout:
            d_y = d_y * mask

        self.step_W = np.dot(self.x.T, d_y)
        self.step_b = np.mean(d_y, axis=0)
        self.d_y = d_y


class LogisticRegression:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def output(self, x):
        self.x = x
        return softmax(np.dot(x, self.W) + self.b)

    def train(self, input, label):
        d_y = label - self.output(input)
        self.step_W = np.dot(self.x.T, d_y)
        self.step_b = np.mean(d_y, axis=0)
        self.d_y = d_y


class Dropout:
    def __init__(self, params, input, label):
        pairs = list(zip(params[::2], params[1::2]))
        self.x, self.y = input, label
        self.hidden_layers = [HiddenLayer(*pair) for pair in pairs[:-1]]
        self.log_layer = LogisticRegression(*pairs[-1])

    def forward(self):
        layer_input = self.x
        for i in range(len(self.hidden_layers)):
            layer_input = self.hidden_layers[i].forward(input=layer_input)
            layer_input = layer_input * MASKS[i]
        return layer_input

    def train(self, right):
        """What the author adds to the weights, at a rate of 1 and at the same weights for all layers."""
        self.log_layer.train(self.forward(), self.y)

        # backward hidden_layers
        for i in reversed(range(0, len(self.hidden_layers))):
            if i == len(self.hidden_layers) - 1:
                prev_layer = self.log_layer
            else:
                prev_layer = self.hidden_layers[i + 1]

            if right:
                self.hidden_layers[i].backward(prev_layer=prev_layer, dropout=True, mask=MASKS[i])
            else:
                self.hidden_layers[i].backward(prev_layer=prev_layer)
                self.hidden_layers[i].d_y = self.hidden_layers[i].d_y * MASKS[i]  # also mask here
        return [s for layer in (*self.hidden_layers, self.log_layer) for s in (layer.step_W, layer.step_b)]


def cost(params, X, Y):
    model = Dropout(params, X, Y)
    return -np.sum(Y * np.log(model.log_layer.output(model.forward()))) / len(X)


def grad(params, X, Y):
    return [-step for step in Dropout(params, X, Y).train(False)]


def repaired(params, X, Y):
    return [-step for step in Dropout(params, X, Y).train(True)]
