"""Where Nesterov's momentum is not asked for it is taken, and where it is asked for the plain one."""

import numpy as np

SOURCE = "https://github.com/tensorflow/swift-apis/commit/974d7c29"
THREAD = "tensorflow/swift-apis 974d7c29"
DATE = "2019-01"
KIND = "update"
FORMULA = r"v_t = \mu v_{t-1} - \eta\, g,\; \theta \leftarrow \theta + \mu v_t - \eta\, g"
RIGHT = r"v_t = \mu v_{t-1} - \eta\, g,\; \theta \leftarrow \theta + v_t"
READ = "code"
LAYER = []
NAMES = [{"nesterov"}]
NET = dict(sizes=(3, 4, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LEARNING_RATE, MOMENTUM = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=MOMENTUM)


def start(rng):
    return {
        "l1.weight": rng.standard_normal((4, 3)),
        "l1.bias": rng.standard_normal(4),
        "l2.weight": rng.standard_normal((3, 4)),
        "l2.bias": rng.standard_normal(3),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    h = 1 / (1 + np.exp(-(X @ params["l1.weight"].T + params["l1.bias"])))
    e = np.exp(h @ params["l2.weight"].T + params["l2.bias"])
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["l2.weight"] * h * (1 - h)
    return {"l1.weight": d1.T @ X, "l1.bias": d1.sum(0), "l2.weight": d2.T @ h, "l2.bias": d2.sum(0)}


class SGD:
    def __init__(self, velocity, learningRate=0.01, momentum=0.0, decay=0.0, nesterov=False):
        self.learningRate = learningRate
        self.momentum = momentum
        self.decay = decay
        self.nesterov = nesterov
        self.velocity = velocity

    def fit(self, model, gradients):
        for kp in model:
            self.velocity[kp] = self.momentum * self.velocity[kp] - self.learningRate * gradients[kp]
            if self.nesterov:
                model[kp] = model[kp] + self.velocity[kp]
            else:
                model[kp] = model[kp] + self.momentum * self.velocity[kp] - self.learningRate * gradients[kp]


class SGDMended(SGD):
    def fit(self, model, gradients):
        for kp in model:
            self.velocity[kp] = self.momentum * self.velocity[kp] - self.learningRate * gradients[kp]
            if self.nesterov:
                model[kp] = model[kp] + self.momentum * self.velocity[kp] - self.learningRate * gradients[kp]
            else:
                model[kp] = model[kp] + self.velocity[kp]


def fitted(kind, params, grads, state):
    model = dict(params)
    velocity = {kp: state["velocity"].get(kp, np.zeros(params[kp].shape)) for kp in params}
    optimizer = kind(velocity, learningRate=LEARNING_RATE, momentum=MOMENTUM)
    optimizer.fit(model, grads)
    return model, {"velocity": optimizer.velocity}


def start_state():
    return {"velocity": {}}


def update(params, grads, state):
    return fitted(SGD, params, grads, state)


def repaired_update(params, grads, state):
    return fitted(SGDMended, params, grads, state)
