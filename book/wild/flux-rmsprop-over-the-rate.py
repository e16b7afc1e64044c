"""RMSProp divides by the root times the rate, so that the step is proportional to one over the rate."""

import numpy as np

SOURCE = "https://github.com/FluxML/Flux.jl/pull/107"
THREAD = "FluxML/Flux.jl #107, 8991ce0"
DATE = "2017-11"
KIND = "update"
FORMULA = (
    r"v_t = \rho v_{t-1} + (1 - \rho) g_t^2,\; \theta \leftarrow \theta - g_t / (\sqrt{v_t}\, \eta),\; v_0 = \epsilon"
)
RIGHT = r"v_t = \rho v_{t-1} + (1 - \rho) g_t^2,\; \theta \leftarrow \theta - \eta\, g_t / \sqrt{v_t},\; v_0 = \epsilon"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


ETA, RHO, EPSILON = 0.2, 0.9, 1e-14
SETTINGS = dict(like="rmsprop", lr=ETA, beta2=RHO, eps=EPSILON)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1.T + b1) @ W2.T + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    d2 = (h @ W2.T + b2 - Y) / len(X)
    d1 = d2 @ W2 * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


class Param:
    def __init__(self, x, delta):
        self.x, self.delta = x.copy(), delta.copy()


def start_state():
    return {"acc": [None] * 4, "n": 0}


def rmsprop(p, acc, eta=0.001, rho=0.9, epsilon=1e-8):
    acc = np.zeros(p.x.shape) + epsilon if acc is None else acc.copy()

    def f():
        acc[...] = rho * acc + (1 - rho) * p.delta**2
        p.delta /= np.sqrt(acc) * eta

    return f, acc


def rmsprop_fixed(p, acc, eta=0.001, rho=0.9, epsilon=1e-8):
    acc = np.zeros(p.x.shape) + epsilon if acc is None else acc.copy()

    def f():
        acc[...] = rho * acc + (1 - rho) * p.delta**2
        p.delta = eta * p.delta / np.sqrt(acc)

    return f, acc


def invdecay(p, gamma, n):
    def f():
        p.delta *= 1 / (1 + gamma * n)

    return f


def descent(p, eta):
    def f():
        p.x -= p.delta * eta
        p.delta[...] = 0

    return f


def rms_prop(rule, params, grads, state, eta=ETA, rho=RHO, epsilon=EPSILON, decay=0):
    ps = [Param(x, delta) for x, delta in zip(params, grads)]
    accs = []
    for p, acc in zip(ps, state["acc"]):
        f, acc = rule(p, acc, eta=eta, rho=rho, epsilon=epsilon)
        accs.append(acc)
        for call in f, invdecay(p, decay, state["n"]), descent(p, 1):
            call()
    return [p.x for p in ps], {"acc": accs, "n": state["n"] + 1}


def update(params, grads, state):
    return rms_prop(rmsprop, params, grads, state)


def repaired_update(params, grads, state):
    return rms_prop(rmsprop_fixed, params, grads, state)
