"""The velocity of a momentum takes only what the mass leaves over of each gradient, a tenth at a mass of 0.9."""

import numpy as np

SOURCE = "https://github.com/jax-ml/jax/commit/5ecb247892"
THREAD = "jax-ml/jax 5ecb24789, PR #1528"
DATE = "2019-10"
KIND = "update"
FORMULA = r"v_t = \mu v_{t-1} - (1 - \mu)\, g_t,\; \theta_{t+1} = \theta_t + \eta\, v_t"
RIGHT = r"v_t = \mu v_{t-1} + g_t,\; \theta_{t+1} = \theta_t - \eta\, v_t"
READ = "code"
LAYER = []
NAMES = [{"dampened"}]
NET = dict(sizes=(4, 6, 1), hidden="tanh", output="sigmoid", loss="cross_entropy")
SAMPLES = 10
LAM = 0.0

STEP_SIZE, MASS = 0.1, 0.9
SETTINGS = dict(like="momentum", lr=STEP_SIZE, momentum=MASS)


def start(rng):
    return [(rng.standard_normal((m, n)), rng.standard_normal(n)) for m, n in ((4, 6), (6, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def predict(params, inputs):
    (w, b), (w_last, b_last) = params
    hidden = np.tanh(inputs @ w + b)
    return hidden, 1 / (1 + np.exp(-(hidden @ w_last + b_last)))


def cost(params, X, Y):
    p = predict(params, X)[1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    hidden, p = predict(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0].T * (1 - hidden**2)
    return [(X.T @ d1, d1.sum(0)), (hidden.T @ d2, d2.sum(0))]


def flatten(tree):
    return [leaf for pair in tree for leaf in pair]


def unflatten(leaves):
    return list(zip(leaves[::2], leaves[1::2]))


def make_schedule(scalar):
    return lambda i: scalar


def momentum(step_size, mass):
    """The triple of functions, each for one array."""
    step_size = make_schedule(step_size)

    def init(x0):
        return x0, np.zeros_like(x0)

    def opt_update(i, g, state):
        x, velocity = state
        velocity = mass * velocity - (1.0 - mass) * g
        x = x + step_size(i) * velocity
        return x, velocity

    def get_params(state):
        return state[0]

    return init, opt_update, get_params


def momentum_later(step_size, mass, nesterov=False):
    init, _, get_params = momentum(step_size, mass)
    step_size = make_schedule(step_size)

    def opt_update(i, g, state):
        x, velocity = state
        velocity = mass * velocity + g
        d = mass * velocity + g if nesterov else velocity
        x = x - step_size(i) * d
        return x, velocity

    return init, opt_update, get_params


def start_state():
    return {"i": 0, "velocity": None}


def step(triple, params, grads, state):
    init, opt_update, get_params = triple
    states = [init(x) for x in flatten(params)]
    if state["velocity"] is not None:
        states = [(x, v) for (x, _), v in zip(states, state["velocity"])]
    states = [opt_update(state["i"], g, s) for g, s in zip(flatten(grads), states)]
    return unflatten([get_params(s) for s in states]), {"i": state["i"] + 1, "velocity": [s[1] for s in states]}


def update(params, grads, state):
    return step(momentum(STEP_SIZE, MASS), params, grads, state)


def repaired_update(params, grads, state):
    return step(momentum_later(STEP_SIZE, MASS), params, grads, state)
