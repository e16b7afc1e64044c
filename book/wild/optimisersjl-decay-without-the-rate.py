"""AdamW is a chain of Adam and a decay, which comes after Adam's rate and is not multiplied by it."""

import numpy as np

SOURCE = "https://github.com/FluxML/Optimisers.jl/issues/182"
THREAD = "FluxML/Optimisers.jl #182, PR #188"
DATE = "2024-10"
KIND = "update"
FORMULA = r"\theta_t = \theta_{t-1} - \eta \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon} - \lambda \theta_{t-1}"
RIGHT = r"\theta_t = \theta_{t-1} - \eta \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon} - \eta \lambda \theta_{t-1}"
READ = "code"
LAYER = []
NAMES = [{"decay-without-rate"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR, BETA1, BETA2, EPS, WD = 0.01, 0.9, 0.999, 1e-8, 0.05
SETTINGS = dict(like="adamw", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=WD)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return {}


class Adam:
    def init(self, x):
        return np.zeros_like(x), np.zeros_like(x), (BETA1, BETA2)

    def apply(self, state, x, dx):
        mt, vt, betat = state
        mt = BETA1 * mt + (1 - BETA1) * dx
        vt = BETA2 * vt + (1 - BETA2) * dx**2
        dx = mt / (1 - betat[0]) / (np.sqrt(vt / (1 - betat[1])) + EPS) * LR
        return (mt, vt, (betat[0] * BETA1, betat[1] * BETA2)), dx


class WeightDecay:
    def __init__(self, lam):
        self.lam = lam

    def init(self, x):
        return None

    def apply(self, state, x, dx):
        return state, dx + self.lam * x


class OptimiserChain:
    def __init__(self, *opts):
        self.opts = opts

    def init(self, x):
        return [opt.init(x) for opt in self.opts]

    def apply(self, states, x, dx):
        new = []
        for opt, state in zip(self.opts, states):
            state, dx = opt.apply(state, x, dx)
            new.append(state)
        return new, dx


def AdamW():
    return OptimiserChain(Adam(), WeightDecay(WD))


def AdamWCoupled():
    return OptimiserChain(Adam(), WeightDecay(LR * WD))


def step(rule, params, grads, state):
    leaves = state.get("leaves") or [rule.init(x) for x in params]
    new_params, new_leaves = [], []
    for x, dx, leaf in zip(params, grads, leaves):
        leaf, dx = rule.apply(leaf, x, dx)
        new_params.append(x - dx)
        new_leaves.append(leaf)
    return new_params, {"leaves": new_leaves}


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return step(AdamW(), params, grads, state)


def repaired_update(params, grads, state):
    return step(AdamWCoupled(), params, grads, state)
