"""A ReLU's slope asks whether its output is below zero, which it never is."""

import numpy as np

SOURCE = "https://github.com/skalinin/CNN-from-Scratch/commit/17700d7"
THREAD = "skalinin/CNN-from-Scratch 17700d7"
DATE = "2021-08"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-missing"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 5
LAM = 0.0


def start(rng):
    params = []
    for n, k in zip(SIZES, SIZES[1:]):
        params += [2 * rng.random((n, k)) - 1, 2 * rng.random((1, k)) - 1]
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


class Softmax:
    def __call__(self, x_l):
        y_l = np.exp(x_l) / np.exp(x_l).sum()
        self.y_l = y_l
        return y_l

    def backprop(self, dEdy_l):
        dy_ldx_l = np.zeros((self.y_l.shape[1], self.y_l.shape[1]))
        for i in range(dy_ldx_l.shape[1]):
            for j in range(dy_ldx_l.shape[1]):
                if i == j:
                    dy_ldx_l[i][i] = self.y_l[0][i] * (1 - self.y_l[0][i])
                else:
                    dy_ldx_l[i][j] = -self.y_l[0][i] * self.y_l[0][j]
        return np.dot(dEdy_l, dy_ldx_l)


class ReLU:
    def __init__(self, right):
        self.right = right

    def __call__(self, x_l):
        y_l = np.where(x_l.real > 0, x_l, 0)
        self.y_l = y_l
        return y_l

    def backprop(self, dEdy_l):
        if self.right:
            dy_ldx_l = np.where(self.y_l <= 0, self.y_l, 1)
        else:
            dy_ldx_l = np.where(self.y_l < 0, self.y_l, 1)
        return dEdy_l * dy_ldx_l


class Linear:
    def __init__(self, fc_w, fc_b):
        self.fc_w, self.fc_b = fc_w, fc_b

    def __call__(self, y_l_minus_1):
        self.y_l_minus_1 = y_l_minus_1
        return np.dot(y_l_minus_1, self.fc_w) + self.fc_b

    def backprop(self, dEdx_l):
        self.dEdw_l = np.dot(self.y_l_minus_1.T, dEdx_l)
        self.dEdb_l = dEdx_l
        return np.dot(dEdx_l, self.fc_w.T)


class CrossEntropyLoss:
    def __call__(self, target, predict):
        return -target * np.log(predict)

    def backprop(self, target, predict):
        return -(target / predict)


class Model:
    def __init__(self, params, right):
        self.fc1, self.fc2 = Linear(*params[:2]), Linear(*params[2:])
        self.relu, self.softmax = ReLU(right), Softmax()
        self.loss = CrossEntropyLoss()

    def feedforward(self, x):
        return self.softmax(self.fc2(self.relu(self.fc1(x))))

    def backprop(self, target, predict):
        dEdx = self.softmax.backprop(self.loss.backprop(target, predict))
        dEdy = self.fc2.backprop(dEdx)
        self.fc1.backprop(self.relu.backprop(dEdy))
        return [self.fc1.dEdw_l, self.fc1.dEdb_l, self.fc2.dEdw_l, self.fc2.dEdb_l]


def cost(params, X, Y):
    model = Model(params, right=True)
    return sum(model.loss(y[None], model.feedforward(x[None])).sum() for x, y in zip(X, Y))


def gradients(params, X, Y, right):
    model = Model(params, right)
    grads = [np.zeros(p.shape) for p in params]
    for x, y in zip(X, Y):
        for total, each in zip(grads, model.backprop(y[None], model.feedforward(x[None]))):
            total += each
    return grads


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
