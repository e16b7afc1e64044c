"""Training, held step by step against short programs written anew and against scikit-learn."""

import inspect
import sys
import warnings

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor
from support import draw

from bpcore import Fit, Loss, Network, adam, one_hot, schedules, sgd, train
from bpcore.activations import constant

RULES = {"sgd": sgd, "adam": adam}
M = 11


@pytest.fixture
def net():
    return Network((3, 5, 2), hidden="tanh", output="softmax", loss="cross_entropy")


@pytest.fixture
def task(net):
    return draw(net, M)


def batches(m, size, order):
    return [order[i : i + size] for i in range(0, m, size)]


def by_hand(net, theta, X, Y, update, epochs, size, seed=None, lam=0.0):
    """θ after the epochs and the three kinds of history, from net.cost and net.grad alone; ``update(θ, g, epoch)``
    gives the next θ.
    """
    m, rng = len(X), np.random.default_rng(seed)
    full, running = [net.cost(theta, X, Y, lam)], [net.cost(theta, X, Y, lam)]
    for epoch in range(epochs):
        costs = []
        for rows in batches(m, size, np.arange(m) if seed is None else rng.permutation(m)):
            costs.append(len(rows) / m * net.cost(theta, X[rows], Y[rows], lam, n=m))
            theta = update(theta, net.grad(theta, X[rows], Y[rows], lam, n=m), epoch)
        running.append(sum(costs))
        full.append(net.cost(theta, X, Y, lam))
    return theta, {"full": full, "running": running, "none": []}


class HeavyBall:
    def __init__(self, lr, momentum, factor=lambda epoch: 1.0):
        self.lr, self.momentum, self.factor, self.v = lr, momentum, factor, 0.0

    def __call__(self, theta, g, epoch):
        self.v = self.momentum * self.v + self.lr * self.factor(epoch) * g
        return theta - self.v


class TextbookAdam:
    """Algorithm 1 of Kingma and Ba with the corrected moments, its ε placed beside the root of the uncorrected one."""

    def __init__(self, lr, beta1=0.9, beta2=0.999, eps=1e-8, factor=lambda epoch: 1.0):
        self.lr, self.beta1, self.beta2, self.eps, self.factor = lr, beta1, beta2, eps, factor
        self.m, self.v, self.t = 0.0, 0.0, 0

    def __call__(self, theta, g, epoch):
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        self.v = self.beta2 * self.v + (1 - self.beta2) * g**2
        m_hat, v_hat = self.m / (1 - self.beta1**self.t), self.v / (1 - self.beta2**self.t)
        return theta - self.lr * self.factor(epoch) * m_hat / (
            np.sqrt(v_hat) + self.eps / np.sqrt(1 - self.beta2**self.t)
        )


@pytest.mark.parametrize("history", ["full", "running", "none"])
@pytest.mark.parametrize("lam", [0.0, 0.5])
@pytest.mark.parametrize("size", [None, 1, 4, M])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_sgd_step_by_step(net, task, momentum, size, lam, history):
    fit = sgd(net, *task, lr=0.3, epochs=6, batch_size=size, seed=7, momentum=momentum, lam=lam, history=history)
    theta, histories = by_hand(net, *task, HeavyBall(0.3, momentum), 6, size or M, 7, lam)
    assert np.allclose(fit.theta, theta, rtol=0, atol=1e-13)
    assert len(fit.history) == len(histories[history]) and np.allclose(
        fit.history, histories[history], rtol=1e-13, atol=0
    )


@pytest.mark.parametrize("history", ["full", "running", "none"])
@pytest.mark.parametrize("lam", [0.0, 0.5])
@pytest.mark.parametrize("size", [None, 4, M])
def test_adam_step_by_step(net, task, size, lam, history):
    fit = adam(
        net,
        *task,
        lr=0.02,
        epochs=6,
        batch_size=size,
        seed=7,
        beta1=0.8,
        beta2=0.99,
        eps=1e-3,
        lam=lam,
        history=history,
    )
    theta, histories = by_hand(net, *task, TextbookAdam(0.02, 0.8, 0.99, 1e-3), 6, size or M, 7, lam)
    assert np.allclose(fit.theta, theta, rtol=0, atol=1e-13)
    assert len(fit.history) == len(histories[history]) and np.allclose(
        fit.history, histories[history], rtol=1e-13, atol=0
    )


@pytest.mark.parametrize("size", [1, 64, 200, 600, None])
def test_history_over_more_samples_than_one_block(size):
    """The cost over the whole set is summed in blocks; their borders do not show."""
    net = Network((3, 4, 2))
    task = draw(net, 1100)
    fit = sgd(net, *task, epochs=1, batch_size=size, lam=0.2)
    assert np.allclose(
        fit.history, [net.cost(task[0], *task[1:], 0.2), net.cost(fit.theta, *task[1:], 0.2)], rtol=1e-13, atol=0
    )


@pytest.mark.parametrize("history", ["full", "running"])
@pytest.mark.parametrize("size", [700, None])
def test_a_batch_in_blocks_takes_the_step_of_the_whole_batch(size, history):
    """1300 samples pass in three blocks, batches of 700 and 600 in two and one: gradients and penalties add up."""
    net = Network((3, 4, 2), output="softmax", loss="cross_entropy")
    task = draw(net, 1300)
    fit = sgd(net, *task, lr=0.3, epochs=3, batch_size=size, seed=7, momentum=0.5, lam=5.0, history=history)
    theta, histories = by_hand(net, *task, HeavyBall(0.3, 0.5), 3, size or 1300, 7, 5.0)
    assert np.allclose(fit.theta, theta, rtol=0, atol=1e-14)
    assert np.allclose(fit.history, histories[history], rtol=1e-14, atol=0)


@pytest.mark.parametrize("history", ["full", "running"])
@pytest.mark.parametrize("size", [None, 4])
def test_costs_that_are_computed_for_many_epochs_at_once_are_those_of_each(net, task, size, history):
    """A callback makes training compute them epoch by epoch."""
    together = sgd(net, *task, epochs=1000, batch_size=size, history=history)
    singly = sgd(net, *task, epochs=1000, batch_size=size, history=history, callback=lambda epoch, theta, cost: None)
    assert np.array_equal(together.theta, singly.theta)
    assert np.allclose(together.history, singly.history, rtol=1e-15, atol=0) and len(together.history) == 1001


def test_first_steps_of_adam_are_the_rate():
    """The first step has length lr in every parameter, whatever the gradient's size: what its correction is for."""
    net = Network((1, 1), output="identity", loss="half_squared")
    for size in 1.0, 1e4:
        fit = adam(net, np.array([0.0, 0.0]), [[1.0]], [[size]], lr=0.01, epochs=1, eps=1e-12)
        assert np.allclose(fit.theta, 0.01, rtol=1e-9)


def test_one_step_by_hand():
    net = Network((1, 1), output="identity", loss="half_squared")
    # z = 2 + 3·1 = 5, target 4: gradient (1, 1)
    fit = sgd(net, np.array([2.0, 3.0]), [[1.0]], [[4.0]], lr=0.5, epochs=1)
    assert fit.theta.tolist() == [1.5, 2.5] and fit.history.tolist() == [0.5, 0.0]


# Against scikit-learn, from the same start, in the same order.


def sklearn_from(model, net, theta, X, labels, epochs):
    """Train the model for ``epochs`` from bpcore's theta and return its parameters in bpcore's layout, and its
    losses.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not having converged is what the number of epochs asks for
        model.set_params(max_iter=1, warm_start=True).fit(X, labels)
        p = net.params(theta)
        for l in range(1, net.L + 1):
            model.coefs_[l - 1][...], model.intercepts_[l - 1][...] = p.W[l].T, p.b[l]
        model.loss_curve_ = []
        model.set_params(max_iter=epochs).fit(X, labels)
    theirs = net.params(np.empty_like(theta))
    for l in range(1, net.L + 1):
        theirs.W[l][...], theirs.b[l][...] = model.coefs_[l - 1].T, model.intercepts_[l - 1]
    return theirs.theta, np.array(model.loss_curve_[-epochs:])


COMMON = {
    "shuffle": False,
    "tol": 0,
    "n_iter_no_change": 10**6,
    "random_state": 0,
    "activation": "tanh",
    "hidden_layer_sizes": (5, 4),
}
SOLVERS = {
    "sgd": ({"solver": "sgd", "momentum": 0.0, "learning_rate_init": 0.1}, lambda *a, **k: sgd(*a, lr=0.1, **k)),
    "momentum": (
        {"solver": "sgd", "momentum": 0.9, "nesterovs_momentum": False, "learning_rate_init": 0.1},
        lambda *a, **k: sgd(*a, lr=0.1, momentum=0.9, **k),
    ),
    "adam": ({"solver": "adam", "learning_rate_init": 0.01}, lambda *a, **k: adam(*a, lr=0.01, **k)),
}


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("task", ["binary", "several", "multilabel", "regression"])
def test_two_hundred_steps_equal_scikit_learns(task, solver):
    """Full batch, L2 included: the largest difference of any parameter after 200 steps stays within rounding."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((60, 3))
    labels = (X[:, 0] * X[:, 1] > 0).astype(int) + (X[:, 2] > 0) * (task == "several")
    settings = {
        "binary": (1, "sigmoid", "binary_cross_entropy", labels, labels[:, None]),
        "several": (3, "softmax", "cross_entropy", labels, None),
        "multilabel": (2, "sigmoid", "binary_cross_entropy", (X[:, :2] > 0).astype(int), X[:, :2] > 0),
        "regression": (1, "identity", "half_squared", np.sin(X[:, 0]), np.sin(X[:, :1])),
    }
    K, output, loss, given, Y = settings[task]
    Y = one_hot(labels, 3) if Y is None else Y
    net = Network((3, 5, 4, K), hidden="tanh", output=output, loss=loss)
    theta = net.init(1)
    options, ours = SOLVERS[solver]
    model = (MLPRegressor if task == "regression" else MLPClassifier)(**COMMON, **options, alpha=0.3, batch_size=60)
    theirs, losses = sklearn_from(model, net, theta, X, given, 200)
    fit = ours(net, theta, X, Y, epochs=200, batch_size=None, lam=0.3)
    assert abs(fit.theta - theirs).max() <= 1e-12
    assert np.allclose(fit.history[:-1], losses, rtol=1e-12, atol=0)  # scikit-learn notes the cost before each step
    assert fit.history[-1] < 0.95 * fit.history[0], "nothing was learnt, so nothing was compared"


@pytest.mark.parametrize("solver", SOLVERS)
def test_batches_equal_scikit_learns(solver):
    """Batches of 16 out of 60, the last one smaller, without L2 (which scikit-learn divides by the batch, and bpcore
    by all samples).
    """
    rng = np.random.default_rng(0)
    X = rng.standard_normal((60, 3))
    labels = (X[:, 0] > 0).astype(int) + (X[:, 2] > 0)
    net = Network((3, 5, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
    theta = net.init(1)
    options, ours = SOLVERS[solver]
    theirs, losses = sklearn_from(
        MLPClassifier(**COMMON, **options, alpha=0.0, batch_size=16), net, theta, X, labels, 50
    )
    fit = ours(net, theta, X, one_hot(labels, 3), epochs=50, batch_size=16, shuffle=False, history="running")
    assert abs(fit.theta - theirs).max() <= 1e-12
    assert np.allclose(fit.history[1:], losses, rtol=1e-12, atol=0)


# Schedules.


@pytest.mark.parametrize("rule", RULES)
def test_schedule_multiplies_the_rate_once_an_epoch(net, task, rule):
    factors, asked = [1.0, 0.5, 0.125], []

    def schedule(epoch, epochs):
        asked.append((epoch, epochs))
        return factors[epoch]

    update = {"sgd": HeavyBall, "adam": TextbookAdam}[rule]
    extra = {"sgd": {"momentum": 0.9}, "adam": {"beta1": 0.9}}[rule]
    fit = RULES[rule](net, *task, lr=0.1, epochs=3, batch_size=4, seed=1, schedule=schedule, **extra)
    theta, _ = by_hand(net, *task, update(0.1, 0.9, factor=factors.__getitem__), 3, 4, 1)
    assert asked == [(0, 3), (1, 3), (2, 3)]
    assert np.allclose(fit.theta, theta, rtol=0, atol=1e-13)


# Histories.


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_history_begins_before_the_first_epoch(net, task, rule):
    theta, X, Y = task
    for size in None, 4:
        for history in "full", "running":
            fit = rule(net, theta, X, Y, epochs=5, batch_size=size, lam=0.3, history=history)
            assert len(fit.history) == 6 and fit.history.dtype == float
            assert fit.history[0] == pytest.approx(net.cost(theta, X, Y, 0.3), rel=1e-14)
        assert rule(net, theta, X, Y, epochs=5, batch_size=size, lam=0.3).history[-1] == pytest.approx(
            net.cost(rule(net, theta, X, Y, epochs=5, batch_size=size, lam=0.3).theta, X, Y, 0.3), rel=1e-13
        )
        assert rule(net, theta, X, Y, epochs=5, batch_size=size, history="none").history.tolist() == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_history_makes_no_difference_to_what_is_learnt(net, task, rule):
    for size in None, 4:
        fits = [
            rule(net, *task, epochs=4, batch_size=size, history=history).theta
            for history in ("full", "running", "none")
        ]
        assert np.array_equal(fits[0], fits[1]) and np.array_equal(fits[0], fits[2])


def test_no_epochs(net, task):
    fit = sgd(net, *task, epochs=0)
    assert np.array_equal(fit.theta, task[0]) and fit.theta is not task[0] and len(fit.history) == 1
    assert sgd(net, *task, epochs=0, history="none").history.size == 0


def test_fit_repr(net, task):
    fit = sgd(net, *task, epochs=3)
    assert isinstance(fit, Fit)
    assert repr(fit) == f"Fit(32 parameters, cost {fit.history[0]:.4g} → {fit.history[-1]:.4g} in 3 epochs)"
    assert repr(sgd(net, *task, epochs=3, history="none")) == "Fit(32 parameters, no history)"


# Order, batches, seeds.


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_same_seed_same_bits(net, task, rule):
    def bits(**options):
        return rule(net, *task, epochs=4, batch_size=4, **options).theta.tobytes()

    assert bits(seed=3) == bits(seed=3) == bits(seed=np.random.default_rng(3))
    assert bits(seed=3) != bits(seed=4) != bits(shuffle=False) != bits(seed=3)
    assert bits(seed=3, shuffle=False) == bits(seed=4, shuffle=False)
    assert bits() == bits(seed=0, shuffle=True)


def test_every_epoch_has_an_order_of_its_own(net, task):
    """Two epochs of a run equal two runs of one epoch that share a generator."""
    theta, X, Y = task
    rng = np.random.default_rng(3)
    first = sgd(net, theta, X, Y, epochs=1, batch_size=4, seed=rng)
    assert np.array_equal(
        sgd(net, first.theta, X, Y, epochs=1, batch_size=4, seed=rng).theta,
        sgd(net, theta, X, Y, epochs=2, batch_size=4, seed=3).theta,
    )
    assert not np.array_equal(
        sgd(net, first.theta, X, Y, epochs=1, batch_size=4, seed=3).theta,
        sgd(net, theta, X, Y, epochs=2, batch_size=4, seed=3).theta,
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_all_samples_at_once(net, task, rule):
    """None and m are the same, and a single batch is not shuffled: its order is nobody's business."""
    whole = rule(net, *task, epochs=3, batch_size=None)
    assert np.array_equal(whole.theta, rule(net, *task, epochs=3, batch_size=M).theta)
    assert np.array_equal(whole.theta, rule(net, *task, epochs=3, batch_size=None, seed=9, shuffle=False).theta)
    assert np.array_equal(whole.history, rule(net, *task, epochs=3, batch_size=M, seed=5).history)


def test_adams_default_batch_is_200_samples_or_all(net, task):
    """The default is not the number 200: that is refused for 11 samples, whatever the type of the number."""
    assert np.array_equal(adam(net, *task, epochs=3).theta, adam(net, *task, epochs=3, batch_size=None).theta)
    assert np.array_equal(adam(net, *task, epochs=3).theta, adam(net, *task, epochs=3, batch_size="auto").theta)
    for size in 200, np.int64(200), 201:
        with pytest.raises(ValueError, match=f"batch_size=.*{size}.*: expected a whole number from 1 to 11"):
            adam(net, *task, epochs=3, batch_size=size)
    more = draw(net, 230)
    assert np.array_equal(adam(net, *more, epochs=2).theta, adam(net, *more, epochs=2, batch_size=200).theta)
    assert np.array_equal(adam(net, *more, epochs=2).theta, adam(net, *more, epochs=2, batch_size="auto").theta)
    assert not np.array_equal(adam(net, *more, epochs=2).theta, adam(net, *more, epochs=2, batch_size=None).theta)
    with pytest.raises(TypeError, match="batch_size='all'"):
        adam(net, *task, batch_size="all")


def test_sgd_takes_all_samples_by_default(net):
    more = draw(net, 230)
    assert np.array_equal(sgd(net, *more, epochs=2).theta, sgd(net, *more, epochs=2, batch_size=230).theta)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_arguments_are_left_alone(net, task, rule):
    """Batches, orders and steps are made on copies, even where X and Y already have the type of theta."""
    kept = [array.copy() for array in task]
    fit = rule(net, *task, epochs=3, batch_size=4, lam=0.1)
    assert all(np.array_equal(array, copy) for array, copy in zip(task, kept))
    assert not np.array_equal(fit.theta, task[0]) and not np.shares_memory(fit.theta, task[0])


# Callbacks and progress.


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize("history", ["full", "running", "none"])
@pytest.mark.parametrize("size", [None, 4])
def test_callback_sees_each_epoch_and_can_stop(net, task, rule, history, size):
    seen = []

    def callback(epoch, theta, cost):
        seen.append((epoch, theta, cost))
        return epoch == 3

    fit = rule(net, *task, epochs=10, batch_size=size, history=history, callback=callback)
    assert [epoch for epoch, _, _ in seen] == [1, 2, 3]
    assert [cost for _, _, cost in seen] == (fit.history.tolist()[1:] if history != "none" else [None] * 3)
    assert len(fit.history) == (4 if history != "none" else 0)
    for epoch, theta, _ in seen:
        assert np.array_equal(theta, rule(net, *task, epochs=epoch, batch_size=size, history=history).theta)
    assert np.array_equal(seen[-1][1], fit.theta) and not np.shares_memory(seen[-1][1], fit.theta)


def test_callback_gets_copies(net, task):
    """What a callback does to its theta has no effect on the training."""

    def spoil(epoch, theta, cost):
        theta[...] = np.nan

    assert np.array_equal(sgd(net, *task, epochs=3, callback=spoil).theta, sgd(net, *task, epochs=3).theta)


def test_an_update_that_returns_other_parameters_is_refused(net, task):
    """They would be lost: training goes on with the theta that it handed over."""

    def in_place(theta, g, rate):
        theta -= rate * g
        return theta

    assert np.array_equal(train(net, *task, lambda theta: in_place).theta, sgd(net, *task).theta)
    with pytest.raises(TypeError, match=r"(?s)update\(theta, g, rate\)=.*ndarray.*in place"):
        train(net, *task, lambda theta: lambda theta, g, rate: theta - rate * g)


def step(theta, g, rate):
    theta -= rate * g


@pytest.mark.parametrize(
    "given, words",
    [
        (dict(rule=sgd), r"rule cannot .*expected a function rule\(theta\)"),
        (dict(rule=step), r"rule cannot .*lambda theta: update"),
        (dict(rule=lambda theta: lambda theta, g: None), r"rule\(theta\) cannot .*update\(theta, g, rate\)"),
        (dict(schedule=lambda epoch: 1.0), r"schedule\(epoch, epochs\)"),
        (dict(callback=lambda: None), r"callback\(epoch, theta, cost\)"),
        (dict(callback=lambda epoch, theta, cost: theta), "callback returned an array"),
    ],
)
def test_a_function_in_another_form_is_refused_by_its_name(net, task, given, words):
    with pytest.raises(TypeError, match=words):
        train(net, *task, **{"rule": lambda theta: step, **given})


@pytest.mark.parametrize("name", ["rule", "schedule", "callback"])
def test_an_error_within_a_function_of_ones_own_stays_as_it_is(net, task, name):
    def broken(*given):
        try:
            np.zeros(2) + np.zeros(3)
        except ValueError as error:
            raise TypeError("of my own") from error

    with pytest.raises(TypeError, match="^of my own$") as raised:
        train(net, *task, **{"rule": lambda theta: step, name: broken})
    assert isinstance(raised.value.__cause__, ValueError)


def test_callback_that_returns_nothing_lets_training_go_on(net, task):
    assert len(sgd(net, *task, epochs=3, callback=lambda *seen: None).history) == 4


@pytest.mark.parametrize("epochs, lines", [(100, 10), (7, 7), (10, 10), (25, 10), (0, 0)])
def test_progress_goes_to_stderr_some_ten_times(net, task, capsys, monkeypatch, epochs, lines):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    fit = sgd(net, *task, epochs=epochs, progress=True)
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == lines
    if lines:
        assert err.splitlines()[-1] == f"epoch {epochs} of {epochs}, cost {fit.history[-1]:.6g}"


def test_progress_without_history_names_no_cost(net, task, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    adam(net, *task, epochs=1, progress=True, history="none")
    assert capsys.readouterr() == ("", "epoch 1 of 1\n")


def test_progress_is_a_bar_where_tqdm_is_installed(net, task, capsys):
    pytest.importorskip("tqdm", reason="the bar is tqdm's")
    fit = sgd(net, *task, epochs=30, progress=True)
    out, err = capsys.readouterr()
    assert out == "" and "30/30" in err and f"cost {fit.history[-1]:.6g}" in err and "epoch 30 of" not in err


@pytest.mark.parametrize("history", ["full", "running", "none"])
def test_an_interrupted_training_returns_its_whole_epochs(net, task, history):
    """Ctrl-C in the second step of the third epoch: parameters and history are those of two epochs, and it is said."""
    steps = 0

    def rule(theta):
        def update(theta, g, rate):
            nonlocal steps
            steps += 1
            if steps == 2 * 3 + 2:
                raise KeyboardInterrupt
            theta -= rate * g

        return update

    options = dict(batch_size=4, lr=0.5, history=history)
    assert -(-len(task[1]) // 4) == 3
    fit = train(net, *task, rule, epochs=9, **options)
    steps = -100
    whole = train(net, *task, rule, epochs=2, **options)
    assert np.array_equal(fit.theta, whole.theta) and np.array_equal(fit.history, whole.history)
    assert fit.interrupted and not whole.interrupted
    assert repr(fit).endswith(", interrupted)") and "interrupted" not in repr(whole)


def test_a_training_interrupted_between_epochs_keeps_the_last(net, task):
    def callback(epoch, theta, cost):
        if epoch == 2:
            raise KeyboardInterrupt

    fit, whole = sgd(net, *task, epochs=5, callback=callback), sgd(net, *task, epochs=2)
    assert fit.interrupted and np.array_equal(fit.theta, whole.theta) and np.array_equal(fit.history, whole.history)


def test_silent_by_default(net, task, capsys):
    sgd(net, *task, epochs=10), adam(net, *task, epochs=10)
    assert capsys.readouterr() == ("", "")


def test_momentum_begins_at_rest(net, task):
    """The first step with momentum is the one without."""
    assert np.allclose(
        sgd(net, *task, epochs=1, momentum=0.9).theta, sgd(net, *task, epochs=1).theta, rtol=0, atol=1e-16
    )


def test_xor_is_learnt():
    X, Y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    net = Network((2, 4, 1), hidden="tanh")
    fit = sgd(net, net.init(0, "standard_normal"), X, Y, lr=1.0, epochs=500, momentum=0.9)
    assert fit.history[-1] < 0.01 and ((net.predict(fit.theta, X) > 0.5) == Y).all()


NET = Network((2, 3, 1))
X, Y = np.random.default_rng(0).standard_normal((5, 2)), np.ones((5, 1))


@pytest.mark.parametrize("train, lr", [(sgd, 0.1), (adam, 0.001)])
def test_what_training_does_unless_told_otherwise(train, lr):
    """A hundred epochs with the rate that the documentation names."""
    start = NET.init(0)
    fit, same = train(NET, start, X, Y), train(NET, start, X, Y, lr=lr, epochs=100)
    assert len(fit.history) == 101 and np.array_equal(fit.theta, same.theta)


@pytest.mark.parametrize("history", ["full", "running", "none"])
def test_costs_have_the_precision_of_the_parameters(history):
    fit = sgd(NET, NET.init(0).astype(np.float32), X, Y, epochs=2, history=history)
    assert fit.history.dtype == fit.theta.dtype == np.float32


# Rules of one's own.


def test_a_rule_of_ones_own_is_a_few_lines(net, task):
    """Plain descent written anew gives the bits of sgd, on batches, with a schedule and a penalty."""

    def descent(theta):
        def update(theta, g, rate):
            theta -= rate * g

        return update

    options = dict(
        lr=0.3, epochs=4, batch_size=4, seed=2, lam=0.5, schedule=schedules.polynomial_decay(), history="running"
    )
    mine, theirs = train(net, *task, descent, **options), sgd(net, *task, **options)
    assert np.array_equal(mine.theta, theirs.theta) and np.array_equal(mine.history, theirs.history)


def test_a_rule_is_made_once_and_called_once_a_batch(net, task):
    """Its update gets the parameters themselves, the gradient of net.grad, and the rate times the schedule's factor."""
    made, seen = [], []

    def rule(theta):
        made.append(theta.copy())

        def update(theta, g, rate):
            seen.append((theta.copy(), g.copy(), rate))
            theta -= 0.1

        return update

    start, X, Y = task
    fit = train(
        net,
        start,
        X,
        Y,
        rule,
        lr=0.5,
        epochs=2,
        batch_size=6,
        shuffle=False,
        schedule=lambda epoch, epochs: 2.0**-epoch,
    )
    assert len(made) == 1 and np.array_equal(made[0], start) and not np.array_equal(fit.theta, start)
    assert [rate for _, _, rate in seen] == [0.5, 0.5, 0.25, 0.25]
    for (theta, g, _), rows in zip(seen, (slice(0, 6), slice(6, M)) * 2):
        assert np.allclose(g, net.grad(theta, X[rows], Y[rows]), rtol=0, atol=1e-15)


def test_train_has_the_defaults_of_sgd():
    ours, theirs = (inspect.signature(function).parameters for function in (train, sgd))
    assert {name: p.default for name, p in ours.items() if name != "rule"} == {
        name: p.default for name, p in theirs.items() if name != "momentum"
    }


@pytest.mark.parametrize("rule", ["sgd", None, 3])
def test_a_rule_that_is_no_function_is_refused(net, task, rule):
    with pytest.raises(TypeError, match=r"rule=.*: expected a function of theta that returns update\(theta, g, rate\)"):
        train(net, *task, rule)


# Training that diverges.

STEEP = Network((1, 1), output="identity", loss="half_squared")  # of z = b + w·1e3: any rate above 2e-6 diverges
START, AT, ZERO = np.array([1.0, 1.0]), np.array([[1e3]]), np.array([[0.0]])


def diverging(rule=sgd, **options):
    """The fit, and the one warning; NumPy's own would be errors."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="raise"):
        warnings.simplefilter("always")
        fit = rule(STEEP, START, AT, ZERO, **options)
    assert [warning.category for warning in caught] == [RuntimeWarning]
    assert caught[0].filename == __file__, "the warning points at the caller"
    return fit, str(caught[0].message)


@pytest.mark.parametrize("size", [None, 1])
def test_training_that_diverges_stops_with_one_warning_and_keeps_the_last_good_theta(size):
    """The same training, ended one epoch earlier, has the theta that is kept and the history up to there."""
    X, Y = np.repeat(AT, 3, axis=0), np.repeat(ZERO, 3, axis=0)
    with pytest.warns(RuntimeWarning, match="diverged") as caught:
        fit = sgd(STEEP, START, X, Y, lr=1.0, epochs=500, batch_size=size)
    assert len(caught) == 1
    last = len(fit.history) - 1
    assert 1 < last < 500 and not np.isfinite(fit.history[-1]) and np.isfinite(fit.history[:-1]).all()
    assert f"after epoch {last} of 500 the cost is {fit.history[-1]}" in str(caught[0].message)
    assert "smaller learning rate than lr=1" in str(caught[0].message)
    before = sgd(STEEP, START, X, Y, lr=1.0, epochs=last - 1, batch_size=size)
    assert np.array_equal(fit.theta, before.theta) and np.isfinite(fit.theta).all()
    assert np.array_equal(fit.history[:-1], before.history)


def test_a_divergence_ends_its_epoch_though_the_costs_are_computed_later():
    """An input of 1e50 makes the cost infinite while the weights, which such a rate hardly moves, are not yet large."""
    net, options = Network((1, 1), output="identity", loss="half_squared"), {"lr": 1e-64, "history": "running"}
    with pytest.warns(RuntimeWarning, match="the cost is inf"):
        fit = sgd(net, START, [[1e50]], ZERO, epochs=60, **options)
    last = len(fit.history) - 1
    before = sgd(net, START, [[1e50]], ZERO, epochs=last - 1, **options)
    assert 1 < last < 60 and np.array_equal(fit.theta, before.theta)
    assert np.array_equal(fit.history, [*before.history, np.inf]) and np.isfinite(before.history).all()


@pytest.mark.parametrize("history", ["full", "running"])
@pytest.mark.parametrize("size", [None, 1])
def test_a_loss_of_ones_own_may_be_infinite_where_the_outputs_are_not(history, size):
    gap = lambda a, y: np.where((a > 1.5) & (a < 1.7), np.inf, (a - 2) ** 2).sum(axis=1)
    net = Network((1, 1), output="identity", loss=Loss("gap", gap, lambda a, y: 2 * (a - 2)))
    X, options = [[0.5], [-1.0], [0.2]], dict(lr=0.02, batch_size=size, shuffle=False, history=history)
    with pytest.warns(RuntimeWarning, match="the cost is inf"):
        fit = sgd(net, np.array([1.0, 0.0]), X, np.ones((3, 1)), epochs=60, **options)
    last = len(fit.history) - 1
    assert 1 < last < 60 and np.isfinite(fit.history[:-1]).all()
    before = sgd(net, np.array([1.0, 0.0]), X, np.ones((3, 1)), epochs=last - 1, **options)
    assert np.array_equal(fit.theta, before.theta)


@pytest.mark.parametrize("history", ["full", "running", "none"])
def test_the_caller_is_told_whatever_the_history(history):
    fit, message = diverging(lr=1.0, epochs=500, history=history)
    assert "training diverged: after epoch" in message and np.isfinite(fit.theta).all()


def test_the_caller_of_train_is_told_too():
    """The line of the call itself, though a rule of one's own has a frame fewer than sgd's."""

    def descent(theta):
        return lambda theta, g, rate: theta.__isub__(rate * g)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = inspect.currentframe().f_lineno + 1
        train(STEEP, START, AT, ZERO, descent, lr=1.0, epochs=500)
    assert [(warning.filename, warning.lineno) for warning in caught] == [(__file__, line)]


def test_a_parameter_that_is_not_finite_counts_where_the_cost_is_finite():
    """A rule that makes a weight infinite; without a history nothing else would tell."""

    def explode(theta):
        def update(theta, g, rate):
            theta[1] *= 1e150

        return update

    net = Network((1, 1), output="sigmoid", loss="half_squared")
    with pytest.warns(RuntimeWarning, match="after epoch 2 of 9 the parameters overflow; theta is from epoch 1"):
        fit = train(net, START, [[1.0]], [[1.0]], explode, epochs=9, history="full")
    assert fit.theta.tolist() == [1.0, 1e150] and len(fit.history) == 3


def test_a_start_whose_cost_is_not_finite_is_kept():
    with pytest.warns(RuntimeWarning, match="after epoch 0 of 100 the cost is inf"):
        fit = sgd(STEEP, np.array([0.0, 1e200]), AT, ZERO)
    assert fit.theta.tolist() == [0.0, 1e200] and fit.history.tolist() == [np.inf]


def test_no_callback_sees_what_is_not_finite_and_each_computes_with_the_callers_settings():
    seen = []

    def callback(epoch, theta, cost):
        assert np.isfinite(theta).all() and np.isfinite(cost)
        seen.append(np.geterr())

    fit, _ = diverging(lr=1.0, epochs=500, callback=callback)
    assert len(seen) == len(fit.history) - 2
    assert {(s["over"], s["invalid"]) for s in seen} == {("raise", "raise")}


def test_training_that_converges_says_nothing(net, task):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for rule in RULES.values():
            rule(net, *task, epochs=5)


def test_a_fit_counts_in_the_right_number(net, task):
    assert repr(sgd(net, *task, epochs=1)).endswith(" in 1 epoch)") and repr(sgd(net, *task, epochs=0)).endswith(
        "0 epochs)"
    )


def test_rates_that_change_leave_nothing_behind(net, task):
    """Each rate became an array that was kept for good."""
    before = constant.cache_info().currsize
    sgd(net, *task, epochs=40, schedule=lambda epoch, epochs: 1 - epoch / epochs)
    assert constant.cache_info().currsize - before < 3
