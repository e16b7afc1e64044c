"""Random arguments of every kind for every public function: it returns, or it raises what its docstring lists, naming
the argument.
"""

import copy
import datetime
import decimal
import fractions
import inspect
import io
import random
import re
import signal
import time
import warnings
from contextlib import contextmanager

import matplotlib
import numpy as np
import pytest
import scipy.sparse
from test_docs import CALLABLES

matplotlib.use("Agg")
import matplotlib.pyplot as plt
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
from bpcore.figures.sliders import explore

SECONDS = 20  # for one call; the slowest takes a tenth of one
NET = Network((2, 3, 2))
THETA = NET.init(0) + 0.1
X = np.linspace(-1, 1, 8).reshape(4, 2)
Y = np.array([[0.0, 1], [1, 0], [0.5, 0.5], [1, 1]])


class Own(Exception):
    """What a caller's function raises is the caller's own, and comes through."""


def raising(*args, **kwargs):
    raise Own("the caller's own")


class ReturnsNoArray:
    def __array__(self, dtype=None, copy=None):
        return "text"


class RaisesInBool:
    def __bool__(self):
        raise RuntimeError("no truth today")


def itself():
    endless = []
    endless.append(endless)
    return endless


# Makers, so that each call gets a fresh one; name → maker.
STRANGE = {
    "None": lambda: None,
    "Ellipsis": lambda: ...,
    "NotImplemented": lambda: NotImplemented,
    "object": object,
    "True": lambda: True,
    "np.bool": lambda: np.True_,
    "text": lambda: "text",
    "empty text": str,
    "nul": lambda: "\0",
    "surrogate": lambda: "\ud800",
    "long text": lambda: "x" * 100_000,
    "name": lambda: "sigmoid",
    "np.str": lambda: np.str_("tanh"),
    "bytes": lambda: b"bytes",
    "bytearray": lambda: bytearray(8),
    "0": lambda: 0,
    "1": lambda: 1,
    "-1": lambda: -1,
    "2": lambda: 2,
    "-3": lambda: -3,
    "2**40": lambda: 2**40,
    "2**63": lambda: 2**63,
    "-2**63": lambda: -(2**63),
    "0.5": lambda: 0.5,
    "-0.0": lambda: -0.0,
    "-1.5": lambda: -1.5,
    "NaN": lambda: np.nan,
    "inf": lambda: np.inf,
    "-inf": lambda: -np.inf,
    "1e-320": lambda: 1e-320,
    "float16": lambda: np.float16(0.5),
    "longdouble": lambda: np.longdouble(0.5),
    "float32 inf": lambda: np.float32(np.inf),
    "int8": lambda: np.int8(2),
    "uint64": lambda: np.uint64(2**63),
    "complex": lambda: 1j,
    "Fraction": lambda: fractions.Fraction(1, 3),
    "Decimal": lambda: decimal.Decimal("0.1"),
    "datetime": lambda: datetime.datetime(2000, 1, 1),
    "datetime64": lambda: np.datetime64("2000-01-01"),
    "timedelta64": lambda: np.timedelta64(3, "D"),
    "NaT": lambda: np.timedelta64("NaT", "s"),
    "np.void": lambda: np.void(b"abcd"),
    "empty list": list,
    "empty tuple": tuple,
    "empty dict": dict,
    "empty set": set,
    "list": lambda: [1, 2],
    "tuple": lambda: (2, 3, 1),
    "list of text": lambda: ["relu", "tanh"],
    "list of None": lambda: [None, None],
    "nested": lambda: [[[[1]]]],
    "ragged": lambda: [[1, 2], [3]],
    "ragged deeply": lambda: [[[1], [2, 3]], [[4]]],
    "itself": itself,
    "dict": lambda: {"a": 1, 2: [3]},
    "set": lambda: {1, 2},
    "range": lambda: range(3),
    "generator": lambda: (k for k in (2, 3)),
    "iterator": lambda: iter([2, 3]),
    "slice": lambda: slice(3),
    "memoryview": lambda: memoryview(b"1234"),
    "open file": io.BytesIO,
    "module": lambda: np,
    "class": lambda: dict,
    "array class": lambda: np.ndarray,
    "builtin": lambda: len,
    "function of none": lambda: lambda: None,
    "returns None": lambda: lambda *a, **k: None,
    "returns text": lambda: lambda *a, **k: "text",
    "returns NaN": lambda: lambda *a, **k: np.nan,
    "returns inf": lambda: lambda *a, **k: np.inf,
    "returns an array": lambda: lambda *a, **k: np.ones((2, 3)),
    "returns int8": lambda: lambda *a, **k: np.int8(3),
    "returns ragged": lambda: lambda *a, **k: [[1], [2, 3]],
    "returns its argument": lambda: lambda *a, **k: a[0] if a else None,
    "returns a figure": lambda: lambda *a, **k: Figure(figsize=(0.2, 0.2)),
    "raises": lambda: raising,
    "exception": lambda: ValueError("one"),
    "sum": lambda: np.sum,
    "no array": ReturnsNoArray,
    "raises in bool": RaisesInBool,
    "sparse": lambda: scipy.sparse.csr_array(np.eye(2)),
    "a network": lambda: Network((2, 3, 2), hidden="tanh"),
    "another network": lambda: Network((1, 1)),
    "a trace": lambda: NET.forward(THETA, X),
    "an activation": lambda: ACTIVATIONS["tanh"],
    "the softmax": lambda: ACTIVATIONS["softmax"],
    "a loss": lambda: Loss("own", lambda a, y: (a - y).sum(axis=1), lambda a, y: np.ones_like(a)),
    "0-d": lambda: np.array(1.0),
    "empty array": lambda: np.zeros(0),
    "empty (0, 2)": lambda: np.zeros((0, 2)),
    "empty (2, 0)": lambda: np.zeros((2, 0)),
    "1-d": lambda: np.ones(4),
    "2-d": lambda: np.ones((4, 2)),
    "3-d": lambda: np.ones((2, 2, 2)),
    "many axes": lambda: np.ones((1,) * 32),
    "object array": lambda: np.array([None, "a", 3]),
    "text array": lambda: np.array(["a", "b"]),
    "bytes array": lambda: np.array([b"a"]),
    "bool array": lambda: np.ones((4, 2), bool),
    "int array": lambda: np.arange(4),
    "unsigned": lambda: np.arange(4, dtype=np.uint8),
    "complex array": lambda: np.ones((4, 2), complex),
    "datetimes": lambda: np.zeros(4, "M8[s]"),
    "timedeltas": lambda: np.zeros(4, "m8[s]"),
    "structured": lambda: np.zeros(4, [("a", float), ("b", int)]),
    "recarray": lambda: np.zeros(4, [("a", float)]).view(np.recarray),
    "masked": lambda: np.ma.masked_array([1.0, 2], [True, False]),
    "matrix": lambda: np.ones((4, 2)).view(np.matrix),
    "broadcast": lambda: np.broadcast_to(1.0, (4, 2)),
    "NaN array": lambda: np.full((4, 2), np.nan),
    "inf array": lambda: np.full(4, np.inf),
}
# No mistakes, but nobody waits for so many epochs and pictures; and of a truth value Python itself says best what is
# wrong.
SPARED = {
    "epochs": {"2**40", "2**63", "uint64"},
    "path": {"nul", "surrogate"},
    "values": {"long text"},
    "callback": {"returns an array"},
}
# Functions with words of their own: what these raise is the caller's, and comes through as it is.
CALLERS = {"class", "array class", "builtin", "sum", "function of none", "raises"}

# What a right array is turned into: all the ways in which it is nearly right.
TWISTS = {
    "float16": lambda a: a.astype(np.float16),
    "float32": lambda a: a.astype(np.float32),
    "longdouble": lambda a: a.astype(np.longdouble),
    "big-endian": lambda a: a.astype(">f8"),
    "little-endian": lambda a: a.astype("<f4"),
    "complex": lambda a: a + 0j,
    "clongdouble": lambda a: a.astype(np.clongdouble),
    "big-endian complex": lambda a: a.astype(">c16"),
    "bool": lambda a: a > 0,
    "int": lambda a: a.astype(int),
    "object": lambda a: a.astype(object),
    "text": lambda a: a.astype(str),
    "list": lambda a: a.tolist(),
    "tuple": lambda a: tuple(a.tolist()),
    "generator": lambda a: (row for row in a),
    "read-only": lambda a: _frozen(a),
    "strided": lambda a: np.repeat(a, 2, axis=-1)[..., ::2],
    "backwards": lambda a: a[::-1],
    "Fortran": np.asfortranarray,
    "one sample": lambda a: a[:1],
    "first row": lambda a: a[0],
    "transposed": lambda a: a.T,
    "one axis more": lambda a: a[None],
    "flat": np.ravel,
    "longer": lambda a: np.concatenate([a, a]),
    "empty": lambda a: a[:0],
    "NaN": lambda a: np.where(a == a.flat[-1], np.nan, a),
    "inf": lambda a: np.where(a == a.flat[0], -np.inf, a),
    "negative": lambda a: -abs(a) - 1,
    "tiny": lambda a: a * 1e-310,
    "zeros": np.zeros_like,
    "masked": lambda a: np.ma.masked_array(a, a > 0.2),
    "masked nowhere": lambda a: np.ma.masked_array(a),
    "matrix": lambda a: a.view(np.matrix),
    "timedelta": lambda a: a.astype("m8[s]"),
    "structured": lambda a: a.astype(float).view([("a", float)]),
    "sparse": lambda a: scipy.sparse.csr_matrix(np.atleast_2d(a)),
    "memmap-like": lambda a: a.view(type("Mapped", (np.ndarray,), {})),
    "misaligned": lambda a: _misaligned(a),
}


def _frozen(array):
    array = array.copy()
    array.setflags(write=False)
    return array


def _misaligned(array):
    """The same numbers, one byte off their places."""
    room = np.zeros(array.nbytes + 1, np.uint8)
    view = room[1:].view(array.dtype).reshape(array.shape)
    view[...] = array
    return view


def axes():
    """One pair of axes for all calls, made anew after a call that drew."""
    return plt.gca()


def quadratic(theta):
    """Of a vector, or of anything that makes an array."""
    return (np.asarray(theta) ** 2).sum()


def picture(value):
    return Figure(figsize=(0.2, 0.2))


TRAIN = {
    "net": lambda: NET,
    "theta": THETA.copy,
    "X": X.copy,
    "Y": Y.copy,
    "lr": lambda: 0.1,
    "epochs": lambda: 2,
    "batch_size": lambda: 3,
    "seed": lambda: 0,
    "shuffle": lambda: True,
    "lam": lambda: 0.1,
    "schedule": lambda: None,
    "callback": lambda: None,
    "progress": lambda: False,
    "history": lambda: "full",
    "engine": lambda: "numpy",
}
COST = {"theta": THETA.copy, "X": X.copy, "Y": Y.copy, "lam": lambda: 0.1, "n": lambda: 7}

# What is called, and right arguments for it (makers again): name → (function, arguments).
CALLS = {
    "bpcore.Activation": (
        Activation,
        {
            "name": lambda: "own",
            "f": lambda: np.tanh,
            "df": lambda: lambda z, a: 1 - a * a,
            "vjp": lambda: None,
            "kink": lambda: False,
        },
    ),
    "bpcore.Loss": (
        Loss,
        {
            "name": lambda: "own",
            "value": lambda: lambda a, y: a.sum(axis=1),
            "slope": lambda: lambda a, y: np.ones_like(a),
            "link": lambda: None,
            "from_logits": lambda: None,
            "targets": lambda: None,
            "expects": lambda: "",
            "sample": lambda: lambda rng, m, K: rng.random((m, K)),
        },
    ),
    "bpcore.Network": (
        Network,
        {"sizes": lambda: (2, 3, 2), "hidden": lambda: ["relu"], "output": lambda: "identity", "loss": lambda: "mse"},
    ),
    "bpcore.Network.init": (NET.init, {"seed": lambda: 0, "scheme": lambda: "he_normal"}),
    "bpcore.Network.params": (NET.params, {"theta": THETA.copy}),
    "bpcore.Network.forward": (NET.forward, {"theta": THETA.copy, "X": X.copy}),
    "bpcore.Network.predict": (NET.predict, {"theta": THETA.copy, "X": X.copy}),
    "bpcore.Network.backward": (NET.backward, {"theta": THETA.copy, "t": lambda: NET.forward(THETA, X), "Y": Y.copy}),
    "bpcore.Network.cost": (NET.cost, COST),
    "bpcore.Network.grad": (NET.grad, COST),
    "bpcore.Network.cost_and_grad": (NET.cost_and_grad, COST),
    "bpcore.Params": (Params, {"sizes": lambda: (2, 3, 2), "theta": THETA.copy}),
    "bpcore.Params.name_of": (NET.params(THETA).name_of, {"index": lambda: 3}),
    "bpcore.adam": (adam, TRAIN | {"beta1": lambda: 0.9, "beta2": lambda: 0.99, "eps": lambda: 1e-8}),
    "bpcore.train": (train, TRAIN | {"rule": lambda: lambda theta: lambda theta, g, rate: None}),
    "bpcore.sgd": (sgd, TRAIN | {"momentum": lambda: 0.9}),
    "bpcore.check_gradient": (
        check_gradient,
        {
            "net": lambda: NET,
            "theta": THETA.copy,
            "X": X.copy,
            "Y": Y.copy,
            "lam": lambda: 0.1,
            "method": lambda: "central",
            "step": lambda: 1e-5,
            "grad": lambda: None,
            "progress": lambda: False,
        },
    ),
    "bpcore.check_gradient (functions)": (
        lambda cost, grad, theta, method, step: check_gradient(cost, grad, theta, method=method, step=step),
        {
            "cost": lambda: quadratic,
            "grad": lambda: lambda theta: 2 * np.asarray(theta),
            "theta": THETA.copy,
            "method": lambda: "forward",
            "step": lambda: None,
        },
    ),
    "bpcore.diagnose": (
        diagnose,
        {
            "cost": lambda: quadratic,
            "grad": lambda: lambda theta: 2 * np.asarray(theta),
            "params": THETA.copy,
            "net": lambda: None,
            "X": lambda: None,
            "Y": lambda: None,
            "lam": lambda: 0.0,
            "n": lambda: None,
            "blocks": lambda: {"W": (2, 8), "b": (1,)},
            "progress": lambda: False,
        },
    ),
    "bpcore.checkup": (
        checkup,
        {
            "net": lambda: NET,
            "X": X.copy,
            "Y": Y.copy,
            "theta": THETA.copy,
            "lr": lambda: 0.1,
            "fit": lambda: [1.0, 0.9],
            "momentum": lambda: 0.0,
            "batch_size": lambda: None,
            "lam": lambda: 0.0,
            "accuracy": lambda: None,
        },
    ),
    "bpcore.check_update": (
        check_update,
        {
            "update": lambda: lambda theta, g: theta - 0.1 * g,
            "like": lambda: "sgd",
            "lr": lambda: 0.1,
            "momentum": lambda: 0.9,
            "beta1": lambda: 0.9,
            "beta2": lambda: 0.999,
            "eps": lambda: 1e-8,
            "weight_decay": lambda: 0.01,
            "clip_norm": lambda: None,
            "clip_value": lambda: None,
            "theta": lambda: None,
            "state": lambda: None,
            "each": lambda: False,
        },
    ),
    "bpcore.numerical_gradient": (
        numerical_gradient,
        {
            "cost": lambda: quadratic,
            "theta": THETA.copy,
            "method": lambda: "complex",
            "step": lambda: None,
            "progress": lambda: False,
        },
    ),
    "bpcore.relative_error": (relative_error, {"a": THETA.copy, "b": lambda: THETA + 1}),
    "bpcore.leaky_relu": (leaky_relu, {"slope": lambda: 0.1}),
    "bpcore.one_hot": (one_hot, {"labels": lambda: np.array([0, 2, 1]), "n_classes": lambda: 3}),
    "bpcore.load": (load, {"path": lambda: "there"}),
    "bpcore.save": (save, {"path": lambda: "written", "net": lambda: NET, "theta": THETA.copy}),
    "bpcore.schedules.polynomial_decay": (schedules.polynomial_decay, {"power": lambda: 0.5}),
    "bpcore.figures.plots.loss_curves": (
        plots.loss_curves,
        {"curves": lambda: {"one": [3.0, 2, 1]}, "ax": axes, "log": lambda: False},
    ),
    "bpcore.figures.plots.median_band": (
        plots.median_band,
        {"x": lambda: [1, 2], "values": lambda: [[1.0, 2], [3, 1]], "ax": axes, "label": lambda: "runs"},
    ),
    "bpcore.figures.plots.decision_boundary": (
        plots.decision_boundary,
        {
            "predict": lambda: lambda points: 1 / (1 + points[:, 0] ** 2),
            "X": X.copy,
            "labels": lambda: np.array([0, 1, 0, 1]),
            "ax": axes,
            "margin": lambda: 0.5,
            "points": lambda: 3,
        },
    ),
    "bpcore.figures.plots.activation_curves": (
        plots.activation_curves,
        {"activation": lambda: ACTIVATIONS["tanh"], "ax": axes, "reach": lambda: 3},
    ),
    "bpcore.figures.plots.image_grid": (
        plots.image_grid,
        {
            "rows": X.copy,
            "titles": lambda: list("abcd"),
            "columns": lambda: 2,
            "shape": lambda: (1, 2),
            "signed": lambda: True,
            "width": lambda: 2,
        },
    ),
    "bpcore.figures.plots.draw_network": (
        plots.draw_network,
        {
            "sizes": lambda: (1, 1),
            "node_text": lambda: lambda l, j: "n",
            "edge_text": lambda: None,
            "edge_colour": lambda: None,
            "ax": axes,
            "radius": lambda: 0.2,
            "spread": lambda: (1, 1),
            "node_gradient": lambda: None,
            "edge_gradient": lambda: lambda l, j, k: "g",
            "fontsize": lambda: 8,
        },
    ),
    "bpcore.figures.plots.label_network": (
        plots.label_network,
        {
            "sizes": lambda: (1, 1),
            "line_text": lambda: lambda l, j, k: "w",
            "unit_text": lambda: lambda l, j: "b",
            "ax": axes,
            "radius": lambda: 0.2,
            "spread": lambda: (1, 1),
            "colour": lambda: "black",
            "fontsize": lambda: 8,
        },
    ),
    "bpcore.figures.plots.draw_graph": (
        plots.draw_graph,
        {
            "nodes": lambda: {"x": (0, 0), "C": (1, 0)},
            "edges": lambda: [("x", "C", "3", "6")],
            "ax": axes,
            "radius": lambda: 0.2,
            "fontsize": lambda: 8,
        },
    ),
    "bpcore.figures.sliders.explore": (
        explore,
        {
            "draw": lambda: picture,
            "values": lambda: [1, 2],
            "label": lambda: "k",
            "alt": lambda: str,
            "start": lambda: 0,
            "dpi": lambda: 20,
        },
    ),
}
# Not called with anything: what functions return, which nobody makes; and the inner loop's own, whose arguments
# bpcore has made.
LEFT_OUT = {
    "bpcore.Diagnosis",
    "bpcore.Fit",
    "bpcore.Report",
    "bpcore.Trace",
    "bpcore.Trace.with_delta",
    "bpcore.Activation.pull",
    "bpcore.Network.checked",
}


def documented(name):
    """The exceptions that the function's docstring lists under Raises."""
    section = re.search(
        r"^Raises\n-+\n(.*?)(?=^\S[^\n]*\n-{3,}|\Z)", inspect.getdoc(CALLABLES[name.split(" ")[0]]), re.S | re.M
    )
    if not section:
        return ()
    names = [part for line in re.findall(r"^(\w[\w, ]*)$", section[1], re.M) for part in line.split(", ")]
    return tuple(
        __builtins__[part] if isinstance(__builtins__, dict) else getattr(__builtins__, part) for part in names
    )


@contextmanager
def in_time():
    """A call that hangs is interrupted, where the system can."""

    def stop(*args):
        raise TimeoutError(f"no answer within {SECONDS} seconds")

    start = time.perf_counter()
    if hasattr(signal, "setitimer"):
        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    assert time.perf_counter() - start < SECONDS


def print_of(value):
    """What can be compared before and after a call; for what has no state to speak of, nothing."""
    if isinstance(value, np.ndarray):
        return (
            value.dtype,
            value.shape,
            value.strides,
            value.flags.writeable,
            value.tolist() if value.dtype.hasobject else value.tobytes(),
        )
    if isinstance(value, (list, tuple)) and not any(part is value for part in value):
        return type(value), [print_of(part) for part in value]
    if isinstance(value, dict):
        return [(key, print_of(part)) for key, part in value.items()]
    if isinstance(value, (set, bytearray, io.BytesIO)):
        return copy.copy(value) if not isinstance(value, io.BytesIO) else value.getvalue()
    if hasattr(value, "A") and hasattr(value, "Z"):
        return [print_of(array) for array in value.A + value.Z]
    if isinstance(value, Network):
        return repr(value)
    return None


def attempt(name, arguments, kinds=()):
    """Call it, and hold what happens against what is allowed; returns "returned" or the exception's name."""
    function, right = CALLS[name]
    before = {argument: print_of(value) for argument, value in arguments.items()}
    outcome = "returned"
    with warnings.catch_warnings(), in_time():
        warnings.simplefilter("error")
        try:
            function(**arguments)
            plt.close("all")
        except Exception as error:
            outcome, message = type(error).__name__, str(error)
            if isinstance(error, Warning) or not CALLERS & set(kinds):
                assert type(error) in documented(name), f"{outcome} is not in the docstring's Raises: {message}"
            named = {*right, "cost", "grad", "net"} if "check_gradient" in name else {*right}
            if name in ("bpcore.check_gradient (functions)", "bpcore.numerical_gradient"):
                named |= {"params"}  # what is no vector is called so
            if not isinstance(error, OSError) and not CALLERS & set(kinds):
                assert any(re.search(rf"\b{argument}\b", message) for argument in named), (
                    f"names no argument: {message}"
                )
                assert "expect" in message or "keep every step of the cost analytic" in message, (
                    f"does not say what is expected: {message}"
                )
                assert len(message) < 1500, "the message is long"
    for argument, value in arguments.items():
        assert repr(print_of(value)) == repr(before[argument]), f"{argument} was changed"
    return outcome


def candidates(argument, maker):
    """Everything to be tried for an argument: what is strange, and what is nearly right."""
    tried = {name: strange for name, strange in STRANGE.items() if name not in SPARED.get(argument, ())}
    if isinstance(maker(), np.ndarray):
        for name, twist in TWISTS.items():
            tried[f"its {name}"] = lambda twist=twist: twist(np.asarray(maker()))
    return tried


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Files land in a folder of the test; figures are closed."""
    monkeypatch.chdir(tmp_path)
    save("there", NET, THETA)
    yield
    plt.close("all")


def made(maker):
    try:
        return maker()
    except (TypeError, ValueError) as error:
        pytest.skip(f"NumPy makes no such array: {error}")


def test_every_public_function_is_here():
    assert {name.split(" ")[0] for name in CALLS} | LEFT_OUT == set(CALLABLES) and not LEFT_OUT & set(CALLS)
    for name, (function, right) in CALLS.items():
        assert list(right) == [*right] and set(right) == set(inspect.signature(function).parameters), name


@pytest.mark.parametrize("name", CALLS)
def test_right_arguments_are_right(name):
    assert attempt(name, {argument: maker() for argument, maker in CALLS[name][1].items()}) == "returned"


@pytest.mark.long
@pytest.mark.parametrize("name", CALLS)
def test_one_strange_argument(name):
    failures, outcomes = [], []
    for argument, maker in CALLS[name][1].items():
        for kind, strange in candidates(argument, maker).items():
            arguments = {other: right() for other, right in CALLS[name][1].items()}
            try:
                arguments[argument] = strange()
            except Exception:  # a twist that this array cannot take
                continue
            try:
                outcomes.append(attempt(name, arguments, [kind]))
            except (AssertionError, TimeoutError) as error:
                failures.append(f"{argument} = {kind}: {str(error).splitlines()[0][:300]}")
    assert not failures, f"{len(failures)} of {len(outcomes)}:\n" + "\n".join(failures)
    assert not CALLS[name][1] or {"TypeError", "ValueError"} & set(outcomes), "nothing strange was refused"


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in CALLS if len(CALLS[name][1]) > 1])
def test_many_strange_arguments(name):
    rng, failures = random.Random(name), []
    tried = {argument: (maker, candidates(argument, maker)) for argument, maker in CALLS[name][1].items()}
    for _ in range(150):
        share, arguments, kinds = rng.choice([0.3, 0.6, 1.0]), {}, {}
        for argument, (maker, strange) in tried.items():
            kinds[argument] = rng.choice(list(strange)) if rng.random() < share else "right"
            try:
                arguments[argument] = maker() if kinds[argument] == "right" else strange[kinds[argument]]()
            except Exception:  # a twist that this array cannot take
                arguments[argument] = None
        try:
            attempt(name, arguments, kinds.values())
        except (AssertionError, TimeoutError) as error:
            failures.append(f"{kinds}: {str(error).splitlines()[0][:300]}")
    assert not failures, "\n".join(failures)
