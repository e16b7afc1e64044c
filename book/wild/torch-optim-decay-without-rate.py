"""Descent takes the whole share of the weight decay off in each step, whatever the learning rate is."""

import numpy as np

SOURCE = "https://github.com/torch/optim/commit/0369e3b"
THREAD = "torch/optim 0369e3b"
DATE = "2012-01"
KIND = "update"
FORMULA = r"\theta \leftarrow (1 - \lambda)\, \theta - \eta\, g"
RIGHT = r"\theta \leftarrow (1 - \eta \lambda)\, \theta - \eta\, g"
READ = "code"
LAYER = []
NAMES = []
NET = None  # a linear regression, its weights in one vector with the threshold at the end
BLOCKS = ["x[1]"]
SAMPLES = 9
LAM = 0.0


LEARNING_RATE, WEIGHT_DECAY = 0.05, 0.02
SETTINGS = dict(like="sgd", lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)


def start(rng):
    return rng.standard_normal(6)


def data(rng):
    return rng.standard_normal((SAMPLES, 5)), rng.standard_normal(SAMPLES)


def cost(params, X, Y):
    return 0.5 * np.sum((X @ params[:5] + params[5] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    err = (X @ params[:5] + params[5] - Y) / len(X)
    return np.append(err @ X, err.sum())


def start_state():
    return {"learningRate": LEARNING_RATE, "weightDecay": WEIGHT_DECAY}


def sgd(opfunc, x, state, right):
    # (0) get/update state
    lr = state.get("learningRate", 1e-3)
    lrd = state.get("learningRateDecay", 0)
    wd = state.get("weightDecay", 0)
    mom = state.get("momentum", 0)
    lrs = state.get("learningRates")
    state["evalCounter"] = state.get("evalCounter", 0)
    nevals = state["evalCounter"]

    # (1) evaluate f(x) and df/dx
    fx, dfdx = opfunc(x)

    # (2) apply momentum
    if mom != 0:
        if "dfdx" not in state:
            state["dfdx"] = dfdx.copy()
        else:
            state["dfdx"] = state["dfdx"] * mom + (1 - mom) * dfdx
        dfdx = state["dfdx"]

    # (2) weight decay
    if wd != 0:
        if right:
            x += -wd * lr * x
        else:
            x += -wd * x

    # (3) learning rate decay (annealing)
    clr = lr / (1 + nevals * lrd)

    # (4) parameter update with single or individual learning rates
    if lrs is not None:
        x += -clr * lrs * dfdx
    else:
        x += -clr * dfdx

    # (5) update evaluation counter
    state["evalCounter"] = state["evalCounter"] + 1

    # return f(x_old), and x_new
    return x, fx


def update(params, grads, state):
    x, state = params.copy(), dict(state)
    sgd(lambda x: (None, grads), x, state, right=False)
    return x, state


def repaired_update(params, grads, state):
    x, state = params.copy(), dict(state)
    sgd(lambda x: (None, grads), x, state, right=True)
    return x, state
