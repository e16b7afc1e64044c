"""The plain branch of an optimiser adds the gradient to the weights, where the line left as a comment subtracts it."""

import numpy as np

SOURCE = "https://github.com/explosion/thinc/commit/215401de"
THREAD = "explosion/thinc 215401de"
DATE = "2017-11"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta + \eta\, g"
RIGHT = r"\theta \leftarrow \theta - \eta\, g"
READ = "code"
LAYER = []
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 3), hidden="elu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR = 0.05
SETTINGS = dict(like="sgd", lr=LR)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.where(z.real > 0, z, np.exp(z) - 1)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * np.where(h > 0, 1, h + 1)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


class NumpyOps:
    def allocate(self, shape):
        return np.zeros(shape)

    def inplace_add(self, x, y, scale=1.0):
        x += scale * y


class Optimizer:
    """Without the running averages of the weights, without clipping and noise, and without Adam's branch."""

    def __init__(self, ops, lr, L2=1e-4, beta1=0.90, beta2=0.999, max_grad_norm=10.0, nesterov=True):
        self.ops = ops
        self.mom1 = {}
        self.alpha = lr
        self.b1 = beta1
        self.b2 = beta2
        self.L2 = L2
        self.max_grad_norm = max_grad_norm
        self.nesterov = nesterov

    def __call__(self, weights, gradient, lr_scale=1.0, key=None):
        if self.L2 != 0:
            gradient += self.L2 * weights
        if self.max_grad_norm:
            raise NotImplementedError
        if self.b1 > 0.0 and self.b2 > 0.0:
            raise NotImplementedError
        elif self.b1 > 0.0 and not self.nesterov:
            raise NotImplementedError
        elif self.b1 > 0.0:
            self._nesterov(weights, gradient, lr_scale, key)
        elif self.b2 > 0.0:
            raise NotImplementedError
        else:
            self._vanilla(weights, gradient, lr_scale)
        gradient.fill(0.0)

    def _vanilla(self, weights, gradient, lr_scale):
        self.ops.inplace_add(weights, gradient, scale=lr_scale * self.alpha)
        # weights -= lr_scale * self.alpha * gradient

    def _nesterov(self, weights, gradient, lr_scale, key):
        lr = self.alpha * lr_scale
        if key not in self.mom1:
            self.mom1[key] = self.ops.allocate(weights.size)
        momentum = self.mom1[key]
        weights += -self.b1 * momentum
        momentum *= self.b1
        momentum -= lr * gradient
        weights += (1 + self.b1) * momentum


class OptimizerMended(Optimizer):
    def _vanilla(self, weights, gradient, lr_scale):
        self.ops.inplace_add(weights, gradient, scale=-(lr_scale * self.alpha))


def SGD(kind, *args, **kwargs):
    kwargs.setdefault("beta1", 0.0)
    kwargs.setdefault("beta2", 0.0)
    return kind(*args, **kwargs)


def stepped(kind, params, grads):
    optimizer = SGD(kind, NumpyOps(), LR, L2=0.0, max_grad_norm=0.0)
    new = []
    for key, (p, g) in enumerate(zip(params, grads)):
        weights, gradient = p.flatten(), g.flatten()
        optimizer(weights, gradient, key=key)
        new.append(weights.reshape(p.shape))
    return new


def start_state():
    return {}


def update(params, grads, state):
    return stepped(Optimizer, params, grads), state


def repaired_update(params, grads, state):
    return stepped(OptimizerMended, params, grads), state
