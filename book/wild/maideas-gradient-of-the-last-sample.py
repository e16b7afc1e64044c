"""A dense layer writes each sample's gradient over that of the samples before it."""

import numpy as np

SOURCE = "https://github.com/maideas/numpy-neural-network/commit/22fec49"
THREAD = "maideas/numpy-neural-network 22fec49"
DATE = "2020-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \tfrac1m\, \delta^l_m (a^{l-1}_m)^\top"
RIGHT = r"\partial C / \partial W^l = \tfrac1m \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = [{"samples-overwritten"}]
SIZES = (2, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


class Dense:
    def __init__(self, w, right):
        self.w, self.right = w, right
        self.zero_grad()

    def zero_grad(self):
        self.grad_w = np.zeros(self.w.shape)

    def forward(self, x):
        self.x = x
        return self.w[:, :-1] @ x + self.w[:, -1]

    def backward(self, grad_y):
        if self.right:
            self.grad_w[:, :-1] += np.outer(grad_y, self.x)
            self.grad_w[:, -1] += grad_y
        else:
            self.grad_w[:, :-1] = np.outer(grad_y, self.x)
            self.grad_w[:, -1] = grad_y
        return grad_y @ self.w[:, :-1]


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad_y):
        return (1.0 - np.square(self.y)) * grad_y


class RMSLoss:
    def forward(self, x, target):
        self.x, self.target = x, target
        return 0.5 * np.square(self.x - self.target)

    def backward(self):
        return self.x - self.target


def start(rng):
    """The last column of a matrix is the bias."""
    return [rng.standard_normal((k, n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def step(params, X, Y, right):
    layers = [Dense(params[0], right), Tanh(), Dense(params[1], right)]
    loss_layer, loss = RMSLoss(), 0.0
    for n in np.arange(X.shape[0]):
        x, t = X[n], Y[n]
        for layer in layers:
            x = layer.forward(x)
        loss = loss + loss_layer.forward(x, t)
        grad = loss_layer.backward()
        if right is None:  # the loss alone
            continue
        for layer in layers[::-1]:
            grad = layer.backward(grad)
    return np.sum(loss) / X.shape[0], [layers[0].grad_w / X.shape[0], layers[2].grad_w / X.shape[0]]


def cost(params, X, Y):
    return step(params, X, Y, None)[0]


def grad(params, X, Y):
    return step(params, X, Y, right=False)[1]


def repaired(params, X, Y):
    return step(params, X, Y, right=True)[1]
