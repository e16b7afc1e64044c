"""What is told of a change of lines without a run is what the run would have shown."""

import ast
import contextlib
import linecache
import sys
from pathlib import Path

import numpy as np
import pytest

from bpcore import diagnose
from bpcore.clinic.own_lines import search
from bpcore.clinic.own_lines.changes import places_in
from bpcore.clinic.own_lines.effects import Effects, Unfit, in_a_row, shaped, shapes_of
from bpcore.clinic.own_lines.program import Ran, functions_of, reached_from, watched
from bpcore.clinic.own_lines.seen import Seen, Unknown

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
import wild_answers  # noqa: E402

# Programs of every style: loops over layers and over samples, classes, lists that grow, dicts, lambdas, recurrence.
PROGRAMS = [
    "adomanska-own-weights-and-dot-products",
    "dartrisen-nanograd-set-at-each-use",
    "diffusers-14341-keys-and-values-transposed",
    "go-deep-last-sample-of-a-batch",
    "jamesquirk-shares-by-value",
    "librec-last-friend-alone",
    "minpy-what-comes-left-out-of-a-sigmoid",
    "pylstm-deltas-of-the-same-step",
    "science-bookclub-2-error-without-the-penalty",
]


@pytest.mark.long
@pytest.mark.parametrize("name", PROGRAMS)
def test_what_is_foreseen_to_be_of_no_help_is_of_none(monkeypatch, name):
    module, foreseen, mistaken = wild_answers.load(wild_answers.paths()[name]), [], []
    foresee, k = search.Search._is_of_no_help, iter(range(1_000_000))

    def checked(self, function, change):
        no_help = foresee(self, function, change)
        foreseen.append(no_help)
        if no_help and next(k) % 5 == 0 and self._wrong_with(function, change, 1) is not None:
            mistaken.append(str(search._line(function, change)))
        return no_help

    monkeypatch.setattr(search.Search, "_is_of_no_help", checked)
    wild_answers.answer(module)
    assert not mistaken
    assert any(foreseen)


SOURCE = """
import numpy as np

CALLS = []
X = np.arange(6.0).reshape(3, 2) / 4
RATE = 0.5


def asked(value):
    CALLS.append(len(CALLS))
    return value


def grad(theta):
    scale = asked(RATE)
    error = X @ theta - 1
    down, rounds = error, 0
    rounds += 2
    for k in range(rounds):
        down = down * scale + k
    parts = [2 * X.T @ error, down.sum() * theta]
    for k in range(2):
        parts[1] = parts[1] if k == 0 else parts[1] * 3
    return parts[0] + parts[1] + np.tanh(error).sum() + np.ones(2) / (scale - 1.5)
"""


@pytest.fixture
def program(tmp_path):
    """A function of the program above, its run at one place, and the module's names."""
    file = tmp_path / "own_program.py"
    file.write_text(SOURCE, encoding="utf-8")
    names = {"__name__": "own_program"}
    exec(compile(SOURCE, str(file), "exec"), names)
    theta = np.array([0.3, -0.7])
    ran, codes = watched(lambda: names["grad"](theta.copy()))
    found = functions_of(reached_from([names["grad"]]), {path: Ran(places) for path, places in ran.items()}, codes)
    (function,) = (each for each in found if each.name == "grad")
    return function, lambda: names["grad"](theta.copy()), names


def place_of(seen, text):
    return next(place for place in seen.places.values() if ast.unparse(place.node) == text)


def seen_of(program):
    function, run, _ = program
    seen = Seen(function, [])
    seen.watch(run)
    return seen


def test_every_value_is_seen_each_time_that_its_statement_runs(program):
    seen, (_, _, names) = seen_of(program), program
    theta = np.array([0.3, -0.7])
    error = names["X"] @ theta - 1
    assert np.array_equal(seen.as_it_is(place_of(seen, "X @ theta").node)[0], names["X"] @ theta)
    first, second = seen.as_it_is(place_of(seen, "down * scale").node)
    assert np.array_equal(first, error * 0.5) and np.array_equal(second, (error * 0.5 + 0) * 0.5)


def test_a_function_with_hooks_leaves_nothing_behind(program):
    function, run, names = program
    before, code = run(), function.objects[0].__code__
    seen_of(program)
    assert function.objects[0].__code__ is code and np.array_equal(run(), before)
    assert not [name for name in names if name.startswith("__") and name.endswith("s__") and name != "__builtins__"]


def changed(seen, text, new):
    return place_of(seen, text).instead(ast.parse(new, mode="eval").body, 1)


def test_a_changed_value_is_computed_up_to_its_statement(program):
    seen, (_, _, names) = seen_of(program), program
    node, value = seen.changed_by(changed(seen, "X @ theta", "X @ theta * 3"))
    theta = np.array([0.3, -0.7])
    assert node is place_of(seen, "X @ theta - 1").node
    assert np.array_equal(value, names["X"] @ theta * 3 - 1)


def test_an_entry_of_a_list_is_told_by_itself(program):
    seen = seen_of(program)
    node, _ = seen.changed_by(changed(seen, "2 * X.T", "X.T"))
    assert node is place_of(seen, "2 * X.T @ error").node


def test_what_a_changed_expression_raises_is_raised(program):
    seen = seen_of(program)
    with pytest.raises(ValueError, match="matmul"):
        seen.changed_by(changed(seen, "X @ theta", "theta @ X"))
    with pytest.raises(NameError):
        seen.changed_by(changed(seen, "X @ theta", "X @ parts"))


def test_nothing_is_told_of_a_statement_that_adds_a_number(program):
    function, _, _ = program
    seen = seen_of(program)
    (place,) = (
        each for each in places_in(function.tree) if isinstance(each.owner, ast.AugAssign) and each.field == "value"
    )
    with pytest.raises(Unknown):
        seen.changed_by(place.instead(ast.Constant(1), 1))


def test_nothing_is_told_of_a_branch_that_did_not_run_at_first(program):
    """There the program computes nothing, and so raises nothing."""
    seen = seen_of(program)
    with pytest.raises(Unknown):
        seen.changed_by(changed(seen, "parts[1] * 3", "parts[1] * 3 + X"))


def test_the_programs_own_functions_are_not_called(program):
    seen, (_, _, names) = seen_of(program), program
    calls = len(names["CALLS"])
    for change in changed(seen, "RATE", "RATE * 2"), changed(seen, "error", "asked(error)"):
        with contextlib.suppress(Unknown):
            seen.changed_by(change)
    assert len(names["CALLS"]) == calls


def effects_of(program, text):
    function, run, _ = program
    seen = seen_of(program)
    place = place_of(seen, text)
    return Effects(function, place, seen.as_it_is(place.node), run, run())


def test_effects_are_those_of_a_run(program):
    effects = effects_of(program, "2 * X.T @ error")
    effects.compute()
    # the slopes are quotients of results that are rounded
    assert abs(effects.slopes - np.eye(2)).max() <= 4 * np.finfo(float).eps
    there = np.array([5.0, -3.0])
    assert abs(effects.predicted(there) - (effects.results + there - effects.values)).max() <= 1e-14


def test_values_that_depend_on_those_before_are_unfit(program):
    with pytest.raises(Unfit):
        effects_of(program, "down * scale").compute()


def test_values_whose_effects_are_not_linear_are_unfit(program):
    with pytest.raises(Unfit):
        effects_of(program, "X @ theta").compute()


def test_a_divisor_that_would_be_moved_to_zero_has_no_linear_effects(program):
    """The divisor scale − 1.5 is −1, and is made larger by its own modulus."""
    with np.errstate(divide="ignore"), pytest.raises(Unfit):
        effects_of(program, "scale - 1.5").compute()


def test_values_are_laid_out_in_a_row_and_back():
    value = [np.arange(6.0).reshape(2, 3), (2.0, np.array([1.0]))]
    row = in_a_row([value])
    again, end = shaped(shapes_of(value), row, 0)
    assert end == len(row) == 8
    assert np.array_equal(again[0], value[0]) and again[1][0] == 2.0 and np.array_equal(again[1][1], [1.0])
    for other in "text", None, 1j, np.array([1j]):
        with pytest.raises(Unfit):
            shapes_of([other])


def test_the_doctor_shows_the_line_with_foresight_as_without(monkeypatch, program):
    _, _, names = program
    X = names["X"]
    cost = lambda t: float(np.sum((X @ t - 1) ** 2))
    source = "def wrong(t):\n    e = X @ t + 1\n    return 2 * X.T @ e\n"
    linecache.cache["wrong.py"] = len(source), None, source.splitlines(True), "wrong.py"
    space = {"X": X}
    exec(compile(source, "wrong.py", "exec"), space)
    lines = [diagnose(cost, space["wrong"], np.array([0.3, -0.7])).lines]
    monkeypatch.setattr(search.Search, "_is_of_no_help", lambda *a: False)
    lines.append(diagnose(cost, space["wrong"], np.array([0.3, -0.7])).lines)
    assert lines[0] and list(map(str, lines[0])) == list(map(str, lines[1]))
