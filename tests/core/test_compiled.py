"""The compiled engine against the NumPy one: every activation and loss, long runs, histories, and what it refuses."""

import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from support import OUTPUTS_AND_LOSSES, draw

import bpcore
from bpcore import ACTIVATIONS, LOSSES, Activation, Loss, Network, adam, leaky_relu, schedules, sgd, train

FOLDER = Path(bpcore.__file__).parent
# Compiling for another number of samples takes seconds: batches here are of 1, 4 or more than 8 samples.
RULES = {"sgd": (sgd, {"lr": 0.01, "momentum": 0.9}), "adam": (adam, {"lr": 0.01, "beta1": 0.8, "beta2": 0.99})}


pytest.importorskip("numba", reason="the extra 'compiled' is not installed, and all tests of it wait for it")


def test_the_file_can_be_shown_in_a_chapter():
    assert len((FOLDER / "compiled.py").read_text(encoding="utf-8").splitlines()) <= 200


ABSENT = """
import sys
sys.modules["numba"] = None
from bpcore import Network, sgd
net = Network((2, 1))
sgd(net, net.init(0), [[0, 1]], [[1]], epochs=1)
try:
    sgd(net, net.init(0), [[0, 1]], [[1]], epochs=1, engine="numba")
except ModuleNotFoundError as error:
    print(error.name, error)
"""


def test_where_numba_is_not_installed_the_error_says_how_to_install_it():
    done = subprocess.run([sys.executable, "-c", ABSENT], capture_output=True, text=True, cwd=FOLDER.parent)
    assert done.stdout.startswith("numba engine='numba'"), done.stderr
    assert "pip install numba" in done.stdout


def test_an_unknown_engine_is_named_with_the_known_ones():
    net = Network((2, 1))
    with pytest.raises(ValueError, match="engine='cuda'.*'numpy', 'numba'"):
        sgd(net, net.init(0), [[0, 1]], [[1]], engine="cuda")


def both(rule, net, task, **options):
    """The results of the two engines."""
    return tuple(rule(net, *task, engine=engine, **options) for engine in ("numpy", "numba"))


def apart(fits):
    """The largest difference of a parameter, relative to the largest, and of a cost, relative to that cost."""
    ours, theirs = fits
    assert ours.history.shape == theirs.history.shape and ours.theta.dtype == theirs.theta.dtype
    assert ours.history.dtype == theirs.history.dtype
    costs = np.abs(ours.history - theirs.history) / np.abs(ours.history)
    return max(np.abs(ours.theta - theirs.theta).max() / np.abs(ours.theta).max(), *costs, 0.0)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
@pytest.mark.parametrize("hidden", ["identity", "sigmoid", "tanh", "relu", "leaky_relu", "softmax"])
def test_every_activation_and_loss(hidden, output, loss, rule):
    """Three epochs of batches of 4 out of 11, shuffled, with a penalty: equal to rounding."""
    net = Network((3, 5, 4, 2), hidden=hidden, output=output, loss=loss)
    train_with, options = RULES[rule]
    theta, X, Y = draw(net, 11)
    fits = both(train_with, net, (0.5 * theta, X, Y), epochs=3, batch_size=4, lam=0.3, seed=1, **options)
    assert np.abs(fits[0].theta - 0.5 * theta).max() > 1e-3, "nothing was learnt, so nothing was compared"
    assert apart(fits) <= 1e-12


@pytest.mark.long
@pytest.mark.parametrize("history", ["full", "running", "none"])
@pytest.mark.parametrize("size", [None, 1, 4, 11])
@pytest.mark.parametrize("rule", RULES)
def test_histories_and_batches(rule, size, history):
    net = Network((3, 5, 2), hidden=["tanh"], output="softmax", loss="cross_entropy")
    train_with, options = RULES[rule]
    for shuffle in True, False:
        fits = both(
            train_with,
            net,
            draw(net, 11),
            epochs=4,
            batch_size=size,
            lam=0.2,
            shuffle=shuffle,
            history=history,
            **options,
        )
        assert apart(fits) <= 1e-12


@pytest.mark.parametrize("rule", RULES)
def test_a_thousand_steps(rule):
    """Rounding grows along the way, but 1000 steps leave nine digits and more."""
    net = Network((2, 4, 4, 1))
    train_with, options = RULES[rule]
    task = draw(net, 50)
    fits = both(train_with, net, task, epochs=20, batch_size=1, history="running", **options)
    assert np.abs(fits[0].theta - task[0]).max() > 0.1 and apart(fits) <= 1e-9


@pytest.mark.long
def test_float32_stays_float32():
    net = Network((3, 5, 2), hidden="tanh")
    task = [part.astype(np.float32) for part in draw(net, 11)]
    fits = both(sgd, net, task, epochs=3, batch_size=4)
    assert fits[1].theta.dtype == np.float32 and 0 < apart(fits) <= 1e-5


def test_costs_are_exact_far_from_zero():
    """The losses of matching outputs come from the pre-activations, as in NumPy: finite at 1000."""
    for output, loss in ("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy"):
        net = Network((1, 2), output=output, loss=loss)
        theta = np.array([0.0, 1000.0, 0.0, -1000.0])
        fits = both(sgd, net, (theta, [[1.0], [-1.0]] * 2, [[0.0, 1.0]] * 4), epochs=1, lr=1e-3)
        assert fits[1].history[0] > 900 and apart(fits) <= 1e-12
        one = both(sgd, net, (theta / 1000 * 40, [[1.0]], [[1.0, 0.0]]), epochs=0)
        assert 0 < one[1].history[0] < 1e-16 and apart(one) <= 1e-12


def test_schedule_and_callback_are_those_of_numpy():
    net = Network((3, 4, 2))
    seen = {"numpy": [], "numba": []}
    for engine, calls in seen.items():
        sgd(
            net, *draw(net, 11), epochs=9, batch_size=4, schedule=schedules.polynomial_decay(), engine=engine,
            callback=lambda epoch, theta, cost: calls.append((epoch, *theta, cost)) or epoch == 5,
        )  # fmt: skip
    assert len(seen["numpy"]) == len(seen["numba"]) == 5
    assert np.allclose(seen["numpy"], seen["numba"], rtol=1e-12, atol=1e-13)


def test_divergence_is_reported_and_theta_is_that_of_the_epoch_before():
    net = Network((1, 1), output="identity", loss="half_squared")
    fits = []
    for engine in "numpy", "numba":
        with pytest.warns(RuntimeWarning, match="training diverged: after epoch"):
            fits.append(sgd(net, np.array([1.0, 1.0]), [[1e3]], [[0.0]], lr=1.0, epochs=1000, engine=engine))
    assert np.allclose(fits[0].theta, fits[1].theta, rtol=1e-9, atol=0) and np.isfinite(fits[1].theta).all()
    assert len(fits[0].history) == len(fits[1].history)


def test_arguments_are_left_alone():
    net = Network((3, 4, 2))
    task = draw(net, 11)
    kept = [part.copy() for part in task]
    fit = sgd(net, *task, epochs=2, batch_size=4, lam=0.1, engine="numba")
    assert all(np.array_equal(part, copy) for part, copy in zip(task, kept))
    assert not np.shares_memory(fit.theta, task[0]) and not np.array_equal(fit.theta, task[0])


OWN = Activation("own", lambda z, out=None: np.sin(z, out=out), lambda z, a: np.cos(z))
IMPOSTOR = Activation("tanh", ACTIVATIONS["sigmoid"].f, ACTIVATIONS["sigmoid"].df)
OWN_LOSS = Loss("own", LOSSES["mse"].value, LOSSES["mse"].slope)


@pytest.mark.parametrize(
    "options, what",
    [
        ({"hidden": OWN}, "activation 'own'"),
        ({"hidden": IMPOSTOR}, "activation 'tanh'"),
        ({"output": leaky_relu(0.3), "loss": "mse"}, r"activation 'leaky_relu\(0.3\)'"),
        ({"loss": OWN_LOSS}, "loss 'own'"),
    ],
)
def test_records_of_ones_own_are_refused_with_the_cure(options, what):
    net = Network((3, 4, 2), **options)
    with pytest.raises(ValueError, match=f"{what}.*engine='numpy'"):
        sgd(net, *draw(net, 5), engine="numba")
    sgd(net, *draw(net, 5), epochs=1)


def test_rules_of_ones_own_are_refused_with_the_cure():
    net = Network((3, 4, 2))
    with pytest.raises(TypeError, match="rule.*sgd or adam.*engine='numpy'"):
        train(net, *draw(net, 5), lambda theta: lambda theta, g, rate: None, engine="numba")


def test_what_numpy_does_faster_is_said():
    net = Network((30, 30, 2))
    with pytest.warns(UserWarning, match="200 samples through 992 parameters.*engine='numpy'") as caught:
        sgd(net, *draw(net, 200), epochs=1, engine="numba")
    assert Path(caught[0].filename) == Path(__file__), "it points at the caller's line"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sgd(net, *draw(net, 50), epochs=1, batch_size=1, engine="numba")


def test_every_registered_activation_and_loss_of_bpcore_has_its_number():
    from bpcore import compiled, engine

    assert set(engine.ACTIVATION_NAMES) == set(ACTIVATIONS) and set(engine.LOSS_NAMES) == set(LOSSES)
    for names in engine.ACTIVATION_NAMES, engine.LOSS_NAMES:
        assert [getattr(compiled, name.upper()) for name in names] == list(range(len(names)))
    assert ACTIVATIONS["leaky_relu"].f.args == (compiled.SLOPE,)


@pytest.mark.parametrize("history", ["full", "running"])
def test_more_samples_than_there_is_room_for(history):
    """Batches in several parts, and parts that are not full: 1000 samples and batches of 700, 480 side by side."""
    net = Network((2, 3, 1))
    for size in None, 700:
        fits = both(sgd, net, draw(net, 1000), epochs=3, batch_size=size, lam=0.1, history=history)
        assert apart(fits) <= 1e-12


def test_many_epochs_in_one_call_or_one_by_one():
    """A callback looks after each epoch: the same bits as without it."""
    net, seen = Network((2, 3, 1)), []
    for callback in None, lambda epoch, theta, cost: seen.append(cost):
        fit = adam(net, *draw(net, 9), epochs=50, batch_size=4, history="full", callback=callback, engine="numba")
        seen.append(fit)
    assert np.array_equal(seen[0].theta, seen[-1].theta) and seen[1:-1] == list(seen[0].history[1:])


def test_the_exponential_is_exact_to_rounding():
    from bpcore.compiled_functions import exp_as_quotient

    x = -np.concatenate([np.linspace(0, 2, 1001), np.geomspace(2, 708, 1001), [0.5 * np.log(2)]])
    ours = np.array([np.divide(*exp_as_quotient(value)) for value in x])
    assert np.abs(ours / np.exp(x) - 1).max() <= 4 * np.finfo(float).eps  # r, both polynomials and their quotient
    ends = [np.divide(*exp_as_quotient(value)) for value in (-710.0, -1e300, -np.inf, np.nan)]
    assert ends[:3] == [0, 0, 0] and np.isnan(ends[3])


def test_an_interrupted_call_counts_as_not_made(monkeypatch):
    """A key that is pressed while the loops run is seen after the call."""
    from bpcore import engine

    net, calls, passes = Network((2, 3, 1)), [], engine.passes
    task = draw(net, 9)

    def interrupted(*arguments):
        done = passes(*arguments)
        calls.append(done)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(engine, "passes", interrupted)
    fit = sgd(net, *task, epochs=9, batch_size=4, engine="numba")  # the first call is that of the cost at the start
    assert len(calls) == 2 and calls[1] > 9, "all epochs were one call"
    assert fit.interrupted and np.array_equal(fit.theta, task[0]) and len(fit.history) == 1
