"""The ReLU of a dual number has the dual part one, and not that of its argument, whatever the seed."""

import numpy as np

SOURCE = "https://github.com/giusgal/autodiff/commit/a79e8de"
THREAD = "giusgal/autodiff a79e8de"
DATE = "2025-05"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\operatorname{relu}(z + \varepsilon \dot z) = z + \varepsilon \text{ for } z > 0"
RIGHT = r"\operatorname{relu}(z + \varepsilon \dot z) = z + \varepsilon \dot z \text{ for } z > 0"
READ = "code"
LAYER = [1, 2]
NAMES = []
NET = dict(sizes=(1, 5, 1), hidden="relu", output="identity", loss="mse")
SAMPLES = 8
LAM = 0.0
HIDDEN_SIZE = 5


def start(rng):
    """W1, b1, W2 and b2 as the author unpacks them."""
    return [rng.standard_normal(shape) for shape in ((HIDDEN_SIZE, 1), HIDDEN_SIZE, (1, HIDDEN_SIZE), 1)]


def data(rng):
    return rng.uniform(-2, 2, (SAMPLES, 1)), rng.standard_normal((SAMPLES, 1))


class DualVar:
    right = False

    def __init__(self, real, inf=0.0):
        self.real_, self.inf_ = real, inf

    def getReal(self):
        return self.real_

    def getInf(self):
        return self.inf_

    def setInf(self, inf):
        self.inf_ = inf

    def __add__(self, rhs):
        return DualVar(self.real_ + rhs.real_, rhs.inf_ + self.inf_)

    def __sub__(self, rhs):
        return DualVar(self.real_ - rhs.real_, self.inf_ - rhs.inf_)

    def __mul__(self, rhs):
        return DualVar(self.real_ * rhs.real_, self.real_ * rhs.inf_ + self.inf_ * rhs.real_)


def relu(arg):
    if arg.real_.real > 0:
        return DualVar(arg.real_, arg.inf_ if DualVar.right else 1)
    else:
        return DualVar(0, 0)


def unpack(p, hidden_size):
    """Flat layout: [ W1 (H*D) | b1 (H) | W2 (O*H) | b2 (O=1) ]"""
    idx = 0
    W1 = [[None] for _ in range(hidden_size)]
    for i in range(hidden_size):
        W1[i][0] = p[idx]
        idx += 1
    b1 = [None] * hidden_size
    for i in range(hidden_size):
        b1[i] = p[idx]
        idx += 1
    W2 = [[None] * hidden_size]
    for j in range(hidden_size):
        W2[0][j] = p[idx]
        idx += 1
    return W1, b1, W2, p[idx]


def loss_func(batch, p_dual):
    W1, b1, W2, b2 = unpack(p_dual, HIDDEN_SIZE)
    real_accum = DualVar(0, 0)
    hidden = [None] * HIDDEN_SIZE
    for x_, y_ in batch:
        x, y = DualVar(x_, 0.0), DualVar(y_, 0.0)
        for i in range(HIDDEN_SIZE):
            hidden[i] = b1[i] + W1[i][0] * x
            hidden[i] = relu(hidden[i])
        out = b2
        for j in range(HIDDEN_SIZE):
            out = out + hidden[j] * W2[0][j]
        diff = out - y
        real_accum = DualVar(
            real_accum.getReal() + diff.getReal() * diff.getReal(),
            real_accum.getInf() + 2 * diff.getReal() * diff.getInf(),
        )
    return DualVar(real_accum.getReal() / len(batch), real_accum.getInf() / len(batch))


def gradient(f, x):
    xd = [DualVar(xi, 0.0) for xi in x]
    res = []
    for i in range(len(x)):
        xd[i].setInf(1.0)
        res.append(f(xd).getInf())
        xd[i].setInf(0.0)
    return res


def flat(params):
    return np.concatenate([np.ravel(p) for p in params])


def batch_of(X, Y):
    return list(zip(X[:, 0], Y[:, 0]))


def cost(params, X, Y):
    return loss_func(batch_of(X, Y), [DualVar(p) for p in flat(params)]).getReal()


def fit(params, X, Y, right):
    DualVar.right = right
    g = np.array(gradient(lambda p: loss_func(batch_of(X, Y), p), flat(params)))
    ends = np.cumsum([p.size for p in params])
    return [part.reshape(p.shape) for part, p in zip(np.split(g, ends[:-1]), params)]


def grad(params, X, Y):
    return fit(params, X, Y, False)


def repaired(params, X, Y):
    return fit(params, X, Y, True)
