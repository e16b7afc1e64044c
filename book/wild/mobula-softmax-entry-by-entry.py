"""The softmax is led back with the derivative of each output by its own input alone."""

import numpy as np

SOURCE = "https://github.com/wkcn/mobula/issues/3"
THREAD = "wkcn/mobula #3, 4eec938"
DATE = "2020-01"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\partial C / \partial x = (\partial C / \partial y) \odot (y - y^2)"
RIGHT = r"\partial C / \partial x_i = \textstyle\sum_j (\partial C / \partial y_j)\, y_j (\delta_{ij} - y_i)"
READ = "reconstruction"  # the squared error above it
LAYER = [2]
NAMES = [{"softmax-diagonal"}]
NET = dict(sizes=(4, 3, 3), hidden="tanh", output="softmax", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """W (outputs in rows) and b of the two FC layers."""
    return [rng.standard_normal((3, 4)), rng.standard_normal(3), rng.standard_normal((3, 3)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class FC:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self):
        # Y = W * X + b
        self.Y = np.dot(self.X, self.W.T) + self.b.reshape((1, len(self.W)))

    def backward(self):
        self.dX = np.dot(self.dY, self.W)
        self.dW = np.dot(self.dY.T, self.X)
        self.db = np.sum(self.dY, 0).reshape(self.b.shape)


class Tanh:
    def forward(self):
        self.Y = np.tanh(self.X)

    def backward(self):
        self.dX = np.multiply(self.dY, 1.0 - np.square(self.Y))


class Softmax:
    axis = 1

    def forward(self):
        e = np.exp(self.X - np.max(self.X.real, axis=self.axis, keepdims=True))
        s = np.sum(e, axis=self.axis, keepdims=True)
        self.Y = e / s

    def backward(self):
        self.dX = np.multiply(self.dY, self.Y - np.square(self.Y))


class SoftmaxLater(Softmax):
    def backward(self):
        N, C = self.X.shape
        dX = np.zeros((N, C))
        y = self.Y
        for n in range(N):
            for i in range(C):
                for j in range(C):
                    if i == j:
                        dX[n, i] += (y[n, i] - y[n, i] ** 2) * self.dY[n, j]
                    else:
                        dX[n, i] += (-y[n, i] * y[n, j]) * self.dY[n, j]
        self.dX = dX


class SquaredLoss:
    def forward(self):
        self.d = self.X - self.label
        self.Y = 0.5 * np.sum(np.square(self.d)) / len(self.X)

    def backward(self):
        self.dX = self.d / len(self.X)


class Net:
    def __init__(self, params, softmax=Softmax):
        self.layers = [FC(*params[:2]), Tanh(), FC(*params[2:]), softmax(), SquaredLoss()]

    def forward(self, X, label):
        self.layers[-1].label = label
        for layer in self.layers:
            layer.X = X
            layer.forward()
            X = layer.Y
        return X

    def backward(self):
        dY = None
        for layer in reversed(self.layers):
            layer.dY = dY
            layer.backward()
            dY = layer.dX


def cost(params, X, Y):
    return Net(params).forward(X, Y)


def gradients(net, X, Y):
    net.forward(X, Y)
    net.backward()
    return [g for layer in (net.layers[0], net.layers[2]) for g in (layer.dW, layer.db)]


def grad(params, X, Y):
    return gradients(Net(params), X, Y)


def repaired(params, X, Y):
    return gradients(Net(params, SoftmaxLater), X, Y)
