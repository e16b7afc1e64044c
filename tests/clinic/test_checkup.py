"""The checkup: each illness is found first, its healthy neighbour is not accused, and the curvature is exact."""

import math
import re

import numpy as np
import pytest
from sklearn.datasets import load_digits, make_moons
from support import draw

from bpcore import Fit, Network, adam, one_hot, relative_error, sgd
from bpcore.clinic.checkup import TITLES, checkup, limits
from bpcore.clinic.curvature import hessian_vector, largest_curvature, largest_rate

RNG = np.random.default_rng(0)
X_MOONS, y_moons = make_moons(200, noise=0.15, random_state=0)
Y_MOONS = y_moons[:, None].astype(float)
DIGITS = load_digits()
X_DIGITS, Y_DIGITS = DIGITS.data / 16, one_hot(DIGITS.target, 10)
X_XOR, Y_XOR = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
MOONS = Network((2, 8, 1), "tanh")
DEEP = Network((2, 8, 8, 8, 8, 8, 8, 8, 1))
THREE = Network((4, 6, 3), "tanh", "softmax", "cross_entropy")
X_THREE, y_three = RNG.standard_normal((60, 4)), RNG.integers(0, 3, 60)
LINE = Network((1, 1), output="identity", loss="half_squared")
x_line = np.linspace(-1, 1, 20)[:, None]


def he(net, seed=0):
    return net.init(seed, "he_normal")


def with_biases(net, value, seed=0, layer=1):
    """A start whose biases in one layer are all the same number."""
    theta = net.init(seed, "he_normal")
    net.params(theta).b[layer][:] = value
    return theta


# Healthy patients: no finding, wherever and however they are looked at.


@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
def test_moons_are_healthy(hidden):
    net = Network((2, 16, 1), hidden)
    theta = net.init(0)
    for lr, momentum, batch in (0.5, 0.0, None), (0.1, 0.9, None), (0.1, 0.0, 20):
        fit = sgd(net, theta, X_MOONS, Y_MOONS, lr=lr, momentum=momentum, batch_size=batch, epochs=300)
        more = dict(momentum=momentum, batch_size=batch)
        assert checkup(net, X_MOONS, Y_MOONS, theta, lr, **more).names == ()
        assert checkup(net, X_MOONS, Y_MOONS, None, lr, fit, **more).names == ()
        assert checkup(net, X_MOONS, Y_MOONS, fit.theta, lr, fit.history, **more).names == ()
    fit = adam(net, theta, X_MOONS, Y_MOONS, lr=0.01, epochs=100)
    assert checkup(net, X_MOONS, Y_MOONS, fit=fit).names == ()


@pytest.mark.long
@pytest.mark.parametrize("hidden", ["sigmoid", "relu"])
def test_digits_are_healthy(hidden):
    net = Network((64, 25, 10), hidden, "softmax", "cross_entropy")
    theta = net.init(0)
    fit = sgd(net, theta, X_DIGITS, Y_DIGITS, lr=0.5, epochs=40)
    right = float((net.predict(fit.theta, X_DIGITS).argmax(axis=1) == DIGITS.target).mean())
    assert checkup(net, X_DIGITS, Y_DIGITS).names == ()
    expected = {"sigmoid": ("cost-still-falls",), "relu": ()}[hidden]  # forty epochs are few for a sigmoid
    assert checkup(net, X_DIGITS, Y_DIGITS, theta, 0.5, fit, lam=1.0).names == expected
    found = checkup(net, X_DIGITS, Y_DIGITS, lr=0.5, fit=fit, accuracy=right)
    assert found.names == expected and not found.skipped and "accuracy" in repr(found)


@pytest.mark.parametrize("loss", ["binary_cross_entropy", "half_squared"])
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh"])
def test_xor_solved_is_healthy(hidden, loss):
    """Its units are saturated and its cost stands still, because it is done."""
    net = Network((2, 4, 1), hidden, loss=loss)
    theta = net.init(0)
    fit = sgd(net, theta, X_XOR, Y_XOR, lr=1, epochs=5000)
    assert fit.history[-1] < 0.01
    assert checkup(net, X_XOR, Y_XOR, theta, 1, fit).names == checkup(net, X_XOR, Y_XOR, None, 1, fit).names == ()


# Sick patients: name of the finding, then how they are brought.


def stuck_xor():
    """A start from which XOR ends with two answers right and ½ for the other two."""
    net = Network((2, 2, 1), "sigmoid")
    for seed in range(40):
        fit = sgd(net, net.init(seed, "standard_normal"), X_XOR, Y_XOR, lr=2, epochs=3000)
        if 0.3 < fit.history[-1] < 0.4:
            return dict(net=net, X=X_XOR, Y=Y_XOR, fit=fit)
    raise AssertionError("no start of forty ends there")


def moons(**given):
    return dict(net=MOONS, X=X_MOONS, Y=Y_MOONS, **given)


def three(Y, net=THREE, **given):
    return dict(net=net, X=X_THREE, Y=Y, **given)


def mostly_zeros():
    Y = np.zeros((200, 1))
    Y[:9] = 1
    net, X = Network((3, 4, 1), "tanh"), np.random.default_rng(3).standard_normal((200, 3))
    return dict(net=net, X=X, Y=Y, fit=sgd(net, net.init(0), X, Y, lr=0.2, epochs=100))


def one_column_of_ten():
    Y = one_hot(y_three, 4)
    return dict(net=Network((4, 6, 4), "tanh", "softmax", "cross_entropy"), X=X_THREE, Y=Y)


def off_by_one():
    Y = np.zeros((60, 3))
    for row, label in enumerate(y_three + 1):
        Y[row, label : label + 1] = 1  # a slice past the end is empty
    return dict(net=Network((4, 6, 3)), X=X_THREE, Y=Y)


def conflicts():
    X, Y = np.vstack([X_MOONS, X_MOONS[:40]]), np.vstack([Y_MOONS, 1 - Y_MOONS[:40]])
    return dict(net=MOONS, X=X, Y=Y)


def costs(values, **given):
    return moons(fit=list(values), **given)


def coded(value=-999.0, every=13, scale=1.0):
    """A column in which a missing value is written as a number."""
    X = X_MOONS * [scale, 1]
    X[::every, 0] = value
    return dict(net=MOONS, X=X, Y=Y_MOONS)


def in_order(shuffle=False, seed=0):
    """Rows that are sorted by class, in small batches."""
    rng = np.random.default_rng(0)
    y = np.repeat(np.arange(3), 50)
    X, net = (
        rng.normal(size=(3, 2))[y] * 2.5 + 1.5 * rng.normal(size=(150, 2)),
        Network((2, 8, 3), "tanh", "softmax", "cross_entropy"),
    )
    more = dict(lr=0.5, batch_size=10)
    fit = sgd(net, net.init(seed), X, one_hot(y, 3), epochs=60, shuffle=shuffle, **more)
    return dict(net=net, X=X, Y=one_hot(y, 3), theta=net.init(seed), fit=fit, **more)


SICK = {
    "labels-not-one-hot": three(y_three),
    "labels-from-one": three(y_three + 1),
    "labels-not-counted": three(y_three + 5),
    "labels-out-of-range": three(np.arange(60) % 5),
    "labels-in-one-column": dict(net=Network((4, 6, 1)), X=X_THREE, Y=y_three[:, None]),
    "labels-signed": dict(net=MOONS, X=X_MOONS, Y=2 * Y_MOONS - 1),
    "target-shape": dict(net=MOONS, X=X_MOONS, Y=y_moons),
    "target-columns": three(one_hot(y_three, 4)),
    "rows-not-distributions": three(2 * one_hot(y_three, 3)),
    "rows-far": coded(),
    "rows-all-zero": off_by_one(),
    "class-absent": one_column_of_ten(),
    "target-out-of-reach": dict(net=Network((1, 5, 1), loss="half_squared"), X=x_line, Y=np.sin(3 * x_line)),
    "targets-constant": dict(net=MOONS, X=X_MOONS, Y=np.ones((200, 1))),
    "targets-large": dict(net=LINE, X=x_line, Y=2e5 + 3e4 * x_line),
    "rows-all-equal": dict(net=MOONS, X=np.ones((200, 2)), Y=Y_MOONS),
    "rows-conflict": conflicts(),
    "inputs-large": dict(net=MOONS, X=X_MOONS * [1, 300], Y=Y_MOONS),
    "inputs-off-centre": dict(net=MOONS, X=X_MOONS * [1, 0.2] + [0, 5], Y=Y_MOONS),
    "inputs-small": dict(net=MOONS, X=X_MOONS / 100, Y=Y_MOONS),
    "column-constant": dict(net=MOONS, X=np.column_stack([X_MOONS[:, 0], np.ones(200)]), Y=Y_MOONS),
    "theta-not-finite": moons(theta=np.full(MOONS.n_params, np.nan)),
    "theta-not-updated": costs([MOONS.cost(MOONS.init(0), X_MOONS, Y_MOONS)] * 30, theta=MOONS.init(0), lr=0.5),
    "symmetric-units": moons(theta=np.full(MOONS.n_params, 0.5)),
    "dead-units": dict(
        net=Network((2, 8, 1), "relu"), X=X_MOONS, Y=Y_MOONS, theta=with_biases(Network((2, 8, 1)), -20)
    ),
    "saturated-units": moons(theta=50 * MOONS.init(0)),
    "saturated-output": dict(
        net=Network((2, 8, 1), "tanh", loss="half_squared"), X=X_MOONS, Y=Y_MOONS, theta=with_biases(MOONS, -9, layer=2)
    ),
    "deltas-vanish": dict(net=DEEP, X=X_MOONS, Y=Y_MOONS, theta=DEEP.init(0)),
    "deltas-explode": dict(
        net=Network((2, *[20] * 6, 1), "relu"), X=X_MOONS, Y=Y_MOONS, theta=10 * he(Network((2, *[20] * 6, 1)))
    ),
    "penalty-large": moons(theta=MOONS.init(0), lam=200.0),
    "step-too-large": moons(theta=MOONS.init(0), lr=60.0),
    "step-too-small": moons(theta=MOONS.init(0), lr=1e-4),
    "cost-not-finite": costs([0.7, 0.9, 4.0, np.nan, np.nan]),
    "cost-rises": costs([0.7, 0.6, 0.8, 1.5, 2.5, 4.0]),
    "cost-above-trial": in_order(),
    "cost-oscillates": costs([0.7] + [0.3, 0.4] * 10),
    "cost-stalls": stuck_xor(),
    "cost-still-falls": costs(np.linspace(0.7, 0.5, 21)),
    "predictions-constant": moons(
        fit=Fit(np.append(np.zeros(32), 0.01) + 1e-3 * MOONS.init(1), np.array([0.72, 0.70]))
    ),
    "majority-only": mostly_zeros(),
    "accuracy-computed": moons(fit=adam(MOONS, MOONS.init(0), X_MOONS, Y_MOONS, lr=0.02, epochs=100), accuracy=0.5),
}


def test_every_finding_has_a_patient():
    assert SICK.keys() == TITLES.keys()


@pytest.mark.parametrize("name", SICK)
def test_the_illness_is_found_first(name):
    found = checkup(**SICK[name])
    assert found.names[0] == name, repr(found)
    first = found[0]
    assert first.where and first.cure and re.search(r"\d", first.evidence) and first.title == TITLES[name]
    assert [finding.severity for finding in found] == sorted((finding.severity for finding in found), reverse=True)
    assert TITLES[name] in repr(found) and first.cure[:20] in repr(found).replace("\n             ", " ")


@pytest.mark.parametrize("name", ["inputs-large", "rows-conflict", "column-constant"])
def test_a_cause_comes_before_the_cost_that_stands_still(name):
    """A constant column explains nothing: there the cost is the graver finding."""
    X, Y = (
        (np.vstack([X_MOONS] * 2), np.vstack([Y_MOONS, 1 - Y_MOONS])) if name == "rows-conflict" else (X_MOONS, Y_MOONS)
    )
    net, X = {
        "inputs-large": lambda: (MOONS, X * 1e4),
        "rows-conflict": lambda: (MOONS, X),
        "column-constant": lambda: (Network((3, 8, 1)), np.column_stack([X, np.ones(len(X))])),
    }[name]()
    names = checkup(net, X, Y, net.init(0), fit=[0.7] + [math.log(2)] * 40).names
    assert {name, "cost-stalls"} <= set(names)
    assert (names.index(name) < names.index("cost-stalls")) == (name != "column-constant"), names


# Their healthy neighbours: the same on the other side of the limit.


def x_with(mean, deviation):
    column = np.linspace(-1, 1, 200)
    column = mean + deviation * (column - column.mean()) / column.std()
    return dict(net=MOONS, X=np.column_stack([X_MOONS[:, 0], column]), Y=Y_MOONS)


def line(X=x_line, Y=x_line):
    return dict(net=LINE, X=X, Y=Y)


def bounded(top):
    return dict(net=Network((1, 5, 1), loss="half_squared"), X=x_line, Y=top * (x_line > 0))


def relu_with_dead(count):
    net = Network((2, 8, 1), "relu")
    theta = net.params(net.init(0, "he_normal"))
    theta.b[1][:] = 1
    theta.b[1][:count] = -20
    return dict(net=net, X=X_MOONS, Y=Y_MOONS, theta=theta.theta)


def saturated(count):
    theta = MOONS.params(MOONS.init(0))
    theta.b[1][:count] = 9
    theta.b[2][:] = 3  # so that the cost is high
    return dict(net=MOONS, X=X_MOONS, Y=Y_MOONS, theta=theta.theta)


def twins(distance):
    theta = MOONS.params(MOONS.init(0))
    theta.Theta[1][1] = theta.Theta[1][0]
    theta.W[2][0, 1] = theta.W[2][0, 0] + distance
    return dict(net=MOONS, X=X_MOONS, Y=Y_MOONS, theta=theta.theta)


def conflicting(count):
    X, Y = np.vstack([X_MOONS, X_MOONS[:count]]), np.vstack([Y_MOONS, 1 - Y_MOONS[:count]])
    return dict(net=MOONS, X=X, Y=Y)


def penalised(share):
    theta = MOONS.init(0)
    data = largest_curvature(MOONS, theta, X_MOONS, Y_MOONS).value
    return dict(net=MOONS, X=X_MOONS, Y=Y_MOONS, theta=theta, lam=share * limits.PULL * data * len(X_MOONS))


def chain(depth):
    net = Network((2, *[8] * depth, 1))
    return dict(net=net, X=X_MOONS, Y=Y_MOONS, theta=net.init(0))


def relu_chain(factor):
    net = Network((2, *[20] * 6, 1), "relu")
    return dict(net=net, X=X_MOONS, Y=Y_MOONS, theta=factor * he(net))


def slow(share):
    """A rate with which the first epoch lowers the cost by this share of the limit."""
    theta = MOONS.init(0)
    g, cost = MOONS.grad(theta, X_MOONS, Y_MOONS), MOONS.cost(theta, X_MOONS, Y_MOONS)
    return moons(theta=theta, lr=share * min(limits.SLOW * cost / (g @ g), 0.01 * largest_rate(0.78)))


def swinging(size):
    half = np.log(2)
    return costs([0.7, *(0.4 + size * half * (k % 2) for k in range(20))])


def flat_answers(size):
    net = Network((1, 1), output="identity", loss="half_squared")
    theta = np.array([0.0, size])
    return dict(net=net, X=x_line, Y=x_line, fit=Fit(theta, np.array([0.9, 0.8])))


def told(accuracy):
    Y = np.array([[0.0], [1]] * 50)
    net = Network((1, 1))
    fit = Fit(np.array([0.0, 10]), np.array([0.7, 0.1]))
    return dict(net=net, X=2 * Y - 1, Y=Y, fit=fit, accuracy=accuracy)


@pytest.mark.parametrize(
    "name, sick, healthy",
    [
        ("target-out-of-reach", bounded(1.001), bounded(1.0)),
        ("targets-large", line(Y=101 + x_line / 1e3), line(Y=99 + x_line / 1e3)),
        ("rows-conflict", conflicting(3), conflicting(1)),
        ("inputs-large", x_with(0, 10.1), x_with(0, 9.9)),
        ("inputs-off-centre", x_with(5.05, 0.5), x_with(4.95, 0.5)),
        ("inputs-small", line(X=0.164 * x_line), line(X=0.166 * x_line)),
        ("column-constant", SICK["column-constant"], dict(net=MOONS, X=X_MOONS * [1, 0], Y=Y_MOONS)),
        ("rows-far", coded(-45.0), coded(-15.0)),
        ("class-absent", SICK["class-absent"], three(one_hot(y_three, 3))),
        ("symmetric-units", twins(0), twins(1e-6)),
        ("dead-units", relu_with_dead(4), relu_with_dead(3)),
        ("saturated-units", saturated(4), saturated(3)),
        ("deltas-vanish", chain(7), chain(3)),
        ("deltas-explode", relu_chain(10), relu_chain(2)),
        ("penalty-large", penalised(1.1), penalised(0.9)),
        ("step-too-small", slow(0.9), slow(3)),
        ("cost-not-finite", costs([0.7, np.inf]), costs([0.7, 0.6])),
        ("cost-rises", costs([0.7, 0.71, 0.71, 0.71]), costs([0.7, 0.71, 0.69, 0.69])),
        ("cost-oscillates", swinging(0.06), swinging(0.04)),
        ("cost-stalls", costs(0.4 * 0.9991 ** np.arange(37.0)), costs(0.4 * 0.9988 ** np.arange(41.0))),
        ("cost-stalls", costs([0.7] + [0.35] * 40), costs([0.7] + [0.33] * 40)),
        ("cost-still-falls", costs(np.linspace(0.7, 0.55, 21)), costs(np.linspace(0.7, 0.57, 21))),
        ("cost-still-falls", costs(np.linspace(0.73, 0.7, 6)), costs(np.linspace(0.68, 0.65, 6))),
        ("cost-still-falls", costs(np.linspace(0.7, 0.35, 21)), costs(np.linspace(0.7, 0.33, 21))),
        ("predictions-constant", flat_answers(0.009), flat_answers(0.011)),
        ("accuracy-computed", told(0.98), told(1.0)),
    ],
)  # fmt: skip
def test_each_limit_has_two_sides(name, sick, healthy):
    assert name in checkup(**sick).names
    assert name not in checkup(**healthy).names


def test_a_penalty_at_the_limit_does_cost_what_is_said():
    theta, lam = MOONS.init(0), penalised(1.0)["lam"]
    ends = [sgd(MOONS, theta, X_MOONS, Y_MOONS, lr=0.5, epochs=2000, lam=value).theta for value in (0, lam)]
    without, with_it = (MOONS.cost(end, X_MOONS, Y_MOONS) for end in ends)
    assert with_it > 10 * without


# The step.


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid", "ignore:training diverged")
@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_the_limit_of_the_step_is_that_of_a_quadratic(momentum):
    """One linear unit: the cost is ½ (θ - θ*)ᵀ H (θ - θ*), and H is known."""
    X, theta = 2 * x_line + 0.5, np.array([0.3, -0.2])
    H = np.array([[1, X.mean()], [X.mean(), (X * X).mean()]])
    limit = largest_rate(np.linalg.eigvalsh(H)[-1], momentum)
    found = largest_curvature(LINE, theta, X, X, tolerance=1e-12)
    assert found.converged and abs(found.value / np.linalg.eigvalsh(H)[-1] - 1) < 1e-10
    for factor, diverges in (0.98, False), (1.02, True):
        lr = factor * limit
        costs = sgd(LINE, theta, X, 3 * X + 1, lr=lr, epochs=2000, momentum=momentum).history
        assert (not costs[-1] < 1e6 * costs[0]) == diverges and (costs[-1] < 1e-9 * costs[0]) != diverges
        names = checkup(LINE, X, 3 * X + 1, theta, lr, momentum=momentum).names
        assert ("step-too-large" in names) == diverges


def test_batches_have_a_limit_of_their_own():
    """Learning rate 4 with momentum and single samples: below the limit of all samples together, and it explodes."""
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((60, 4)), one_hot(rng.integers(0, 3, 60), 3)
    net = Network((4, 8, 3), "sigmoid", "softmax", "cross_entropy")
    theta = net.init(0)
    fit = sgd(net, theta, X, Y, lr=4, momentum=0.9, batch_size=1, epochs=20)
    assert checkup(net, X, Y, fit=fit).names[0] == "cost-rises"
    assert checkup(net, X, Y, theta, 4, momentum=0.9, batch_size=1).names == ("step-too-large",)
    assert checkup(net, X, Y, theta, 0.1, batch_size=1).names == ()


def test_above_the_limit_of_a_quadratic_is_no_finding_where_the_cost_falls():
    """At the edge of stability the curvature gives way; the result says so without accusing."""
    net = Network((2, 16, 1), "tanh")
    theta = net.init(0)
    lr = 1.3 * largest_rate(largest_curvature(net, theta, X_MOONS, Y_MOONS).value)
    found = checkup(net, X_MOONS, Y_MOONS, theta, lr)
    assert found.names == () and "above the limit" in " ".join(found.looked)


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid", "ignore:training diverged")
def test_unscaled_inputs_explain_the_rate_that_blows_up():
    X = np.arange(100.0)[:, None]
    found = checkup(LINE, X, 0.1 * X + 0.3, LINE.init(0), lr=0.5)
    assert found.names[:2] == ("step-too-large", "inputs-large") and "standardised" in found[0].evidence
    fit = sgd(LINE, LINE.init(0), X, 0.1 * X + 0.3, lr=0.5, epochs=300)
    assert set(checkup(LINE, X, 0.1 * X + 0.3, fit=fit).names) >= {"inputs-large", "cost-not-finite"}


# Curvature.


@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "leaky_relu"])
@pytest.mark.parametrize(
    "output, loss",
    [("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy"), ("softmax", "mse"), ("tanh", "half_squared")],
)
def test_products_with_the_hessian_are_exact(hidden, output, loss):
    """Against central differences of the gradient, good to some 1e-9 away from kinks; and the matrix is symmetric."""
    net = Network((3, 5, 4, 2), hidden, output, loss)
    theta, X, Y = draw(net, 7)
    rng = np.random.default_rng(1)
    u, v = rng.standard_normal((2, theta.size))
    Hu, Hv = (hessian_vector(net, theta, w, X, Y, 0.7) for w in (u, v))
    h = 1e-5
    central = (net.grad(theta + h * v, X, Y, 0.7) - net.grad(theta - h * v, X, Y, 0.7)) / (2 * h)
    assert relative_error(Hv, central) < 1e-7
    assert abs(u @ Hv - v @ Hu) < 1e-12 * abs(u) @ abs(Hv)


def test_at_a_kink_the_product_is_that_of_one_piece():
    """A difference that steps across a kink of ReLU meets a jump of the slope that no second derivative contains."""
    net = Network((1, 1), output="relu", loss="half_squared")
    theta, X, Y, v = np.array([1e-7, 1.0]), np.zeros((1, 1)), np.ones((1, 1)), np.array([1.0, 0.0])
    central = (net.grad(theta + 1e-5 * v, X, Y) - net.grad(theta - 1e-5 * v, X, Y)) / 2e-5
    assert hessian_vector(net, theta, v, X, Y)[0] == 1 and abs(central[0]) > 1e4


def test_the_largest_curvature_is_the_largest_eigenvalue():
    """Also where the eigenvalue of largest magnitude is negative; an iteration that is stopped stays below."""
    signs = set()
    for seed in range(6):
        net = Network((3, 4, 2), "tanh", "tanh", "half_squared")
        theta, X, Y = draw(net, 8, seed)
        columns = [hessian_vector(net, theta, unit, X, 3 * Y) for unit in np.eye(theta.size)]
        eigenvalues = np.linalg.eigvalsh(np.array(columns))
        found = largest_curvature(net, theta, X, 3 * Y, tolerance=1e-10, most=5000)
        assert found.value == pytest.approx(eigenvalues[-1], rel=1e-5)
        assert largest_curvature(net, theta, X, 3 * Y, most=3).value <= eigenvalues[-1] * (1 + 1e-12)
        signs.add(bool(-eigenvalues[0] > eigenvalues[-1]))
    assert signs == {True, False}


# What is said about what.


def test_dead_units_are_no_complaint_where_the_network_has_learnt():
    x = np.linspace(-1, 1, 40)[:, None]
    net = Network((1, 10, 10, 1), "relu", "identity", "half_squared")
    for seed in range(2):
        theta = net.init(seed, "he_normal")
        fit = sgd(net, theta, x, np.sin(3 * x), lr=0.1, epochs=150, batch_size=20, momentum=0.5)
        dead = [(a == 0).all(axis=0).mean() for a in net.forward(fit.theta, x).a[1:3]]
        if max(dead) >= limits.MOST_OF_A_LAYER:
            assert checkup(net, x, np.sin(3 * x), fit=fit).names == ()
            return
    raise AssertionError("neither start ends with half of a layer dead")


def test_what_was_not_given_is_named():
    found = checkup(MOONS, X_MOONS, Y_MOONS)
    said = " ".join(found.skipped)
    assert len(found) == 0 and not found and "Nothing found" in repr(found)
    assert all(word in said for word in ("theta", "lr", "fit"))
    whole = checkup(MOONS, X_MOONS, Y_MOONS, lr=0.3, fit=sgd(MOONS, MOONS.init(0), X_MOONS, Y_MOONS, lr=0.3))
    assert whole.skipped == ()


def test_repaired_labels_are_looked_at_further():
    """The rest of the checkup sees one-hot rows, so a second illness is found as well."""
    theta = np.zeros(THREE.n_params)
    assert checkup(THREE, X_THREE, y_three + 1, theta).names == ("labels-from-one", "symmetric-units")
    assert checkup(THREE, X_THREE, y_three, THREE.init(0), lr=0.1).names == ("labels-not-one-hot",)
    assert checkup(MOONS, X_MOONS, y_moons, MOONS.init(0), lr=0.1).names == ("target-shape",)


def test_numbers_in_the_evidence():
    assert "(200, 200)" in checkup(**SICK["target-shape"])[0].evidence
    assert checkup(**SICK["cost-not-finite"])[0].where == "epoch 3"
    assert checkup(**SICK["cost-rises"])[0].where == "since epoch 1"
    assert "log 2" in checkup(MOONS, X_MOONS, Y_MOONS, fit=[np.log(2)] * 30)[0].evidence
    assert "column 1" in checkup(**SICK["inputs-large"])[0].where
    conflict = checkup(**SICK["rows-conflict"])[0].evidence
    assert "80 of 240" in conflict and f"{80 * math.log(2) / 240:.4g}" in conflict
    assert "8 of 8" in checkup(**SICK["dead-units"])[0].evidence


def test_equal_rows_with_equal_targets_are_harmless():
    found = checkup(MOONS, np.vstack([X_MOONS] * 2), np.vstack([Y_MOONS] * 2))
    assert found.names == () and "harmless" in " ".join(found.looked)


@pytest.mark.parametrize(
    "way, word",
    [
        (lambda A, Y: A.argmax() == Y.argmax(), "without an axis"),
        (lambda A, Y: (A.argmax(axis=0) == Y.argmax(axis=0)).mean(), "axis=0"),
        (lambda A, Y: (A.argmax(axis=1)[:, None] == Y.argmax(axis=1)).mean(), "every other"),
        (lambda A, Y: (A.round() == Y).mean(), "entries"),
        (lambda A, Y: (A.argmax(axis=1) == Y.argmax(axis=1) + 1).mean(), "off by one"),
    ],
)
def test_wrong_accuracies_are_recognised(way, word):
    X, Y = X_DIGITS[:500], Y_DIGITS[:500]
    net = Network((64, 25, 10), "tanh", "softmax", "cross_entropy")
    fit = sgd(net, net.init(0), X, Y, lr=0.5, epochs=30)
    found = checkup(net, X, Y, fit=fit, accuracy=float(way(net.predict(fit.theta, X), Y)))
    assert found.names[0] == "accuracy-computed" and word in found[0].evidence


@pytest.mark.parametrize(
    "given, error, word",
    [
        (dict(net="moons"), TypeError, "net"),
        (dict(X=np.where(X_MOONS > 1, np.nan, X_MOONS)), ValueError, "X"),
        (dict(X=X_MOONS.T), ValueError, "X"),
        (dict(Y=Y_MOONS[:-1]), ValueError, "Y"),
        (dict(Y=np.array([["a"]] * 200)), TypeError, "Y"),
        (dict(Y=Y_MOONS * np.nan), ValueError, "Y"),
        (dict(theta=np.zeros(3)), ValueError, "theta"),
        (dict(lr=-1), ValueError, "lr"),
        (dict(momentum=1), ValueError, "momentum"),
        (dict(lam="much"), TypeError, "lam"),
        (dict(batch_size=201), ValueError, "batch_size"),
        (dict(fit="good"), TypeError, "fit"),
        (dict(fit=0.3), TypeError, r"fit=0\.3 \(float\)"),
        (dict(fit={"loss": [1.0, 2.0]}), TypeError, r"history\['loss'\]"),
    ],
)
def test_arguments_that_no_finding_explains_are_refused(given, error, word):
    with pytest.raises(error, match=word):
        checkup(**{**moons(), **given})


def test_nothing_given_is_changed():
    theta, X, Y = MOONS.init(0), X_MOONS.copy(), Y_MOONS.copy()
    fit = sgd(MOONS, theta, X, Y, lr=0.3, epochs=20)
    before = [a.copy() for a in (theta, X, Y, fit.theta, fit.history)]
    checkup(MOONS, X, Y, theta, 0.3, fit, batch_size=20, lam=0.1)
    assert all(np.array_equal(a, b) for a, b in zip(before, (theta, X, Y, fit.theta, fit.history)))


def test_labels_with_signs_are_repaired_for_two_outputs():
    net, labels = Network((2, 4, 2), "tanh", "softmax", "cross_entropy"), np.array([-1.0, 1, 1, -1, 1])
    X = RNG.standard_normal((5, 2))
    found, right = checkup(net, X, labels, net.init(0)), checkup(net, X, one_hot((labels > 0) * 1, 2), net.init(0))
    assert found.names[0] == "labels-signed" and found.looked == right.looked
    assert checkup(net, X, labels - 1, net.init(0)).names[0] == "labels-not-counted"


@pytest.mark.parametrize("labels, cure", [(y_three - 1, "one_hot(labels + 1, 3)"), (y_three + 5, "one_hot(labels - 5")])
def test_labels_that_count_from_elsewhere_are_repaired(labels, cure):
    found, right = (checkup(THREE, X_THREE, Y, THREE.init(0)) for Y in (labels, one_hot(y_three, 3)))
    assert found.names == ("labels-not-counted",) and cure in found[0].cure and found.looked == right.looked


def test_labels_with_gaps_are_no_labels_too_many():
    found = checkup(THREE, X_THREE, 2 * y_three)
    assert found.names == ("labels-not-counted",) and "np.unique" in found[0].cure and "5 outputs" in found[0].cure


@pytest.mark.parametrize("size, name", [(1e200, "cost-not-finite"), (1e100, "step-too-large")])
def test_inputs_that_overflow_are_told_as_such(size, name):
    """Theta is finite: what is not are the products, and the steps of a trial."""
    net = Network((4, 4, 1), "relu", "identity", "mse")
    found = checkup(net, X_THREE * size, y_three[:, None], net.init(0), lr=0.1, lam=0.1)
    assert found.names[:2] == (name, "inputs-large") and "inf times" not in repr(found)


def test_one_sample_is_no_row_of_equal_ones():
    found = checkup(MOONS, X_MOONS[:1], Y_MOONS[:1], MOONS.init(0))
    assert found.names == () and "different" not in repr(found)


@pytest.mark.parametrize("spoilt", [[5], [5, 7]])
def test_one_broken_parameter_is_named_alone(spoilt):
    theta = THREE.init(0)
    theta[spoilt] = np.nan
    found = next(
        f for f in checkup(THREE, X_THREE, one_hot(y_three, 3), theta).findings if f.name == "theta-not-finite"
    )
    name = THREE.params(np.zeros(THREE.n_params)).name_of(5)
    assert found.where == name + " and others" * (len(spoilt) > 1)


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid", "ignore:training diverged")
@pytest.mark.parametrize("lr, hidden", [(5.0, "tanh"), (0.3, "relu"), (0.4, "relu")])
def test_what_a_diverged_training_left_behind_is_not_examined(lr, hidden):
    """Units, curvature and rate of a wreck are effects; the start is asked for, and there the rate is measured."""
    X = np.linspace(-2, 2, 40)[:, None]
    Y, net = 20 * np.sin(2 * X), Network((1, 12, 1), hidden, "identity", "mse")
    theta = net.init(1)
    fit = sgd(net, theta, X, Y, lr=lr, epochs=4 if lr == 0.4 else 300)
    found = checkup(net, X, Y, lr=lr, fit=fit)
    assert found.names in [("cost-not-finite",), ("cost-rises",)], repr(found)
    assert f"lr = {lr / 10:.1g}" in found[0].cure and "theta=" in found[0].cure
    assert sum("theta=" in text for text in found.skipped) == 2
    assert found.names == checkup(net, X, Y, fit.theta, lr, fit).names
    start = checkup(net, X, Y, theta, lr, fit)
    rate = float(re.match(r"lr = ([\d.e-]+)", start[0].cure)[1])
    assert start.names[0] == "step-too-large" and sgd(net, theta, X, Y, lr=rate, epochs=100).history[-1] < 200


def test_a_training_that_diverged_in_its_first_epoch_still_has_its_start():
    theta = MOONS.init(0)
    fit = Fit(theta, np.array([MOONS.cost(theta, X_MOONS, Y_MOONS), np.inf]))
    assert checkup(MOONS, X_MOONS, Y_MOONS, lr=60.0, fit=fit).names == ("step-too-large", "cost-not-finite")


def test_a_penalty_where_the_loss_is_flat():
    """Dead units and a saturated softmax leave no curvature to hold the penalty against."""
    net = Network((4, 6, 3), "relu", "softmax", "cross_entropy")
    theta = with_biases(net, -50)
    net.params(theta).b[2][0] = 1000
    found = checkup(net, X_THREE, one_hot(y_three, 3), theta, lam=60.0)
    penalty = next(finding for finding in found if finding.name == "penalty-large")
    assert "nothing holds" in penalty.evidence and "lam = 0" in penalty.cure


def test_a_penalty_comes_before_the_deltas_that_it_makes_vanish():
    net, Y = Network((4, 6, 3), "tanh", "softmax", "cross_entropy"), one_hot(y_three, 3)
    fit = sgd(net, net.init(0), X_THREE, Y, lr=0.1, lam=120.0, epochs=200)
    assert checkup(net, X_THREE, Y, lr=0.1, fit=fit, lam=120.0).names[0] == "penalty-large"


def noisy(net, noise, **given):
    rng = np.random.default_rng(0)
    X = rng.standard_normal((200, 2))
    Y = X[:, :1] + noise * rng.standard_normal((200, 1))
    Y = Y if net.activations[-1].name == "identity" else (Y > 0) * 1.0
    return dict(net=net, X=X, Y=Y, lr=0.3, fit=sgd(net, net.init(0), X, Y, lr=0.3, epochs=400), **given)


@pytest.mark.parametrize("net", [Network((2, 1), output="identity", loss="half_squared"), Network((2, 1))])
def test_a_linear_network_at_its_only_minimum_is_done(net):
    found = checkup(**noisy(net, 1.5))
    assert found.names == () and "the least that this network can reach" in " ".join(found.looked)
    halfway = noisy(net, 1.5)
    halfway["fit"] = Fit(0.9 * halfway["fit"].theta, halfway["fit"].history)
    assert checkup(**halfway).names == ("cost-stalls",)


def test_noisy_data_and_a_stall_are_not_told_apart():
    found = checkup(**noisy(Network((2, 8, 1), "tanh"), 1.5))
    assert found.names == ("cost-stalls",) and found[0].severity == 1 and "noisy" in found[0].evidence


def test_a_start_from_which_the_network_has_learnt_is_not_accused_of_small_deltas():
    """The last layer begins at zero, so that no delta gets through before the first step."""
    theta = MOONS.init(0)
    MOONS.params(theta).W[2][:] = 0
    fit = sgd(MOONS, theta, X_MOONS, Y_MOONS, lr=1.0, epochs=1000)
    assert checkup(MOONS, X_MOONS, Y_MOONS, theta, 1.0, fit).names == ()
    assert checkup(MOONS, X_MOONS, Y_MOONS, theta, 1.0).names == ("deltas-vanish",)


@pytest.mark.parametrize("net", [Network((2, 1)), Network((2, 6, 1), "identity")])
def test_a_linear_network_that_stands_still_is_called_linear(net):
    fit = sgd(net, net.init(0), X_XOR, Y_XOR, lr=0.5, epochs=500)
    found = checkup(net, X_XOR, Y_XOR, lr=0.5, fit=fit)
    assert found.names[0] == "cost-stalls" and "linear" in found[0].evidence and "bend" in found[0].cure


def test_a_cost_at_the_floor_of_equal_rows_is_worth_no_more_than_a_look():
    X, Y = np.vstack([X_MOONS] * 2), np.vstack([Y_MOONS, 1 - Y_MOONS])
    found = checkup(MOONS, X, Y, fit=[0.7] + [math.log(2)] * 40)
    assert found.names == ("rows-conflict", "cost-stalls") and found[1].severity == 1 and "floor" in found[1].evidence


def test_sorted_rows_are_no_complaint_where_the_batches_are_drawn_anew():
    assert "sorted by class" in checkup(**SICK["cost-above-trial"])[0].evidence
    for seed in range(3):
        assert "cost-above-trial" not in checkup(**in_order(shuffle=True, seed=seed)).names


def test_equal_costs_say_nothing_of_the_update_where_there_is_no_slope():
    theta = MOONS.params(np.zeros(MOONS.n_params))
    costs = [MOONS.cost(theta.theta, X_MOONS, Y_MOONS)] * 30
    assert "theta-not-updated" not in checkup(MOONS, X_MOONS, Y_MOONS, theta.theta, 0.5, costs).names
    assert "theta-not-updated" not in checkup(MOONS, X_MOONS, Y_MOONS, MOONS.init(0), 0.5, [0.78] * 30).names


@pytest.mark.parametrize("columns", [2, 3])
def test_the_cure_of_one_hot_rows_for_one_output_is_one_that_fits(columns):
    net, Y = Network((4, 6, 1)), one_hot(np.arange(60) % columns, columns)
    cure = checkup(net, X_THREE, Y)[0].cure
    assert "one_hot(" not in cure and ("Y[:, 1:]" in cure) == (columns == 2)
    again = eval(cure[cure.index("Network(") :].rstrip("."))  # what is told builds a network that takes Y
    assert checkup(again, X_THREE, Y).names == ()
    assert columns == 3 or checkup(net, X_THREE, Y[:, 1:]).names == ()


@pytest.mark.parametrize("loss", ["cross_entropy", "mse"])
@pytest.mark.parametrize("K", [1, 3])
def test_a_softmax_that_should_be_a_sigmoid(loss, K):
    """Several classes at once, and one unit, whose softmax is always 1."""
    Y = (np.random.default_rng(2).standard_normal((60, K)) > 0) * 1.0
    found = checkup(Network((4, 6, K), "tanh", "softmax", loss), X_THREE, Y)
    assert found.names[0] == "rows-not-distributions" and "binary_cross_entropy" in found[0].cure
    assert "out of range" not in found[0].evidence
    assert checkup(Network((4, 6, K), "tanh"), X_THREE, Y).names == ()


@pytest.mark.parametrize("loss, found", [("mse", ("saturated-output",)), ("cross_entropy", ())])
def test_a_saturated_softmax_is_told_its_loss(loss, found):
    net = Network((4, 6, 3), "tanh", "softmax", loss)
    checked = checkup(net, X_THREE, one_hot(y_three, 3), with_biases(net, [25, 0, 0], layer=2))
    assert checked.names == found and all("cross_entropy for softmax" in finding.cure for finding in checked)


def test_the_cure_of_small_deltas_is_none_that_the_network_has():
    net = Network((2, 8, 8, 1), "tanh")
    small = checkup(net, X_MOONS, Y_MOONS, 1e-4 * net.init(0))[0]
    assert small.name == "deltas-vanish" and "Larger first weights" in small.cure and "tanh" not in small.cure
    assert "tanh instead of sigmoid" in checkup(**SICK["deltas-vanish"])[0].cure
    saturated = checkup(net, X_MOONS, Y_MOONS, with_biases(net, 12))
    vanish = [finding.cure for finding in saturated if finding.name == "deltas-vanish"]
    assert vanish and "ReLU" in vanish[0] and "tanh" not in vanish[0]


def test_units_that_agree_to_nine_digits_are_copies():
    assert "symmetric-units" in checkup(**twins(1e-9)).names


def test_rows_that_make_a_column_large_are_named_before_it():
    assert checkup(**coded()).names == ("rows-far",) and "-999" in checkup(**SICK["rows-far"])[0].cure
    assert checkup(**coded(-99999.0, scale=300)).names == ("rows-far", "inputs-large")
    Y = x_line.copy()
    Y[3] = 1e4
    assert checkup(**line(Y=Y)).names == ("rows-far",) and checkup(**line(Y=1e4 * x_line)).names == ("targets-large",)


def test_a_cost_above_that_of_a_constant_is_not_told_in_percent():
    Y = 1e-4 * np.sin(3 * x_line)
    net = Network((1, 8, 1), "tanh", "identity", "mse")
    found = checkup(net, x_line, Y, fit=sgd(net, net.init(0), x_line, Y, lr=0.05, epochs=200))
    assert found.names == ("cost-still-falls",) and "%" not in found[0].evidence and "Y.std" in found[0].cure
    assert checkup(net, x_line, 0 * Y, fit=[0.3, 0.2, 0.1, 0.05, 0.02]).names == ("targets-constant",)
