"""The answer about lines is the same in every process, and a program is afterwards what it was before."""

import builtins
import itertools
import os
import random
import subprocess
import sys
from pathlib import Path
from random import gauss

import numpy as np
import pytest
import support
from numpy.random import normal

from bpcore import diagnose
from bpcore.clinic.keys import key_of
from bpcore.clinic.own_lines.held import Held
from bpcore.clinic.own_lines.program import watched

HEAD = """
import numpy as np

X = np.array([[0.3, -1.2], [0.7, 0.4], [-0.5, 0.9], [1.1, 0.2]])
Y = np.array([[0.2], [0.8], [0.5], [0.1]])


def start():
    return {"A": np.array([[0.3, -0.4, 0.2], [0.5, 0.1, -0.7]]), "B": np.array([[0.6], [-0.2], [0.9]])}


def cost(p):
    return float(0.5 * np.sum((np.tanh(X @ p["A"]) @ p["B"] - Y) ** 2))


"""
FEW = """
START = np.array([0.6, -0.4])
H = np.tanh(np.tanh(np.tanh(np.tanh(X))))


def cost(p):
    return float(0.5 * np.sum((H @ p - Y[:, 0]) ** 2))


def grad(p):
    h = settle(X)
    return h.T @ (h @ p - Y[:, 0]) * (1.3 - p**2) + np.cos(p)


"""
OF_A_GENERATOR = """
def rates():
    while True:
        yield np.ones(1).copy().copy().copy().copy().copy().copy().copy()


RATES = rates()


def settle(h):
    k = 0
    while k < 4:
        h = np.tanh(h) * next(RATES)
        k += 1
    return h
"""
CATCHES_ALL = """
import builtins


def settle(h):
    k = 0
    while k < 4:
        try:
            h = np.tanh(h).copy().copy().copy().copy().copy().copy()
        {clause}
            pass
        k += 1
    return h
"""
TABLE = """
OPS = {{"add": lambda a, b: a + b,{between}"sub": lambda a, b: a - b}}


def grad(p):
    h = np.tanh(X @ p["A"])
    r = h @ p["B"] - Y
    return {{"A": X.T @ ((r @ p["B"].T) * (1 - h**2)), "B": h.T @ OPS["sub"](1.5 * r, -0.5 * r)}}
"""
REMEMBERS = """
LAST = OUT = None


def back(p):
    global LAST, OUT
    if LAST is None or not np.array_equal(LAST, p["A"]):
        h = np.tanh(X @ p["A"])
        r = h @ p["B"] - Y
        OUT = {"A": X.T @ ((r @ p["B"].T) * (1 - h**3)), "B": h.T @ r}
        LAST = p["A"].copy()
    return OUT


def grad(p):
    return {name: g.copy() for name, g in back(p).items()}
"""
OF_A_SHAPE = """
BUFFER = np.zeros(6)


def grad(p):
    BUFFER.shape = (2, 3)
    h = np.tanh(X @ p["A"])
    r = h @ p["B"] - Y
    BUFFER[...] = X.T @ ((r @ p["B"].T) * (1 - h**3))
    out = {"A": BUFFER.copy(), "B": h.T @ r}
    BUFFER.shape = (6,)
    return out
"""
OF_A_SET = """
def slope(h, kind):
    if kind in {"softsign", "tanh01", "sig moid", "li near"}:
        raise ValueError(kind)
    return 1 - h**3


def grad(p):
    h = np.tanh(X @ p["A"])
    r = h @ p["B"] - Y
    return {"A": X.T @ ((r @ p["B"].T) * slope(h, "tanh")), "B": h.T @ r}
"""


def lines_of(tmp_path, source):
    own = support.program(tmp_path, HEAD + source)
    return diagnose(own.cost, own.grad, own.start()).lines


@pytest.mark.long
def test_a_generator_of_the_program_s_goes_on(tmp_path):
    own = support.program(tmp_path, HEAD + FEW + OF_A_GENERATOR)
    before = own.grad(own.START)
    diagnose(own.cost, own.grad, own.START)
    assert np.array_equal(own.grad(own.START), before)


@pytest.mark.long
@pytest.mark.parametrize(
    "clause",
    [
        "except:",
        "except BaseException:",
        "except (ValueError, BaseException):",
        "except builtins.BaseException:",
        "finally:\n            if k < 3:\n                k += 1\n                continue",
    ],
)
def test_a_program_that_catches_everything_is_not_changed(clause, tmp_path):
    """Its loops could not be ended: the first that has no end would take for ever."""
    own = support.program(tmp_path, HEAD + FEW + CATCHES_ALL.format(clause=clause))
    assert diagnose(own.cost, own.grad, own.START).lines == ()


@pytest.mark.long
@pytest.mark.parametrize("between", [" ", "\n       "], ids=["on one line", "on two"])
def test_two_functions_on_a_line_are_two(between, tmp_path):
    (line,) = lines_of(tmp_path, TABLE.format(between=between))
    assert (line.computed, line.right) == ("lambda a, b: a - b", "lambda a, b: a + b")


@pytest.mark.long
@pytest.mark.parametrize("names", [0, 200])
def test_what_a_changed_program_remembers_is_forgotten(names, tmp_path):
    """However many names its module has."""
    (line,) = lines_of(tmp_path, REMEMBERS + "\n".join(f"unused_{k} = object()" for k in range(names)))
    assert "1 - h ** 3" in line.computed and "1 - h ** 2" in line.right


@pytest.mark.long
def test_a_buffer_has_its_shape_again(tmp_path):
    (line,) = lines_of(tmp_path, OF_A_SHAPE)
    assert "1 - h ** 2" in line.right


ASKED = """
import sys
sys.path.insert(0, {folder!r})
import program
from bpcore import diagnose
print(*diagnose(program.cost, program.grad, program.start()).lines)
"""


@pytest.mark.long
def test_the_order_of_a_set_plays_no_part(tmp_path):
    (tmp_path / "program.py").write_text(HEAD + OF_A_SET, encoding="utf-8")
    told = {
        subprocess.run(
            [sys.executable, "-c", ASKED.format(folder=str(tmp_path))],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        ).stdout
        for seed in ("0", "1", "3", "4")
    }
    assert len(told) == 1 and "1 - h ** 2" in told.pop()


def test_a_generator_that_was_watched_is_watched_no_more():
    def counting():
        yield from itertools.count()

    numbers, traced = counting(), sys.gettrace()
    watched(lambda: next(numbers))
    try:
        sys.settrace(lambda *given: None)  # as a debugger does, or what measures which lines are run
        for _ in range(200_000):
            last = next(numbers)
    finally:
        sys.settrace(traced)
    assert last == 200_000


@pytest.mark.parametrize("make", [np.random.RandomState, random.Random, np.random.default_rng])
def test_generators_of_every_kind_draw_again_what_they_drew(make):
    own = make(3)
    held = Held([own])
    first = own.random()
    held.put_back()
    assert own.random() == first


def test_a_generator_without_a_state_is_none_to_put_back():
    Held([random.SystemRandom()]).put_back()


def draws():
    return gauss()


def draws_from_numpy():
    return normal()


@pytest.mark.parametrize(
    "draw",
    [draws, draws_from_numpy, lambda: np.random.rand(), lambda: [random.random() for _ in range(3)]],
    ids=["a function of the module", "a function of NumPy's", "numpy", "within"],
)
def test_the_generators_of_the_modules_draw_again_what_they_drew(draw):
    """Where the program speaks of them: to put them back takes as long as a run."""
    held = Held([draw])
    first = draw()
    held.put_back()
    assert draw() == first


def test_generators_that_a_function_makes_are_its_own():
    """To put the modules' generators back after each run would take longer than many a run."""

    def start(seed):
        return np.random.default_rng(seed).standard_normal(3), isinstance(seed, np.random.Generator)

    assert Held([start]).states == []
    assert len(Held([start, lambda: np.random.rand()]).states) == 2


def test_what_no_program_changes_is_not_looked_at():
    """Python's and NumPy's classes and modules, to which each program leads; its own, and what is empty, are."""

    class Own:
        pass

    def own():
        pass

    mine, others = {"__name__": "mine"}, [int, np.ndarray, ValueError, vars(builtins), vars(np)]
    held = Held([Own, *others, vars(own), mine])
    assert [value for value, _ in held.stores] == [Own, mine] and held.empty == [{}]
    own.count, Own.count, mine["count"] = 1, 1, 1
    held.put_back()
    assert not hasattr(own, "count") and not hasattr(Own, "count") and mine == {"__name__": "mine"}


def test_classes_are_put_back_after_each_run():
    class Net:
        calls = 0

    held = Held([Net])
    Net.calls, Net.more = 7, True
    held.put_back()
    assert Net.calls == 0 and not hasattr(Net, "more")


def test_noise_of_either_sign_has_one_key():
    assert key_of(np.array([-1e-17, 1.0]), 9) == key_of(np.array([1e-17, 1.0]), 9) != key_of(np.array([1e-8, 1.0]), 9)
