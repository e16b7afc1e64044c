"""AdamW on the CPU multiplies its step by the multiplier of the schedule, and its weight decay no longer."""

import math

import numpy as np

SOURCE = "https://github.com/chainer/chainer/commit/2407d34d25"
THREAD = "chainer/chainer 2407d34d25"
DATE = "2019-06"
KIND = "update"
FORMULA = r"\theta \leftarrow (1 - \lambda)\, \theta - \eta\, \alpha\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
RIGHT = r"\theta \leftarrow (1 - \eta \lambda)\, \theta - \eta\, \alpha\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
READ = "code"
LAYER = []
NAMES = [{"decay-without-rate"}]
NET = dict(sizes=(3, 4, 2), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 20
LAM = 0.0

# alpha is 1, so that eta, which multiplies step and decay, is the rate of both
ALPHA, BETA1, BETA2, EPS, ETA, WEIGHT_DECAY_RATE = 1.0, 0.9, 0.999, 1e-10, 0.02, 0.05
SETTINGS = dict(like="adamw", lr=ETA * ALPHA, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=WEIGHT_DECAY_RATE)


def start(rng):
    return {
        "l1/W": rng.standard_normal((4, 3)),
        "l1/b": rng.random(4),
        "l2/W": rng.standard_normal((2, 4)),
        "l2/b": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    z = X @ params["l1/W"].T + params["l1/b"]
    h = np.where(z.real > 0, z, 0)
    e = np.exp(h @ params["l2/W"].T + params["l2/b"])
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["l2/W"] * (h > 0)
    return {"l1/W": d1.T @ X, "l1/b": d1.sum(0), "l2/W": d2.T @ h, "l2/b": d2.sum(0)}


def start_state():
    return {"t": 0, "rules": {}}


class Hyperparameter:
    alpha, beta1, beta2, eps, eta, weight_decay_rate = ALPHA, BETA1, BETA2, EPS, ETA, WEIGHT_DECAY_RATE


def _learning_rate(hp, t):
    if t == 0:
        raise RuntimeError(
            "Can't determine the learning rate of Adam optimizer because the update steps have not been started."
        )
    fix1 = 1.0 - math.pow(hp.beta1, t)
    fix2 = 1.0 - math.pow(hp.beta2, t)
    return hp.alpha * math.sqrt(fix2) / fix1


def _inplace_axpby(x, a, b, y):
    # in-place axpby: x = a * x + b * y
    if a == 1:
        x += b * y
    else:
        x[:] = a * x + b * y


class AdamRule:
    hyperparam = Hyperparameter()

    def __init__(self, t, state):
        self.t = t
        self.state = state

    @property
    def alpha_t(self):
        return _learning_rate(self.hyperparam, self.t)

    def update_core_cpu(self, data, grad):
        hp = self.hyperparam
        m, v = self.state["m"], self.state["v"]

        # m += (1 - beta1) * (grad - m)
        _inplace_axpby(m, 1.0, 1.0 - hp.beta1, grad - m)
        # v += (1 - beta2) * (grad * grad - v)
        _inplace_axpby(v, 1.0, 1.0 - hp.beta2, grad * grad - v)

        vhat = v
        step = self.alpha_t / (np.sqrt(vhat) + hp.eps)
        # param -=
        #  eta * (step * m - weight_decay_rate * param)
        _inplace_axpby(data, self.decayed(hp), -hp.eta, step * m)

    def decayed(self, hp):
        return 1.0 - hp.weight_decay_rate


class AdamRuleMended(AdamRule):
    def decayed(self, hp):
        return 1.0 - hp.eta * hp.weight_decay_rate


def updated(rule_class, params, grads, state):
    t, new, rules = state["t"] + 1, {}, {}
    for name, p in params.items():
        new[name] = p.copy()
        kept = state["rules"].get(name, {"m": np.zeros_like(p), "v": np.zeros_like(p)})
        rules[name] = {key: array.copy() for key, array in kept.items()}
        rule_class(t, rules[name]).update_core_cpu(new[name], grads[name])
    return new, {"t": t, "rules": rules}


def update(params, grads, state):
    return updated(AdamRule, params, grads, state)


def repaired_update(params, grads, state):
    return updated(AdamRuleMended, params, grads, state)
