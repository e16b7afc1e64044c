"""What each explorable computes is what bpcore, or the formula in Python, computes."""

import node
import numpy as np
import pytest

from bpcore import Network, numerical_gradient, relative_error, sgd
from bpcore.clinic.defects.table import DEFECTS


def test_one_unit(tmp_path):
    knobs = {"w": 0.8, "b": -0.2, "x": 1.5, "y": 1.0}
    shown = node.answer('import {unit} from "./unit.js"; reply(unit(given));', tmp_path, knobs)
    net = Network((1, 1), output="sigmoid", loss="half_squared")
    theta, X, Y = np.array([knobs["b"], knobs["w"]]), [[knobs["x"]]], [[knobs["y"]]]
    trace = net.backward(theta, net.forward(theta, X), Y)
    right = {"z": trace.z[1], "a": trace.a[1], "loss": net.cost(theta, X, Y), "delta": trace.delta[1]}
    right |= dict(zip(("byB", "byW"), net.grad(theta, X, Y)))
    for name, value in right.items():
        assert np.isclose(shown[name], np.ravel(value)[0], rtol=1e-14), name


def test_mazur_s_network(tmp_path):
    """The digits that the tutorial prints, and the gradient of the same network in bpcore."""
    lines = """import {passes, START, updated} from "./stepper.js";
    const p = passes(START), moved = updated(START, p); reply({n: START, p, moved, after: passes(moved).loss});"""
    shown = node.answer(lines, tmp_path)
    n, p, moved = shown["n"], shown["p"], shown["moved"]
    assert round(p["loss"], 9) == 0.298371109
    assert [round(moved[w], 9) for w in ("w1", "w5", "w8")] == [0.149780716, 0.35891648, 0.561370121]
    net = Network((2, 2, 2), loss="half_squared")
    rows = [n["b1"], n["w1"], n["w2"], n["b1"], n["w3"], n["w4"], n["b2"], n["w5"], n["w6"], n["b2"], n["w7"], n["w8"]]
    g = net.grad(np.array(rows), [[n["i1"], n["i2"]]], [[n["t1"], n["t2"]]])
    mine = p["gradient"]
    weights = [1, 2, 4, 5, 7, 8, 10, 11]
    assert relative_error(np.array([mine[f"w{k}"] for k in range(1, 9)]), g[weights]) < 1e-14
    assert np.allclose([mine["b1"], mine["b2"]], [g[0] + g[3], g[6] + g[9]], rtol=1e-13)


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 1])
def test_the_bet_of_the_landing_page(seed, tmp_path):
    """Both runs are those of bpcore: the right one with sgd, the wrong one with the table's defect."""
    lines = """import {puzzle, check} from "./which_network.js"; import {toRows} from "./numerics.js";
    const p = puzzle(given), last = p.runs.map(kept => [...kept.at(-1)]), first = [...p.runs[0][0]];
    reply({X: toRows(p.data.X), Y: toRows(p.data.Y), name: p.name, wrong: p.wrong, first, last,
           errors: p.bugs.map((bugs, side) => check(p.runs[side].at(-1), p.data, bugs))});"""
    shown = node.answer(lines, tmp_path, seed)
    net, X, Y = Network((2, 6, 4, 1)), np.array(shown["X"]), np.array(shown["Y"])
    start, wrong = np.array(shown["first"]), shown["wrong"]
    fit = sgd(net, start, X, Y, lr=0.2, epochs=400, shuffle=False, momentum=0.9)
    assert relative_error(np.array(shown["last"][1 - wrong]), fit.theta) < 1e-9
    theta, velocity = start.copy(), 0
    for _ in range(400):
        velocity = 0.9 * velocity + DEFECTS[shown["name"]].broken(net, theta, X, Y, lr=0.5)
        theta = theta - 0.2 * velocity
    assert relative_error(np.array(shown["last"][wrong]), theta) < 1e-9
    assert max(shown["errors"][1 - wrong]) < 1e-6 < 0.05 < max(shown["errors"][wrong])


@pytest.mark.parametrize("method, h", [("forward", 1e-3), ("central", 1e-3), ("central", 0.1), ("complex", 1e-20)])
def test_the_error_s_curve(method, h, tmp_path):
    lines = """import {quotient, slopeAt} from "./ucurve.js";
    reply([quotient(given[0], given[1], {scale: 1, level: 0, round: x => x}), slopeAt(0.8, 1)]);"""
    found, slope = node.answer(lines, tmp_path, [method, h])
    cost = lambda w: (1 / (1 + np.exp(-(1.5 * w - 0.2))) - 1) ** 2 / 2
    right = {
        "forward": (cost(0.8 + h) - cost(0.8)) / h,
        "central": (cost(0.8 + h) - cost(0.8 - h)) / (2 * h),
        "complex": cost(0.8 + 1j * h).imag / h,
    }[method]
    assert np.isclose(found, right, rtol=1e-11)
    exact = numerical_gradient(lambda w: cost(w[0]), np.array([0.8]), "complex")[0]
    assert np.isclose(slope, exact, rtol=1e-14)


def test_single_precision_is_single(tmp_path):
    """The best central quotient in float32 has some four digits fewer than in float64."""
    lines = """import {errorAt} from "./ucurve.js";
    const steps = Array.from({length: 60}, (_, k) => 10 ** (-k / 8));
    const best = round => Math.min(...steps.map(h => errorAt("central", h, {scale: 1, level: 0, round})));
    reply([best(Math.fround), best(x => x)]);"""
    single, double = node.answer(lines, tmp_path)
    assert 1e-7 < single < 1e-2 and double < 1e-9


def test_the_kink(tmp_path):
    lines = """import {centralAt, lossAt, slopeAt} from "./kink.js";
    reply([0.3, 0.49, 0.52, 0.8].map(w => [w, lossAt(w), slopeAt(w), centralAt(w, 0.05)]));"""
    for w, loss, slope, central in node.answer(lines, tmp_path):
        right = lambda w: (max(2 * w - 1, 0) - 1.5) ** 2 / 2
        assert np.isclose(loss, right(w), rtol=1e-14)
        assert np.isclose(slope, (2 * w - 1 - 1.5) * 2 if w > 0.5 else 0)
        assert np.isclose(central, (right(w + 0.05) - right(w - 0.05)) / 0.1)
        assert np.isclose(slope, central) == (abs(w - 0.5) > 0.05)


def test_the_signal_through_ten_layers(tmp_path):
    """What the chapter says: sigmoids and small weights kill the deltas, large linear weights blow them up."""
    lines = """import {signal} from "./signal.js";
    reply(given.map(settings => signal({depth: 10, seed: 1, ...settings})));"""
    given = [{"hidden": "sigmoid", "scale": 1}, {"hidden": "tanh", "scale": 1}, {"hidden": "identity", "scale": 3}]
    dying, living, bursting = node.answer(lines, tmp_path, given)
    ratio = lambda layers: layers[0]["delta"] / layers[-1]["delta"]
    assert ratio(dying) < 1e-4 < 0.05 < ratio(living) < 20 < 1e3 < ratio(bursting)
    assert all(np.isclose(sum(layer["bins"]), 1) for layer in living)


def test_the_numbers_of_the_signal(tmp_path):
    """The spread and the deltas of each layer are those of bpcore's network on the same random numbers."""
    lines = """import {signal} from "./signal.js";
    import {generator, matrix, network, normal, start, toRows} from "./numerics.js";
    reply(given.map(({hidden, scale}) => {
      const sizes = Array(11).fill(24), net = network({sizes, hidden, output: hidden, loss: "half_squared"});
      const random = generator(1), theta = start(net, random, scale / Math.sqrt(24));
      const X = matrix(40, 24), Y = matrix(40, 24);
      for (const values of [X.v, Y.v]) for (let i = 0; i < values.length; i++) values[i] = normal(random);
      const layers = signal({depth: 10, seed: 1, hidden, scale});
      return {theta: [...theta], X: toRows(X), Y: toRows(Y), layers};
    }));"""
    given = [{"hidden": "sigmoid", "scale": 1}, {"hidden": "tanh", "scale": 2}, {"hidden": "relu", "scale": 1.4}]
    for case, shown in zip(given, node.answer(lines, tmp_path, given), strict=True):
        net = Network((24,) * 11, case["hidden"], case["hidden"], "half_squared")
        theta, X, Y = (np.array(shown[name]) for name in ("theta", "X", "Y"))
        t = net.backward(theta, net.forward(theta, X), Y)
        for l, layer in enumerate(shown["layers"], 1):
            assert np.isclose(layer["delta"], abs(t.delta[l]).mean(), rtol=1e-9)
            assert np.isclose(layer["spread"], np.sqrt(t.a[l].var(axis=0).mean()), rtol=1e-9)


@pytest.mark.long
def test_the_penalty_on_moved_moons(tmp_path):
    """A penalty on the biases costs more the further the data are from zero, and a check at λ = 0 does not see it."""
    lines = """import {checkError, fit} from "./lambda.js"; import {cost, network} from "./numerics.js";
    const net = network({sizes: [2, 6, 1], hidden: "tanh", output: "sigmoid", loss: "binary_cross_entropy"});
    const numbers = (t, lam) => [cost(net, t.theta, t.data.X, t.data.Y), checkError(t, lam), checkError(t, 0)];
    reply(given.map(settings => numbers(fit(settings), settings.lam)));"""
    given = [{"shift": s, "lam": 0.1, "biases": b} for b in (False, True) for s in (0, 6)]
    free_near, free_far, bound_near, bound_far = node.answer(lines, tmp_path, given)
    assert bound_far[0] > 5 * bound_near[0] and bound_far[0] > 5 * free_far[0]
    assert all(row[1] < 1e-5 for row in (free_near, free_far)) and all(row[1] > 1e-2 for row in (bound_near, bound_far))
    assert all(row[2] < 1e-5 for row in (bound_near, bound_far))


@pytest.mark.long
def test_no_right_gradient_is_called_wrong_where_only_rounding_is_left(tmp_path):
    """At a large λ the training ends where the gradient is nearly zero; a wrong one is seen there all the same."""
    lines = (
        """import {check, fit} from "./lambda.js"; reply(given.map(settings => check(fit(settings), settings.lam)));"""
    )
    given = [{"shift": s, "lam": l, "biases": b} for b in (False, True) for s in (0, 3, 6) for l in (0, 0.1, 1, 10)]
    for settings, seen in zip(given, node.answer(lines, tmp_path, given), strict=True):
        wrong = seen["error"] >= 1e-5 and not seen["lost"]
        assert wrong == (settings["biases"] and settings["lam"] > 0), settings


@pytest.mark.long
def test_xor_from_two_starts(tmp_path):
    """A run on the map is bpcore's gradient descent from the same start."""
    lines = """import {learn, startAt} from "./xor_map.js";
    reply([[0, 3], [4, 2]].map(([r, c]) => ({start: [...startAt(r, c)], ...learn(startAt(r, c))})));"""
    net = Network((2, 2, 1), loss="half_squared")
    X, Y = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]
    for shown in node.answer(lines, tmp_path):
        fit = sgd(net, np.array(shown["start"]), X, Y, lr=4, epochs=6000, shuffle=False)
        assert np.isclose(shown["costs"][-1], fit.history[-1], rtol=1e-6)


def test_what_shapes_let_through(tmp_path):
    lines = """import {answer, letThrough} from "./shapes.js";
    const right = ["(W³)ᵀ", "δ³", "σ′(z²)"], wrong = ["W³", "δ³", "σ′(z²)"];
    reply({right: given.map(sizes => answer(sizes, right)), wrong: given.map(sizes => answer(sizes, wrong)),
           through: given.map(letThrough)});"""
    shown = node.answer(lines, tmp_path, [[3, 5, 4, 2], [4, 4, 4, 4]])
    assert all(each["right"] for each in shown["right"])
    refused, wrong = shown["wrong"]
    assert not refused["fits"] and wrong["fits"] and not wrong["right"]
    uneven, even = shown["through"]
    assert uneven["right"] == even["right"] == 1 and uneven["fits"] < 10 < even["fits"]


def test_the_doctor_s_map(tmp_path):
    """Which blocks are wrong is the pattern that the chapter teaches."""
    lines = """import {blockErrors} from "./doctor_map.js"; reply(given.map(each => blockErrors(each)));"""
    cases = {
        ("output-slope-forgotten", 3): "W3 b3 W2 b2 W1 b1",
        ("slope-missing", 2): "W2 b2 W1 b1",
        ("slope-of-a", 1): "W1 b1",
        ("bias-missing", 1): "b1",
        ("penalty-missing", 2): "W2",
    }
    shown = node.answer(lines, tmp_path, [list(case) for case in cases])
    for (case, wrong), layers in zip(cases.items(), shown, strict=True):
        seen = [f"{kind}{l}" for l in (3, 2, 1) for kind in "Wb" if layers[l - 1][kind] > 1e-5]
        assert " ".join(seen) == wrong, case


def test_numbers_are_written_as_in_the_book(tmp_path):
    """A number that one reads at a glance keeps its zeros; a small or a large one is a multiple of a power of ten."""
    lines = """import {scientific, tenTo} from "./controls.js";
    reply([...given.map(value => scientific(value)), tenTo(-12)]);"""
    given = [0, 0.7, -12.34, 987, 0.01, 0.0099, -3.26e-8, 1e-16, 5e4]
    expected = ["0", "0.70", "−12", "987", "0.010", "9.9 · 10⁻³", "−3.3 · 10⁻⁸", "1.0 · 10⁻¹⁶", "5.0 · 10⁴", "10⁻¹²"]
    assert node.answer(lines, tmp_path, given) == expected


def test_zeros_have_no_sign_and_two_numbers_are_told_apart(tmp_path):
    lines = """import {apart, scientific, shown} from "./controls.js";
    const written = [shown(-1e-7), shown(-0), shown(-0.4, 0), shown(-12.3, 1), shown(-5e-5), scientific(NaN)];
    reply([written, given.map(pair => apart(...pair))]);"""
    given = [[0.1234, -0.5], [1.234e-7, 5.678e-7], [0.12341, 0.12342], [-3e-9, 0]]
    written, pairs = node.answer(lines, tmp_path, given)
    assert written == ["0.0000", "0.0000", "0", "−12.3", "−0.0001", "NaN"]
    assert pairs[:2] == [["0.1234", "−0.5000"], ["1.2 · 10⁻⁷", "5.7 · 10⁻⁷"]]
    assert all(one != other for one, other in pairs)
