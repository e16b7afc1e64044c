"""Cost and gradient against independent truth: 50 digits from the definitions, HIPS autograd, and scikit-learn."""

import warnings
from itertools import product

import numpy as np
import pytest
import witnesses
from mpmath import mp
from sklearn.neural_network import MLPClassifier, MLPRegressor
from support import OUTPUTS_AND_LOSSES, draw, relative

from bpcore import ACTIVATIONS, LOSSES, Activation, Loss, Network, adam, one_hot, sgd

SIZES, M, LAM = (3, 4, 3, 2), 3, 0.7
COMBINATIONS = [(hidden, *pair) for hidden, pair in product(ACTIVATIONS, OUTPUTS_AND_LOSSES)]
LINKED = [(loss.link, loss.name) for loss in LOSSES.values() if loss.link]

# The longest path through these networks takes some thirty roundings of 1.1e-16 one after the other: 3.3e-15 if all
# of them fell on the
# same side. The cost is a sum of terms that are not negative, so that nothing cancels in it and half of that will do.
COST_BOUND, GRADIENT_BOUND = 2e-15, 4e-15


def living(net, m, seed):
    """The first draw from ``seed`` on whose data have a say in the gradient: of relu outputs some draws are dead
    altogether.

    The parameters are half as large as usual, so that 1 - a and 1 - a² keep their digits: what they lose in a
    saturated unit is the
    formula's to lose, and autograd's too.
    """
    for other in range(seed, seed + 10):
        theta, X, Y = draw(net, m, other)
        theta *= 0.5
        if net.grad(theta, X, Y).any():
            return theta, X, Y
    raise AssertionError("a gradient without the data would agree with anything")


def against_50_digits(net, theta, X, Y, lam=LAM, n=None, digits=witnesses.DIGITS):
    """The relative errors of bpcore's cost and of its gradient."""
    cost, gradient = witnesses.mp_cost_and_gradient(net, theta, X, Y, lam, n, digits)
    return witnesses.mp_relative([net.cost(theta, X, Y, lam, n)], [cost]), witnesses.mp_relative(
        net.grad(theta, X, Y, lam, n), gradient
    )


def against_autograd(net, theta, X, Y, lam=LAM, n=None):
    cost, gradient = witnesses.autograd_cost_and_gradient(net, theta, X, Y, lam, n)
    return relative(net.cost(theta, X, Y, lam, n), cost), relative(net.grad(theta, X, Y, lam, n), gradient)


# The witness itself.


@pytest.mark.parametrize("hidden, output, loss", COMBINATIONS)
def test_the_chain_rule_in_50_digits_is_the_limit_of_quotients(hidden, output, loss):
    """A slip in the witness's own chain rule would show here: its error is that of the quotient, some h² = 1e-120,
    and of 50 digits.
    """
    net = Network((2, 3, 2), hidden=hidden, output=output, loss=loss)
    theta, X, Y = living(net, 2, 0)
    cost, gradient = witnesses.mp_cost_and_gradient(net, theta, X, Y, LAM, 5)
    for k in 0, 4, net.n_params - 1:
        quotient = witnesses.mp_difference_quotient(net, theta, X, Y, LAM, 5, k)
        assert abs(gradient[k] - quotient) <= mp.mpf("1e-50") * mp.norm(gradient)
    with mp.workdps(2 * witnesses.DIGITS):
        assert abs(witnesses.mp_cost(net, [mp.mpf(x) for x in theta], X, Y, LAM, 5) / cost - 1) <= mp.mpf("1e-50")


def test_the_witness_by_hand():
    """Two samples of one linear unit: losses 1/2 and 8, and the gradient (1, 1·1), (-4, -4·-2) on average; λ = 8 adds
    18 and 12.
    """
    net = Network((1, 1), output="identity", loss="half_squared")
    cost, gradient = witnesses.mp_cost_and_gradient(net, [2.0, 3.0], [[1.0], [-2.0]], [[4.0], [0.0]], 8)
    assert cost == 22.25 and gradient == [-1.5, 16.5]
    cost, gradient = witnesses.autograd_cost_and_gradient(
        net, np.array([2.0, 3.0]), np.array([[1.0], [-2.0]]), np.array([[4.0], [0.0]]), 8
    )
    assert cost == 22.25 and gradient.tolist() == [-1.5, 16.5]


@pytest.mark.parametrize("witness", [against_50_digits, against_autograd])
@pytest.mark.parametrize("kind", ["activation", "loss"])
def test_a_record_without_a_twin_is_asked_for(witness, kind, monkeypatch):
    monkeypatch.setitem(
        ACTIVATIONS, "cube", Activation("cube", lambda z, out=None: np.power(z, 3, out=out), lambda z, a: 3 * z * z)
    )
    monkeypatch.setitem(
        LOSSES, "quartic", Loss("quartic", lambda a, y: ((a - y) ** 4).sum(axis=1), lambda a, y: 4 * (a - y) ** 3)
    )
    net = Network((2, 3, 2), hidden="cube" if kind == "activation" else "tanh", output="identity", loss="quartic")
    name, registry = ("'cube'", "ACTIVATIONS") if kind == "activation" else ("'quartic'", "LOSSES")
    with pytest.raises(
        AssertionError, match=rf"{registry} has {name} and \w+_{registry} in tests/witnesses.py has no twin of it"
    ):
        witness(net, *draw_any(net))


def draw_any(net):
    rng = np.random.default_rng(0)
    return rng.standard_normal(net.n_params), rng.standard_normal((2, 2)), rng.standard_normal((2, 2))


SPOILT = {  # twins are found by the record's name, so that these are held against the true ones
    "f": Network(
        (3, 4, 2),
        Activation("tanh", lambda z, out=None: np.multiply(np.tanh(z), 1 + 1e-13, out=out), lambda z, a: 1 - a * a),
    ),
    "derivative": Network(
        (3, 4, 2), Activation("tanh", lambda z, out=None: np.tanh(z, out=out), lambda z, a: (1 - a * a) * (1 + 1e-12))
    ),
    "loss": Network(
        (3, 4, 2),
        "tanh",
        "identity",
        Loss("mse", lambda a, y: ((a - y) ** 2).mean(axis=1) * (1 + 1e-13), LOSSES["mse"].slope),
    ),
    "slope": Network(
        (3, 4, 2),
        "tanh",
        "identity",
        Loss("mse", LOSSES["mse"].value, lambda a, y: 2 * (a - y) / y.shape[1] * (1 + 1e-12)),
    ),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_the_comparison_can_fail(spoilt):
    """A relative slip of 1e-13 in a value or of 1e-12 in a derivative is seen, and the same network without it
    passes.
    """
    net = SPOILT[spoilt]
    right = Network((3, 4, 2), "tanh", net.activations[-1].name, net.loss.name)
    task = draw(right, M)
    for witness in against_50_digits, against_autograd:
        errors, bounds = np.array(witness(net, *task)), (COST_BOUND, GRADIENT_BOUND)
        assert (errors > bounds).any()
        assert (np.array(witness(right, *task)) <= bounds).all()


# 50 digits.


@pytest.mark.parametrize("hidden, output, loss", COMBINATIONS)
def test_every_combination_to_50_digits(hidden, output, loss):
    net = Network(SIZES, hidden=hidden, output=output, loss=loss)
    for seed, n in (0, None), (20, 11):
        cost_error, gradient_error = against_50_digits(net, *living(net, M, seed), n=n)
        assert cost_error <= COST_BOUND and gradient_error <= GRADIENT_BOUND


@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
def test_other_shapes_to_50_digits(output, loss):
    """No hidden layer; one unit at the end; an activation of its own in each of three hidden layers, one of them a
    single unit.
    """
    for net in (
        Network((4, 3), output=output, loss=loss),
        Network((2, 3, 1), hidden="tanh", output=output, loss=loss),
        Network((2, 3, 1, 4, 3), hidden=("relu", "sigmoid", "softmax"), output=output, loss=loss),
    ):
        theta, X, Y = draw(net, 5)
        cost_error, gradient_error = against_50_digits(net, theta, X, Y)
        assert cost_error <= COST_BOUND and gradient_error <= GRADIENT_BOUND


ENDS = -1000.0, -700.0, -40.0, 0.5, 40.0, 700.0, 1000.0


@pytest.mark.parametrize("output, loss", LINKED)
@pytest.mark.parametrize("target", [(0.0, 1.0), (1.0, 0.0), (0.25, 0.75)])
def test_extreme_logits_one_sample_at_a_time(output, loss, target):
    """The logits are the biases themselves: no rounding comes before the loss.

    The cost takes five roundings, of terms that are not negative, and below 5e-324 there is no number but 0.
    The delta a - y takes four of numbers up to 1, so its error is bounded beside 1 and not beside itself.
    """
    net, X, Y = Network((1, 2), output=output, loss=loss), np.zeros((1, 1)), np.array([target])
    for one, other in product(ENDS, ENDS):
        theta, digits = np.array([one, 0.0, other, 0.0]), witnesses.enough(max(abs(one), abs(other), abs(one - other)))
        cost, gradient = witnesses.mp_cost_and_gradient(net, theta, X, Y, digits=digits)
        with mp.workdps(digits):
            assert abs(net.cost(theta, X, Y) - cost) <= 8e-16 * cost + mp.mpf("5e-324"), (one, other)
            assert max(abs(g - exact) for g, exact in zip(net.grad(theta, X, Y), gradient)) <= 4.5e-16, (one, other)


@pytest.mark.parametrize("size", [40, 700, 1000])
@pytest.mark.parametrize("output, loss", LINKED)
def test_a_network_with_extreme_logits(output, loss, size):
    """The last layer is scaled until its largest logit is ±size: in a batch some of these are right and some are
    wrong.
    """
    net = Network(SIZES, hidden="tanh", output=output, loss=loss)
    theta, X, _ = draw(net, 6)
    net.params(theta).Theta[3][...] *= size / abs(net.forward(theta, X).z[3]).max()
    Y = one_hot([0, 1, 1, 0, 0, 1], 2)
    assert abs(net.forward(theta, X).z[3]).max() == pytest.approx(size)
    cost_error, gradient_error = against_50_digits(net, theta, X, Y, lam=1e-3, digits=witnesses.enough(2 * size))
    assert cost_error <= COST_BOUND and gradient_error <= GRADIENT_BOUND


# HIPS autograd.


@pytest.mark.parametrize("hidden, output, loss", COMBINATIONS)
def test_every_combination_by_autograd(hidden, output, loss):
    """Larger networks and batches."""
    net = Network((5, 8, 6, 4), hidden=hidden, output=output, loss=loss)
    for seed, n in (0, None), (20, 50):
        cost_error, gradient_error = against_autograd(net, *living(net, 12, seed), n=n)
        assert cost_error <= 1e-14 and gradient_error <= 5e-14


# scikit-learn, beyond the trajectories of test_training.py and test_against_sklearn.py.

SKLEARN_NAMES = {"identity": "identity", "sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}  # it has no others
TASKS = {
    "binary": (1, "sigmoid", "binary_cross_entropy"),
    "multilabel": (3, "sigmoid", "binary_cross_entropy"),
    "classes": (3, "softmax", "cross_entropy"),
    "one target": (1, "identity", "half_squared"),
    "targets": (3, "identity", "half_squared"),
}


def data(task, net, m):
    """X, Y for bpcore, and what scikit-learn takes for Y."""
    rng = np.random.default_rng(1)
    X, K = rng.standard_normal((m, net.sizes[0])), net.sizes[-1]
    if task == "classes":
        labels = rng.permutation(np.arange(m) % K)
        return X, one_hot(labels, K), labels
    Y = X[:, :1] * rng.standard_normal((m, K)) if "target" in task else (rng.random((m, K)) < 0.5) * 1
    return X, Y, Y if K > 1 else Y[:, 0]


def sklearn_model(task, net, theta, X, given, **settings):
    """A model of scikit-learn's that stands at theta; its next ``fit`` begins there, and its optimiser at rest."""
    kind = MLPRegressor if "target" in task else MLPClassifier
    model = kind(
        hidden_layer_sizes=net.sizes[1:-1],
        shuffle=False,
        max_iter=1,
        warm_start=True,
        tol=0,
        n_iter_no_change=10**6,
        **settings,
    )
    fit_quietly(model, X, given)
    p = net.params(theta)
    for l in range(1, net.L + 1):
        model.coefs_[l - 1][...], model.intercepts_[l - 1][...] = p.W[l].T, p.b[l]
    return model


def fit_quietly(model, X, given):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not having converged is what the number of epochs asks for
        return model.fit(X, given)


def its_theta(model, net):
    p = net.params(np.empty(net.n_params))
    for l in range(1, net.L + 1):
        p.W[l][...], p.b[l][...] = model.coefs_[l - 1].T, model.intercepts_[l - 1]
    return p.theta


FAR = 2.0**80


def sklearn_loss_and_gradient(task, hidden, net, theta, X, given, alpha):
    """From one step of plain descent that is so long that the start is lost in it: what is left, divided by the rate,
    is the gradient.
    """
    model = sklearn_model(
        task,
        net,
        theta,
        X,
        given,
        activation=SKLEARN_NAMES[hidden],
        solver="sgd",
        momentum=0.0,
        learning_rate_init=FAR,
        alpha=alpha,
        batch_size=len(X),
    )
    fit_quietly(model, X, given)
    return model.loss_, -its_theta(model, net) / FAR


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("hidden", SKLEARN_NAMES)
def test_gradient_is_scikit_learns(hidden, task):
    """Its alpha is λ on a full batch. Its loss of K targets is the mean over them and its gradient that of the sum
    (its issue 8349).
    """
    K, output, loss = TASKS[task]
    net = Network((4, 6, 5, K), hidden=hidden, output=output, loss=loss)
    X, Y, given = data(task, net, 30)
    theta = 0.5 * np.random.default_rng(0).standard_normal(net.n_params)
    its_loss, its_gradient = sklearn_loss_and_gradient(task, hidden, net, theta, X, given, alpha=LAM)
    assert relative(net.grad(theta, X, Y, LAM), its_gradient) <= GRADIENT_BOUND
    loss_alone = net.cost(theta, X, Y) / (K if output == "identity" else 1)
    assert relative(loss_alone + (net.cost(theta, X, Y, LAM) - net.cost(theta, X, Y)), its_loss) <= 1e-14


@pytest.mark.parametrize("solver", ["momentum", "adam"])
@pytest.mark.parametrize("hidden", ["relu", "sigmoid"])
@pytest.mark.parametrize("task", ["multilabel", "classes", "targets"])
def test_batches_with_l2_walk_like_scikit_learns(task, hidden, solver):
    """Four batches of 15 for 50 epochs. It divides alpha by the batch and bpcore λ by all samples: alpha = λ · 15 /
    60.
    """
    K, output, loss = TASKS[task]
    net = Network((4, 6, 5, K), hidden=hidden, output=output, loss=loss)
    X, Y, given = data(task, net, 60)
    theta = net.init(1)
    own = {
        "momentum": {"solver": "sgd", "momentum": 0.9, "nesterovs_momentum": False, "learning_rate_init": 0.02},
        "adam": {"solver": "adam", "learning_rate_init": 0.01},
    }[solver]
    model = sklearn_model(
        task, net, theta, X, given, activation=SKLEARN_NAMES[hidden], alpha=LAM * 15 / 60, batch_size=15, **own
    )
    fit_quietly(model.set_params(max_iter=50), X, given)
    rule = {
        "momentum": lambda *a, **k: sgd(*a, lr=0.02, momentum=0.9, **k),
        "adam": lambda *a, **k: adam(*a, lr=0.01, **k),
    }[solver]
    fit = rule(net, theta, X, Y, epochs=50, batch_size=15, shuffle=False, lam=LAM)
    assert abs(fit.theta - its_theta(model, net)).max() <= 1e-13
    assert abs(fit.theta - theta).max() > 0.1, "the parameters hardly moved, so their agreement says little"
    off = rule(net, theta, X, Y, epochs=50, batch_size=15, shuffle=False, lam=LAM * (1 + 1e-9))
    assert abs(off.theta - its_theta(model, net)).max() > 1e-12
