"""The contrastive loss draws pairs together whose label is zero, and the data's label of genuine pairs is one."""

import numpy as np

SOURCE = "https://github.com/VinhLoiIT/signet-pytorch/issues/2"
THREAD = "VinhLoiIT/signet-pytorch #2"
DATE = "2021-12"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \alpha (1 - y_i) d_i^2 + \beta y_i \max(0, M - d_i)^2"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \alpha y_i d_i^2 + \beta (1 - y_i) \max(0, M - d_i)^2"
READ = "code"  # two layers stand for the author's convolutions
LAYER = [1, 2]
NAMES = []
NET = None  # a network for two inputs
BLOCKS = ["W1[1]", "b1[1]", "W2[2]", "b2[2]"]
SAMPLES = 8
LAM = 0.0
ALPHA, BETA, MARGIN = 1.0, 1.0, 2.0


def start(rng):
    return {
        "W1": 0.7 * rng.standard_normal((4, 3)),
        "b1": 0.7 * rng.standard_normal(4),
        "W2": 0.7 * rng.standard_normal((2, 4)),
        "b2": 0.7 * rng.standard_normal(2),
    }


def data(rng):
    """Two signatures side by side; the label is 1 where both are genuine, and 0 where one is forged."""
    return rng.standard_normal((SAMPLES, 6)), (np.arange(SAMPLES) % 2 == 0).astype(float)


class SigNet:
    def __init__(self, params):
        self.params = params

    def features(self, x):
        h = np.tanh(x @ self.params["W1"].T + self.params["b1"])
        return h, h @ self.params["W2"].T + self.params["b2"]

    def forward(self, x):
        return self.features(x[:, :3])[1], self.features(x[:, 3:])[1]

    def backward(self, x, d1, d2):
        grads = {k: np.zeros_like(v) for k, v in self.params.items()}
        for seen, d_out in ((x[:, :3], d1), (x[:, 3:], d2)):
            h, _ = self.features(seen)
            d_h = d_out @ self.params["W2"] * (1 - h**2)
            for k, g in {"W1": d_h.T @ seen, "b1": d_h.sum(0), "W2": d_out.T @ h, "b2": d_out.sum(0)}.items():
                grads[k] += g
        return grads


class ContrastiveLoss:
    def __init__(self, alpha, beta, margin):
        self.alpha, self.beta, self.margin = alpha, beta, margin

    def shares(self, y):
        """Of the distance and of what the margin has above it."""
        return self.alpha * (1 - y), self.beta * y

    def gap(self, distance):
        gap = self.margin - distance
        return gap * (gap.real > 0)

    def forward(self, x1, x2, y):
        distance = np.sqrt(np.sum((x1 - x2) ** 2, axis=1))
        near, far = self.shares(y)
        return np.mean(near * distance**2 + far * self.gap(distance) ** 2)

    def backward(self, x1, x2, y):
        distance = np.sqrt(np.sum((x1 - x2) ** 2, axis=1))
        near, far = self.shares(y)
        d_distance = 2 * (near * distance - far * self.gap(distance)) / len(y)
        d_first = (d_distance / distance)[:, None] * (x1 - x2)
        return d_first, -d_first


class ContrastiveLossOfTheLabels(ContrastiveLoss):
    def shares(self, y):
        return self.alpha * y, self.beta * (1 - y)


def cost(params, X, Y):
    return ContrastiveLoss(ALPHA, BETA, MARGIN).forward(*SigNet(params).forward(X), Y)


def meant(params, X, Y):
    return ContrastiveLossOfTheLabels(ALPHA, BETA, MARGIN).forward(*SigNet(params).forward(X), Y)


def grad(params, X, Y):
    """What automatic differentiation gives for the program."""
    model = SigNet(params)
    return model.backward(X, *ContrastiveLoss(ALPHA, BETA, MARGIN).backward(*model.forward(X), Y))


repaired = grad
