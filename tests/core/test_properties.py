"""What holds for every network: properties over networks, parameters and data that hypothesis draws from the
registries.
"""

import inspect
from dataclasses import dataclass

import numpy as np
import pytest
import witnesses
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from mpmath import mp
from support import OUTPUTS_AND_LOSSES, draw

import bpcore
from bpcore import (
    ACTIVATIONS,
    LOSSES,
    METHODS,
    SCHEMES,
    Network,
    adam,
    check_gradient,
    leaky_relu,
    load,
    one_hot,
    relative_error,
    save,
    sgd,
    train,
)

settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    max_examples=100,
    print_blob=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # the same examples in every run, however slow the machine
STEADY = settings.get_profile("steady")
FEWER = settings(STEADY, max_examples=40)

ROUNDING = np.finfo(float).eps
LINKED = [loss for loss in LOSSES.values() if loss.link]
SMOOTH = sorted(name for name, record in ACTIVATIONS.items() if not record.kink)
HOMOGENEOUS = "identity", "relu", "leaky_relu"  # f(c z) = c f(z) for c > 0
widths = st.integers(1, 5)
any_hidden, any_end = st.sampled_from(sorted(ACTIVATIONS)), st.sampled_from(OUTPUTS_AND_LOSSES)
few_layers, few_samples, penalties = st.integers(1, 4), st.integers(1, 6), st.sampled_from([0.0, 0.1, 3.0])
seeds = st.integers(0, 2**32 - 1)


@st.composite
def networks(draw, hidden=any_hidden, outputs_and_losses=any_end, layers=few_layers):
    L = draw(layers)
    output, loss = draw(outputs_and_losses)
    return Network([draw(widths) for _ in range(L + 1)], [draw(hidden) for _ in range(L - 1)], output, loss)


@dataclass
class Task:
    """A network with parameters, data and a penalty; its repr is what is needed to make it again."""

    net: Network
    m: int
    seed: int
    lam: float

    def __post_init__(self):
        self.theta, self.X, self.Y = draw(self.net, self.m, self.seed)

    @property
    def args(self):
        return self.theta, self.X, self.Y


def tasks(nets=None, m=few_samples, lam=penalties):
    return st.builds(Task, networks() if nets is None else nets, m, seeds, lam)


def with_hidden_layers(hidden):
    return networks(hidden=st.sampled_from(sorted(hidden)), layers=st.integers(2, 4))


def same_bits(one, other):
    one, other = np.asarray(one), np.asarray(other)
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


def arrays_of(t):
    return [*t.A, *t.Z[1:], *([*t.G[1:], *t.D[1:]] if t.delta else [])]


def close(one, other, largest=None, factor=32):
    """|one - other| ≤ factor · eps beside 1 and beside the largest number, since what is rounded on the way need not
    be small where the end is.
    """
    largest = np.abs(other).max(initial=0) if largest is None else largest
    return np.abs(np.asarray(one) - other).max(initial=0) <= factor * ROUNDING * (1 + largest)


# Sums over samples. A product of matrices may add up in another order for another number of rows, so that these hold
# to rounding:
# two thousand random examples of each came to 9 eps at most, and 32 are allowed.


@STEADY
@given(tasks())
def test_a_batch_is_the_mean_of_its_samples(task):
    net, (theta, X, Y), m = task.net, task.args, task.m
    alone = [
        (
            net.cost(theta, X[i : i + 1], Y[i : i + 1], task.lam, n=m),
            net.grad(theta, X[i : i + 1], Y[i : i + 1], task.lam, n=m),
        )
        for i in range(m)
    ]
    costs, gradients = map(np.array, zip(*alone))
    assert close(net.cost(theta, X, Y, task.lam), costs.mean(), costs.max())
    assert close(net.grad(theta, X, Y, task.lam), gradients.mean(axis=0), abs(gradients).max())


@STEADY
@given(tasks(), st.randoms(use_true_random=False))
def test_the_order_of_the_samples_makes_no_difference(task, random):
    net, (theta, X, Y) = task.net, task.args
    order = random.sample(range(task.m), task.m)
    t = net.backward(theta, net.forward(theta, X), Y)
    moved = net.backward(theta, net.forward(theta, X[order]), Y[order])
    for l in range(1, net.L + 1):
        assert close(moved.a[l], t.a[l][order])
        assert close(moved.delta[l], t.delta[l][order])
    cost, gradient = net.cost(theta, X, Y, task.lam), net.grad(theta, X, Y, task.lam)
    assert close(net.cost(theta, X[order], Y[order], task.lam), cost)
    assert close(net.grad(theta, X[order], Y[order], task.lam), gradient)


@STEADY
@given(tasks(), st.integers(2, 4))
def test_samples_given_twice_change_nothing(task, times):
    """The mean of a repeated batch is its mean, where the penalty is divided by as many samples as before."""
    net, (theta, X, Y) = task.net, task.args
    more = theta, np.tile(X, (times, 1)), np.tile(Y, (times, 1)), task.lam, task.m
    cost, gradient = net.cost(theta, X, Y, task.lam), net.grad(theta, X, Y, task.lam)
    assert close(net.cost(*more), cost)
    assert close(net.grad(*more), gradient)


@STEADY
@given(tasks(), st.integers(1, 50))
def test_the_penalty_adds_its_own_derivative(task, n):
    """λ/(2n) Σ w² on the cost and λ/n W on the gradient, and on a bias nothing at all: to the bit."""
    net, (theta, X, Y), lam = task.net, task.args, 3.0
    without, with_it = net.params(net.grad(theta, X, Y)), net.params(net.grad(theta, X, Y, lam, n))
    p = net.params(theta)
    for l in range(1, net.L + 1):
        assert same_bits(with_it.b[l], without.b[l])
        assert close(with_it.W[l], without.W[l] + lam / n * p.W[l], factor=2)
    penalty = lam / (2 * n) * sum((W**2).sum() for W in p.W[1:])
    assert close(net.cost(theta, X, Y, lam, n), net.cost(theta, X, Y) + penalty, factor=8)


# Parameters and their views.


@STEADY
@given(tasks(), st.sampled_from([np.float32, np.float64, complex]), st.integers(1, 3))
def test_rolling_and_unrolling_is_the_identity_and_shares_memory(task, dtype, stride):
    net = task.net
    room = np.repeat(task.theta.astype(dtype), stride)
    theta = room[::stride]
    before, p = theta.copy(), net.params(theta)
    assert p.theta is theta and same_bits(np.concatenate([Theta.ravel() for Theta in p.Theta[1:]]), before)
    assert same_bits(np.concatenate([np.column_stack([b, W]).ravel() for b, W in zip(p.b[1:], p.W[1:])]), before)
    assert [Theta.shape for Theta in p.Theta[1:]] == [
        (n, 1 + n_before) for n_before, n in zip(net.sizes, net.sizes[1:])
    ]
    for views in p.Theta, p.W, p.b:
        assert views[0] is None and all(np.shares_memory(view, theta) for view in views[1:])
    for l in range(1, net.L + 1):  # written through the views, layer by layer, and read in theta
        p.b[l] += 1
        p.W[l] *= 2
    expected = np.concatenate(
        [np.column_stack([b + 1, 2 * W]).ravel() for b, W in zip(net.params(before).b[1:], net.params(before).W[1:])]
    )
    assert same_bits(theta, expected)
    theta[...] = before  # written into theta, and read through new views and old ones
    assert all(same_bits(one, other) for one, other in zip(p.Theta[1:], net.params(before).Theta[1:]))


@STEADY
@given(tasks())
def test_every_parameter_has_a_name_of_its_own_that_finds_it(task):
    theta = np.arange(task.net.n_params, dtype=float)
    p = task.net.params(theta)
    assert [eval("p." + p.name_of(k), {"p": p}) for k in range(theta.size)] == theta.tolist()


# Symmetries.


def permuted(net, theta, l, order):
    """Theta with the units of hidden layer l in another order: their rows in layer l, and their columns in layer l +
    1.
    """
    theta = theta.copy()
    p = net.params(theta)
    p.Theta[l][...] = p.Theta[l][order]
    p.W[l + 1][...] = p.W[l + 1][:, order]
    return theta


@STEADY
@given(tasks(with_hidden_layers(ACTIVATIONS)), st.data())
def test_hidden_units_in_another_order(task, data):
    """Outputs and cost stay and the gradient is permuted alike: to rounding, since the next layer adds up in another
    order.
    """
    net, (theta, X, Y) = task.net, task.args
    l = data.draw(st.integers(1, net.L - 1))
    order = data.draw(st.permutations(range(net.sizes[l])))
    other = permuted(net, theta, l, order)
    t, moved = net.forward(theta, X), net.forward(other, X)
    assert close(moved.a[l], t.a[l][:, order])
    assert close(moved.a[-1], t.a[-1])
    cost, gradient = net.cost(theta, X, Y, task.lam), net.grad(theta, X, Y, task.lam)
    assert close(net.cost(other, X, Y, task.lam), cost)
    assert close(net.grad(other, X, Y, task.lam), permuted(net, gradient, l, order))


@STEADY
@given(
    tasks(
        networks(
            st.sampled_from(["identity", "relu"]),
            st.sampled_from([(f, "half_squared") for f in ("identity", "relu")]),
            st.integers(2, 4),
        ),
        m=st.sampled_from([1, 2, 4]),
        lam=st.just(2.0),
    ),
    st.data(),
)
def test_hidden_units_in_another_order_exactly(task, data):
    """Where every number is a small whole one no sum is rounded, whatever its order: then everything is equal to the
    bit.
    """
    net, (theta, X, Y) = task.net, map(np.rint, task.args)
    l = data.draw(st.integers(1, net.L - 1))
    order = data.draw(st.permutations(range(net.sizes[l])))
    other = permuted(net, theta, l, order)
    assert same_bits(net.predict(other, X), net.predict(theta, X))
    assert net.cost(other, X, Y, task.lam) == net.cost(theta, X, Y, task.lam)
    assert np.array_equal(net.grad(other, X, Y, task.lam), permuted(net, net.grad(theta, X, Y, task.lam), l, order))


@STEADY
@given(tasks(networks(st.just("identity"), st.just(("identity", "half_squared")))), st.integers(-20, 20))
def test_a_linear_network_is_linear(task, power):
    """Without biases, inputs times c give outputs times c, deltas and gradients for targets times c likewise, and the
    cost goes with c².

    c is a power of two, with which no rounding changes: equal to the bit.
    """
    net, (theta, X, Y), c = task.net, task.args, 2.0**power
    for b in net.params(theta).b[1:]:
        b[...] = 0
    assert same_bits(net.predict(theta, c * X), c * net.predict(theta, X))
    assert net.cost(theta, c * X, c * Y) == c * c * net.cost(theta, X, Y)
    t, scaled = net.params(net.grad(theta, X, Y)), net.params(net.grad(theta, c * X, c * Y))
    for l in range(1, net.L + 1):
        assert np.array_equal(scaled.W[l], c * c * t.W[l]) and np.array_equal(scaled.b[l], c * t.b[l])


@STEADY
@given(tasks(with_hidden_layers(HOMOGENEOUS), lam=st.just(0.0)), st.data())
def test_a_factor_moves_from_one_layer_to_the_next(task, data):
    """Unit by unit: incoming parameters times c and outgoing weights over c change no output of relu-like units, and
    the gradient inversely.
    """
    net, (theta, X, Y) = task.net, task.args
    l = data.draw(st.integers(1, net.L - 1))
    c = np.array([2.0 ** data.draw(st.integers(-8, 8)) for _ in range(net.sizes[l])])  # powers of two: to the bit

    def moved(vector, c):
        vector = vector.copy()
        p = net.params(vector)
        p.Theta[l] *= c[:, None]
        p.W[l + 1] /= c
        return vector

    other = moved(theta, c)
    assert same_bits(net.predict(other, X), net.predict(theta, X)) and net.cost(other, X, Y) == net.cost(theta, X, Y)
    assert np.array_equal(net.grad(other, X, Y), moved(net.grad(theta, X, Y), 1 / c))


@STEADY
@given(tasks(with_hidden_layers(["tanh", "identity"])), st.data())
def test_units_of_odd_activations_may_change_their_sign(task, data):
    """Signs are never rounded: parameters into some units of a layer and weights out of them, all with the other
    sign, to the bit.
    """
    net, (theta, X, Y) = task.net, task.args
    l = data.draw(st.integers(1, net.L - 1))
    sign = np.array([data.draw(st.sampled_from([-1.0, 1.0])) for _ in range(net.sizes[l])])

    def turned(vector):
        vector = vector.copy()
        p = net.params(vector)
        p.Theta[l] *= sign[:, None]
        p.W[l + 1] *= sign
        return vector

    assert np.array_equal(net.predict(turned(theta), X), net.predict(theta, X))
    assert net.cost(turned(theta), X, Y, task.lam) == net.cost(theta, X, Y, task.lam)
    assert np.array_equal(net.grad(turned(theta), X, Y, task.lam), turned(net.grad(theta, X, Y, task.lam)))


# Softmax.

softmax_somewhere = st.one_of(
    networks(outputs_and_losses=st.sampled_from([pair for pair in OUTPUTS_AND_LOSSES if pair[0] == "softmax"])),
    networks(hidden=st.just("softmax"), layers=st.integers(2, 4)),
)


@STEADY
@given(tasks(softmax_somewhere))
def test_softmax_deltas_sum_to_zero(task):
    """In every row of every softmax layer, the hidden ones too: a shift of all logits changes nothing.

    Σ_k a_k (g_k - Σ_j a_j g_j) takes some 2K roundings of numbers up to max|g|, and where a - y is taken instead, of
    numbers up to 1.
    """
    net, (theta, X, Y) = task.net, task.args
    p, t = net.params(theta), net.backward(theta, net.forward(theta, X), Y)
    for l in range(1, net.L + 1):
        if net.activations[l].name == "softmax":
            g = (
                t.delta[l + 1] @ p.W[l + 1]
                if l < net.L
                else np.ones_like(Y)
                if net.loss.link
                else net.loss.slope(t.a[-1], Y)
            )
            assert (abs(t.delta[l].sum(axis=1)) <= 4 * net.sizes[l] * ROUNDING * abs(g).max(axis=1)).all()
            assert (abs(t.a[l].sum(axis=1) - 1) <= 2 * net.sizes[l] * ROUNDING).all()


@STEADY
@given(tasks(softmax_somewhere), st.integers(-1000, 1000))
def test_a_shift_of_all_logits_changes_nothing(task, shift):
    """To the rounding of the shifted logits."""
    net, (theta, X, Y) = task.net, task.args
    other, slack = theta.copy(), 8 * (1 + abs(shift))
    for l in range(1, net.L + 1):
        if net.activations[l].name == "softmax":
            net.params(other).b[l][...] += shift
    reach = abs(net.forward(theta, X).z[-1]).max() + net.cost(theta, X, Y)
    assert close(net.predict(other, X), net.predict(theta, X), reach, slack)
    assert close(net.cost(other, X, Y), net.cost(theta, X, Y), reach, slack)


# The ends of the number line.


def eighths(low, high):
    return st.integers(8 * low, 8 * high).map(lambda k: k / 8)


tops = st.one_of(
    st.sampled_from([-1000.0, -700.0, -40.0, 0.0, 40.0, 700.0, 1000.0]), eighths(-40, 40), eighths(-1000, 1000)
)
gaps = st.one_of(st.sampled_from([0.0, 40.0, 700.0, 2000.0]), eighths(0, 40), eighths(0, 2000))


@STEADY
@given(
    st.sampled_from(LINKED),
    tops,
    st.integers(1, 8),
    st.lists(st.tuples(gaps, st.integers(0, 8)), max_size=3),
    st.booleans(),
)
def test_cost_is_exact_at_any_logit(loss, top, share, others, right):
    """Against fifty digits from the definitions, for logits up to ±1000 whose differences are not rounded.

    Where the network is ``right`` the cost is nothing but a small exponential, else it is a logit or so.
    Every term of the sum is positive or zero, and takes four roundings; below 5e-324 there is no number but 0.
    """
    logits = np.array([top, *(max(top - gap, -1000.0) for gap, _ in others)])
    y = np.array([share, *(share for _, share in others)]) / 8
    if right:
        y = (logits > 0) * 1.0 if loss.link == "sigmoid" else np.eye(len(logits))[0]
    elif loss.link == "softmax":
        y = np.floor(64 * y / y.sum()) / 64
        y[0] += 1 - y.sum()  # sixty-fourths, which sum to 1 exactly
    net = Network((1, len(logits)), output=loss.link, loss=loss.name)
    theta, X, Y = np.column_stack([logits, np.zeros_like(logits)]).ravel(), np.zeros((1, 1)), y[None]
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        cost, gradient = net.cost(theta, X, Y), net.grad(theta, X, Y)
    with mp.workdps(witnesses.enough(max(abs(logits).max(), np.ptp(logits)))):
        exact = witnesses.mp_cost(net, [mp.mpf(x) for x in theta], X, Y)
        assert np.isfinite(cost) and abs(cost - exact) <= 8 * mp.mpf(ROUNDING / 2) * exact + mp.mpf("5e-324")
    assert np.isfinite(gradient).all() and (abs(gradient) <= 1 + ROUNDING).all()


@STEADY
@given(
    tasks(networks(outputs_and_losses=st.sampled_from([(loss.link, loss.name) for loss in LINKED]))),
    st.sampled_from([1e2, 1e4, 1e100]),
)
def test_cost_and_gradient_are_finite_however_large_the_parameters(task, size):
    net, (theta, X, Y) = task.net, task.args
    theta[-net.params(theta).Theta[-1].size :] *= size
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert 0 <= net.cost(theta, X, Y) < np.inf and np.isfinite(net.grad(theta, X, Y)).all()


# Arguments and results.


def snapshot(value, depth=4):
    """The bytes of every array that can be reached, in order; of an object all its attributes."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes(), value.flags.writeable
    if isinstance(value, (list, tuple)):
        return tuple(snapshot(item, depth) for item in value)
    if isinstance(value, dict):
        return tuple((key, snapshot(item, depth)) for key, item in value.items())
    if hasattr(value, "__dict__") and not inspect.isroutine(value) and depth:
        return tuple((key, snapshot(item, depth - 1)) for key, item in vars(value).items())
    return repr(value)


def square(theta):
    return (theta * theta).sum()


def doubled(theta):
    return 2 * theta


def square_root(theta):
    return abs(theta) ** 0.5


def descent(theta):
    def update(theta, g, rate):
        theta -= rate * g

    return update


def spoil(epoch, theta, cost):
    theta[...] = np.nan


# What each public name is called with: lists of (function, arguments). Every callable of bpcore.__all__ has to be
# here, and every method.
CALLS = {
    "Network": lambda w: [(Network, (w.sizes, w.hidden, w.net.activations[-1].name, w.net.loss.name))],
    "Network.init": lambda w: [(w.net.init, (w.seed, scheme)) for scheme in SCHEMES],
    "Network.params": lambda w: [(w.net.params, (w.theta,))],
    "Network.forward": lambda w: [(w.net.forward, (w.theta, w.X))],
    "Network.backward": lambda w: [
        (w.net.backward, (w.theta, w.t, w.Y)),
        (w.net.backward, (w.other_theta, w.t_with_delta, w.Y)),
    ],
    "Network.cost": lambda w: [
        (w.net.cost, (w.theta, w.X, w.Y, w.lam)),
        (w.net.cost, (w.theta.astype(complex), w.X, w.Y, w.lam, 7)),
    ],
    "Network.grad": lambda w: [
        (w.net.grad, (w.theta, w.X, w.Y, w.lam)),
        (w.net.grad, (w.theta, w.X.tolist(), w.Y.tolist(), w.lam, 7)),
    ],
    "Network.cost_and_grad": lambda w: [(w.net.cost_and_grad, (w.theta, w.X, w.Y, w.lam))],
    "Network.checked": lambda w: [(w.net.checked, (w.theta, w.X, w.Y)), (w.net.checked, (w.theta, w.X))],
    "Network.predict": lambda w: [(w.net.predict, (w.theta, w.X))],
    "Params": lambda w: [(bpcore.Params, (w.net.sizes, w.theta))],
    "Params.name_of": lambda w: [(w.net.params(w.theta).name_of, (0,))],
    "Trace": lambda w: [(bpcore.Trace, (w.net.sizes, w.ones_and_X))],
    "Trace.with_delta": lambda w: [(type(w.t).with_delta, (w.t,))],
    "Fit": lambda w: [(bpcore.Fit, (w.theta, w.theta)), (repr, (bpcore.Fit(w.theta, w.theta),))],
    "Report": lambda w: [(repr, (check_gradient(w.net, w.theta, w.X, w.Y),))],
    "Diagnosis": lambda w: [(repr, (bpcore.diagnose(square, square_root, w.theta),))],
    "checkup": lambda w: [(bpcore.checkup, (w.net, w.X, w.Y, w.theta))],
    "check_update": lambda w: [(bpcore.check_update, (lambda theta, g: theta - 0.1 * g,))],
    "Activation": lambda w: [
        (bpcore.Activation, ("own", lambda z, out=None: np.tanh(z, out=out), lambda z, a: 1 - a * a)),
        *((f, (w.z,)) for f in w.fs),
        *((df, (w.z, w.z)) for df in w.dfs),
        *((vjp, (w.z, w.z, w.z)) for vjp in w.vjps),
    ],
    "Activation.pull": lambda w: [(pull, (w.z, w.z), (w.z.copy(),)) for pull in w.pulls],  # the last one is its result
    "Loss": lambda w: [
        (bpcore.Loss, ("own", lambda a, y: (a - y) @ a[0], lambda a, y: a - y)),
        *((f, (w.inside, w.Y)) for f in w.of_losses),
        *((f, (w.Y,)) for f in w.of_targets),
        *((loss.sample, (np.random.default_rng(0), 3, 2)) for loss in LOSSES.values()),
    ],
    "adam": lambda w: [
        (
            adam,
            (w.net, w.theta, w.X, w.Y),
            {"epochs": 2, "lr": 0.1, "lam": w.lam, "batch_size": size, "callback": spoil},
        )
        for size in (None, 1)
    ],
    "sgd": lambda w: [
        (
            sgd,
            (w.net, w.theta, w.X, w.Y),
            {"epochs": 2, "lr": 1e-3, "momentum": momentum, "lam": w.lam, "batch_size": size, "shuffle": shuffle},
        )
        for momentum, size, shuffle in ((0.0, None, True), (0.9, 1, True), (0.0, 1, False))
    ],
    "train": lambda w: [(train, (w.net, w.theta, w.X, w.Y, descent), {"epochs": 2, "lr": 1e-3, "lam": w.lam})],
    "check_gradient": lambda w: [
        (check_gradient, (w.net, w.theta, w.X, w.Y, w.lam), {"grad": w.halved}),
        *((check_gradient, (w.net, w.theta, w.X, w.Y, w.lam, method)) for method in METHODS),
        (check_gradient, (square, doubled, w.theta)),
    ],
    "diagnose": lambda w: [
        (bpcore.diagnose, (square, square_root, w.theta)),
        (bpcore.diagnose, (w.cost, w.halved, w.theta), {"net": w.net, "X": w.X, "Y": w.Y, "lam": w.lam}),
    ],
    "numerical_gradient": lambda w: [(bpcore.numerical_gradient, (square, w.theta, method)) for method in METHODS],
    "relative_error": lambda w: [(relative_error, (w.theta, w.theta[::-1]))],
    "leaky_relu": lambda w: [(leaky_relu, (0.3,))],
    "one_hot": lambda w: [(one_hot, (w.labels, 3))],
    "save": lambda w: [(save, (w.path, w.net, w.theta))],
    "load": lambda w: [(load, (w.path,))],
    "schedules.polynomial_decay": lambda w: [(bpcore.schedules.polynomial_decay(0.5), (1, 2))],
}


def public_callables():
    for name in bpcore.__all__:
        value = getattr(bpcore, name)
        if inspect.ismodule(value):
            yield from (
                f"{name}.{part}"
                for part, item in vars(value).items()
                if inspect.isfunction(item) and not part.startswith("_")
            )
        elif callable(value):
            yield name
        if inspect.isclass(value):
            yield from (
                f"{name}.{part}"
                for part, item in vars(value).items()
                if inspect.isfunction(item)
                and not part.startswith("_")
                and part not in getattr(value, "__dataclass_fields__", {})
            )


def test_every_public_callable_has_its_calls():
    assert set(public_callables()) == set(CALLS)


@dataclass
class World:
    """Arguments for every call, all of them of the type and the order that need no conversion, which would hide a
    change.
    """

    task: Task
    dtype: type
    frozen: bool
    path: str

    def cost(self, theta):
        return self.net.cost(theta, self.X, self.Y, self.lam)

    def halved(self, theta):
        """A gradient that is wrong, so that there is something to diagnose."""
        return 0.5 * self.net.grad(theta.astype(self.dtype), self.X, self.Y, self.lam)

    def __post_init__(self):
        net, self.lam, self.seed = self.task.net, self.task.lam, self.task.seed
        self.net, self.sizes, self.hidden = net, list(net.sizes), [record.name for record in net.activations[1:-1]]
        self.theta, self.X, self.Y = (array.astype(self.dtype) for array in self.task.args)
        if net.loss.link == "softmax":
            self.Y = np.eye(net.sizes[-1], dtype=self.dtype)[np.arange(self.task.m) % net.sizes[-1]]
        self.other_theta, self.labels = self.theta[::-1].copy(), np.arange(self.task.m) % 3
        self.t = net.forward(self.theta, self.X)
        self.t_with_delta = net.backward(self.theta, self.t, self.Y)
        self.ones_and_X = self.t.A[0].T.copy()
        self.z, self.inside = self.t.z[-1].copy(), np.full(self.Y.shape, 0.3, self.dtype)
        records, losses = ACTIVATIONS.values(), LOSSES.values()
        self.fs, self.pulls = [record.f for record in records], [record.pull for record in records]
        self.dfs, self.vjps = (
            [record.df for record in records if record.df],
            [record.vjp for record in records if record.vjp],
        )
        self.of_losses = [f for loss in losses for f in (loss.value, loss.slope, loss.from_logits) if f]
        self.of_targets = [loss.targets for loss in losses if loss.targets]
        if self.frozen:
            for value in (*vars(self).values(), *arrays_of(self.t), *arrays_of(self.t_with_delta)):
                if isinstance(value, np.ndarray):
                    value.setflags(write=False)
        save(self.path, net, self.theta)


@pytest.mark.long
@pytest.mark.parametrize("name", CALLS)
def test_no_public_function_changes_its_arguments(name, tmp_path_factory):
    path = str(tmp_path_factory.mktemp("worlds") / "net.npz")

    @settings(STEADY, max_examples=12)
    @given(tasks(), st.sampled_from([np.float64, np.float32]), st.booleans())
    def holds(task, dtype, frozen):
        world = World(task, dtype, frozen, path)
        registries = snapshot([vars(record) for record in (*ACTIVATIONS.values(), *LOSSES.values())])
        for function, *given_to_it in CALLS[name](world):
            args, *more = given_to_it
            kwargs = more[0] if more and isinstance(more[0], dict) else {}
            results = more[0] if more and isinstance(more[0], tuple) else ()
            before = snapshot((args, kwargs)), snapshot(vars(world))
            function(*args, *results, **kwargs)
            assert (snapshot((args, kwargs)), snapshot(vars(world))) == before
        assert snapshot([vars(record) for record in (*ACTIVATIONS.values(), *LOSSES.values())]) == registries

    holds()


LATER = {
    "forward": lambda net, theta, X, Y, t: net.forward(theta, X),
    "backward": lambda net, theta, X, Y, t: net.backward(theta, net.forward(theta, X), Y),
    "backward of the same": lambda net, theta, X, Y, t: net.backward(theta, t, Y),
    "cost": lambda net, theta, X, Y, t: net.cost(theta, X, Y, 0.1),
    "grad": lambda net, theta, X, Y, t: net.grad(theta, X, Y, 0.1),
    "predict": lambda net, theta, X, Y, t: net.predict(theta, X),
    "sgd": lambda net, theta, X, Y, t: sgd(net, theta, X, Y, lr=1e-3, epochs=2, batch_size=1),
    "sgd, all at once": lambda net, theta, X, Y, t: sgd(net, theta, X, Y, epochs=2, momentum=0.5),
    "adam": lambda net, theta, X, Y, t: adam(net, theta, X, Y, epochs=2),
}


@STEADY
@given(tasks(), st.lists(st.tuples(st.sampled_from(sorted(LATER)), seeds, st.booleans()), min_size=1, max_size=6))
def test_what_the_caller_holds_is_not_overwritten(task, calls):
    """Traces, gradients, predictions, fits and parameters keep their bits through any later calls, with the same
    numbers or with others.
    """
    net, (theta, X, Y) = task.net, task.args
    t = net.forward(theta, X)
    with_delta = net.backward(theta, t, Y)
    assert t.delta is None
    held = [*arrays_of(t), *arrays_of(with_delta), net.grad(theta, X, Y), net.predict(theta, X), net.init(task.seed)]
    for fit in sgd(net, theta, X, Y, epochs=2), adam(net, theta, X, Y, epochs=2):
        held += [fit.theta, fit.history]
    before = snapshot(held)
    for name, seed, other in calls:
        LATER[name](net, *(draw(net, task.m, seed) if other else task.args), with_delta if seed % 2 else t)
    assert snapshot(held) == before
    for array in (theta, X, Y):  # and they are copies: a change of the arguments does not reach them
        array *= 3
    assert snapshot(held) == before


# The same bits.


@STEADY
@given(networks(), st.sampled_from(sorted(SCHEMES)), seeds, st.integers(0, 99))
def test_init_repeats_itself_to_the_bit(net, scheme, seed, elsewhere):
    np.random.seed(elsewhere)  # the state of NumPy's global generator has no say, and is left alone
    state = repr(np.random.get_state())
    theta = net.init(seed, scheme)
    assert repr(np.random.get_state()) == state
    np.random.seed(elsewhere + 1)
    assert same_bits(net.init(seed, scheme), theta) and same_bits(net.init(np.random.default_rng(seed), scheme), theta)
    assert same_bits(Network(net.sizes, output="tanh", loss="mse").init(seed, scheme), theta), (
        "the activations have no say"
    )
    assert scheme == "zeros" or not same_bits(net.init(seed + 1, scheme), theta)


@FEWER
@given(
    tasks(m=st.integers(2, 7)),
    st.sampled_from([sgd, adam]),
    seeds,
    st.sampled_from([None, 1, 2]),
    st.sampled_from(["full", "running", "none"]),
)
def test_training_repeats_itself_to_the_bit(task, rule, seed, size, history):
    net, options = task.net, {"epochs": 3, "batch_size": size, "lam": task.lam, "lr": 0.05, "history": history}
    np.random.seed(0)
    fit = rule(net, *task.args, seed=seed, **options)
    np.random.seed(1)
    net.grad(*task.args)
    again = rule(net, *task.args, seed=seed, **options)
    assert same_bits(again.theta, fit.theta) and same_bits(again.history, fit.history)
    generator = rule(net, *task.args, seed=np.random.default_rng(seed), **options)
    assert same_bits(generator.theta, fit.theta)


@FEWER
@given(tasks(), st.data())
def test_saved_and_loaded_to_the_bit(tmp_path_factory, task, data):
    """Of every type of floating-point numbers, with zeros of both signs, subnormal and huge ones among them."""
    path = tmp_path_factory.getbasetemp() / "round trip.npz"
    dtype = np.dtype(data.draw(st.sampled_from([np.float32, np.float64, np.longdouble])))
    theta, about = task.theta.astype(dtype), np.finfo(dtype)
    special = [0.0, -0.0, about.smallest_subnormal, -about.tiny, about.max, -about.max, about.eps]
    for k in data.draw(st.lists(st.integers(0, theta.size - 1), max_size=theta.size, unique=True)):
        theta[k] = data.draw(st.sampled_from(special))
    save(path, task.net, theta)
    net, again = load(path)
    assert same_bits(again, theta) and again.flags.writeable
    assert net.sizes == task.net.sizes and net.loss is task.net.loss and repr(net) == repr(task.net)
    assert all(one is other for one, other in zip(net.activations, task.net.activations, strict=True))


# Types.


@STEADY
@given(
    tasks(),
    st.sampled_from([np.float32, np.float64, np.longdouble]),
    st.sampled_from([np.float16, np.float32, np.float64, np.longdouble]),
    st.sampled_from([float, np.float64, np.float32, np.longdouble]),
)
def test_the_type_of_theta_stays(task, dtype, of_data, number):
    """float32 stays float32 in traces, costs, gradients and fits, whatever the type of the data, λ, rate and the
    schedule's factor.
    """
    net, theta = task.net, task.theta.astype(dtype)
    Y = (
        np.rint(task.Y)
        if net.loss.link == "sigmoid"
        else one_hot(np.arange(task.m) % net.sizes[-1], net.sizes[-1])
        if net.loss.link
        else task.Y
    )
    X, Y, lam = task.X.astype(of_data), Y.astype(of_data), number(0.5)
    t = net.backward(theta, net.forward(theta, X), Y)
    found = [
        *arrays_of(t),
        *t.a,
        *t.z[1:],
        *t.delta[1:],
        net.predict(theta, X),
        net.grad(theta, X, Y, lam),
        net.cost(theta, X, Y, lam),
        *net.params(theta).Theta[1:],
    ]
    for rule in sgd, adam:
        for size in None, 1:
            fit = rule(
                net,
                theta,
                X,
                Y,
                lr=number(1e-3),
                epochs=1,
                lam=lam,
                batch_size=size,
                schedule=lambda epoch, epochs: number(0.5),
            )
            found += [fit.theta, fit.history]
    fit = sgd(net, theta, X, Y, lr=number(1e-3), epochs=1, lam=lam, momentum=number(0.5), history="running")
    assert {array.dtype for array in (*found, fit.theta, fit.history)} == {np.dtype(dtype)}


@STEADY
@given(
    tasks(
        networks(st.sampled_from(SMOOTH), st.sampled_from([pair for pair in OUTPUTS_AND_LOSSES if pair[0] in SMOOTH]))
    )
)
def test_float32_is_near_float64(task):
    """The parameters and data are the same numbers in both, so what differs is float32's rounding: thirty of 6e-8 in
    a row, or so.
    """
    net, small = task.net, [array.astype(np.float32) for array in task.args]
    large = [array.astype(float) for array in small]
    gradient = net.grad(*large, task.lam)
    assert np.abs(net.grad(*small, task.lam) - gradient).max() <= 2e-5 * max(np.linalg.norm(gradient), 1)


# The gradient check.


@STEADY
@given(tasks())
def test_the_gradient_check_passes(task):
    """Of kinks too: their derivative is one-sided only at 0 itself, which a drawn logit does not hit.

    The two agree to rounding beside 1. Beside a small gradient that may be too little to pass: 1 - a² of a saturated
    unit has lost
    some of its digits, and what a single softmax unit leaves is nothing but rounding.
    """
    report = check_gradient(task.net, *task.args, task.lam)
    assert close(report.gradient, report.numerical, factor=128), report
    assert report.passed or np.linalg.norm(report.numerical) < 0.1, report


@STEADY
@given(tasks(), st.data())
def test_the_gradient_check_finds_one_wrong_entry(task, data):
    """A single entry that is off by a millionth of the gradient's length fails the check, and is named."""
    net, (theta, X, Y) = task.net, task.args
    gradient = net.grad(theta, X, Y, task.lam)
    assume(np.linalg.norm(gradient) > 1e-12)
    k = data.draw(st.integers(0, theta.size - 1))
    gradient[k] += 1e-6 * np.linalg.norm(gradient)
    report = check_gradient(lambda theta: net.cost(theta, X, Y, task.lam), lambda theta: gradient, theta)
    assert not report.passed and report.worst == f"theta[{k}]"
