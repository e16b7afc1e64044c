"""The table of defects: each is caught by its check, each repair passes, and the museum shows every exhibit."""

import re

import numpy as np
import pytest
from support import OUTPUTS_AND_LOSSES, relative
from text import ROOT, faults_of_style, read

from bpcore import ACTIVATIONS, Activation, Network, check_gradient
from bpcore.clinic.defects import DEFECTS, place
from bpcore.clinic.defects.timing import KEPT

GRADIENTS = {name: defect for name, defect in DEFECTS.items() if defect.gradient}
EXHIBITS = {name: defect for name, defect in DEFECTS.items() if defect.exhibit}
CHAPTER = ROOT / "book" / "common_bugs.ipynb"

PLACES = [
    (dict(sizes=(3, 5, 4, 2)), 0.7),
    (dict(sizes=(3, 5, 4, 2), seed=3), 0.0),
    (dict(sizes=(4, 4, 4, 4, 4), hidden="tanh", output="softmax", loss="cross_entropy", seed=1), 0.3),
    (dict(sizes=(2, 6, 6, 3), hidden="relu", output="identity", loss="mse", seed=4), 0.5),
    (dict(sizes=(3, 5, 5, 3), hidden=["leaky_relu", "sigmoid"], output="softmax", loss="half_squared"), 1.0),
    (dict(sizes=(3, 4, 4, 2), hidden=["softmax", "relu"], output="tanh", loss="half_squared", m=9), 0.2),
    (dict(sizes=(2, 7, 1), hidden="sigmoid", loss="binary_cross_entropy", m=11), 0.1),
    (dict(sizes=(3, 2)), 0.4),
    (dict(sizes=(2, 4, 3), hidden="tanh", output="sigmoid", loss="mse", m=1), 0.6),
    (dict(sizes=(3, 5, 5, 2), hidden="relu", output="identity", loss="mse", m=5), 0.2),
    (dict(sizes=(2, 4, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared", m=4), 0.2),
]


def slopes_at_zero_and_one(net, layers):
    """Whether the slope in these layers is the same for z and for f(z), as that of identity, ReLU and leaky ReLU is."""
    return all(net.activations[l].name in ("identity", "relu", "leaky_relu") for l in layers)


def makes_no_difference(name, net, m, lam):
    """Where the defect can be made and the gradient is right all the same, as the table says under ``survives``."""
    sloped = range(1, net.L + (0 if net.loss.link else 1))
    return {
        "mean-missing": m == 1,
        "mean-twice": m == 1,
        "samples-overwritten": m == 1,
        "bias-mean-missing": m == 1,
        "bias-one-sample": m == 1,
        "bias-regularised": lam == 0,
        "penalty-missing": lam == 0,
        "penalty-undivided": lam == 0 or m == 1,
        "outputs-not-averaged": net.sizes[-1] == 1,
        "fan-out-overwritten": set(net.sizes[2:]) == {1},
        "bias-axis-missing": set(net.sizes[1:]) == {1},
        "slope-of-a": slopes_at_zero_and_one(net, sloped),
        "slope-formula-of-z": slopes_at_zero_and_one(net, sloped),
        "slope-of-wrong-function": len({f.name for f in net.activations[1:]}) == 1,
        "dot-not-elementwise": m not in net.sizes[1:-1] or m == 1,
        "output-slope-forgotten": net.activations[-1].name == "identity",
    }.get(name, False)


def shown_by(cell):
    """All that the cell shows as text: what it prints, and its Markdown."""
    texts = [output.get("text", "") for output in cell["outputs"]] + [
        output.get("data", {}).get("text/markdown", "") for output in cell["outputs"]
    ]
    return "".join("".join(text) for text in texts)


def goes_wrong(program, at, lam):
    """Whether the gradient check fails, theta is changed, or a second call says something else."""
    net, theta, X, Y = place(**at)
    report = check_gradient(net, theta, X, Y, lam, grad=lambda theta: program(net, theta, X, Y, lam))
    return not report.passed or not np.array_equal(program(net, theta.copy(), X, Y, lam), report.gradient)


@pytest.mark.parametrize("name", DEFECTS)
def test_the_check_catches_the_defect_and_says_what_it_saw(name):
    with pytest.raises(AssertionError, match=r"\w+ .*\w"):
        DEFECTS[name].check(DEFECTS[name].broken)


@pytest.mark.parametrize("name", DEFECTS)
def test_the_repair_passes_and_is_measured(name):
    assert DEFECTS[name].check(DEFECTS[name].repaired) is not None


@pytest.mark.long
@pytest.mark.parametrize("name", GRADIENTS)
def test_gradient_defects_fail_on_every_network_where_they_can_be_made_and_matter(name):
    seen = 0
    for at, lam in PLACES:
        net, theta, X, Y = place(**at)
        try:
            DEFECTS[name].broken(net, theta.copy(), X, Y, lam)
        except ValueError as error:
            assert name in str(error) and "needs" in str(error)
            continue
        harmless = makes_no_difference(name, net, len(X), lam)
        assert goes_wrong(DEFECTS[name].broken, at, lam) != harmless, f"{name} in {net}, λ = {lam}"
        assert not goes_wrong(DEFECTS[name].repaired, at, lam), f"repaired {name} in {net}, λ = {lam}"
        seen += not harmless
    assert seen >= (
        1 if name in ("two-too-many", "two-missing", "outputs-not-averaged", "softmax-diagonal", "relu-mask") else 3
    )


@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
def test_the_plain_backward_pass_is_right_for_every_output_and_loss(output, loss):
    for hidden in ACTIVATIONS:
        assert not goes_wrong(DEFECTS["mean-twice"].repaired, dict(hidden=hidden, output=output, loss=loss), 0.7)


LOCAL = {
    name
    for name, defect in GRADIENTS.items()
    if defect.step in ("weight_sum", "bias_sum", "mean", "penalty", "hand_over")
}


@pytest.mark.parametrize("name", [name for name in GRADIENTS if name != "argument-changed"])
def test_a_mistake_in_one_layer_stays_where_it_belongs(name):
    """What is wrong in a layer's sums is wrong there alone; what is wrong in a delta reaches the layers below."""
    seen = 0
    for at, lam in PLACES:
        net, theta, X, Y = place(**at)
        right = net.params(net.grad(theta, X, Y, lam)).Theta
        for l in range(1, net.L + 1):
            own = Network(net.sizes, net.activations[1:-1], net.activations[-1], net.loss)
            try:
                wrong = DEFECTS[name].broken(own, theta.copy(), X, Y, lam, layers=[l])
            except ValueError:
                continue
            if name == "accumulated":
                wrong = DEFECTS[name].broken(own, theta.copy(), X, Y, lam, layers=[l])
            wrong = net.params(wrong).Theta
            reached = {k for k in range(1, net.L + 1) if relative(wrong[k], right[k]) > 1e-12}
            expected = {l} if name in LOCAL else {*range(1, l + 1)}
            assert reached in (set(), expected), f"made in layer {l} of {net}, seen in {reached}"
            seen += bool(reached)
    assert seen


def test_layers_that_cannot_be_named_are_refused():
    net, theta, X, Y = place()
    for layers in ([0], [4], [], [3]):
        with pytest.raises(ValueError, match="slope-missing.*hidden layer.*\\[1, 2\\]"):
            DEFECTS["slope-missing"].broken(net, theta, X, Y, layers=layers)


@pytest.mark.parametrize(
    "name, factor, at",
    [
        ("mean-missing", 6, {}),
        ("mean-twice", 1 / 6, {}),
        ("sign", -1, {}),
        ("two-too-many", 2, dict(output="tanh", loss="half_squared")),
        ("two-missing", 1 / 2, dict(output="identity", loss="mse")),
        ("outputs-not-averaged", 3, dict(output="identity", loss="mse", sizes=(2, 5, 3))),
    ],
)
def test_factors(name, factor, at):
    net, theta, X, Y = place(**at)
    assert relative(DEFECTS[name].broken(net, theta, X, Y), factor * net.grad(theta, X, Y)) < 1e-15


def test_slope_of_a_is_what_a_network_with_article_a_s_derivative_computes():
    sigmoid = ACTIVATIONS["sigmoid"]
    listed = Activation("sigmoid", sigmoid.f, lambda z, a: sigmoid.f(a) * (1 - sigmoid.f(a)))
    net, theta, X, Y = place()
    assert (
        relative(DEFECTS["slope-of-a"].broken(net, theta, X, Y, 0.7), Network(net.sizes, listed).grad(theta, X, Y, 0.7))
        < 1e-15
    )


def test_stale_weights_give_mazurs_printed_error_and_the_repair_does_not():
    net = Network((2, 2, 2), loss="half_squared")
    theta = np.array([0.35, 0.15, 0.20, 0.35, 0.25, 0.30, 0.60, 0.40, 0.45, 0.60, 0.50, 0.55])
    X, Y, weights = [[0.05, 0.10]], [[0.01, 0.99]], np.array([0, 1, 1] * 4)
    after = [
        net.cost(theta - 0.5 * weights * program(net, theta, X, Y, lr=0.5), X, Y)
        for program in (DEFECTS["stale-weights"].broken, DEFECTS["stale-weights"].repaired)
    ]
    assert [f"{cost:.9f}" for cost in after] == ["0.291027924", "0.291027774"]


def test_accumulated_keeps_apart_what_belongs_to_different_networks():
    net, theta, X, Y = place()
    grad = DEFECTS["accumulated"].broken
    for call in (1, 2, 3):
        assert relative(grad(net, theta, X, Y), call * net.grad(theta, X, Y)) < 1e-14
    other = Network(net.sizes)
    assert relative(grad(other, theta, X, Y), net.grad(theta, X, Y)) < 1e-14
    before = len(KEPT)
    del other
    assert len(KEPT) == before - 1


def test_only_one_gradient_changes_its_argument():
    for name, defect in GRADIENTS.items():
        for at, lam in PLACES:
            net, theta, X, Y = place(**at)
            given = theta.copy()
            try:
                gradient = defect.broken(net, given, X, Y, lam)
            except ValueError:
                continue
            assert np.array_equal(given, theta) == (name != "argument-changed"), name
            assert gradient.dtype == float and gradient.shape == theta.shape


@pytest.mark.parametrize("name", DEFECTS)
def test_an_entry_is_complete_and_speaks_plainly(name):
    defect = DEFECTS[name]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and defect.name == name
    assert defect.title and not defect.title.endswith(".") and len(defect.title) < 80
    for text in (defect.symptom, defect.survives, defect.cure):
        assert text.endswith(".") and not re.search(r"\. [A-Z]", text), f"one sentence: {text}"
    assert not list(faults_of_style("\n".join([defect.title, defect.symptom, defect.survives, defect.cure])))
    for lines in (defect.lines, defect.repaired_lines):
        assert lines.startswith("def ") and len(lines.splitlines()) <= 7, "the bug in about five lines"
        assert max(map(len, lines.splitlines())) <= 82, "a line that does not fit on the page"


def test_there_are_enough_exhibits():
    assert 15 <= len(EXHIBITS) <= 22


@pytest.mark.parametrize("name", EXHIBITS)
def test_the_museum_shows_every_exhibit_with_its_lines_and_what_its_check_says(name):
    cells = {cell["id"]: cell for cell in read(CHAPTER)["cells"] if cell["cell_type"] == "code"}
    assert name in cells, f"{CHAPTER.name} has no cell with the id {name}"
    shown, defect = shown_by(cells[name]), DEFECTS[name]
    assert defect.lines in shown and defect.repaired_lines in shown
    with pytest.raises(AssertionError) as seen:
        defect.check(defect.broken)
    assert str(seen.value) in shown


def test_the_museum_names_every_defect_in_its_catalogue():
    listed = [cell for cell in read(CHAPTER)["cells"] if cell.get("id", "").startswith("catalogue")]
    shown = "".join(shown_by(cell) for cell in listed)
    assert [
        name
        for name in DEFECTS
        if not re.search(rf"^- <span id=\"defect-{name}\"></span>`{name}`: ", shown, re.MULTILINE)
    ] == []


def test_exhibits_stand_in_the_order_of_the_table():
    order = [cell["id"] for cell in read(CHAPTER)["cells"] if cell["cell_type"] == "code" and cell["id"] in EXHIBITS]
    assert order == list(EXHIBITS)


def test_the_paths_of_the_first_edition_still_work():
    import importlib

    assert importlib.import_module("bpcore.defects").DEFECTS is DEFECTS
    assert importlib.import_module("bpcore.diagnosis").OTHERS
