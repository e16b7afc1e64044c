"""Bad calls over the whole public API: which exception, and what its message has to say."""

import ast
import io
import re
import warnings
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from test_docs import CALLABLES

matplotlib.use("Agg")
from matplotlib.figure import Figure

from bpcore import (
    ACTIVATIONS,
    Activation,
    Loss,
    Network,
    Params,
    adam,
    check_gradient,
    check_update,
    checkup,
    diagnose,
    leaky_relu,
    load,
    numerical_gradient,
    one_hot,
    relative_error,
    save,
    schedules,
    sgd,
    train,
)
from bpcore.figures import plots
from bpcore.figures.explorables import explorable
from bpcore.figures.sliders import explore

NET = Network((2, 4, 1))
WIDE = Network((2, 4, 3), output="softmax", loss="cross_entropy")
THETA, WIDE_THETA = NET.init(0), WIDE.init(0)
RNG = np.random.default_rng(0)
X = RNG.standard_normal((5, 2))
Y = (X[:, :1] > 0).astype(float)
LABELS = np.array([0, 1, 2, 1, 0])
YW = one_hot(LABELS, 3)


def cost(theta):
    return (theta**2).sum()


def grad(theta):
    return 2 * theta


def draw(value):
    return Figure(figsize=(1, 1))


def with_one(array, value, place=(1, 0)):
    array = np.array(array, float)
    array[place] = value
    return array


ACTIVATION_NAMES = "'identity', 'sigmoid', 'tanh', 'relu', 'leaky_relu', 'softmax'"
LOSS_NAMES = "'half_squared', 'mse', 'binary_cross_entropy', 'cross_entropy'"
SCHEME_NAMES = "'glorot_uniform', 'he_normal', 'standard_normal', 'uniform', 'zeros'"

# what is tried: (the argument at fault, the call, the exception, what the message must contain beside the argument
# and what is expected)
NETWORKS = {
    "sizes is a number": ("sizes", lambda: Network(3), TypeError, ["sizes=3", "such as (2, 4, 1)"]),
    "sizes is None": ("sizes", lambda: Network(None), TypeError, ["sizes=None", "such as (2, 4, 1)"]),
    "sizes is empty": (
        "sizes",
        lambda: Network(()),
        ValueError,
        ["sizes=()", "at least the inputs and one layer", "(2, 1)"],
    ),
    "sizes of one layer": (
        "sizes",
        lambda: Network((3,)),
        ValueError,
        ["sizes=(3,)", "at least the inputs and one layer"],
    ),
    "sizes is text": ("sizes", lambda: Network("241"), TypeError, ["sizes[0]='2'", "expected a whole number"]),
    "sizes holds a float": (
        "sizes",
        lambda: Network((2, 3.0, 1)),
        TypeError,
        ["sizes[1]=3.0", "expected a whole number"],
    ),
    "sizes holds a bool": (
        "sizes",
        lambda: Network((2, True)),
        TypeError,
        ["sizes[1]=True", "expected a whole number"],
    ),
    "sizes holds zero": ("sizes", lambda: Network((2, 0, 1)), ValueError, ["sizes[1]=0", "at least 1"]),
    "sizes holds a negative": ("sizes", lambda: Network((-2, 1)), ValueError, ["sizes[0]=-2", "at least 1"]),
    "hidden is unknown": (
        "hidden",
        lambda: Network((2, 3, 1), hidden="sigmod"),
        ValueError,
        ["hidden='sigmod'", ACTIVATION_NAMES],
    ),
    "hidden is unknown, without hidden layers": (
        "hidden",
        lambda: Network((2, 1), hidden="sigmod"),
        ValueError,
        ["hidden='sigmod'", ACTIVATION_NAMES],
    ),
    "hidden is None": ("hidden", lambda: Network((2, 3, 1), hidden=None), TypeError, ["hidden=None", ACTIVATION_NAMES]),
    "hidden is a number": ("hidden", lambda: Network((2, 3, 1), hidden=3), TypeError, ["hidden=3", ACTIVATION_NAMES]),
    "hidden is a function": (
        "hidden",
        lambda: Network((2, 3, 1), hidden=np.tanh),
        TypeError,
        ["hidden=<ufunc 'tanh'>", ACTIVATION_NAMES],
    ),
    "hidden lists an unknown": (
        "hidden",
        lambda: Network((2, 3, 3, 1), hidden=["relu", "rule"]),
        ValueError,
        ["hidden='rule'", ACTIVATION_NAMES],
    ),
    "hidden lists None": (
        "hidden",
        lambda: Network((2, 3, 3, 1), hidden=["relu", None]),
        TypeError,
        ["hidden=None", ACTIVATION_NAMES],
    ),
    "hidden lists too many": (
        "hidden",
        lambda: Network((2, 3, 1), hidden=["relu", "relu"]),
        ValueError,
        ["hidden names 2", "sizes=(2, 3, 1) has 1 hidden", "a name, or one for each hidden layer"],
    ),
    "hidden lists too few": (
        "hidden",
        lambda: Network((2, 3, 3, 1), hidden=["relu"]),
        ValueError,
        ["hidden names 1", "has 2 hidden layers"],
    ),
    "output is unknown": (
        "output",
        lambda: Network((2, 1), output="linear"),
        ValueError,
        ["output='linear'", ACTIVATION_NAMES],
    ),
    "output is None": ("output", lambda: Network((2, 1), output=None), TypeError, ["output=None", ACTIVATION_NAMES]),
    "loss is unknown": ("loss", lambda: Network((2, 1), loss="bce"), ValueError, ["loss='bce'", LOSS_NAMES]),
    "loss is a function": (
        "loss",
        lambda: Network((2, 1), loss=np.square),
        TypeError,
        ["loss=<ufunc 'square'>", LOSS_NAMES],
    ),
    "loss does not fit tanh": (
        "loss",
        lambda: Network((2, 1), output="tanh"),
        ValueError,
        ["loss='binary_cross_entropy'", "output='tanh'", "expected output='sigmoid'", "half_squared"],
    ),
    "loss does not fit sigmoid": (
        "loss",
        lambda: Network((2, 3), loss="cross_entropy"),
        ValueError,
        ["loss='cross_entropy'", "output='sigmoid'", "expected output='softmax'"],
    ),
    "activation without a derivative": (
        "df",
        lambda: Activation("own", np.tanh),
        ValueError,
        ["activation 'own'", "exactly one of df and vjp", "df=lambda z, a:"],
    ),
    "activation without out": (
        "f",
        lambda: Activation("own", lambda z: np.tanh(z), lambda z, a: 1 - a * a),
        TypeError,
        ["f takes other arguments", "f(z, out=None)"],
    ),
    "activation with two derivatives": (
        "df",
        lambda: Activation("own", np.tanh, np.cos, np.sin),
        ValueError,
        ["'own'", "exactly one of df and vjp"],
    ),
    "leaky slope is negative": (
        "slope",
        lambda: leaky_relu(-0.1),
        ValueError,
        ["slope=-0.1", "at least 0 and below 1"],
    ),
    "leaky slope is 1": ("slope", lambda: leaky_relu(1), ValueError, ["slope=1", "at least 0 and below 1"]),
    "leaky slope is NaN": ("slope", lambda: leaky_relu(np.nan), ValueError, ["slope=nan", "finite"]),
    "leaky slope is text": ("slope", lambda: leaky_relu("0.1"), TypeError, ["slope='0.1'", "expected a number"]),
}

PARAMETERS = {
    "scheme is unknown": (
        "scheme",
        lambda: NET.init(0, scheme="xavier"),
        ValueError,
        ["scheme='xavier'", SCHEME_NAMES],
    ),
    "scheme is a function": ("scheme", lambda: NET.init(0, scheme=len), TypeError, ["scheme=<built-in", SCHEME_NAMES]),
    "seed is None": ("seed", lambda: NET.init(None), TypeError, ["seed=None", "expected a whole number"]),
    "seed is a float": ("seed", lambda: NET.init(1.0), TypeError, ["seed=1.0", "expected a whole number"]),
    "seed is text": ("seed", lambda: NET.init("42"), TypeError, ["seed='42'", "expected a whole number"]),
    "seed is a bool": ("seed", lambda: NET.init(True), TypeError, ["seed=True", "expected a whole number"]),
    "seed is negative": ("seed", lambda: NET.init(-1), ValueError, ["seed=-1", "at least 0"]),
    "theta is of type list": (
        "theta",
        lambda: NET.params([0.0] * 17),
        TypeError,
        ["theta is of type list", "NumPy vector", "np.asarray(theta, dtype=float)"],
    ),
    "theta is whole numbers": (
        "theta",
        lambda: NET.params(np.zeros(17, int)),
        TypeError,
        ["theta has dtype <i8", "theta.astype(float)"],
    ),
    "theta is too short": (
        "theta",
        lambda: NET.params(THETA[:-1]),
        ValueError,
        ["theta has shape (16,)", "(2, 4, 1) has 17 parameters", "expected (17,)"],
    ),
    "theta is a matrix": (
        "theta",
        lambda: NET.params(THETA[None]),
        ValueError,
        ["theta has shape (1, 17)", "expected (17,)"],
    ),
    "theta of Params is too long": (
        "theta",
        lambda: Params((2, 1), np.zeros(4)),
        ValueError,
        ["theta has shape (4,)", "expected (3,)"],
    ),
    "theta of Params is a list": (
        "theta",
        lambda: Params((2, 1), [0.0] * 3),
        TypeError,
        ["theta is of type list", "NumPy vector"],
    ),
    "index beyond the end": ("index", lambda: NET.params(THETA).name_of(17), ValueError, ["index=17", "from 0 to 16"]),
    "index is negative": ("index", lambda: NET.params(THETA).name_of(-1), ValueError, ["index=-1", "from 0 to 16"]),
    "index is a float": (
        "index",
        lambda: NET.params(THETA).name_of(1.0),
        TypeError,
        ["index=1.0", "expected a whole number"],
    ),
}

# the same for everything that takes theta and X
WITH_X = {
    "theta is too long": (
        "theta",
        lambda f: f(THETA.repeat(2), X),
        ValueError,
        ["theta has shape (34,)", "expected (17,)"],
    ),
    "theta is of type list": ("theta", lambda f: f(list(THETA), X), TypeError, ["theta is of type list"]),
    "theta has NaN": (
        "theta",
        lambda f: f(with_one(THETA, np.nan, 3), X),
        ValueError,
        ["theta has 1 entry that is NaN or infinite", "[3]"],
    ),
    "X has infinity": (
        "X",
        lambda f: f(THETA, with_one(X, np.inf)),
        ValueError,
        ["X has 1 entry that is NaN or infinite", "[1, 0]", "remove or replace"],
    ),
    "X is one sample": (
        "X",
        lambda f: f(THETA, X[0]),
        ValueError,
        ["X has shape (2,)", "2 inputs", "expected (1, 2)", "X.reshape(1, 2)"],
    ),
    "X has too many columns": (
        "X",
        lambda f: f(THETA, X[:, [0, 1, 1]]),
        ValueError,
        ["X has shape (5, 3)", "2 inputs", "expected (5, 2)"],
    ),
    "X has columns as samples": (
        "X",
        lambda f: f(THETA, X.T),
        ValueError,
        ["X has shape (2, 5)", "expected (5, 2)", "X.T"],
    ),
    "X has three axes": (
        "X",
        lambda f: f(THETA, X[:, :, None]),
        ValueError,
        ["X has shape (5, 2, 1)", "expected (5, 2)", "X.reshape(5, 2)"],
    ),
    "X is a number": ("X", lambda f: f(THETA, 1.0), ValueError, ["X has shape ()", "expected (1, 2)"]),
    "X is empty": ("X", lambda f: f(THETA, X[:0]), ValueError, ["X has shape (0, 2)", "at least one sample"]),
    "X is an empty list": ("X", lambda f: f(THETA, []), ValueError, ["X has shape (0,)", "at least one sample"]),
    "X is ragged": ("X", lambda f: f(THETA, [[1, 2], [3]]), ValueError, ["X is not an array", "rows of equal length"]),
    "X is text": (
        "X",
        lambda f: f(THETA, [["1", "2"]] * 5),
        TypeError,
        ["X has dtype <U1", "expected real numbers", "np.asarray(X, dtype=float)"],
    ),
    "X is None": ("X", lambda f: f(THETA, None), TypeError, ["X is None", "expected real numbers"]),
    "X is complex": ("X", lambda f: f(THETA, X + 1j), TypeError, ["X has dtype complex128", "expected real numbers"]),
    "X holds objects": ("X", lambda f: f(THETA, X.astype(object)), TypeError, ["X has dtype object", "dtype=float"]),
    "X is too large for float32": (
        "X",
        lambda f: f(THETA.astype(np.float32), with_one(X, 1e300)),
        ValueError,
        ["X has 1 entry that is NaN or infinite"],
    ),
}

# the same for everything that takes theta, X and Y
WITH_Y = {
    "Y is (m,)": (
        "Y",
        lambda f: f(X, Y.ravel()),
        ValueError,
        ["Y has shape (5,), but the network has 1 output: expected (5, 1)", "Y.reshape(5, 1)"],
    ),
    "Y is (1, m)": ("Y", lambda f: f(X, Y.T), ValueError, ["Y has shape (1, 5)", "expected (5, 1)", "Y.T"]),
    "Y has too many columns": (
        "Y",
        lambda f: f(X, YW),
        ValueError,
        ["Y has shape (5, 3)", "1 output", "expected (5, 1)"],
    ),
    "Y has too few rows": (
        "Y",
        lambda f: f(X, Y[:4]),
        ValueError,
        ["X has shape (5, 2)", "Y has shape (4, 1)", "as many rows"],
    ),
    "Y has NaN": ("Y", lambda f: f(X, with_one(Y, np.nan)), ValueError, ["Y has 1 entry that is NaN or infinite"]),
    "Y is None": ("Y", lambda f: f(X, None), TypeError, ["Y "]),
    "Y is text": (
        "Y",
        lambda f: f(X, [["cat"], ["dog"]] * 2 + [["cat"]]),
        TypeError,
        ["Y has dtype <U3", "expected real numbers"],
    ),
    "Y is empty": ("Y", lambda f: f(X, Y[:0]), ValueError, ["Y has shape (0, 1)", "at least one sample"]),
    "Y is signed": (
        "Y",
        lambda f: f(X, 2 * Y - 1),
        ValueError,
        ["[-1.0]", "binary_cross_entropy", "numbers from 0 to 1"],
    ),
    "Y is above 1": (
        "Y",
        lambda f: f(X, with_one(Y, 1.5, (3, 0))),
        ValueError,
        ["Y row 3 is [1.5]", "numbers from 0 to 1"],
    ),
}

TARGETS = {
    "labels in the place of rows": (
        "Y",
        lambda f: f(X, LABELS),
        ValueError,
        ["Y has shape (5,)", "3 outputs", "expected (5, 3)", "one_hot(labels, 3)"],
    ),
    "a row of zeros": (
        "Y",
        lambda f: f(X, with_one(YW, 0, (2, 2))),
        ValueError,
        ["Y row 2 is [0.0, 0.0, 0.0]", "sum to 1", "one_hot"],
    ),
    "a row that sums to 2": (
        "Y",
        lambda f: f(X, with_one(YW, 1, (4, 1))),
        ValueError,
        ["Y row 4 is [1.0, 1.0, 0.0]", "cross_entropy"],
    ),
    "a negative probability": (
        "Y",
        lambda f: f(X, np.tile([1.5, -0.5, 0], (5, 1))),
        ValueError,
        ["Y row 0 is [1.5, -0.5, 0.0]"],
    ),
}

NUMBERS = {
    "lam is negative": ("lam", lambda f: f(lam=-0.1), ValueError, ["lam=-0.1", "at least 0"]),
    "lam is NaN": ("lam", lambda f: f(lam=np.nan), ValueError, ["lam=nan", "finite"]),
    "lam is infinite": ("lam", lambda f: f(lam=np.inf), ValueError, ["lam=inf", "finite"]),
    "lam is text": ("lam", lambda f: f(lam="0.1"), TypeError, ["lam='0.1'", "expected a number"]),
    "lam is None": ("lam", lambda f: f(lam=None), TypeError, ["lam=None", "expected a number"]),
    "lam is a bool": ("lam", lambda f: f(lam=True), TypeError, ["lam=True", "expected a number"]),
    "lam is complex": ("lam", lambda f: f(lam=1j), TypeError, ["lam=1j", "expected a number"]),
    "lam is an array": ("lam", lambda f: f(lam=np.ones(2)), TypeError, ["lam=array([1., 1.])", "expected a number"]),
}

N = {
    "n is zero": ("n", lambda f: f(lam=1, n=0), ValueError, ["n=0", "above 0"]),
    "n is negative": ("n", lambda f: f(lam=1, n=-5), ValueError, ["n=-5", "above 0"]),
    "n is text": ("n", lambda f: f(n="5"), TypeError, ["n='5'", "expected a number"]),
    "n is too large for a float": ("n", lambda f: f(n=10**400), ValueError, ["n=1000", "finite"]),
}

TRAINING = {
    "net is text": (
        "net",
        lambda f: f(net="net"),
        TypeError,
        ["net='net' (str)", "expected a Network", "(net, theta, X, Y)"],
    ),
    "net and theta exchanged": (
        "net",
        lambda f: f(net=THETA, theta=NET),
        TypeError,
        ["net=array(", "(ndarray)", "(net, theta, X, Y)"],
    ),
    "theta is complex": (
        "theta",
        lambda f: f(theta=THETA + 0j),
        TypeError,
        ["theta has dtype complex128", "theta.real"],
    ),
    "lr is zero": ("lr", lambda f: f(lr=0), ValueError, ["lr=0", "above 0"]),
    "lr is negative": ("lr", lambda f: f(lr=-0.1), ValueError, ["lr=-0.1", "above 0"]),
    "lr is NaN": ("lr", lambda f: f(lr=np.nan), ValueError, ["lr=nan", "finite"]),
    "lr is infinite": ("lr", lambda f: f(lr=np.inf), ValueError, ["lr=inf", "finite"]),
    "lr is text": ("lr", lambda f: f(lr="0.1"), TypeError, ["lr='0.1'", "expected a number"]),
    "lr is a function": ("lr", lambda f: f(lr=lambda epoch: 0.1), TypeError, ["lr=<function", "expected a number"]),
    "epochs is negative": ("epochs", lambda f: f(epochs=-1), ValueError, ["epochs=-1", "at least 0"]),
    "epochs is a float": ("epochs", lambda f: f(epochs=10.0), TypeError, ["epochs=10.0", "expected a whole number"]),
    "epochs is None": ("epochs", lambda f: f(epochs=None), TypeError, ["epochs=None", "expected a whole number"]),
    "batch_size is 0": (
        "batch_size",
        lambda f: f(batch_size=0),
        ValueError,
        ["batch_size=0", "from 1 to 5", "None takes all samples at once"],
    ),
    "batch_size is above m": (
        "batch_size",
        lambda f: f(batch_size=6),
        ValueError,
        ["batch_size=6", "from 1 to 5", "None takes all samples at once"],
    ),
    "batch_size is a float": (
        "batch_size",
        lambda f: f(batch_size=2.0),
        TypeError,
        ["batch_size=2.0", "expected a whole number", "None takes all"],
    ),
    "batch_size is an array": (
        "batch_size",
        lambda f: f(batch_size=np.array([2, 3])),
        TypeError,
        ["batch_size=array([2, 3])", "expected a whole number"],
    ),
    "seed is negative": ("seed", lambda f: f(seed=-1), ValueError, ["seed=-1", "at least 0"]),
    "seed is None": ("seed", lambda f: f(seed=None), TypeError, ["seed=None", "expected a whole number"]),
    "seed is a float": ("seed", lambda f: f(seed=0.5), TypeError, ["seed=0.5", "expected a whole number"]),
    "history is unknown": (
        "history",
        lambda f: f(history="ful"),
        ValueError,
        ["history='ful'", "'full', 'running', 'none'"],
    ),
    "history is a bool": (
        "history",
        lambda f: f(history=False),
        TypeError,
        ["history=False", "'full', 'running', 'none'"],
    ),
    "schedule is a number": (
        "schedule",
        lambda f: f(schedule=0.5),
        TypeError,
        ["schedule=0.5", "expected a function or None"],
    ),
    "schedule returns None": (
        "schedule",
        lambda f: f(schedule=lambda epoch, epochs: None),
        TypeError,
        ["schedule(0, 3)=None", "expected a number"],
    ),
    "schedule returns NaN": (
        "schedule",
        lambda f: f(schedule=lambda epoch, epochs: np.nan),
        ValueError,
        ["schedule(0, 3)=nan", "finite"],
    ),
    "schedule turns negative": (
        "schedule",
        lambda f: f(schedule=lambda epoch, epochs: 1 - epoch),
        ValueError,
        ["schedule(2, 3)=-1", "at least 0"],
    ),
    "callback is no function": (
        "callback",
        lambda f: f(callback=True),
        TypeError,
        ["callback=True", "expected a function or None"],
    ),
    "arguments misspelt": ("learning_rate", lambda f: f(learning_rate=0.1), TypeError, ["learning_rate"]),
}

MOMENTA = {
    "rule is a name": (
        "rule",
        lambda: train(NET, THETA, X, Y, "sgd"),
        TypeError,
        ["rule='sgd'", "returns update(theta, g, rate)"],
    ),
    "momentum is 1": (
        "momentum",
        lambda: sgd(NET, THETA, X, Y, momentum=1),
        ValueError,
        ["momentum=1", "at least 0 and below 1"],
    ),
    "momentum is negative": (
        "momentum",
        lambda: sgd(NET, THETA, X, Y, momentum=-0.9),
        ValueError,
        ["momentum=-0.9", "at least 0 and below 1"],
    ),
    "momentum is text": (
        "momentum",
        lambda: sgd(NET, THETA, X, Y, momentum="0.9"),
        TypeError,
        ["momentum='0.9'", "expected a number"],
    ),
    "beta1 is 1": ("beta1", lambda: adam(NET, THETA, X, Y, beta1=1.0), ValueError, ["beta1=1.0", "below 1"]),
    "beta2 is above 1": ("beta2", lambda: adam(NET, THETA, X, Y, beta2=1.1), ValueError, ["beta2=1.1", "below 1"]),
    "beta2 is None": (
        "beta2",
        lambda: adam(NET, THETA, X, Y, beta2=None),
        TypeError,
        ["beta2=None", "expected a number"],
    ),
    "eps is 0": ("eps", lambda: adam(NET, THETA, X, Y, eps=0), ValueError, ["eps=0", "above 0"]),
    "power is 0": ("power", lambda: schedules.polynomial_decay(0), ValueError, ["power=0", "above 0"]),
    "power is text": (
        "power",
        lambda: schedules.polynomial_decay("slow"),
        TypeError,
        ["power='slow'", "expected a number"],
    ),
}

TRACES = {
    "t is of type list": (
        "t",
        lambda: NET.backward(THETA, [X], Y),
        TypeError,
        ["t=[array(", "(list)", "expected the Trace that net.forward"],
    ),
    "t and Y exchanged": (
        "t",
        lambda: NET.backward(THETA, Y, NET.forward(THETA, X)),
        TypeError,
        ["t=array(", "(ndarray)", "expected the Trace"],
    ),
    "t of another network": (
        "t",
        lambda: NET.backward(THETA, WIDE.forward(WIDE_THETA, X), Y),
        ValueError,
        ["t has layers (2, 4, 3)", "has (2, 4, 1)"],
    ),
    "t of another type": (
        "t",
        lambda: NET.backward(THETA, NET.forward(THETA.astype(np.float32), X), Y),
        TypeError,
        ["t holds float32", "theta float64"],
    ),
    "t and Y of other lengths": (
        "Y",
        lambda: NET.backward(THETA, NET.forward(THETA, X[:3]), Y),
        ValueError,
        ["X has shape (3, 2)", "Y has shape (5, 1)"],
    ),
    "Y is (m,) in backward": (
        "Y",
        lambda: NET.backward(THETA, NET.forward(THETA, X), Y.ravel()),
        ValueError,
        ["Y has shape (5,)", "expected (5, 1)"],
    ),
}

CHECKS = {
    "cost is no function": (
        "cost",
        lambda: numerical_gradient(1.0, THETA),
        TypeError,
        ["cost=1.0 (float)", "lambda theta: net.cost(theta, X, Y)"],
    ),
    "method is unknown": (
        "method",
        lambda: numerical_gradient(cost, THETA, "centre"),
        ValueError,
        ["method='centre'", "'complex', 'central', 'forward'"],
    ),
    "method is None": (
        "method",
        lambda: numerical_gradient(cost, THETA, None),
        TypeError,
        ["method=None", "'complex', 'central', 'forward'"],
    ),
    "step is 0": ("step", lambda: numerical_gradient(cost, THETA, step=0), ValueError, ["step=0", "above 0"]),
    "step is negative": (
        "step",
        lambda: numerical_gradient(cost, THETA, step=-1e-4),
        ValueError,
        ["step=-0.0001", "above 0"],
    ),
    "step is text": (
        "step",
        lambda: numerical_gradient(cost, THETA, step="1e-4"),
        TypeError,
        ["step='1e-4'", "expected a number"],
    ),
    "params is None": (
        "params",
        lambda: numerical_gradient(cost, None),
        TypeError,
        ["params is of type NoneType", "expected a vector, or dicts, lists and tuples of arrays"],
    ),
    "params is an object": (
        "params",
        lambda: numerical_gradient(cost, NET),
        TypeError,
        ["params is of type Network", "expected a vector, or dicts, lists and tuples of arrays"],
    ),
    "params are whole numbers in a dict": (
        "params",
        lambda: numerical_gradient(cost, {"W1": np.ones((2, 2), int)}),
        TypeError,
        ['params["W1"] holds int64', 'params["W1"] = params["W1"].astype(float) converts'],
    ),
    "params are whole numbers in a tuple": (
        "params",
        lambda: check_gradient(cost, grad, [(np.ones(2), np.ones(2, int))]),
        TypeError,
        ["params[0][1] holds int64", "params[0] = (*params[0][:1], params[0][1].astype(float)"],
    ),
    "params hold no number": (
        "params",
        lambda: check_gradient(cost, grad, []),
        ValueError,
        ["params holds no number", "at least one parameter"],
    ),
    "params hold NaN": (
        "params",
        lambda: check_gradient(cost, grad, {"W1": np.array([1.0, np.nan])}),
        ValueError,
        ["W1[1] is nan", "expected finite numbers"],
    ),
    "theta is whole numbers": (
        "theta",
        lambda: numerical_gradient(cost, np.array([1, 2])),
        TypeError,
        ["theta has dtype <i8"],
    ),
    "theta is complex": (
        "theta",
        lambda: numerical_gradient(cost, THETA + 1j),
        TypeError,
        ["theta has dtype complex128", "theta.real"],
    ),
    "theta is empty": (
        "theta",
        lambda: numerical_gradient(cost, np.zeros(0)),
        ValueError,
        ["theta is empty", "at least one parameter"],
    ),
    "theta has NaN": (
        "theta",
        lambda: numerical_gradient(cost, np.array([1, np.nan])),
        ValueError,
        ["theta has 1 entry that is NaN"],
    ),
    "cost returns a vector": (
        "cost",
        lambda: numerical_gradient(lambda v: v**2, THETA),
        TypeError,
        ["cost returned an array of shape (17,)", "mean or sum"],
    ),
    "cost returns None": (
        "cost",
        lambda: numerical_gradient(lambda v: None, THETA),
        TypeError,
        ["cost returned None", "one number", "is its return missing?"],
    ),
    "cost returns text": (
        "cost",
        lambda: numerical_gradient(lambda v: "1.0", THETA),
        TypeError,
        ["cost returned <U3 ('1.0')", "one real number"],
    ),
    "a further grad with two functions": (
        "grad",
        lambda: check_gradient(cost, grad, THETA, grad=grad),
        TypeError,
        ["no further grad", "two functions", "lambda theta: cost(theta, X, Y)"],
    ),
    "a gradient of ones own is too short": (
        "grad",
        lambda: check_gradient(NET, THETA, X, Y, grad=THETA[1:]),
        ValueError,
        ["grad returned shape (16,)", "theta has shape (17,)"],
    ),
    "cost is complex of real": (
        "cost",
        lambda: numerical_gradient(lambda v: cost(v) + 0j, THETA),
        TypeError,
        ["cost returned complex128", "one real number"],
    ),
    "cost is not analytic": (
        "cost",
        lambda: numerical_gradient(lambda v: abs(v).sum(), THETA, "complex"),
        TypeError,
        ["imaginary part", "method='central'"],
    ),
    "check of Y missing": (
        "Y",
        lambda: check_gradient(NET, THETA, X),
        TypeError,
        ["Y is missing", "check_gradient(net, theta, X, Y)"],
    ),
    "check of no network": (
        "net",
        lambda: check_gradient(None, THETA, X, Y),
        TypeError,
        ["net is of type NoneType", "with a Network", "two functions"],
    ),
    "check of a function alone": (
        "net",
        lambda: check_gradient(cost, THETA, X),
        TypeError,
        ["expected check_gradient(net, theta, X, Y)", "two functions"],
    ),
    "check of functions with Y": (
        "Y",
        lambda: check_gradient(cost, grad, THETA, Y),
        TypeError,
        ["takes no Y", "lambda theta"],
    ),
    "check of functions with lam": (
        "lam",
        lambda: check_gradient(cost, grad, THETA, lam=1.0),
        TypeError,
        ["takes no Y, no lam"],
    ),
    "check of a method unknown": (
        "method",
        lambda: check_gradient(NET, THETA, X, Y, method="centred"),
        ValueError,
        ["method='centred'", "'complex'"],
    ),
    "check of a theta that is complex": (
        "theta",
        lambda: check_gradient(NET, THETA + 0j, X, Y),
        TypeError,
        ["theta has dtype complex128"],
    ),
    "grad returns another shape": (
        "grad",
        lambda: check_gradient(cost, lambda v: v[1:], THETA),
        ValueError,
        ["grad returned shape (16,)", "theta has shape (17,)"],
    ),
    "grad returns None": (
        "grad",
        lambda: check_gradient(cost, lambda v: None, THETA),
        TypeError,
        ["what grad returned is None", "array of real numbers", "return, missing"],
    ),
    "grad returns complex numbers": (
        "grad",
        lambda: check_gradient(cost, lambda v: grad(v) + 0j, THETA),
        TypeError,
        ["what grad returned has dtype complex128"],
    ),
    "shapes to compare differ": (
        "b",
        lambda: relative_error(THETA, THETA[:, None]),
        ValueError,
        ["a has shape (17,)", "b has shape (17, 1)"],
    ),
}

LABELLED = {
    "a label is n_classes": (
        "labels",
        lambda: one_hot([0, 3, 1], 3),
        ValueError,
        ["labels[1] is 3", "n_classes=3", "from 0 to 2", "labels - 1"],
    ),
    "a label is negative": ("labels", lambda: one_hot([0, -1], 3), ValueError, ["labels[1] is -1", "from 0 to 2"]),
    "labels are floats": (
        "labels",
        lambda: one_hot([0.0, 1.0], 3),
        TypeError,
        ["labels has dtype float64", "expected whole numbers", "dtype=int"],
    ),
    "labels are bools": (
        "labels",
        lambda: one_hot([True, False], 2),
        TypeError,
        ["labels has dtype bool", "dtype=int"],
    ),
    "labels are text": (
        "labels",
        lambda: one_hot(["cat", "dog"], 2),
        TypeError,
        ["labels has dtype <U3", "expected whole numbers"],
    ),
    "labels are a column": (
        "labels",
        lambda: one_hot([[0], [1]], 2),
        ValueError,
        ["labels has shape (2, 1)", "of shape (m,)", "np.ravel(labels)"],
    ),
    "Y is text": (
        "Y",
        lambda: NET.cost(THETA, X, ["a", "b", "a"]),
        TypeError,
        ["np.unique(Y, return_inverse=True)[1]", "one_hot"],
    ),
    "seed is None": (
        "seed",
        lambda: NET.init(None),
        TypeError,
        ["seed=None", "expected a whole number, or a numpy.random.Generator"],
    ),
    "X is a sparse matrix": (
        "X",
        lambda: NET.predict(THETA, type("Sparse", (), {"toarray": lambda self: X})()),
        TypeError,
        ["X is a sparse matrix", "X.toarray()"],
    ),
    "X is a list of columns": (
        "X",
        lambda: NET.predict(THETA, X.T.tolist()),
        ValueError,
        ["np.asarray(X).T turns columns into rows"],
    ),
    "theta is a Params": ("theta", lambda: NET.predict(NET.params(THETA), X), TypeError, ["theta.theta is one"]),
    "theta holds arrays": (
        "theta",
        lambda: NET.predict(np.array([X, Y[0]], dtype=object), X),
        TypeError,
        ["np.concatenate([part.ravel() for part in theta])"],
    ),
    "labels is a number": ("labels", lambda: one_hot(1, 2), ValueError, ["labels has shape ()", "of shape (m,)"]),
    "labels is empty": ("labels", lambda: one_hot([], 2), ValueError, ["labels is empty", "at least one label"]),
    "labels are ragged": (
        "labels",
        lambda: one_hot([[0], [1, 2]], 3),
        ValueError,
        ["labels is not an array", "whole numbers of shape (m,)"],
    ),
    "n_classes is 0": ("n_classes", lambda: one_hot([0], 0), ValueError, ["n_classes=0", "at least 1"]),
    "n_classes is a float": (
        "n_classes",
        lambda: one_hot([0], 3.0),
        TypeError,
        ["n_classes=3.0", "expected a whole number"],
    ),
    "n_classes is None": (
        "n_classes",
        lambda: one_hot([0], None),
        TypeError,
        ["n_classes=None", "expected a whole number"],
    ),
}

FILES = {
    "path is a number": ("path", lambda: save(3, NET, THETA), TypeError, ["path=3 (int)", "expected a file name"]),
    "path is bytes": ("path", lambda: load(b"net.npz"), TypeError, ["path=b'net.npz' (bytes)", "expected a file name"]),
    "path is an open file": ("path", lambda: load(io.BytesIO()), TypeError, ["(BytesIO)", "expected a file name"]),
    "net and path exchanged": (
        "path",
        lambda: save(NET, "net", THETA),
        TypeError,
        ["path=Network(", "expected a file name"],
    ),
    "theta and net exchanged": (
        "net",
        lambda: save("never written", THETA, NET),
        TypeError,
        ["net=array(", "(ndarray)", "save(path, net, theta)"],
    ),
    "theta is too short": (
        "theta",
        lambda: save("never written", NET, THETA[1:]),
        ValueError,
        ["theta has shape (16,)", "expected (17,)"],
    ),
    "theta is infinite": (
        "theta",
        lambda: save("never written", NET, with_one(THETA, np.inf, 2)),
        ValueError,
        ["theta has 1 entry", "[2]"],
    ),
    "theta is complex": (
        "theta",
        lambda: save("never written", NET, THETA + 0j),
        TypeError,
        ["theta has dtype complex128", "theta.real"],
    ),
    "net uses a record of its own": (
        "net",
        lambda: save("never written", Network((2, 4, 1), hidden=leaky_relu(0.5)), THETA),
        ValueError,
        ["'leaky_relu(0.5)'", "ACTIVATIONS and LOSSES"],
    ),
    "theta of a file is of another byte order": (
        "theta",
        lambda: save("never written", NET, THETA.astype(">f8" if THETA.dtype.str[0] == "<" else "<f8")),
        TypeError,
        ["byte order of this machine", "theta.astype(float)"],
    ),
    "theta of a file is float16": (
        "theta",
        lambda: save("never written", NET, THETA.astype(np.float16)),
        TypeError,
        ["at least float32", "theta.astype(float)"],
    ),
    "this file is no network": (
        "test_bad_input.py.npz",
        lambda: load(__file__[:-3] + ".py.npz"),
        FileNotFoundError,
        ["test_bad_input.py.npz"],
    ),
}

LIKE = {
    "theta is masked": (
        "theta",
        lambda: NET.predict(np.ma.masked_array(THETA), X),
        TypeError,
        ["theta is of type MaskedArray", "NumPy vector"],
    ),
    "theta is of another byte order": (
        "theta",
        lambda: NET.cost(THETA.astype(">f8" if THETA.dtype.str[0] == "<" else "<f8"), X, Y),
        TypeError,
        ["byte order of this machine", "theta.astype(float)"],
    ),
    "theta is float16": (
        "theta",
        lambda: NET.grad(THETA.astype(np.float16), X, Y),
        TypeError,
        ["has dtype <f2" if THETA.dtype.str[0] == "<" else "has dtype >f2", "theta.astype(float)"],
    ),
    "X is masked": (
        "X",
        lambda: NET.predict(THETA, np.ma.masked_array(X, X > 0)),
        TypeError,
        ["X is a masked array", "X.filled(number)"],
    ),
    "Y is masked": (
        "Y",
        lambda: NET.grad(THETA, X, np.ma.masked_array(Y)),
        TypeError,
        ["Y is a masked array", "Y.filled(number)"],
    ),
    "X is a set": ("X", lambda: NET.predict(THETA, {1.0, 2.0}), TypeError, ["X is of type set", "a set has no order"]),
    "X is a generator": (
        "X",
        lambda: NET.predict(THETA, (row for row in X)),
        TypeError,
        ["X is of type generator", "np.array(list(X))"],
    ),
    "sizes is bytes": ("sizes", lambda: Network(b"241"), TypeError, ["sizes=b'241'", "such as (2, 4, 1)"]),
    "sizes is a set": ("sizes", lambda: Network({2, 4, 1}), TypeError, ["sizes={1, 2, 4}", "such as (2, 4, 1)"]),
    "sizes is larger than memory": (
        "sizes[1]",
        lambda: Network((2, 10**12)),
        ValueError,
        ["sizes[1]=1000000000000", "from 1 to 2147483647"],
    ),
    "sizes of Params is a number": ("sizes", lambda: Params(3, THETA), TypeError, ["sizes=3", "such as (2, 4, 1)"]),
    "sizes of Params holds a float": (
        "sizes[0]",
        lambda: Params((2.0, 1), THETA),
        TypeError,
        ["sizes[0]=2.0", "expected a whole number"],
    ),
    "seed is a time": (
        "seed",
        lambda: NET.init(np.timedelta64(3, "s")),
        TypeError,
        ["seed=np.timedelta64(3,'s')", "expected a whole number"],
    ),
    "n_classes is larger than memory": (
        "n_classes",
        lambda: one_hot([0], 2**63),
        ValueError,
        ["n_classes=9223372036854775808", "from 1 to 2147483647"],
    ),
    "labels are masked": (
        "labels",
        lambda: one_hot(np.ma.masked_array([0, 1]), 2),
        TypeError,
        ["labels is a masked array"],
    ),
    "lam is a time": (
        "lam",
        lambda: NET.cost(THETA, X, Y, lam=np.timedelta64(1, "s")),
        TypeError,
        ["lam=np.timedelta64(1,'s')", "expected a number"],
    ),
    "a is text": ("a", lambda: relative_error("text", "text"), TypeError, ["a has dtype <U4", "expected numbers"]),
    "b is ragged": (
        "b",
        lambda: relative_error([1.0, 2.0], [[1.0], [2.0, 3.0]]),
        ValueError,
        ["b is not an array", "expected numbers"],
    ),
    "params of a check are lists of whole numbers": (
        "params",
        lambda: check_gradient(cost, grad, [[1], [2, 3]]),
        TypeError,
        ["params[0][0] is 1 (int)", "params[0][0] = float(params[0][0]) converts"],
    ),
    "grad returns rows of unequal length": (
        "grad",
        lambda: check_gradient(cost, lambda v: [[1], [2, 3]], THETA),
        ValueError,
        ["what grad returned is not an array"],
    ),
    "cost returns rows of unequal length": (
        "cost",
        lambda: numerical_gradient(lambda v: [[1], [2, 3]], THETA),
        ValueError,
        ["what cost returned is not an array", "one number"],
    ),
    "shuffle is text": (
        "shuffle",
        lambda: sgd(NET, THETA, X, Y, shuffle="no"),
        TypeError,
        ["shuffle='no'", "True or False"],
    ),
    "progress is a number": (
        "progress",
        lambda: adam(NET, THETA, X, Y, progress=2),
        TypeError,
        ["progress=2", "True or False"],
    ),
}

DIAGNOSES = {
    "cost of a diagnosis is a number": (
        "cost",
        lambda: diagnose(3.0, grad, THETA),
        TypeError,
        ["cost is of type float", "a function of the parameters"],
    ),
    "grad of a diagnosis is an array": (
        "grad",
        lambda: diagnose(cost, THETA, THETA),
        TypeError,
        ["grad is of type ndarray", "a function of the parameters"],
    ),
    "params of a diagnosis are a set": (
        "params",
        lambda: diagnose(cost, grad, {1.0, 2.0}),
        TypeError,
        ["params is of type set", "dicts, lists and tuples"],
    ),
    "params of a diagnosis are whole numbers": (
        "params",
        lambda: diagnose(cost, grad, {"W": np.array([1, 2])}),
        TypeError,
        ["W", "int64", "floating-point numbers", "converts"],
    ),
    "params of a diagnosis are empty": (
        "params",
        lambda: diagnose(cost, grad, THETA[:0]),
        ValueError,
        ["params is empty", "at least one parameter"],
    ),
    "cost of a diagnosis is NaN": (
        "cost",
        lambda: diagnose(lambda theta: np.nan, grad, THETA),
        ValueError,
        ["cost returned nan", "a finite number"],
    ),
    "net of a diagnosis is text": (
        "net",
        lambda: diagnose(cost, grad, THETA, net="net", X=X, Y=Y),
        TypeError,
        ["net='net'", "a Network, or None"],
    ),
    "net of a diagnosis comes alone": (
        "net",
        lambda: diagnose(cost, grad, THETA, net=NET),
        TypeError,
        ["net comes without X and Y"],
    ),
    "lam of a diagnosis is negative": (
        "lam",
        lambda: diagnose(cost, grad, THETA, lam=-1),
        ValueError,
        ["lam=-1", "at least 0"],
    ),
    "n of a diagnosis is 0": ("n", lambda: diagnose(cost, grad, THETA, n=0), ValueError, ["n=0", "above 0"]),
    "blocks of a diagnosis are a list": (
        "blocks",
        lambda: diagnose(cost, grad, THETA, blocks=[(4, 2)]),
        TypeError,
        ["blocks=[(4, 2)]", "name → shape"],
    ),
    "blocks of a diagnosis do not fill theta": (
        "blocks",
        lambda: diagnose(cost, grad, THETA, blocks={"W": (4, 2)}),
        ValueError,
        ["blocks hold 8 entries in all, and theta 17", "the shape of every block"],
    ),
}

RECORDS = {
    "name of an activation is None": (
        "name",
        lambda: Activation(None, np.tanh, np.cos),
        TypeError,
        ["name=None", "expected text"],
    ),
    "f of an activation is a number": (
        "f",
        lambda: Activation("own", 3, np.cos),
        TypeError,
        ["f=3", "expected a function"],
    ),
    "df of an activation is an array": (
        "df",
        lambda: Activation("own", np.tanh, np.ones(2)),
        TypeError,
        ["df=array([1., 1.])", "expected a function or None"],
    ),
    "vjp of an activation is text": (
        "vjp",
        lambda: Activation("own", np.tanh, vjp="x"),
        TypeError,
        ["vjp='x'", "expected a function or None"],
    ),
    "kink of an activation is text": (
        "kink",
        lambda: Activation("own", np.tanh, np.cos, kink="at 0"),
        TypeError,
        ["kink='at 0'", "expected True or False"],
    ),
    "value of a loss is a number": (
        "value",
        lambda: Loss("own", 3, cost),
        TypeError,
        ["value=3", "expected a function"],
    ),
    "slope of a loss is missing": (
        "slope",
        lambda: Loss("own", cost, None),
        TypeError,
        ["slope=None", "expected a function"],
    ),
    "from_logits of a loss is missing": (
        "from_logits",
        lambda: Loss("own", cost, grad, link="sigmoid"),
        ValueError,
        ["from_logits is missing", "link='sigmoid'"],
    ),
}

DRAWINGS = {
    "ax is a number": ("ax", lambda: plots.loss_curves({}, ax=3), TypeError, ["ax=3", "Matplotlib axes, or None"]),
    "ax is a figure": (
        "ax",
        lambda: plots.activation_curves(ACTIVATIONS["tanh"], ax=Figure()),
        TypeError,
        ["(Figure)", "Matplotlib axes"],
    ),
    "curves is a list": (
        "curves",
        lambda: plots.loss_curves([[3, 2, 1]]),
        TypeError,
        ["curves=[[3, 2, 1]]", "from labels to histories"],
    ),
    "curves holds a number": (
        "curves['one']",
        lambda: plots.loss_curves({"one": 3.0}),
        ValueError,
        ["curves['one'] has shape ()", "one cost per epoch"],
    ),
    "curves holds text": (
        "curves['one']",
        lambda: plots.loss_curves({"one": ["3", "2"]}),
        TypeError,
        ["has dtype <U1", "one cost per epoch"],
    ),
    "shape of images is a number": (
        "shape",
        lambda: plots.image_grid(np.ones((3, 64)), shape=8),
        TypeError,
        ["shape=8 (int)", "(height, width)"],
    ),
    "edges is a number": (
        "edges",
        lambda: plots.draw_graph({"x": (0, 0)}, 3),
        TypeError,
        ["edges=3 (int)", "(tail, head, value, gradient) for each arrow"],
    ),
    "an edge is a number": (
        "edges[0]",
        lambda: plots.draw_graph({"x": (0, 0)}, [3]),
        TypeError,
        ["edges[0]=3 (int)", "(tail, head, value, gradient)"],
    ),
    "radius of nodes is zero": (
        "radius",
        lambda: plots.draw_graph({"x": (0, 0)}, [], radius=0),
        ValueError,
        ["radius=0", "above 0"],
    ),
    "fontsize of a graph is zero": (
        "fontsize",
        lambda: plots.draw_graph({"x": (0, 0)}, [], fontsize=0),
        ValueError,
        ["fontsize=0", "above 0"],
    ),
    "unit_text is text": (
        "unit_text",
        lambda: plots.label_network((2, 1), lambda l, j, k: "w", "b"),
        TypeError,
        ["unit_text='b' (str)", "a function or None"],
    ),
    "line_text returns a number": (
        "line_text(1, 0, 0)",
        lambda: plots.label_network((2, 1), lambda l, j, k: 3.0),
        TypeError,
        ["line_text(1, 0, 0)=3.0 (float)", "words, or None"],
    ),
    "unit_text returns a number": (
        "unit_text(1, 0)",
        lambda: plots.label_network((2, 1), lambda l, j, k: "w", lambda l, j: 3.0),
        TypeError,
        ["unit_text(1, 0)=3.0 (float)", "words, or None"],
    ),
    "colour of labels is no colour": (
        "colour",
        lambda: plots.label_network((2, 1), lambda l, j, k: "w", colour="no colour"),
        ValueError,
        ["colour='no colour'", "a colour of Matplotlib"],
    ),
    "radius of labels is zero": (
        "radius",
        lambda: plots.label_network((2, 1), lambda l, j, k: "w", radius=0),
        ValueError,
        ["radius=0", "above 0"],
    ),
    "fontsize of labels is zero": (
        "fontsize",
        lambda: plots.label_network((2, 1), lambda l, j, k: "w", fontsize=0),
        ValueError,
        ["fontsize=0", "above 0"],
    ),
    "x has two axes": (
        "x",
        lambda: plots.median_band([[1, 2]], [[1.0, 2]]),
        ValueError,
        ["x has shape (1, 2)", "one number for each column of values"],
    ),
    "values has one axis": (
        "values",
        lambda: plots.median_band([1, 2], [1.0, 2]),
        ValueError,
        ["values has shape (2,)", "a row for each run", "a column for each entry of x"],
    ),
    "x is text": ("x", lambda: plots.median_band("ab", [[1.0, 2]]), TypeError, ["x has dtype <U2"]),
    "values is text": ("values", lambda: plots.median_band([1], [["a"]]), TypeError, ["values has dtype <U1"]),
    "values has a column too few": (
        "values",
        lambda: plots.median_band([1, 2], [[1.0]]),
        ValueError,
        ["values has shape (1, 1) and x has 2 entries", "a column for each entry of x"],
    ),
    "label of a band is a number": (
        "label",
        lambda: plots.median_band([1, 2], [[1.0, 2]], label=3),
        TypeError,
        ["label=3 (int)", "expected words"],
    ),
    "log is text": ("log", lambda: plots.loss_curves({"one": [1.0]}, log="y"), TypeError, ["log='y'", "True or False"]),
    "predict is an array": (
        "predict",
        lambda: plots.decision_boundary(X, X, LABELS > 0),
        TypeError,
        ["(ndarray)", "a function of points (k, 2)"],
    ),
    "predict returns two columns": (
        "predict",
        lambda: plots.decision_boundary(lambda points: points, X, LABELS > 0, points=3),
        ValueError,
        ["predict returned shape (9, 2) for 9 points", "one probability per point"],
    ),
    "predict returns text": (
        "predict",
        lambda: plots.decision_boundary(lambda points: "1", X, LABELS > 0, points=3),
        TypeError,
        ["what predict returned has dtype <U1"],
    ),
    "X of a boundary has three columns": (
        "X",
        lambda: plots.decision_boundary(len, YW, LABELS),
        ValueError,
        ["X has shape (5, 3), but the picture has 2 axes", "X[:, [0, 1]]"],
    ),
    "labels of a boundary are too few": (
        "labels",
        lambda: plots.decision_boundary(len, X, LABELS[1:] > 0),
        ValueError,
        ["labels has 4 entries and X 5 rows"],
    ),
    "labels of a boundary are of three classes": (
        "labels",
        lambda: plots.decision_boundary(len, X, [0, 1, 2, 0, 1]),
        ValueError,
        ["labels[2] is 2", "0 or 1 for each row", "np.equal(labels, np.max(labels))"],
    ),
    "margin is negative": (
        "margin",
        lambda: plots.decision_boundary(len, X, LABELS > 0, margin=-1),
        ValueError,
        ["margin=-1", "at least 0"],
    ),
    "points is 1": (
        "points",
        lambda: plots.decision_boundary(len, X, LABELS > 0, points=1),
        ValueError,
        ["points=1", "from 2 to 5000"],
    ),
    "activation is a name": (
        "activation",
        lambda: plots.activation_curves("tanh"),
        TypeError,
        ["activation='tanh'", "ACTIVATIONS['tanh']"],
    ),
    "activation mixes a row": (
        "activation",
        lambda: plots.activation_curves(ACTIVATIONS["softmax"]),
        ValueError,
        ["'softmax'", "such as 'tanh'"],
    ),
    "reach is 0": (
        "reach",
        lambda: plots.activation_curves(ACTIVATIONS["tanh"], reach=0),
        ValueError,
        ["reach=0", "above 0"],
    ),
    "reach is without bound": (
        "reach",
        lambda: plots.activation_curves(ACTIVATIONS["tanh"], reach=1e308),
        ValueError,
        ["reach=1e+308", "below 1000000"],
    ),
    "rows is one image": (
        "rows",
        lambda: plots.image_grid(np.ones(64)),
        ValueError,
        ["rows has shape (64,)", "height times width"],
    ),
    "rows is empty": (
        "rows",
        lambda: plots.image_grid(np.ones((0, 64))),
        ValueError,
        ["rows has shape (0, 64)", "at least one row"],
    ),
    "rows do not fill the shape": (
        "rows",
        lambda: plots.image_grid(np.ones((3, 63))),
        ValueError,
        ["(3, 63)", "shape is [8, 8]"],
    ),
    "shape holds a float": (
        "shape[0]",
        lambda: plots.image_grid(np.ones((3, 64)), shape=(8.0, 8)),
        TypeError,
        ["shape[0]=8.0", "whole number"],
    ),
    "titles are too few": (
        "titles",
        lambda: plots.image_grid(np.ones((3, 64)), titles=["one"]),
        ValueError,
        ["titles has 1 entry, and rows has 3 rows", "a title for each row"],
    ),
    "titles is a number": (
        "titles",
        lambda: plots.image_grid(np.ones((3, 64)), titles=3),
        TypeError,
        ["titles=3", "a title for each row"],
    ),
    "columns is 0": (
        "columns",
        lambda: plots.image_grid(np.ones((3, 64)), columns=0),
        ValueError,
        ["columns=0", "from 1 to 100"],
    ),
    "signed is None": (
        "signed",
        lambda: plots.image_grid(np.ones((3, 64)), signed=None),
        TypeError,
        ["signed=None", "True or False"],
    ),
    "width is without bound": (
        "width",
        lambda: plots.image_grid(np.ones((3, 64)), width=1e9),
        ValueError,
        ["width=1000000000.0", "below 100"],
    ),
    "width is infinite": (
        "width",
        lambda: plots.image_grid(np.ones((3, 64)), width=np.inf),
        ValueError,
        ["width=inf", "finite"],
    ),
    "sizes of a drawing is a number": (
        "sizes",
        lambda: plots.draw_network(3),
        TypeError,
        ["sizes=3", "such as (2, 4, 1)"],
    ),
    "node_text is text": (
        "node_text",
        lambda: plots.draw_network((2, 1), node_text="n"),
        TypeError,
        ["node_text='n'", "a function or None"],
    ),
    "edge_text gives a number": (
        "edge_text(1, 0, 0)",
        lambda: plots.draw_network((2, 1), edge_text=lambda l, j, k: 0.5),
        TypeError,
        ["=0.5 (float)", "words, or None"],
    ),
    "edge_colour gives no colour": (
        "edge_colour(1, 0, 0)",
        lambda: plots.draw_network((2, 1), edge_colour=lambda l, j, k: "blau"),
        ValueError,
        ["'blau'", "a colour of Matplotlib"],
    ),
    "spread is a number": (
        "spread",
        lambda: plots.draw_network((2, 1), spread=2),
        TypeError,
        ["spread=2", "(1.8, 1.0)"],
    ),
    "spread has one entry": (
        "spread",
        lambda: plots.draw_network((2, 1), spread=[2]),
        ValueError,
        ["spread has 1 entry", "(1.8, 1.0)"],
    ),
    "radius is negative": (
        "radius",
        lambda: plots.draw_network((2, 1), radius=-1),
        ValueError,
        ["radius=-1", "above 0"],
    ),
    "line_text of labels is text": (
        "line_text",
        lambda: plots.label_network((2, 1), "w"),
        TypeError,
        ["line_text='w'", "a function of l, j and k"],
    ),
    "spread of labels is a number": (
        "spread",
        lambda: plots.label_network((2, 1), str, spread=2),
        TypeError,
        ["spread=2", "(1.8, 1.0)"],
    ),
    "fontsize is text": (
        "fontsize",
        lambda: plots.draw_graph({}, [], fontsize="large"),
        TypeError,
        ["fontsize='large'", "expected a number"],
    ),
    "nodes is a list": (
        "nodes",
        lambda: plots.draw_graph([(0, 0)], []),
        TypeError,
        ["nodes=[(0, 0)]", "from names to (x, y)"],
    ),
    "nodes holds a number": (
        "nodes['x']",
        lambda: plots.draw_graph({"x": 0}, []),
        ValueError,
        ["nodes['x'] has shape ()", "(x, y)"],
    ),
    "nodes holds three numbers": (
        "nodes['x']",
        lambda: plots.draw_graph({"x": (0, 0, 0)}, []),
        ValueError,
        ["nodes['x']=(0, 0, 0)", "(x, y)"],
    ),
    "edges lead nowhere": (
        "edges[0]",
        lambda: plots.draw_graph({"x": (0, 0)}, [("x", "y", "1", "2")]),
        ValueError,
        ["edges[0]=('x', 'y', '1', '2')", "two names of nodes"],
    ),
    "edges from a node to itself": (
        "edges[0]",
        lambda: plots.draw_graph({"x": (0, 0), "y": (0, 0)}, [["x", "y", "1", "2"]]),
        ValueError,
        ["edges[0]=('x', 'y', '1', '2')", "two nodes at different places"],
    ),
    "edges are pairs": (
        "edges[0]",
        lambda: plots.draw_graph({"x": (0, 0)}, [("x", "x")]),
        ValueError,
        ["edges[0]=('x', 'x')", "two texts"],
    ),
}

WIDGETS = {
    "module is unknown": (
        "module",
        lambda: explorable("nothing", "words", {}),
        ValueError,
        ["module='nothing'", "'pages'"],
    ),
    "values is a number": (
        "values",
        lambda: explore(draw, 3, "k", str),
        TypeError,
        ["values=3", "what the slider runs over"],
    ),
    "values is empty": (
        "values",
        lambda: explore(draw, [], "k", str),
        ValueError,
        ["values is empty", "at least one value"],
    ),
    "draw is a figure": (
        "draw",
        lambda: explore(Figure(), [1], "k", str),
        TypeError,
        ["(Figure)", "a function that returns a figure"],
    ),
    "draw returns None": (
        "draw(1)",
        lambda: explore(lambda value: None, [1], "k", str),
        TypeError,
        ["draw(1)=None", "a Matplotlib figure"],
    ),
    "alt is text": (
        "alt",
        lambda: explore(draw, [1], "k", "A line."),
        TypeError,
        ["alt='A line.'", "a function that returns words"],
    ),
    "alt returns None": (
        "alt(1)",
        lambda: explore(draw, [1], "k", lambda value: None),
        TypeError,
        ["alt(1)=None", "expected words"],
    ),
    "label is None": (
        "label",
        lambda: explore(draw, [1], None, str),
        TypeError,
        ["label=None", "words that name the slider"],
    ),
    "start is beyond the end": (
        "start",
        lambda: explore(draw, [1], "k", str, start=1),
        ValueError,
        ["start=1", "from 0 to 0"],
    ),
    "start is a value": (
        "start",
        lambda: explore(draw, [0.5], "k", str, start=0.5),
        TypeError,
        ["start=0.5", "expected a whole number"],
    ),
    "dpi is 0": (
        "dpi",
        lambda: explore(draw, [1], "k", str, dpi=0),
        ValueError,
        ["dpi=0", "at least 10 and below 1000"],
    ),
}


LOOKED_AT = {
    "a network is a list": ("net", lambda: checkup([2, 1], X, Y), TypeError, ["the order is (net, X, Y)"]),
    "lr is 0": ("lr", lambda: checkup(NET, X, Y, lr=0), ValueError, ["lr=0", "above 0"]),
    "momentum is 1": ("momentum", lambda: checkup(NET, X, Y, momentum=1), ValueError, ["momentum=1", "below 1"]),
    "lam is negative": ("lam", lambda: checkup(NET, X, Y, lam=-1), ValueError, ["lam=-1", "at least 0"]),
    "batch_size is 0": ("batch_size", lambda: checkup(NET, X, Y, batch_size=0), ValueError, ["batch_size=0"]),
    "an update is a number": (
        "update",
        lambda: check_update(0.1),
        TypeError,
        ["update=0.1", "float", "a function update(theta, gradient)"],
    ),
    "an update is an unknown rule": (
        "like",
        lambda: check_update(lambda theta, g: theta - g, like="sdg"),
        ValueError,
        ["'sdg'", "'sgd', 'momentum', 'nesterov'"],
    ),
    "a rate of an update is negative": (
        "lr",
        lambda: check_update(lambda theta, g: theta - g, lr=-1),
        ValueError,
        ["lr=-1", "above 0"],
    ),
}


ON_TARGETS = {"cost": NET.cost, "grad": NET.grad, "cost_and_grad": NET.cost_and_grad}


def table():
    """One row for each function that takes the argument in question."""
    for title, group in {
        "network": NETWORKS,
        "parameters": PARAMETERS,
        "training": MOMENTA,
        "trace": TRACES,
        "check": CHECKS,
        "one_hot": LABELLED,
        "file": FILES,
        "kind of array": LIKE,
        "diagnosis": DIAGNOSES,
        "record": RECORDS,
        "drawing": DRAWINGS,
        "checkup": LOOKED_AT,
        "widget": WIDGETS,
    }.items():
        for name, row in group.items():
            yield f"{name} ({title})", row

    def spread(functions, group):
        for name, (argument, call, *expected) in group.items():
            for function_name, function in functions.items():
                yield (
                    f"{name} ({function_name})",
                    (argument, lambda call=call, function=function: call(function), *expected),
                )

    yield from spread(
        {
            "forward": NET.forward,
            "predict": NET.predict,
            "cost": lambda theta, X: NET.cost(theta, X, Y),
            "sgd": lambda theta, X: sgd(NET, theta, X, Y),
            "check_gradient": lambda theta, X: check_gradient(NET, theta, X, Y),
        },
        WITH_X,
    )
    with_y = {name: lambda X, Y, f=f: f(THETA, X, Y) for name, f in ON_TARGETS.items()}
    with_y |= {f.__name__: lambda X, Y, f=f: f(NET, THETA, X, Y) for f in (sgd, adam, check_gradient)}
    yield from spread(with_y, WITH_Y)
    yield from spread(
        {"cost": lambda X, Y: WIDE.cost(WIDE_THETA, X, Y), "adam": lambda X, Y: adam(WIDE, WIDE_THETA, X, Y)}, TARGETS
    )
    yield from spread(
        {"cost": lambda **o: NET.cost(THETA, X, Y, **o), "grad": lambda **o: NET.grad(THETA, X, Y, **o)}, NUMBERS | N
    )
    yield from spread(
        {f.__name__: lambda f=f, **o: f(NET, THETA, X, Y, **o) for f in (sgd, adam, check_gradient)}, NUMBERS
    )
    yield from spread(
        {
            f.__name__: lambda f=f, **o: f(**{"net": NET, "theta": THETA, "X": X, "Y": Y, "epochs": 3} | o)
            for f in (sgd, adam)
        },
        TRAINING,
    )


TABLE = list(table())


@pytest.mark.parametrize("argument, call, exception, says", [row for _, row in TABLE], ids=[name for name, _ in TABLE])
def test_bad_call(argument, call, exception, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a warning on the way would be a second, worse message
        with pytest.raises(exception) as caught:
            call()
    assert caught.type is exception, f"{caught.type.__name__} is a kind of {exception.__name__}, but not it"
    message = str(caught.value)
    assert re.search(rf"(?<!\w){re.escape(argument)}(?!\w)", message), f"{message}: does not name {argument}"
    assert "expect" in message or "keep every step of the cost analytic" in message or issubclass(exception, OSError), (
        f"{message}: does not say what is expected"
    )
    for words in says:
        assert words in message
    assert not re.search("[A-Z]{2}", re.sub("ACTIVATIONS|LOSSES|BytesIO", "", message)), f"{message}: shouts"
    assert not list(tmp_path.iterdir())


def test_the_names_are_those_of_the_registries():
    """The lists of known names in this file are typed; a new record shows here first."""
    from bpcore import ACTIVATIONS, LOSSES, SCHEMES

    for typed, registry in (ACTIVATION_NAMES, ACTIVATIONS), (LOSS_NAMES, LOSSES), (SCHEME_NAMES, SCHEMES):
        assert typed == ", ".join(map(repr, registry))


def test_the_table_is_as_long_as_it_says():
    """Above 400 calls, each with a name of its own."""
    assert len(dict(TABLE)) == len(TABLE) > 400


def test_the_table_is_over_the_whole_public_api():
    """All that takes arguments which can be wrong; the rest is what functions return, and the inner loop's own."""
    nodes = list(ast.walk(ast.parse(Path(__file__).read_text(encoding="utf-8"))))
    called = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    called |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    free = {"Diagnosis", "Fit", "Report", "Trace", "Trace.with_delta", "Activation.pull", "Network.checked"}
    assert not [
        name for name in CALLABLES if name.removeprefix("bpcore.") not in free and name.rpartition(".")[2] not in called
    ]
