"""Of a binary cross-entropy only one half has its minus, while its gradient is right."""

import numpy as np

SOURCE = "https://github.com/winstonallo/multilayer-perceptron/commit/b2877de"
THREAD = "winstonallo/multilayer-perceptron b2877de"
DATE = "2024-06"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i -y_i \log a_i + (1 - y_i) \log(1 - a_i)"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i y_i \log a_i + (1 - y_i) \log(1 - a_i)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal((1, 4)), rng.standard_normal((4, 1)), np.zeros((1, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


class BinaryCrossEntropyLoss:
    def forward(self, y_pred, y_true):
        self.y_pred_clip = y_pred
        self.y_true = y_true
        # A = -(y_true * log(y_pred))
        neg_y_true = -1 * y_true
        log_y_pred = np.log(self.y_pred_clip)
        A = neg_y_true * log_y_pred
        # B, to be subtracted as well
        c_y_true = 1 - y_true
        c_log_y_pred = np.log(1 - self.y_pred_clip)
        B = c_y_true * c_log_y_pred
        return A + B

    def backward(self):
        return (self.y_pred_clip - self.y_true) / (self.y_pred_clip * (1 - self.y_pred_clip))

    def calculate(self, predictions, targets):
        """What the author made of it."""
        return -np.mean(targets * np.log(predictions) + (1 - targets) * np.log(1 - predictions))

    def backward_of_forward(self):
        """The gradient of the cost as it was."""
        return -self.y_true / self.y_pred_clip - (1 - self.y_true) / (1 - self.y_pred_clip)


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1 + b1
    h = np.where(z.real > 0, z, 0)
    return h, 1 / (1 + np.exp(-(h @ W2 + b2)))


def cost(params, X, Y):
    return np.mean(BinaryCrossEntropyLoss().forward(forward(params, X)[1], Y))


def meant(params, X, Y):
    return BinaryCrossEntropyLoss().calculate(forward(params, X)[1], Y)


def backward(params, X, Y, name):
    W1, b1, W2, b2 = params
    h, y = forward(params, X)
    loss = BinaryCrossEntropyLoss()
    loss.forward(y, Y)
    dL_dx = getattr(loss, name)() * y * (1 - y) / len(X)
    dL_dh = dL_dx @ W2.T * (h > 0)
    return [X.T @ dL_dh, dL_dh.sum(0, keepdims=True), h.T @ dL_dx, dL_dx.sum(0, keepdims=True)]


def grad(params, X, Y):
    return backward(params, X, Y, "backward")


def repaired(params, X, Y):
    return backward(params, X, Y, "backward_of_forward")
