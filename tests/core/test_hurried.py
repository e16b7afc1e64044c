"""What a hurried programmer tries is refused in words, or does what it says: nothing is wrong unnoticed."""

import copy
import pickle
from fractions import Fraction

import numpy as np
import pytest

from bpcore import (
    Activation,
    Loss,
    Network,
    check_gradient,
    numerical_gradient,
    one_hot,
    relative_error,
    save,
    schedules,
    sgd,
    train,
)

NET = Network((2, 3, 1))
THETA = NET.init(0) + 0.1
X, Y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
VALUE, SLOPE = lambda a, y: (a - y)[:, 0], lambda a, y: a - y
SQUARES = lambda theta: (theta * theta).sum()
MIXED = np.array(["a", "b", "a", "b"], dtype=object)


def trained(**options):
    return sgd(NET, THETA, X, Y, epochs=2, **options)


REFUSED = {
    "a step with which zeros would pass": (
        lambda: check_gradient(NET, THETA, X, Y, step=100, grad=lambda theta: 0 * theta),
        ValueError,
        ["step=100", "1e-200 to 1e-08", "None, which takes 1e-30"],
    ),
    "a step that is hardly a number": (
        lambda: check_gradient(SQUARES, lambda theta: 0 * theta, THETA, step=1e-323),
        ValueError,
        ["step=9.88131e-324", "1e-200"],
    ),
    "a step that is lost in theta": (
        lambda: numerical_gradient(SQUARES, np.array([1e12, 1.0])),
        ValueError,
        ["is lost in the digits of an entry of 1e+12", "a larger step", "method='complex'"],
    ),
    "a step that adds nothing": (
        lambda: numerical_gradient(SQUARES, THETA + 1, step=1e-18),
        ValueError,
        ["step=1e-18", "is lost", "a larger step"],
    ),
    "a method that needs data": (
        lambda: check_gradient(NET, THETA, X, Y, grad=NET.grad),
        TypeError,
        ["grad takes other arguments", "lambda theta: net.grad(theta, X, Y)"],
    ),
    "a loss of all outputs": (
        lambda: Loss("mine", lambda a, y: (a - y) ** 2, lambda a, y: 2 * (a - y)),
        ValueError,
        ["value returned shape (3, 1)", "one number per sample"],
    ),
    "a loss of all samples": (
        lambda: Loss("mine", lambda a, y: ((a - y) ** 2).sum(), lambda a, y: 2 * (a - y)),
        ValueError,
        ["value returned shape ()", "one number per sample"],
    ),
    "a slope of each sample": (
        lambda: Loss("mine", lambda a, y: ((a - y) ** 2).sum(axis=1), lambda a, y: (a - y).sum(axis=1)),
        ValueError,
        ["slope returned shape (3,)", "that of a"],
    ),
    "a loss of one argument": (
        lambda: Loss("mine", lambda a: a, lambda a, y: a - y),
        TypeError,
        ["value takes other arguments", "value(a, y)"],
    ),
    "a link that is none": (
        lambda: Network((2, 1), loss=Loss("mine", VALUE, SLOPE, "sigmiod", VALUE)),
        ValueError,
        ["loss.link='sigmiod'", "'sigmoid'"],
    ),
    "an activation that returns nothing": (
        lambda: Activation("mine", lambda z, out=None: None, df=lambda z, a: a),
        ValueError,
        ["f returned None for an argument of shape (2, 3)", "expected that of z"],
    ),
    "an activation that returns one number": (
        lambda: Activation("mine", lambda z, out=None: 1.0, df=lambda z, a: a),
        ValueError,
        ["f returned shape ()", "expected that of z"],
    ),
    "a derivative of one argument": (
        lambda: Activation("mine", lambda z, out=None: z, df=lambda z: z),
        TypeError,
        ["df takes other arguments", "df(z, a)"],
    ),
    "a function of NumPy's as derivative": (
        lambda: Activation("mine", np.sin, np.cos),
        TypeError,
        ["df is np.cos, which would write into a", "lambda z, a: np.cos(z)"],
    ),
    "a derivative summed over the row": (
        lambda: Activation("mine", np.tanh, lambda z, a: (1 - a * a).sum(axis=1)),
        ValueError,
        ["df returned shape (2,)", "that of z"],
    ),
    "a product that returns nothing": (
        lambda: Activation("mine", np.tanh, vjp=lambda z, a, g: None),
        ValueError,
        ["vjp returned None", "that of z"],
    ),
    "a cost of logits alone": (
        lambda: Loss("mine", lambda a, y: (a - y)[:, 0], lambda a, y: a - y, "sigmoid", lambda z: z),
        TypeError,
        ["from_logits takes other arguments", "from_logits(z, y)"],
    ),
    "an update that returns a list": (
        lambda: train(NET, THETA, X, Y, lambda theta: lambda t, g, rate: (t - rate * g).tolist(), epochs=2),
        TypeError,
        ["update(theta, g, rate)=", "(list)", "expected None", "in place"],
    ),
    "an update that returns new parameters and a state": (
        lambda: train(NET, THETA, X, Y, lambda theta: lambda t, g, rate: (t - rate * g, None), epochs=2),
        TypeError,
        ["update(theta, g, rate)=", "(tuple)", "expected None", "in place"],
    ),
    "an update that returns a number": (
        lambda: train(NET, THETA, X, Y, lambda theta: lambda t, g, rate: float(rate), epochs=2),
        TypeError,
        ["update(theta, g, rate)=0.1 (float)", "expected None", "in place"],
    ),
    "an activation that returns an empty array of objects": (
        lambda: Activation("mine", lambda z, out=None: np.array([], object), lambda z, a: 1),
        ValueError,
        ["f returned [] for an argument of shape (2, 3)", "expected that of z"],
    ),
    "sizes by layer": (lambda: Network({2: 1, 3: 2}), TypeError, ["sizes={2: 1, 3: 2}"]),
    "a dictionary of activations": (lambda: Network((2, 3, 1), {"relu": 1}), TypeError, ["hidden={'relu': 1}"]),
    "an epoch beyond the last": (
        lambda: schedules.polynomial_decay()(11, 10),
        ValueError,
        ["epoch=11", "from 0 to 10"],
    ),
    "no epochs": (lambda: schedules.polynomial_decay()(0, 0), ValueError, ["epochs=0", "at least 1"]),
    "a path without a name": (lambda: save("", NET, THETA), ValueError, ["path=''", "such as 'network.npz'"]),
    "a path that is a folder": (lambda: save("/", NET, THETA), ValueError, ["path='/'", "the name of a file"]),
    "a path with a zero": (lambda: save("a\0b", NET, THETA), ValueError, ["path=", "the name of a file"]),
    "a number beyond all": (lambda: NET.cost(THETA, [[10**400, 0]], [[0]]), TypeError, ["X has dtype object"]),
    "a label beyond all": (lambda: one_hot([10**400], 3), (TypeError, ValueError), ["labels"]),
    "an error beyond all": (lambda: relative_error([10**400], [1]), TypeError, ["dtype object"]),
    "labels of text in a column of objects": (
        lambda: one_hot(MIXED, 2),
        TypeError,
        ["np.unique(labels, return_inverse=True)[1]"],
    ),
    "targets of text": (
        lambda: NET.cost(THETA, X, MIXED),
        TypeError,
        ["np.unique(Y, return_inverse=True)[1]", "reshape(-1, 1) for a single output"],
    ),
    "a generator": (lambda: NET.predict(THETA, (row for row in X)), TypeError, ["of type generator", "list(X)"]),
    "a dictionary of arrays": (lambda: NET.predict(THETA, {"X": X}), TypeError, ["of type dict", "one of its arrays"]),
    "rows without features": (lambda: NET.predict(THETA, np.empty((4, 0))), ValueError, ["X has shape (4, 0)", "2"]),
    "as many rows as there are features": (
        lambda: NET.predict(THETA, np.empty((2, 0))),
        ValueError,
        ["X has shape (2, 0)", "expected (2, 2)"],
    ),
    "a fraction": (lambda: relative_error(Fraction(1, 2), 0.5), TypeError, ["of type Fraction", "float(a)"]),
    "a function": (lambda: NET.predict(THETA, lambda: X), TypeError, ["of type function", "what it returns"]),
    "a set": (lambda: NET.predict(THETA, {1.0, 2.0}), TypeError, ["of type set", "no order"]),
    "a batch size in capitals": (
        lambda: trained(batch_size="Auto"),
        TypeError,
        ["batch_size='Auto'", "'auto' or None"],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_words(name):
    call, kind, words = REFUSED[name]
    with pytest.raises(kind) as raised:
        call()
    assert [word for word in words if word not in str(raised.value)] == []


TAKEN = {
    "a loss of one output alone": lambda: Loss("mine", lambda a, y: ((a - y) ** 2).ravel(), lambda a, y: 2 * (a - y)),
    "a loss that insists on it": lambda: Loss("mine", only_one_output, lambda a, y: 2 * (a - y)),
    "a slope of one number": lambda: Loss("mine", lambda a, y: a.sum(axis=1), lambda a, y: 1.0),
    "a parameter for each of four units": lambda: Activation(
        "mine", leaky_by_unit, lambda z, a: np.where(z > 0, 1, BY_UNIT)
    ),
    "out without a default": lambda: Activation("mine", lambda z, out: np.tanh(z, out=out), lambda z, a: 1 - a * a),
    "a slope of one number for all units": lambda: Activation("mine", np.positive, lambda z, a: 1.0),
}
BY_UNIT = np.array([0.1, 0.2, 0.3, 0.4])


def only_one_output(a, y):
    assert a.shape[1] == 1
    return ((a - y) ** 2)[:, 0]


def leaky_by_unit(z, out=None):
    return np.multiply(z, np.where(z.real > 0, 1, BY_UNIT), out=out)


@pytest.mark.parametrize("name", TAKEN)
def test_what_works_in_a_network_is_taken(name):
    record = TAKEN[name]()
    is_loss = isinstance(record, Loss)
    net = Network((2, 4, 1), "tanh" if is_loss else record, "identity", record if is_loss else "half_squared")
    assert check_gradient(net, net.init(0), X, Y[:, :1]).passed


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda p: pickle.loads(pickle.dumps(p))], ids=["deepcopy", "pickle"])
def test_a_copy_of_parameters_is_a_view_of_its_own_theta(copied):
    """And no longer of the one that it was copied from."""
    p = NET.params(THETA.copy())
    other = copied(p)
    other.W[1][...] = 5
    other.b[2][...] = 7
    assert np.array_equal(np.sort(other.theta)[-7:], [5.0] * 6 + [7.0]) and not (p.theta == 5).any()
    assert all(np.shares_memory(part, other.theta) for part in (other.W[2], other.b[1], other.Theta[1]))


def test_what_is_found_can_be_compared_with_itself():
    fit = trained()
    report = check_gradient(NET, THETA, X, Y)
    assert fit == fit and fit != trained() and report == report and {fit, report}


def test_the_step_of_numerical_gradient_is_free_where_it_adds_something():
    assert np.allclose(numerical_gradient(SQUARES, np.ones(2), "complex", step=0.5), 2)
    assert np.allclose(numerical_gradient(SQUARES, np.array([1e12, 1.0]), "complex"), [2e12, 2])
