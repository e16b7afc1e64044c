"""A reader misses the ones in a ReLU's backward step, which copies the gradient and clears it below zero."""

import numpy as np

SOURCE = "https://github.com/parasdahal/deepnet/issues/9"
THREAD = "parasdahal/deepnet #9"
DATE = "2019-05"
KIND = "right"
FORMULA = (
    r"\partial C / \partial x = \begin{cases} 0 & x \le 0 \\ \partial C / \partial a & \text{otherwise} \end{cases}"
)
RIGHT = (
    r"\partial C / \partial x = 1_{x > 0}\, \partial C / \partial a,\; a = \max(0, x),\; "
    r"C = -\tfrac1m \textstyle\sum_i \log p_{i, y_i}"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def softmax(x):
    exp_x = np.exp(x - np.max(x.real, axis=1, keepdims=True))
    return exp_x / np.sum(exp_x, axis=1, keepdims=True)


def SoftmaxLoss(X, y):
    m = y.shape[0]
    p = softmax(X)
    log_likelihood = -np.log(p[range(m), y])
    loss = np.sum(log_likelihood) / m
    dx = p.copy()
    dx[range(m), y] -= 1
    dx /= m
    return loss, dx


class FullyConnected:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, X):
        self.X = X
        return self.X @ self.W + self.b

    def backward(self, dout):
        dW = self.X.T @ dout
        db = np.sum(dout, axis=0)
        dX = dout @ self.W.T
        return dX, [dW, db]


class ReLU:
    def forward(self, X):
        self.X = X
        return np.where(X.real > 0, X, 0)

    def backward(self, dout):
        dX = dout.copy()
        dX[self.X <= 0] = 0
        return dX, []


class Net:
    """The network without its penalty, a thousandth of the squares."""

    def __init__(self, params, loss_func=SoftmaxLoss):
        self.layers = [FullyConnected(*params[:2]), ReLU(), FullyConnected(*params[2:])]
        self.loss_func = loss_func

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, dout):
        grads = []
        for layer in reversed(self.layers):
            dout, grad = layer.backward(dout)
            grads.append(grad)
        return grads

    def train_step(self, X, y):
        out = self.forward(X)
        loss, dout = self.loss_func(out, y)
        grads = self.backward(dout)
        return loss, grads


def start(rng):
    return [
        *(rng.standard_normal((3, 4)), rng.standard_normal((1, 4))),
        *(rng.standard_normal((4, 3)), rng.standard_normal((1, 3))),
    ]


def data(rng):
    """Inputs and labels."""
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 3, SAMPLES)


def cost(params, X, Y):
    net = Net(params)
    return net.loss_func(net.forward(X), Y)[0]


def grad(params, X, Y):
    grads = Net(params).train_step(X, Y)[1]
    return [g.reshape(p.shape) for g, p in zip([g for pair in reversed(grads) for g in pair], params)]


repaired = grad
