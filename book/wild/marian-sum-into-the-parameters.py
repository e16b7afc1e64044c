"""The sum over the devices goes into the wrong tensors, so that the optimizer is given gradients that are all zero."""

import numpy as np

SOURCE = "https://github.com/marian-nmt/marian-dev/commit/6c3eea9dd853d662b3e433cc6c9ec13ef3d021ea"
THREAD = "marian-nmt/marian-dev 6c3eea9d"
DATE = "2017-10"
KIND = "update"
FORMULA = r"G = 0,\; \theta \leftarrow \theta + G \text{ for each device},\; \theta \leftarrow \mathrm{Adam}(\theta, G)"
RIGHT = r"G = \textstyle\sum_d g_d \text{ over the devices},\; \theta \leftarrow \mathrm{Adam}(\theta, G)"
READ = "code"
LAYER = []
NAMES = [{"nothing-changed"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


ETA, BETA1, BETA2, EPS = 0.05, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=ETA, beta1=BETA1, beta2=BETA2, eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.tanh(z)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"t": 0, "mt": None, "vt": None}


class Adam:
    def __init__(self, state):
        self.t_, self.mt_, self.vt_ = state["t"], state["mt"], state["vt"]

    def update(self, params, grads):
        if self.mt_ is None:
            self.mt_ = np.zeros_like(params)
            self.vt_ = np.zeros_like(params)
        self.t_ += 1
        denom1 = 1 - BETA1**self.t_
        denom2 = 1 - BETA2**self.t_
        self.mt_ = (BETA1 * self.mt_) + ((1 - BETA1) * grads)
        self.vt_ = (BETA2 * self.vt_) + ((1 - BETA2) * (grads * grads))
        params -= ETA * (self.mt_ / denom1) / (np.sqrt(self.vt_ / denom2) + EPS)


class SyncGraphGroup:
    """One device, with one graph and one shard."""

    def __init__(self, params, grads, state):
        self.graphs_ = [(np.concatenate([p.ravel() for p in params]), np.concatenate([g.ravel() for g in grads]))]
        self.params_ = [vals.copy() for vals, _ in self.graphs_]
        self.grads_ = [np.zeros_like(vals) for vals in self.params_]
        self.tmpTensors_ = [np.zeros_like(vals) for vals in self.params_]
        self.shardOpt_ = [Adam(state)]

    def sum_up(self, idx):
        self.params_[idx] += self.grads_[idx]

    def task(self, idx, pos):
        self.grads_[idx][...] = 0
        size = len(self.params_[idx])
        for _, grads in self.graphs_:
            subGrad = grads[pos : pos + size]
            self.tmpTensors_[idx][...] = subGrad
            self.sum_up(idx)

        self.shardOpt_[idx].update(self.params_[idx], self.grads_[idx])

        for vals, _ in self.graphs_:
            vals[pos : pos + size] = self.params_[idx]

    def execute(self, params):
        pos = 0
        for idx in range(len(self.params_)):
            self.task(idx, pos)
            pos += len(self.params_[idx])
        vals, new, pos = self.graphs_[0][0], [], 0
        for p in params:
            new.append(vals[pos : pos + p.size].reshape(p.shape))
            pos += p.size
        opt = self.shardOpt_[0]
        return new, {"t": opt.t_, "mt": opt.mt_, "vt": opt.vt_}


class SyncGraphGroupLater(SyncGraphGroup):
    def sum_up(self, idx):
        self.grads_[idx] += self.tmpTensors_[idx]


def update(params, grads, state):
    return SyncGraphGroup(params, grads, state).execute(params)


def repaired_update(params, grads, state):
    return SyncGraphGroupLater(params, grads, state).execute(params)
