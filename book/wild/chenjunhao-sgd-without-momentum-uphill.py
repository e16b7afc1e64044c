"""The trainer's stochastic gradient descent without momentum adds the gradient times the rate to the weights."""

import numpy as np

SOURCE = "https://github.com/chenjunhao0315/Neural_Network/commit/a81f9ae"
THREAD = "chenjunhao0315/Neural_Network a81f9ae"
DATE = "2021-09"
KIND = "update"
FORMULA = r"w \leftarrow w + \eta\, g \text{ where } \mu = 0"
RIGHT = r"w \leftarrow w - \eta\, g"
READ = "code"  # the trainer, for a small network of full layers, and a batch of one sample
LAYER = []
NAMES = [{"sign"}]
NET = dict(sizes=(4, 4, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 1
LAM = 0.0


LR = 0.05
SETTINGS = dict(like="sgd", lr=LR)


def start(rng):
    W1 = rng.standard_normal((4, 4))
    return [W1, rng.uniform(0.2, 1.0, 4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.uniform(0.2, 1.0, (SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    h = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * h * (1 - h)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"iter": 0, "gsum": []}


class Trainer:
    def __init__(self, option, state):
        self.learning_rate = option.get("learning_rate", 0.001)
        self.l1_decay = option.get("l1_decay", 0.0)
        self.l2_decay = option.get("l2_decay", 0.0)
        self.batch_size = option.get("batch_size", 1)
        self.momentum = option.get("momentum", 0.9)
        self.iter, self.gsum = state["iter"], list(state["gsum"])

    def train(self, weight_list, grad_list):
        self.iter += 1
        if self.iter % self.batch_size == 0:
            if not self.gsum and self.momentum > 0:
                self.gsum = [np.zeros(len(weight)) for weight in weight_list]

            for i in range(len(weight_list)):
                weight = weight_list[i]
                grad = grad_list[i]

                for j in range(len(weight)):
                    l1_grad = self.l1_decay * (1 if weight[j] > 0 else -1)
                    l2_grad = self.l2_decay * weight[j]
                    grad_ij = (l1_grad + l2_grad + grad[j]) / self.batch_size

                    # SGD
                    if self.momentum > 0:
                        gsumi = self.gsum[i]
                        delta_weight = self.momentum * gsumi[j] - self.learning_rate * grad_ij
                        gsumi[j] = delta_weight
                        weight[j] += delta_weight
                    else:
                        weight[j] += self.without_momentum(grad_ij)
                    grad[j] = 0

    def without_momentum(self, grad_ij):
        return self.learning_rate * grad_ij


class TrainerLater(Trainer):
    def without_momentum(self, grad_ij):
        return -self.learning_rate * grad_ij


def stepped(kind, params, grads, state):
    trainer = kind({"learning_rate": LR, "momentum": 0.0}, state)
    weight_list, grad_list = ([w.ravel().copy() for w in params], [g.ravel().copy() for g in grads])
    trainer.train(weight_list, grad_list)
    weights = [w.reshape(p.shape) for w, p in zip(weight_list, params)]
    return weights, {"iter": trainer.iter, "gsum": trainer.gsum}


def update(params, grads, state):
    return stepped(Trainer, params, grads, state)


def repaired_update(params, grads, state):
    return stepped(TrainerLater, params, grads, state)
