"""Bad calls over the whole public API: which exception, and what its message has to say."""
import io
import warnings

import numpy as np
import pytest

from bpcore import (Activation, Network, Params, adam, check_gradient, leaky_relu, load, numerical_gradient, one_hot, relative_error, save,
                    schedules, sgd)

NET = Network((2, 4, 1))
WIDE = Network((2, 4, 3), output="softmax", loss="cross_entropy")
THETA, WIDE_THETA = NET.init(0), WIDE.init(0)
RNG = np.random.default_rng(0)
X = RNG.standard_normal((5, 2))
Y = (X[:, :1] > 0).astype(float)
LABELS = np.array([0, 1, 2, 1, 0])
YW = one_hot(LABELS, 3)


def cost(theta):
    return (theta ** 2).sum()


def grad(theta):
    return 2 * theta


def with_one(array, value, place=(1, 0)):
    array = np.array(array, float)
    array[place] = value
    return array


ACTIVATION_NAMES = "'identity', 'sigmoid', 'tanh', 'relu', 'leaky_relu', 'softmax'"
LOSS_NAMES = "'half_squared', 'mse', 'binary_cross_entropy', 'cross_entropy'"
SCHEME_NAMES = "'glorot_uniform', 'he_normal', 'standard_normal', 'uniform', 'zeros'"

# what is tried: (the call, the exception, what the message must contain)
NETWORKS = {
    "sizes is a number": (lambda: Network(3), TypeError, ["sizes=3", "such as (2, 4, 1)"]),
    "sizes is None": (lambda: Network(None), TypeError, ["sizes=None", "such as (2, 4, 1)"]),
    "sizes is empty": (lambda: Network(()), ValueError, ["sizes=()", "at least the inputs and one layer", "(2, 1)"]),
    "sizes of one layer": (lambda: Network((3,)), ValueError, ["sizes=(3,)", "at least the inputs and one layer"]),
    "sizes is text": (lambda: Network("241"), TypeError, ["sizes[0]='2'", "expected a whole number"]),
    "sizes holds a float": (lambda: Network((2, 3.0, 1)), TypeError, ["sizes[1]=3.0", "expected a whole number"]),
    "sizes holds a bool": (lambda: Network((2, True)), TypeError, ["sizes[1]=True", "expected a whole number"]),
    "sizes holds zero": (lambda: Network((2, 0, 1)), ValueError, ["sizes[1]=0", "at least 1"]),
    "sizes holds a negative": (lambda: Network((-2, 1)), ValueError, ["sizes[0]=-2", "at least 1"]),
    "hidden is unknown": (lambda: Network((2, 3, 1), hidden="sigmod"), ValueError, ["hidden='sigmod'", ACTIVATION_NAMES]),
    "hidden is unknown, without hidden layers": (lambda: Network((2, 1), hidden="sigmod"), ValueError, ["hidden='sigmod'", ACTIVATION_NAMES]),
    "hidden is None": (lambda: Network((2, 3, 1), hidden=None), TypeError, ["hidden=None", ACTIVATION_NAMES]),
    "hidden is a number": (lambda: Network((2, 3, 1), hidden=3), TypeError, ["hidden=3", ACTIVATION_NAMES]),
    "hidden is a function": (lambda: Network((2, 3, 1), hidden=np.tanh), TypeError, ["hidden=<ufunc 'tanh'>", ACTIVATION_NAMES]),
    "hidden lists an unknown": (lambda: Network((2, 3, 3, 1), hidden=["relu", "rule"]), ValueError, ["hidden='rule'", ACTIVATION_NAMES]),
    "hidden lists None": (lambda: Network((2, 3, 3, 1), hidden=["relu", None]), TypeError, ["hidden=None", ACTIVATION_NAMES]),
    "hidden lists too many": (lambda: Network((2, 3, 1), hidden=["relu", "relu"]), ValueError,
                              ["hidden names 2", "sizes=(2, 3, 1) has 1 hidden", "one for each, or one name for all"]),
    "hidden lists too few": (lambda: Network((2, 3, 3, 1), hidden=["relu"]), ValueError, ["hidden names 1", "has 2 hidden layers"]),
    "output is unknown": (lambda: Network((2, 1), output="linear"), ValueError, ["output='linear'", ACTIVATION_NAMES]),
    "output is None": (lambda: Network((2, 1), output=None), TypeError, ["output=None", ACTIVATION_NAMES]),
    "loss is unknown": (lambda: Network((2, 1), loss="bce"), ValueError, ["loss='bce'", LOSS_NAMES]),
    "loss is a function": (lambda: Network((2, 1), loss=np.square), TypeError, ["loss=<ufunc 'square'>", LOSS_NAMES]),
    "loss does not fit tanh": (lambda: Network((2, 1), output="tanh"), ValueError,
                               ["loss='binary_cross_entropy'", "output='tanh'", "expected output='sigmoid'", "half_squared"]),
    "loss does not fit sigmoid": (lambda: Network((2, 3), loss="cross_entropy"), ValueError,
                                  ["loss='cross_entropy'", "output='sigmoid'", "expected output='softmax'"]),
    "activation without a derivative": (lambda: Activation("own", np.tanh), ValueError, ["activation 'own'", "exactly one of df and vjp"]),
    "activation with two derivatives": (lambda: Activation("own", np.tanh, np.cos, np.sin), ValueError, ["'own'", "exactly one of df and vjp"]),
    "leaky slope is negative": (lambda: leaky_relu(-0.1), ValueError, ["slope=-0.1", "at least 0 and below 1"]),
    "leaky slope is 1": (lambda: leaky_relu(1), ValueError, ["slope=1", "at least 0 and below 1"]),
    "leaky slope is NaN": (lambda: leaky_relu(np.nan), ValueError, ["slope=nan", "finite"]),
    "leaky slope is text": (lambda: leaky_relu("0.1"), TypeError, ["slope='0.1'", "expected a number"]),
}

PARAMETERS = {
    "scheme is unknown": (lambda: NET.init(0, scheme="xavier"), ValueError, ["scheme='xavier'", SCHEME_NAMES]),
    "scheme is a function": (lambda: NET.init(0, scheme=len), TypeError, ["scheme=<built-in", SCHEME_NAMES]),
    "seed is None": (lambda: NET.init(None), TypeError, ["seed=None", "expected a whole number"]),
    "seed is a float": (lambda: NET.init(1.0), TypeError, ["seed=1.0", "expected a whole number"]),
    "seed is text": (lambda: NET.init("42"), TypeError, ["seed='42'", "expected a whole number"]),
    "seed is a bool": (lambda: NET.init(True), TypeError, ["seed=True", "expected a whole number"]),
    "seed is negative": (lambda: NET.init(-1), ValueError, ["seed=-1", "at least 0"]),
    "theta is a list": (lambda: NET.params([0.0] * 17), TypeError, ["theta is a list", "NumPy vector", "np.asarray(theta, dtype=float)"]),
    "theta is whole numbers": (lambda: NET.params(np.zeros(17, int)), TypeError, ["theta is an array of int64", "dtype=float"]),
    "theta is too short": (lambda: NET.params(THETA[:-1]), ValueError, ["theta has shape (16,)", "(2, 4, 1) has 17 parameters", "expected (17,)"]),
    "theta is a matrix": (lambda: NET.params(THETA[None]), ValueError, ["theta has shape (1, 17)", "expected (17,)"]),
    "theta of Params is too long": (lambda: Params((2, 1), np.zeros(4)), ValueError, ["theta has shape (4,)", "expected (3,)"]),
    "theta of Params is a list": (lambda: Params((2, 1), [0.0] * 3), TypeError, ["theta is a list", "NumPy vector"]),
    "index beyond the end": (lambda: NET.params(THETA).name_of(17), ValueError, ["index=17", "from 0 to 16"]),
    "index is negative": (lambda: NET.params(THETA).name_of(-1), ValueError, ["index=-1", "from 0 to 16"]),
    "index is a float": (lambda: NET.params(THETA).name_of(1.0), TypeError, ["index=1.0", "expected a whole number"]),
}

# the same for everything that takes theta and X
WITH_X = {
    "theta is too long": (lambda f: f(THETA.repeat(2), X), ValueError, ["theta has shape (34,)", "expected (17,)"]),
    "theta is a list": (lambda f: f(list(THETA), X), TypeError, ["theta is a list"]),
    "theta has NaN": (lambda f: f(with_one(THETA, np.nan, 3), X), ValueError, ["theta has 1 entries that are NaN or infinite", "[3]"]),
    "X has infinity": (lambda f: f(THETA, with_one(X, np.inf)), ValueError, ["X has 1 entries that are NaN or infinite", "[1, 0]", "remove or replace"]),
    "X is one sample": (lambda f: f(THETA, X[0]), ValueError, ["X has shape (2,)", "2 inputs", "expected (1, 2)", "X.reshape(1, 2)"]),
    "X has too many columns": (lambda f: f(THETA, X[:, [0, 1, 1]]), ValueError, ["X has shape (5, 3)", "2 inputs", "expected (5, 2)"]),
    "X has columns as samples": (lambda f: f(THETA, X.T), ValueError, ["X has shape (2, 5)", "expected (5, 2)", "X.T"]),
    "X has three axes": (lambda f: f(THETA, X[:, :, None]), ValueError, ["X has shape (5, 2, 1)", "expected (5, 2)", "X.reshape(5, 2)"]),
    "X is a number": (lambda f: f(THETA, 1.0), ValueError, ["X has shape ()", "expected (1, 2)"]),
    "X is empty": (lambda f: f(THETA, X[:0]), ValueError, ["X has shape (0, 2)", "at least one sample"]),
    "X is an empty list": (lambda f: f(THETA, []), ValueError, ["X has shape (0,)", "at least one sample"]),
    "X is ragged": (lambda f: f(THETA, [[1, 2], [3]]), ValueError, ["X is not a table of numbers", "rows of equal length"]),
    "X is text": (lambda f: f(THETA, [["1", "2"]] * 5), TypeError, ["X has dtype <U1", "expected real numbers", "np.asarray(X, dtype=float)"]),
    "X is None": (lambda f: f(THETA, None), TypeError, ["X has dtype object", "expected real numbers"]),
    "X is complex": (lambda f: f(THETA, X + 1j), TypeError, ["X has dtype complex128", "expected real numbers"]),
    "X holds objects": (lambda f: f(THETA, X.astype(object)), TypeError, ["X has dtype object", "dtype=float"]),
    "X is too large for float32": (lambda f: f(THETA.astype(np.float32), with_one(X, 1e300)), ValueError, ["X has 1 entries that are NaN or infinite"]),
}

# the same for everything that takes theta, X and Y
WITH_Y = {
    "Y is (m,)": (lambda f: f(X, Y.ravel()), ValueError, ["Y has shape (5,), but the network has 1 output: expected (5, 1)", "Y.reshape(5, 1)"]),
    "Y is (1, m)": (lambda f: f(X, Y.T), ValueError, ["Y has shape (1, 5)", "expected (5, 1)", "Y.T"]),
    "Y has too many columns": (lambda f: f(X, YW), ValueError, ["Y has shape (5, 3)", "1 output", "expected (5, 1)"]),
    "Y has too few rows": (lambda f: f(X, Y[:4]), ValueError, ["X has shape (5, 2)", "Y has shape (4, 1)", "as many rows"]),
    "Y has NaN": (lambda f: f(X, with_one(Y, np.nan)), ValueError, ["Y has 1 entries that are NaN or infinite"]),
    "Y is None": (lambda f: f(X, None), TypeError, ["Y "]),
    "Y is text": (lambda f: f(X, [["cat"], ["dog"]] * 2 + [["cat"]]), TypeError, ["Y has dtype <U3", "expected real numbers"]),
    "Y is empty": (lambda f: f(X, Y[:0]), ValueError, ["Y has shape (0, 1)", "at least one sample"]),
    "Y is signed": (lambda f: f(X, 2 * Y - 1), ValueError, ["[-1.0]", "binary_cross_entropy", "numbers from 0 to 1"]),
    "Y is above 1": (lambda f: f(X, with_one(Y, 1.5, (3, 0))), ValueError, ["Y row 3 is [1.5]", "numbers from 0 to 1"]),
}

TARGETS = {
    "labels in the place of rows": (lambda f: f(X, LABELS), ValueError, ["Y has shape (5,)", "3 outputs", "expected (5, 3)", "one_hot(labels, 3)"]),
    "a row of zeros": (lambda f: f(X, with_one(YW, 0, (2, 2))), ValueError, ["Y row 2 is [0.0, 0.0, 0.0]", "sum to 1", "one_hot"]),
    "a row that sums to 2": (lambda f: f(X, with_one(YW, 1, (4, 1))), ValueError, ["Y row 4 is [1.0, 1.0, 0.0]", "cross_entropy"]),
    "a negative probability": (lambda f: f(X, np.tile([1.5, -0.5, 0], (5, 1))), ValueError, ["Y row 0 is [1.5, -0.5, 0.0]"]),
}

NUMBERS = {
    "lam is negative": (lambda f: f(lam=-0.1), ValueError, ["lam=-0.1", "at least 0"]),
    "lam is NaN": (lambda f: f(lam=np.nan), ValueError, ["lam=nan", "finite"]),
    "lam is infinite": (lambda f: f(lam=np.inf), ValueError, ["lam=inf", "finite"]),
    "lam is text": (lambda f: f(lam="0.1"), TypeError, ["lam='0.1'", "expected a number"]),
    "lam is None": (lambda f: f(lam=None), TypeError, ["lam=None", "expected a number"]),
    "lam is a bool": (lambda f: f(lam=True), TypeError, ["lam=True", "expected a number"]),
    "lam is complex": (lambda f: f(lam=1j), TypeError, ["lam=1j", "expected a number"]),
    "lam is an array": (lambda f: f(lam=np.ones(2)), TypeError, ["lam=array([1., 1.])", "expected a number"]),
}

N = {
    "n is zero": (lambda f: f(lam=1, n=0), ValueError, ["n=0", "above 0"]),
    "n is negative": (lambda f: f(lam=1, n=-5), ValueError, ["n=-5", "above 0"]),
    "n is text": (lambda f: f(n="5"), TypeError, ["n='5'", "expected a number"]),
    "n is too large for a float": (lambda f: f(n=10**400), ValueError, ["n=1000", "finite"]),
}

TRAINING = {
    "net is text": (lambda f: f(net="net"), TypeError, ["net is a str", "expected a Network", "(net, theta, X, Y)"]),
    "net and theta exchanged": (lambda f: f(net=THETA, theta=NET), TypeError, ["net is a ndarray", "(net, theta, X, Y)"]),
    "theta is complex": (lambda f: f(theta=THETA + 0j), TypeError, ["theta has dtype complex128", "theta.real"]),
    "lr is zero": (lambda f: f(lr=0), ValueError, ["lr=0", "above 0"]),
    "lr is negative": (lambda f: f(lr=-0.1), ValueError, ["lr=-0.1", "above 0"]),
    "lr is NaN": (lambda f: f(lr=np.nan), ValueError, ["lr=nan", "finite"]),
    "lr is infinite": (lambda f: f(lr=np.inf), ValueError, ["lr=inf", "finite"]),
    "lr is text": (lambda f: f(lr="0.1"), TypeError, ["lr='0.1'", "expected a number"]),
    "lr is a function": (lambda f: f(lr=lambda epoch: 0.1), TypeError, ["lr=<function", "expected a number"]),
    "epochs is negative": (lambda f: f(epochs=-1), ValueError, ["epochs=-1", "at least 0"]),
    "epochs is a float": (lambda f: f(epochs=10.0), TypeError, ["epochs=10.0", "expected a whole number"]),
    "epochs is None": (lambda f: f(epochs=None), TypeError, ["epochs=None", "expected a whole number"]),
    "batch_size is 0": (lambda f: f(batch_size=0), ValueError, ["batch_size=0", "from 1 to 5", "None takes all samples at once"]),
    "batch_size is above m": (lambda f: f(batch_size=6), ValueError, ["batch_size=6", "from 1 to 5", "None takes all samples at once"]),
    "batch_size is a float": (lambda f: f(batch_size=2.0), TypeError, ["batch_size=2.0", "expected a whole number", "None takes all"]),
    "batch_size is an array": (lambda f: f(batch_size=np.array([2, 3])), TypeError, ["batch_size=array([2, 3])", "expected a whole number"]),
    "seed is negative": (lambda f: f(seed=-1), ValueError, ["seed=-1", "at least 0"]),
    "seed is None": (lambda f: f(seed=None), TypeError, ["seed=None", "expected a whole number"]),
    "seed is a float": (lambda f: f(seed=0.5), TypeError, ["seed=0.5", "expected a whole number"]),
    "history is unknown": (lambda f: f(history="ful"), ValueError, ["history='ful'", "'full', 'running', 'none'"]),
    "history is a bool": (lambda f: f(history=False), TypeError, ["history=False", "'full', 'running', 'none'"]),
    "schedule is a number": (lambda f: f(schedule=0.5), TypeError, ["schedule=0.5", "expected a function or None", "polynomial_decay()"]),
    "schedule returns None": (lambda f: f(schedule=lambda epoch, epochs: None), TypeError, ["schedule(0, 3)=None", "expected a number"]),
    "schedule returns NaN": (lambda f: f(schedule=lambda epoch, epochs: np.nan), ValueError, ["schedule(0, 3)=nan", "finite"]),
    "schedule turns negative": (lambda f: f(schedule=lambda epoch, epochs: 1 - epoch), ValueError, ["schedule(2, 3)=-1", "at least 0"]),
    "callback is no function": (lambda f: f(callback=True), TypeError, ["callback=True", "expected a function or None"]),
    "arguments misspelt": (lambda f: f(learning_rate=0.1), TypeError, ["learning_rate"]),
}

MOMENTA = {
    "momentum is 1": (lambda: sgd(NET, THETA, X, Y, momentum=1), ValueError, ["momentum=1", "at least 0 and below 1"]),
    "momentum is negative": (lambda: sgd(NET, THETA, X, Y, momentum=-0.9), ValueError, ["momentum=-0.9", "at least 0 and below 1"]),
    "momentum is text": (lambda: sgd(NET, THETA, X, Y, momentum="0.9"), TypeError, ["momentum='0.9'", "expected a number"]),
    "beta1 is 1": (lambda: adam(NET, THETA, X, Y, beta1=1.0), ValueError, ["beta1=1.0", "below 1"]),
    "beta2 is above 1": (lambda: adam(NET, THETA, X, Y, beta2=1.1), ValueError, ["beta2=1.1", "below 1"]),
    "beta2 is None": (lambda: adam(NET, THETA, X, Y, beta2=None), TypeError, ["beta2=None", "expected a number"]),
    "eps is 0": (lambda: adam(NET, THETA, X, Y, eps=0), ValueError, ["eps=0", "above 0"]),
    "power is 0": (lambda: schedules.polynomial_decay(0), ValueError, ["power=0", "above 0"]),
    "power is text": (lambda: schedules.polynomial_decay("slow"), TypeError, ["power='slow'", "expected a number"]),
    "factor is 0": (lambda: schedules.step_decay(0), ValueError, ["factor=0", "above 0 and below 1"]),
    "factor is above 1": (lambda: schedules.step_decay(2), ValueError, ["factor=2", "above 0 and below 1"]),
    "every is 0": (lambda: schedules.step_decay(0.5, 0), ValueError, ["every=0", "at least 1"]),
    "every is a float": (lambda: schedules.step_decay(0.5, 2.5), TypeError, ["every=2.5", "expected a whole number"]),
}

TRACES = {
    "t is a list": (lambda: NET.backward(THETA, [X], Y), TypeError, ["t is a list", "expected the Trace that net.forward"]),
    "t and Y exchanged": (lambda: NET.backward(THETA, Y, NET.forward(THETA, X)), TypeError, ["t is a ndarray", "expected the Trace"]),
    "t of another network": (lambda: NET.backward(THETA, WIDE.forward(WIDE_THETA, X), Y), ValueError, ["t has layers (2, 4, 3)", "has (2, 4, 1)"]),
    "t of another type": (lambda: NET.backward(THETA, NET.forward(THETA.astype(np.float32), X), Y), TypeError, ["t holds float32", "theta float64"]),
    "t and Y of other lengths": (lambda: NET.backward(THETA, NET.forward(THETA, X[:3]), Y), ValueError, ["X has shape (3, 2)", "Y has shape (5, 1)"]),
    "Y is (m,) in backward": (lambda: NET.backward(THETA, NET.forward(THETA, X), Y.ravel()), ValueError, ["Y has shape (5,)", "expected (5, 1)"]),
}

CHECKS = {
    "cost is no function": (lambda: numerical_gradient(1.0, THETA), TypeError, ["cost is a float", "lambda theta: net.cost(theta, X, Y)"]),
    "method is unknown": (lambda: numerical_gradient(cost, THETA, "centre"), ValueError, ["method='centre'", "'complex', 'central', 'forward'"]),
    "method is None": (lambda: numerical_gradient(cost, THETA, None), TypeError, ["method=None", "'complex', 'central', 'forward'"]),
    "step is 0": (lambda: numerical_gradient(cost, THETA, step=0), ValueError, ["step=0", "above 0"]),
    "step is negative": (lambda: numerical_gradient(cost, THETA, step=-1e-4), ValueError, ["step=-0.0001", "above 0"]),
    "step is text": (lambda: numerical_gradient(cost, THETA, step="1e-4"), TypeError, ["step='1e-4'", "expected a number"]),
    "theta is a list": (lambda: numerical_gradient(cost, [1.0, 2.0]), TypeError, ["theta is a list", "np.asarray(theta, dtype=float)"]),
    "theta is whole numbers": (lambda: numerical_gradient(cost, np.array([1, 2])), TypeError, ["theta is an array of int64"]),
    "theta is a matrix": (lambda: numerical_gradient(cost, np.ones((2, 2))), ValueError, ["theta has shape (2, 2)", "expected (4,)"]),
    "theta is complex": (lambda: numerical_gradient(cost, THETA + 1j), TypeError, ["theta has dtype complex128", "theta.real"]),
    "theta is empty": (lambda: numerical_gradient(cost, np.zeros(0)), ValueError, ["theta is empty", "at least one parameter"]),
    "theta has NaN": (lambda: numerical_gradient(cost, np.array([1, np.nan])), ValueError, ["theta has 1 entries that are NaN"]),
    "cost returns a vector": (lambda: numerical_gradient(lambda v: v ** 2, THETA), TypeError, ["cost returned an array of shape (17,)", "mean or sum"]),
    "cost returns None": (lambda: numerical_gradient(lambda v: None, THETA), TypeError, ["cost returned object (None)", "one real number"]),
    "cost returns text": (lambda: numerical_gradient(lambda v: "1.0", THETA), TypeError, ["cost returned <U3 (1.0)", "one real number"]),
    "cost is complex of real": (lambda: numerical_gradient(lambda v: cost(v) + 0j, THETA), TypeError, ["cost returned complex128", "one real number"]),
    "cost is not analytic": (lambda: numerical_gradient(lambda v: abs(v).sum(), THETA, "complex"), TypeError, ["imaginary part", "method='central'"]),
    "check of Y missing": (lambda: check_gradient(NET, THETA, X), TypeError, ["Y is missing", "check_gradient(net, theta, X, Y)"]),
    "check of no network": (lambda: check_gradient(None, THETA, X, Y), TypeError, ["net is a NoneType", "with a Network", "two functions"]),
    "check of a function alone": (lambda: check_gradient(cost, THETA, X), TypeError, ["expected check_gradient(net, theta, X, Y)", "two functions"]),
    "check of functions with Y": (lambda: check_gradient(cost, grad, THETA, Y), TypeError, ["takes no Y and no lam", "lambda theta"]),
    "check of functions with lam": (lambda: check_gradient(cost, grad, THETA, lam=1.0), TypeError, ["takes no Y and no lam"]),
    "check of a method unknown": (lambda: check_gradient(NET, THETA, X, Y, method="centred"), ValueError, ["method='centred'", "'complex'"]),
    "check of a theta that is complex": (lambda: check_gradient(NET, THETA + 0j, X, Y), TypeError, ["theta has dtype complex128"]),
    "grad returns another shape": (lambda: check_gradient(cost, lambda v: v[1:], THETA), ValueError, ["grad returned shape (16,)", "theta has shape (17,)"]),
    "grad returns None": (lambda: check_gradient(cost, lambda v: None, THETA), TypeError, ["grad returned object", "array of real numbers"]),
    "grad returns complex numbers": (lambda: check_gradient(cost, lambda v: grad(v) + 0j, THETA), TypeError, ["grad returned complex128"]),
    "shapes to compare differ": (lambda: relative_error(THETA, THETA[:, None]), ValueError, ["a has shape (17,)", "b has shape (17, 1)"]),
}

LABELLED = {
    "a label is n_classes": (lambda: one_hot([0, 3, 1], 3), ValueError, ["labels[1] is 3", "n_classes=3", "from 0 to 2", "labels - 1"]),
    "a label is negative": (lambda: one_hot([0, -1], 3), ValueError, ["labels[1] is -1", "from 0 to 2"]),
    "labels are floats": (lambda: one_hot([0.0, 1.0], 3), TypeError, ["labels has dtype float64", "expected whole numbers", "astype(int)"]),
    "labels are bools": (lambda: one_hot([True, False], 2), TypeError, ["labels has dtype bool", "astype(int)"]),
    "labels are text": (lambda: one_hot(["cat", "dog"], 2), TypeError, ["labels has dtype <U3", "expected whole numbers"]),
    "labels are a column": (lambda: one_hot([[0], [1]], 2), ValueError, ["labels has shape (2, 1)", "expected (m,)", "labels.ravel()"]),
    "labels is a number": (lambda: one_hot(1, 2), ValueError, ["labels has shape ()", "expected (m,)"]),
    "labels is empty": (lambda: one_hot([], 2), ValueError, ["labels is empty", "at least one label"]),
    "labels are ragged": (lambda: one_hot([[0], [1, 2]], 3), ValueError, ["labels is not a row of whole numbers", "expected (m,)"]),
    "n_classes is 0": (lambda: one_hot([0], 0), ValueError, ["n_classes=0", "at least 1"]),
    "n_classes is a float": (lambda: one_hot([0], 3.0), TypeError, ["n_classes=3.0", "expected a whole number"]),
    "n_classes is None": (lambda: one_hot([0], None), TypeError, ["n_classes=None", "expected a whole number"]),
}

FILES = {
    "path is a number": (lambda: save(3, NET, THETA), TypeError, ["path is a int", "expected a file name"]),
    "path is bytes": (lambda: load(b"net.npz"), TypeError, ["path is a bytes", "expected a file name"]),
    "path is an open file": (lambda: load(io.BytesIO()), TypeError, ["path is a BytesIO", "expected a file name"]),
    "net and path exchanged": (lambda: save(NET, "net", THETA), TypeError, ["path is a Network"]),
    "theta and net exchanged": (lambda: save("never written", THETA, NET), TypeError, ["net is a ndarray", "save(path, net, theta)"]),
    "theta is too short": (lambda: save("never written", NET, THETA[1:]), ValueError, ["theta has shape (16,)", "expected (17,)"]),
    "theta is infinite": (lambda: save("never written", NET, with_one(THETA, np.inf, 2)), ValueError, ["theta has 1 entries", "[2]"]),
    "theta is complex": (lambda: save("never written", NET, THETA + 0j), TypeError, ["theta has dtype complex128", "theta.real"]),
    "net uses a record of its own": (lambda: save("never written", Network((2, 4, 1), hidden=leaky_relu(0.5)), THETA), ValueError,
                                     ["'leaky_relu(0.5)'", "ACTIVATIONS and LOSSES"]),
    "this file is no network": (lambda: load(__file__[:-3] + ".py.npz"), FileNotFoundError, ["test_bad_input.py.npz"]),
}


def table():
    """One row for each function that takes the argument in question."""
    for title, group in {"network": NETWORKS, "parameters": PARAMETERS, "training": MOMENTA, "trace": TRACES, "check": CHECKS,
                         "one_hot": LABELLED, "file": FILES}.items():
        for name, row in group.items():
            yield f"{name} ({title})", row

    def spread(functions, group):
        for name, (call, *expected) in group.items():
            for function_name, function in functions.items():
                yield f"{name} ({function_name})", (lambda call=call, function=function: call(function), *expected)

    yield from spread({"forward": NET.forward, "predict": NET.predict, "cost": lambda theta, X: NET.cost(theta, X, Y),
                       "sgd": lambda theta, X: sgd(NET, theta, X, Y), "check_gradient": lambda theta, X: check_gradient(NET, theta, X, Y)}, WITH_X)
    with_y = {name: lambda X, Y, f=f: f(THETA, X, Y) for name, f in {"cost": NET.cost, "grad": NET.grad}.items()}
    with_y |= {f.__name__: lambda X, Y, f=f: f(NET, THETA, X, Y) for f in (sgd, adam, check_gradient)}
    yield from spread(with_y, WITH_Y)
    yield from spread({"cost": lambda X, Y: WIDE.cost(WIDE_THETA, X, Y), "adam": lambda X, Y: adam(WIDE, WIDE_THETA, X, Y)}, TARGETS)
    yield from spread({"cost": lambda **o: NET.cost(THETA, X, Y, **o), "grad": lambda **o: NET.grad(THETA, X, Y, **o)}, NUMBERS | N)
    yield from spread({f.__name__: lambda f=f, **o: f(NET, THETA, X, Y, **o) for f in (sgd, adam, check_gradient)}, NUMBERS)
    yield from spread({f.__name__: lambda f=f, **o: f(**{"net": NET, "theta": THETA, "X": X, "Y": Y, "epochs": 3} | o) for f in (sgd, adam)}, TRAINING)


TABLE = list(table())


@pytest.mark.parametrize("call, exception, says", [row for _, row in TABLE], ids=[name for name, _ in TABLE])
def test_bad_call(call, exception, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")              # a warning on the way would be a second, worse message
        with pytest.raises(exception) as caught:
            call()
    assert caught.type is exception, f"{caught.type.__name__} is a kind of {exception.__name__}, but not it"
    for words in says:
        assert words in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_the_names_are_those_of_the_registries():
    """The lists of known names in this file are typed; a new record shows here first."""
    from bpcore import ACTIVATIONS, LOSSES, SCHEMES
    for typed, registry in (ACTIVATION_NAMES, ACTIVATIONS), (LOSS_NAMES, LOSSES), (SCHEME_NAMES, SCHEMES):
        assert typed == ", ".join(map(repr, registry))


def test_the_table_is_as_long_as_it_says():
    """Above 300 calls, each with a name of its own."""
    assert len(dict(TABLE)) == len(TABLE) > 300
