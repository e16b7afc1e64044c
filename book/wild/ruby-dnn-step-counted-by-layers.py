"""Each layer calls Adam's update with its own parameters, and each call raises the one count of steps."""

import numpy as np

SOURCE = "https://github.com/unagiootoro/ruby-dnn/commit/59c6f7a"
THREAD = "unagiootoro/ruby-dnn 59c6f7a"
DATE = "2019-06"
KIND = "update"
FORMULA = (
    r"\eta_t^{(l)} = \alpha \sqrt{1 - \beta_2^{L (t - 1) + l}} / (1 - \beta_1^{L (t - 1) + l}),\; "
    r"l = 1 \ldots L \text{ the layers}"
)
RIGHT = r"\eta_t = \alpha \sqrt{1 - \beta_2^t} / (1 - \beta_1^t)"
READ = "code"
LAYER = []
NAMES = []  # t is counted once for each layer, and a layer has two arrays
NET = None  # the squares are halved and the weights are of inputs by outputs
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]", "W[3]", "b[3]"]
SAMPLES = 9
LAM = 0.0


ALPHA, BETA1, BETA2, EPS = 0.02, 0.9, 0.999, 1e-14  # small, since it stands under the root
SETTINGS = dict(like="adam", lr=ALPHA, beta1=BETA1, beta2=BETA2, eps=EPS)


def start(rng):
    sizes = (3, 4, 3, 2)
    layers = []
    for i in range(3):
        layers.append(
            {"weight": rng.standard_normal((sizes[i], sizes[i + 1])), "bias": rng.standard_normal(sizes[i + 1])}
        )
    return layers


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    outs = [X]
    for i, layer in enumerate(params):
        y = outs[-1] @ layer["weight"] + layer["bias"]
        outs.append(np.tanh(y) if i < len(params) - 1 else y)
    return outs


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    outs = forward(params, X)
    dy = (outs[-1] - Y) / len(X)
    grads = []
    for i in range(len(params) - 1, -1, -1):
        grads.insert(0, {"weight": outs[i].T @ dy, "bias": dy.sum(0)})
        dy = dy @ params[i]["weight"].T * (1 - outs[i] ** 2)
    return grads


class Param:
    def __init__(self, data, grad):
        self.data, self.grad = data, grad


class HasParamLayer:
    def __init__(self, params):
        self.params = params

    def update(self, optimizer):
        optimizer.update(self.params)


class Adam:
    alpha, beta1, beta2, eps = ALPHA, BETA1, BETA2, EPS

    def __init__(self, state):
        self.iter = state["iter"]
        self.m = dict(state["m"])
        self.v = dict(state["v"])

    def update(self, params):
        self.iter += 1
        learning_rate = self.alpha * np.sqrt(1 - self.beta2**self.iter) / (1 - self.beta1**self.iter)
        for key, param in params.items():
            self.update_param(key, param, learning_rate)
            param.grad = 0

    def update_param(self, key, param, learning_rate):
        m, v = self.m.get(key, 0.0), self.v.get(key, 0.0)
        self.m[key] = m + (1 - self.beta1) * (param.grad - m)
        self.v[key] = v + (1 - self.beta2) * (param.grad**2 - v)
        param.data = param.data - learning_rate * self.m[key] / np.sqrt(self.v[key] + self.eps)


class Model:
    def __init__(self, layers, optimizer):
        self.layers, self.optimizer = layers, optimizer

    def update(self):
        for layer in self.layers:
            layer.update(self.optimizer)


class ModelMended(Model):
    def update(self):
        target_params = {}
        for layer in self.layers:
            target_params.update(layer.params)
        self.optimizer.update(target_params)


def step(params, grads, state, model):
    layers = []
    for i, (p, g) in enumerate(zip(params, grads)):
        layers.append(HasParamLayer({(i, name): Param(p[name], g[name]) for name in p}))
    net = model(layers, Adam(state))
    net.update()
    new = [{key[1]: param.data for key, param in layer.params.items()} for layer in layers]
    return new, {"iter": net.optimizer.iter, "m": net.optimizer.m, "v": net.optimizer.v}


def start_state():
    return {"iter": 0, "m": {}, "v": {}}


def update(params, grads, state):
    return step(params, grads, state, Model)


def repaired_update(params, grads, state):
    return step(params, grads, state, ModelMended)
