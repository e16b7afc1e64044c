"""Adam takes copies of the tensors with its two means, updates the copies, and leaves the kept ones at zero."""

import numpy as np

SOURCE = "https://github.com/nntrainer/nntrainer/commit/0ad3b4dd64003dd0a648c5e9719cb5b92659ff5f"
THREAD = "nntrainer/nntrainer 0ad3b4dd6"
DATE = "2020-07"
KIND = "update"
FORMULA = r"m_t = (1 - \beta_1) g,\; v_t = (1 - \beta_2) g^2"
RIGHT = r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2) g^2"
READ = "code"
LAYER = []
NAMES = [{"means-not-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, BETA1, BETA2, EPSILON = 0.01, 0.9, 0.999, 1e-7
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPSILON)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    e = np.exp(h @ W2 + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2].T * h * (1 - h)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    shapes = [(3, 4), (4,), (4, 2), (2,)]
    return {"iteration": 0, "weight_mv": [(np.zeros(shape), np.zeros(shape)) for shape in shapes]}


class Tensor:
    def __init__(self, data):
        self.data = np.array(data)

    def copied(self):
        """The copy constructor, which Tensor wm = ... calls."""
        return Tensor(self.data)

    def multiply_i(self, value):
        self.data *= value

    def add_i(self, m, alpha):
        self.data += alpha * m.data

    def multiply(self, m):
        return Tensor(self.data * m.data)

    def divide(self, m):
        return Tensor(self.data / (m.data if isinstance(m, Tensor) else m))

    def add(self, value):
        return Tensor(self.data + value)

    def apply(self, f):
        return Tensor(f(self.data))


class Optimizer:
    learning_rate, beta1, beta2, epsilon = LR, BETA1, BETA2, EPSILON

    def __init__(self, weight_mv):
        self.weight_mv = [(Tensor(wm), Tensor(wv)) for wm, wv in weight_mv]

    def got(self, tensor):
        return tensor.copied()

    def apply_gradients(self, params, iteration):
        ll = self.learning_rate

        bias_correction1 = 1 - self.beta1 ** (iteration + 1)
        bias_correction2 = 1 - self.beta2 ** (iteration + 1)

        idx = 0
        for x, x_grad in params:
            wm = self.got(self.weight_mv[idx][0])
            wv = self.got(self.weight_mv[idx][1])

            wm.multiply_i(self.beta1)
            wm.add_i(x_grad, 1.0 - self.beta1)

            wv.multiply_i(self.beta2)
            wv.add_i(x_grad.multiply(x_grad), 1.0 - self.beta2)

            denom = wv.apply(np.sqrt).divide(np.sqrt(bias_correction2)).add(self.epsilon)
            x.add_i(wm.divide(denom), -ll / bias_correction1)
            idx += 1


class OptimizerLater(Optimizer):
    def got(self, tensor):
        return tensor  # Tensor &wm


def stepped(kind, params, grads, state):
    opt = kind(state["weight_mv"])
    weights = [Tensor(w) for w in params]
    opt.apply_gradients(list(zip(weights, [Tensor(g) for g in grads])), state["iteration"])
    kept = [(wm.data, wv.data) for wm, wv in opt.weight_mv]
    return [w.data for w in weights], {"iteration": state["iteration"] + 1, "weight_mv": kept}


def update(params, grads, state):
    return stepped(Optimizer, params, grads, state)


def repaired_update(params, grads, state):
    return stepped(OptimizerLater, params, grads, state)
