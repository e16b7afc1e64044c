"""A layer that scales a power multiplies its slope by the scale, which the output in that slope already holds."""

import numpy as np

SOURCE = "https://github.com/tiny-dnn/tiny-dnn/commit/46b9137a2785"
THREAD = "tiny-dnn/tiny-dnn 46b9137"
DATE = "2016-10"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial C / \partial x = \delta\, s\, p\, y / x,\; y = s\, x^p"
RIGHT = r"\partial C / \partial x = \delta\, p\, y / x"
READ = "code"  # the stack of layers is an example: dense, power, dense
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # a power between two dense layers
BLOCKS = ["W[1]", "b[1]", "W[3]", "b[3]"]
SAMPLES = 5
LAM = 0.0
FACTOR, SCALE = 1.5, 1.7


def start(rng):
    return [rng.standard_normal(shape) for shape in ((3, 4), (4,), (4, 2), (2,))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


class fully_connected_layer:
    def __init__(self, W, b, sigmoid):
        self.W, self.b, self.sigmoid = W, b, sigmoid

    def forward_propagation(self, in_data):
        self.in_data = in_data
        self.out_data = in_data @ self.W + self.b
        if self.sigmoid:
            self.out_data = 1 / (1 + np.exp(-self.out_data))
        return self.out_data

    def back_propagation(self, out_grad):
        curr_delta = out_grad * self.out_data * (1 - self.out_data) if self.sigmoid else out_grad
        self.dW, self.db = self.in_data.T @ curr_delta, curr_delta.sum(0)
        return curr_delta @ self.W.T


class power_layer:
    def __init__(self, factor, scale):
        self.factor_, self.scale_ = factor, scale

    def forward_propagation(self, x):
        self.x = x
        self.y = self.scale_ * x**self.factor_
        return self.y

    def back_propagation(self, dy):
        dx = np.zeros_like(dy)
        x, y = self.x, self.y
        for i in range(len(x)):
            for j in range(len(x[i])):
                # f(x) = scale*x^factor
                # ->
                #   dx = dy * df(x)
                if abs(x[i][j]) > 1e-10:
                    dx[i][j] = dy[i][j] * self.scale_ * self.factor_ * y[i][j] / x[i][j]
                else:
                    dx[i][j] = dy[i][j] * self.scale_ * self.factor_ * x[i][j] ** (self.factor_ - 1)
        return dx


class power_layer_mended(power_layer):
    def back_propagation(self, dy):
        dx = np.zeros_like(dy)
        x, y = self.x, self.y
        for i in range(len(x)):
            for j in range(len(x[i])):
                if abs(x[i][j]) > 1e-10:
                    dx[i][j] = dy[i][j] * self.factor_ * y[i][j] / x[i][j]
                else:
                    dx[i][j] = dy[i][j] * self.factor_ * x[i][j] ** (self.factor_ - 1)
        return dx


def network(params, power):
    W1, b1, W2, b2 = params
    return [fully_connected_layer(W1, b1, True), power(FACTOR, SCALE), fully_connected_layer(W2, b2, False)]


def forward(nodes, X):
    for each in nodes:
        X = each.forward_propagation(X)
    return X


def cost(params, X, Y):
    y = forward(network(params, power_layer), X)
    return np.sum((y - Y) ** 2) / Y.size


def gradients(power, params, X, Y):
    nodes = network(params, power)
    d = (forward(nodes, X) - Y) * 2 / Y.size
    for each in reversed(nodes):
        d = each.back_propagation(d)
    return [nodes[0].dW, nodes[0].db, nodes[2].dW, nodes[2].db]


def grad(params, X, Y):
    return gradients(power_layer, params, X, Y)


def repaired(params, X, Y):
    return gradients(power_layer_mended, params, X, Y)
