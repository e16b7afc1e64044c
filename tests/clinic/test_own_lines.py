"""The lines of one's own program: what is changed, what is left alone, and that the change makes the gradient right."""

import ast
import cProfile
import linecache
import logging
import math
import sys
import types
from collections.abc import Sequence

import numpy as np
import pytest
import support

from bpcore import diagnose
from bpcore.clinic.own_lines import gradients, search
from bpcore.clinic.own_lines import program as own_program
from bpcore.clinic.own_lines.changes import Word, Words
from bpcore.clinic.own_lines.exchanges import exchanged, other_indices
from bpcore.clinic.own_lines.gradients import lines_to_change
from bpcore.clinic.own_lines.program import LARGEST, Ran, TooLong, calls_in, limited, only_read, unobserved, watched
from bpcore.clinic.own_lines.statements import copies

RIGHT = """
import numpy as np

RNG = np.random.default_rng(0)
X, Y, LABELS = RNG.standard_normal((5, 6)), RNG.standard_normal((5, 2)), np.array([0, 1, 1, 0, 1])
FLAG = False


def start():
    rng = np.random.default_rng(1)
    shapes = {"F": (2, 3), "gain": (2,), "V": (2, 4), "E": (4, 3), "R": (2, 2)}
    return {name: rng.standard_normal(shape) for name, shape in shapes.items()}


def pass_through(p):
    places = np.stack([X[:, k : k + 4] for k in range(3)], axis=2)
    z = np.einsum("mik,fk->mfi", places, p["F"])
    a = np.tanh(z)
    pooled = a.mean(axis=2)
    mean = pooled.mean(axis=0)
    centred = pooled - mean
    root = np.sqrt((centred**2).mean(axis=0) + 0.1)
    n = centred / root
    h = [np.zeros((5, 2))]
    for t in range(3):
        h.append(np.tanh(n * p["gain"] + h[t] @ p["R"]))
    both = np.hstack([h[3], pooled])
    out = both @ p["V"].T
    scores = out @ p["E"][:2]
    return places, a, centred, root, n, h, both, out, scores


def cost(p):
    *_, out, scores = pass_through(p)
    shift = scores.max(axis=1)
    logs = np.log(np.sum(np.exp(scores - shift[:, None]), axis=1)) + shift
    return np.sum(logs - scores[np.arange(5), LABELS]) / 5 + 0.5 * np.sum((out - Y) ** 2) + 0.1 * np.sum(p["E"] ** 2)


def grad(p, flag=FLAG):
    places, a, centred, root, n, h, both, out, scores = pass_through(p)
    g = {name: np.zeros_like(value) for name, value in p.items()}
    q = np.exp(scores - scores.max(axis=1, keepdims=True))
    q = q / q.sum(axis=1, keepdims=True)
    q[np.arange(5), LABELS] -= 1
    ds = q / 5
    g["E"][:2] += out.T @ ds
    g["E"] += 0.2 * p["E"]
    d_out = ds @ p["E"][:2].T + (out - Y)
    g["V"] += d_out.T @ both
    dboth = d_out @ p["V"]
    dh, dpooled = dboth[:, :2], dboth[:, 2:]
    dn = np.zeros_like(n)
    for t in reversed(range(3)):
        dz = dh * (1 - h[t + 1] ** 2)
        dn += dz * p["gain"]
        g["gain"] += np.sum(dz * n, axis=0)
        g["R"] += h[t].T @ dz
        dh = dz @ p["R"].T
    inner = np.mean(dn * n, axis=0)
    dcentred = dn / root - n * inner / root
    dpooled = dpooled + dcentred - dcentred.mean(axis=0)
    da = dpooled[:, :, None] / a.shape[2]
    dz = da * (1 - a**2)
    for f in range(2):
        g["F"][f] += np.einsum("mi,mik->k", dz[:, f], places)
    return g
"""
HEAD = "import numpy as np\nX = np.random.default_rng(0).standard_normal((5, 3))\n"
AT = np.array([0.3, -0.5, 1.2])
MEAN_TAKEN_OFF = "dpooled = dpooled + dcentred - dcentred.mean(axis=0)"
# The line as it is right, and as it is wrong.
SLIPS = {
    "a variable for another": ('g["V"] += d_out.T @ both', 'g["V"] += out.T @ both'),
    "the step of time": ("dz = dh * (1 - h[t + 1] ** 2)", "dz = dh * (1 - h[t] ** 2)"),
    "a sign": ('d_out = ds @ p["E"][:2].T + (out - Y)', 'd_out = ds @ p["E"][:2].T - (out - Y)'),
    "the order of a difference": ('d_out = ds @ p["E"][:2].T + (out - Y)', 'd_out = ds @ p["E"][:2].T + (Y - out)'),
    "brackets": ("dcentred = dn / root - n * inner / root", "dcentred = (dn - n * inner / root) / root"),
    "a number": ('g["E"] += 0.2 * p["E"]', 'g["E"] += 0.1 * p["E"]'),
    "an exponent": ("dz = da * (1 - a**2)", "dz = da * (1 - a**3)"),
    "a column for an entry of each row": ("q[np.arange(5), LABELS] -= 1", "q[:, LABELS] -= 1"),
    "a sum for a mean": ("inner = np.mean(dn * n, axis=0)", "inner = np.sum(dn * n, axis=0)"),
    "a transpose": ('dh = dz @ p["R"].T', 'dh = dz @ p["R"]'),
    "overwritten": ('g["R"] += h[t].T @ dz', 'g["R"] = h[t].T @ dz'),
    "one too few": ("dh, dpooled = dboth[:, :2], dboth[:, 2:]", "dh, dpooled = dboth[:, :2], dboth[:, :2]"),
    "the first round left out": ("for t in reversed(range(3)):", "for t in reversed(range(1, 3)):"),
    "a factor left out": ("dcentred = dn / root - n * inner / root", "dcentred = dn / root - inner / root"),
    "a divisor left out": ("dcentred = dn / root - n * inner / root", "dcentred = dn / root - n * inner"),
    "a term left out": (MEAN_TAKEN_OFF, "dpooled = dcentred - dcentred.mean(axis=0)"),
}  # fmt: skip


def program(tmp_path, source=RIGHT, name="program"):
    return support.program(tmp_path, source, name)


def with_slips(tmp_path, *slips):
    source = RIGHT
    for right, wrong in slips:
        assert source.count(right) == 1, right
        source = source.replace(right, wrong)
    return program(tmp_path, source), source.splitlines()


def asked(module):
    return diagnose(module.cost, module.grad, module.start())


def as_parsed(text):
    return ast.unparse(ast.parse(text)).splitlines()[0]


def changed(source, found_lines):
    """The source with the lines that were found as they should be."""
    lines = source.splitlines()
    for line in found_lines:
        own = lines[line.number - 1]
        indent = own[: len(own) - len(own.lstrip())]
        header = own.rstrip().endswith(":")
        text = as_parsed(own.strip() + " pass" * header)
        assert line.computed in text or header, (line, text)
        lines[line.number - 1] = indent + text.replace(line.computed, line.right)
    return "\n".join(lines)


def gradients_agree(module):
    """Whether the gradient is the central difference of the cost, entry by entry, to seven digits."""
    p = module.start()
    for name, g in module.grad(p).items():
        for place in np.ndindex(*g.shape):
            up, down = ({k: v.copy() for k, v in p.items()} for _ in range(2))
            up[name][place] += 1e-5
            down[name][place] -= 1e-5
            if abs((module.cost(up) - module.cost(down)) / 2e-5 - g[place]) > 1e-7:
                return False
    return True


def test_the_program_is_right_without_a_slip(tmp_path):
    module = program(tmp_path)
    assert gradients_agree(module) and not asked(module).names


@pytest.mark.long
@pytest.mark.parametrize("name", SLIPS)
def test_the_line_is_found_and_what_should_stand_there_is_right(name, tmp_path):
    """The line that is shown is the one with the slip; changed by hand it gives the gradient."""
    module, lines = with_slips(tmp_path, SLIPS[name])
    assert not gradients_agree(module)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, module.start()))
    assert lines[line.number - 1].strip() == SLIPS[name][1]
    repaired = program(tmp_path, changed("\n".join(lines), [line]), "repaired")
    assert gradients_agree(repaired), line


USUAL = (
    "a variable for another",
    "the step of time",
    "a sign",
    "a number",
    "an exponent",
    "a transpose",
    "overwritten",
)


@pytest.mark.long
@pytest.mark.parametrize("name", USUAL)
def test_beside_a_formula_the_line_is_shown_if_it_is_a_usual_slip(name, tmp_path):
    """The sign of a term may be wrong in the cost as well, and its line is shown too."""
    module, lines = with_slips(tmp_path, SLIPS[name])
    found, is_either = asked(module), name == "a sign"
    assert found.names and found.sure == ("one of several" if is_either else "certain")
    line, *others = found.lines
    assert lines[line.number - 1].strip() == SLIPS[name][1]
    assert [other.function for other in others] == ["cost"] * is_either


@pytest.mark.long
def test_slips_in_two_lines_are_found_one_after_the_other(tmp_path):
    slips = SLIPS["a number"], SLIPS["a transpose"]
    module, lines = with_slips(tmp_path, *slips)
    found = gradients.lines_to_change(*in_parts(module.cost, module.grad, module.start()))
    assert {lines[line.number - 1].strip() for line in found} == {wrong for _, wrong in slips}
    assert gradients_agree(program(tmp_path, changed("\n".join(lines), found), "repaired"))


OF_TWO_LAYERS = """
import numpy as np

RNG = np.random.default_rng(5)
X, Y = RNG.standard_normal((6, 3)).astype("f"), RNG.integers(0, 2, (6, 4)).astype("f")


def start():
    rng = np.random.default_rng(1)
    return {"V": rng.standard_normal((3, 4)), "W": rng.standard_normal((4, 4)), "b": rng.standard_normal((1, 4))}


def sigmoid(x, slope=False):
    if slope:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def cost(p):
    z = X @ p["V"]
    scores = np.maximum(z, 0) @ p["W"] + np.tile(p["b"], (len(X), 1))
    return 0.5 * np.sum((sigmoid(scores) - Y) ** 2) + np.sum(np.log(np.sum(np.exp(scores), axis=1)))


def grad(p):
    rows = len(X)
    z = X @ p["V"]
    h = np.maximum(z, 0)
    scores = h @ p["W"] + np.tile(p["b"], (rows, 1))
    a = sigmoid(scores)
    e = np.exp(scores)
    d = (a - Y) * sigmoid(a, slope=True)
    d += e / e.sum(axis=1, keepdims=True)
    below = d @ p["W"].T
    dz = below.copy()
    dz[z <= 0] = 0
    return {"V": X.T @ dz, "W": h.T @ d, "b": d.sum(axis=0, keepdims=True)}
"""
TWO_LAYERS_SLIPS = {
    "the sum of all entries for those of the rows": [("e.sum(axis=1, keepdims=True)", "e.sum()")],
    "the mask of another array": [("dz[z <= 0] = 0", "dz[below <= 0] = 0")],
    "an array with one axis turned in a mask": [("dz[z <= 0] = 0", "dz[z[::-1] <= 0] = 0")],
    "a sign, which other lines could mend too": [
        ("    d += e /", "    d -= e /"),
        ("dz[z <= 0] = 0", "dz[below <= 0] = 0"),
    ],
}


@pytest.mark.long
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", TWO_LAYERS_SLIPS)
def test_the_lines_of_two_layers_are_found_in_single_precision_too(name, dtype, tmp_path):
    source = OF_TWO_LAYERS
    for right, wrong in TWO_LAYERS_SLIPS[name]:
        assert source.count(right) == 1
        source = source.replace(right, wrong)
    module = program(tmp_path, source)
    p = {key: value.astype(dtype) for key, value in module.start().items()}
    found = gradients.lines_to_change(*in_parts(module.cost, module.grad, p))
    assert len(found) == len(TWO_LAYERS_SLIPS[name])
    assert gradients_agree(program(tmp_path, changed(source, found), "repaired"))


@pytest.mark.long
def test_no_change_repeats_an_array_beyond_all_memory(tmp_path, monkeypatch):
    """A shape that is multiplied has as many more entries: (6, 1) six times is a tile of 46 656 copies."""
    module = program(tmp_path, OF_TWO_LAYERS.replace("X.T @ dz,", "np.cos(3 * X.T @ dz) * 7 + np.sinh(p['V']),"))
    tile, axes = np.tile, []

    def watched_tile(array, shape):
        axes.append(len(shape) if isinstance(shape, tuple) else 0)
        return tile(array, shape)

    monkeypatch.setattr(np, "tile", watched_tile)
    gradients.lines_to_change(*in_parts(module.cost, module.grad, module.start()))
    assert len(axes) > 50 and max(axes) == 2


OF_NUMBERS = """
import numpy as np

X, Y = np.linspace(0.3, 2, 9), np.linspace(1, 3, 9) ** 2


def start():
    return np.array([0.8, 1.3, 0.4])


def cost(p):
    return 0.5 * np.sum((p[0] * X ** p[1] + p[2] * np.tanh(X) - Y) ** 2)


def grad(p):
    e = p[0] * X ** p[1] + p[2] * np.tanh(X) - Y
    by_size = X ** p[1]
    by_power = p[0] * X ** p[1] * np.log(X)
    g = np.zeros(3)
    for k, slope in enumerate([by_size, by_power, np.tanh(X)]):
        for i in range(len(X)):
            g[k] += e[i] * slope[i]
    return g
"""
OF_NUMBERS_SLIPS = {
    "a power by its exponent": [("p[0] * X ** p[1] * np.log(X)", "p[0] * p[1] * X ** (p[1] - 1)")],
    "a counter forgotten": [("slope[i]", "slope[-1]")],
    "two entries of a vector": [
        ("by_size = X ** p[1]", "by_size = X ** p[0]"),
        ("p[0] * X ** p[1] * np.log(X)", "p[1] * X ** p[1] * np.log(X)"),
    ],
}


@pytest.mark.long
@pytest.mark.parametrize("name", OF_NUMBERS_SLIPS)
def test_the_lines_of_a_vector_of_a_few_numbers_are_found(name, tmp_path):
    source = OF_NUMBERS
    for right, wrong in OF_NUMBERS_SLIPS[name]:
        assert source.count(right) == 1
        source = source.replace(right, wrong)
    module = program(tmp_path, source)
    found = gradients.lines_to_change(*of_a_vector(module))
    assert len(found) == len(OF_NUMBERS_SLIPS[name])
    repaired, right = program(tmp_path, changed(source, found), "repaired"), program(tmp_path, OF_NUMBERS, "right")
    place = np.array([0.7, 1.1, -0.3])
    np.testing.assert_allclose(repaired.grad(place), right.grad(place), rtol=1e-12)


HEAD_OF_LOOPS = """
import numpy as np

X, Y, ROWS, STEP = np.random.default_rng(3).standard_normal((6, 6)), np.arange(6) / 3, np.array([0, 1, 0, 2, 1]), 2


def start():
    return np.array([0.3, -0.7, 1.1])


"""
BY_FEATURES = """def cost(w):
    return np.sum((X[:, :3] @ w - Y) ** 2)


def grad(w):
    g = np.zeros(3)
    for i in range(6):
        error = X[i, :3] @ w - Y[i]
        for j in range(3):
            down = 2 * error
            down *= X[i, j]
            g[j] += down
    return g
"""
BY_ROWS = """def cost(w):
    return np.sum(np.sin(w[ROWS]) ** 2)


def grad(w):
    g, h, slope = np.zeros(3), np.sin(w[ROWS]), np.cos(w[ROWS])
    parts = np.zeros(5)
    for i in range(5):
        part = 2 * h[i]
        parts[i] = part * slope[i]
    np.add.at(g, ROWS, parts)
    return g
"""
BY_WINDOWS = """def cost(w):
    windows = [X[STEP * i : STEP * i + 2, STEP * j : STEP * j + 2].sum() for i in range(3) for j in range(3)]
    return np.sum((np.array(windows)[:, None] * w - 1) ** 2)


def grad(w):
    g, step = np.zeros(3), STEP
    for i in range(3):
        for j in range(3):
            top = i * step
            left = j * step
            total = X[top : top + 2, left : left + 2].sum()
            g += 2 * (total * w - 1) * total
    return g
"""
BY_NUMBERED_NAMES = """def cost(w):
    return sum(np.sin(np.tanh(w[1] * np.tanh(w[0] * x))) / (1 + w[2] ** 2) for x in Y)


def grad(w):
    g = np.zeros(3)
    for x in Y:
        z1 = w[0] * x
        h1 = np.tanh(z1)
        z2 = w[1] * h1
        h2 = np.tanh(z2)
        share = 1 / (1 + w[2] ** 2)
        part = share
        g2 = np.cos(h2) * part
        d2 = (1 - h2**2) * g2
        g1 = w[1] * d2
        d1 = (1 - h1**2) * g1
        g += d1 * x, d2 * h1, -2 * w[2] * part**2 * np.sin(h2)
    return g
"""
BY_MASKED_FEATURES = """class Layer:
    def choose(self, x):
        self.kept = np.where(x > np.min(x), 1.0, 0.0)


layer = Layer()


def cost(w):
    total = 0
    for x, y in zip(X[:, :3], Y):
        layer.choose(x)
        total = total + ((x * layer.kept) @ w - y) ** 2
    return total


def grad(w):
    g = np.zeros(3)
    for x, y in zip(X[:, :3], Y):
        layer.choose(x)
        error = (x * layer.kept) @ w - y
        for j in range(1, 4):
            g[j - 1] += 2 * error * x[j - 1] * layer.kept[j - 1]
    return g
"""
OVER_LOOPS = {  # the program, what is right and wrong in it, and what is said
    "not set anew in each round": (
        BY_FEATURES,
        (
            "        for j in range(3):\n            down = 2 * error",
            "        down = 2 * error\n        for j in range(3):",
        ),
        ["at the beginning of each round of the loop in line 20"],
    ),
    "set anew in each round": (
        BY_FEATURES,
        ("    g = np.zeros(3)\n    for i in range(6):", "    for i in range(6):\n        g = np.zeros(3)"),
        ["before the loop in line 16"],
    ),
    "returned within the loop": (
        BY_WINDOWS,
        ("total\n    return g", "total\n        return g"),
        ["after the loop in line 18"],
    ),
    "rows that are named twice": (
        BY_ROWS,
        ("np.add.at(g, ROWS, parts)", "g[ROWS] += parts"),
        ["np.add.at(g, ROWS, parts)"],
    ),
    "what is computed and not used": (BY_ROWS, ("slope[i]", "np.tanh(h[i])"), ["parts[i] = part * slope[i]"]),
    "in two lines alike": (
        BY_WINDOWS,
        ("i * step\n            left = j * step", "i\n            left = j"),
        ["top = i * step", "left = j * step"],
    ),
    "in two lines whose names are numbered": (
        BY_NUMBERED_NAMES,
        (
            "h2**2) * g2\n        g1 = w[1] * d2\n        d1 = (1 - h1",
            "z2**2) * g2\n        g1 = w[1] * d2\n        d1 = (1 - z1",
        ),
        ["d2 = (1 - h2 ** 2) * g2", "d1 = (1 - h1 ** 2) * g1"],
    ),
    "an entry of a mask left out that an object holds": (
        BY_MASKED_FEATURES,
        ("x[j - 1] * layer.kept[j - 1]", "x[j - 1]"),
        ["g[j - 1] += 2 * error * x[j - 1] * layer.kept[j - 1]"],
    ),
    "handed on as it is, and not inverted": (
        BY_NUMBERED_NAMES,
        (
            "        share = 1 / (1 + w[2] ** 2)\n        part = share",
            "        whole = 1 + w[2] ** 2\n        part = whole",
        ),
        ["part = 1 / whole"],
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("name", OVER_LOOPS)
def test_lines_across_loops_and_in_pairs_are_found(name, tmp_path):
    source, (right, wrong), said = OVER_LOOPS[name]
    assert source.count(right) == 1
    module = program(tmp_path, HEAD_OF_LOOPS + source.replace(right, wrong))
    found = gradients.lines_to_change(*of_a_vector(module))
    assert [line.words or line.right for line in found] == said


IN_HELPERS = """
import numpy as np

X, Y = np.linspace(-1, 2, 12).reshape(4, 3), np.array([[0.3, 1.0, 0.2, 0.7], [0.1, 0.9, 0.8, 0.4]]).T


def start():
    return np.array([0.3, -0.2, 0.4, 0.5, 0.1, -0.6])


def scaled(p):
    return np.exp(p.reshape(3, 2))


def cost(p):
    out = np.tanh(X @ scaled(p))
    return np.mean((out - Y) ** 2)


def of_loss(out):
    return 2 * (out - Y) / np.size(out - Y)


def slope(out):
    return 1 - out**2


def through_tanh(out, from_above):
    return from_above * slope(out)


def of_logarithms(by_scale, logarithms):
    return by_scale * np.exp(logarithms)


def grad(p):
    out = np.tanh(X @ scaled(p))
    d = through_tanh(out, of_loss(out))
    return of_logarithms((X.T @ d).ravel(), p)
"""
IN_HELPERS_SLIPS = {
    "an argument that is not used": ("    return from_above * slope(out)", "    return slope(out)"),
    "the slope of what comes down": ("    return from_above * slope(out)", "    return slope(from_above)"),
    "the mean of the derivatives": ("2 * (out - Y) / np.size(out - Y)", "2 * np.mean(out - Y)"),
    "the mean of the derivatives, as a method": ("2 * (out - Y) / np.size(out - Y)", "2 * (out - Y).mean()"),
    "a slope by what was a logarithm": ("by_scale * np.exp(logarithms)", "by_scale"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", IN_HELPERS_SLIPS)
def test_the_lines_of_small_functions_are_found(name, tmp_path):
    right, wrong = IN_HELPERS_SLIPS[name]
    assert IN_HELPERS.count(right) == 1
    source = IN_HELPERS.replace(right, wrong)
    (line,) = found = gradients.lines_to_change(*of_a_vector(program(tmp_path, source)))
    assert as_parsed(line.computed) in as_parsed(wrong.strip()) or as_parsed(wrong.strip()) in line.computed
    repaired, right = program(tmp_path, changed(source, found), "repaired"), program(tmp_path, IN_HELPERS, "right")
    place = np.array([0.2, -0.4, 0.3, 0.6, -0.1, 0.5])
    np.testing.assert_allclose(repaired.grad(place), right.grad(place), rtol=1e-12)


REPEATED = """
import numpy as np

RNG = np.random.default_rng(3)
X, Y = RNG.standard_normal((6, 3)), RNG.standard_normal((6, 2))


def start():
    rng = np.random.default_rng(4)
    shapes = {"U": (3, 4), "M": (4, 4), "V": (4, 2), "u": (4,), "s": (6,)}
    return {name: rng.standard_normal(shape) for name, shape in shapes.items()}


def normalised(z):
    mean = z.mean(axis=1, keepdims=True)
    root = np.sqrt(((z - mean) ** 2).mean(axis=1, keepdims=True) + 0.1)
    return (z - mean) / root, root


def forward(p):
    n, root = normalised(X @ p['U'])
    mixed = n @ np.linalg.inv(p['M'] + 5 * np.eye(4))
    a = np.tanh(mixed + p['u'])
    return n, root, mixed, a, a @ p['V']


def cost(p):
    penalty = 0.5 * np.sum(p['u'] ** 2) + np.sum(np.tril(p['M']) ** 2)
    return 0.5 * np.sum((forward(p)[-1] - Y) ** 2) + of_steps(p) + penalty


def of_steps(p):
    return 0.5 * np.sum((np.cumsum(p['s']) - Y[:, 0]) ** 2)


def over_samples(function, d):
    return function(d, axis=0)


def grad(p):
    n, root, mixed, a, out = forward(p)
    N = n.shape[1]
    e = out - Y
    from_above = e @ p['V'].T
    d = from_above * (1 - a**2)
    inverse = np.linalg.inv(p['M'] + 5 * np.eye(4))
    dn = d @ inverse.T
    by_inverse = n.T @ d
    turned = inverse.T @ by_inverse @ inverse.T
    dM = 2 * np.tril(p['M']) - turned
    first = np.sum(dn, axis=1, keepdims=True)
    second = np.sum(dn * n, axis=1, keepdims=True)
    dz = (N * dn - first - n * second) / (N * root)
    du = over_samples(np.sum, d) + p['u']
    dV = a.T @ e
    de = np.cumsum(p['s']) - Y[:, 0]
    ds = np.flip(np.cumsum(np.flip(de)))
    return {"U": X.T @ dz, "M": dM, "V": dV, "u": du, "s": ds}
"""
SUMS = "first = np.sum(dn, axis=1, keepdims=True)", "second = np.sum(dn * n, axis=1, keepdims=True)"
DZ = "dz = (N * dn - first - n * second) / (N * root)"
TURNED = "turned = inverse.T @ by_inverse @ inverse.T"
TWO_TERMS = "dM = 2 * np.tril(p['M']) - turned", "du = over_samples(np.sum, d) + p['u']"
# Pairs of a line as it is right and as it is wrong.
REPEATED_SLIPS = {
    "no axis in two sums": [*zip(SUMS, ("first = np.sum(dn)", "second = np.sum(dn * n)"))],
    "a pair of brackets too many": [(DZ, "dz = (N * dn - (first - n) * second) / (N * root)")],
    "a pair of brackets too few": [(DZ, "dz = (N * dn - first - n * second) / N * root")],
    "all transposes": [(TURNED, "turned = inverse @ by_inverse @ inverse")],
    "all products of a line": [(TURNED, "turned = inverse.T * by_inverse * inverse.T")],
    "an equal part": [(TURNED, "turned = p['M'].T @ by_inverse @ p['M'].T")],
    "a function that is handed on": [("over_samples(np.sum, d)", "over_samples(np.mean, d)")],
    "one function within the other": [("np.flip(np.cumsum(np.flip(de)))", "np.cumsum(np.flip(np.flip(de)))")],
    "a term in another line": [*zip(TWO_TERMS, (TWO_TERMS[0] + " + p['u']", "du = over_samples(np.sum, d)"))],
    "more than a variable": [("d @ inverse.T", "np.sqrt(abs(d) + 1) @ inverse.T")],
}


@pytest.mark.long
@pytest.mark.parametrize("name", REPEATED_SLIPS)
def test_one_slip_in_several_places_and_terms_and_brackets_of_whole_lines(name, tmp_path):
    source = REPEATED
    for right, wrong in REPEATED_SLIPS[name]:
        assert source.count(right) == 1, right
        source = source.replace(right, wrong)
    module = program(tmp_path, source)
    assert gradients_agree(program(tmp_path, REPEATED, "right")) and not gradients_agree(module)
    found = gradients.lines_to_change(*in_parts(module.cost, module.grad, module.start()))
    lines = REPEATED.splitlines()
    slips = {k for k, line in enumerate(lines, start=1) for right, _ in REPEATED_SLIPS[name] if right in line}
    assert {line.number for line in found} == slips
    assert gradients_agree(program(tmp_path, changed(source, found), "repaired")), found


OF_POSES = """
import numpy as np

RNG = np.random.default_rng(6)
A, B, K = RNG.standard_normal((3, 3)), RNG.standard_normal(3), RNG.standard_normal((3, 2))
POINT = np.array([0.4, -1.3])


def start():
    rng = np.random.default_rng(7)
    shapes = {"v": (3,), "w": (4,), "s": (5,), "h": (5,), "t": (3,), "M": (3, 2), "u": (1,)}
    return {name: rng.standard_normal(shape) for name, shape in shapes.items()}


def skew(v):
    x, y, z = v
    return np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])


def turn(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def turn_further(angle):
    return np.array([[-np.sin(angle), -np.cos(angle)], [np.cos(angle), -np.sin(angle)]])


def cost(p):
    of_points = 0.5 * np.sum((skew(A @ p['v']) @ B) ** 2) + 0.25 * np.sum(p['w'] ** 2) ** 2
    of_sums = 0.5 * np.sum((p['s'] + p['h']) ** 2) + 0.5 * np.sum(p['s'] ** 2)
    of_sums += p['u'][0] * np.sum(p['w'] ** 2)
    return of_points + of_sums + 0.5 * np.sum((turn(p['t'][2]) @ POINT + p['t'][:2]) ** 2) + 2 * np.sum(K * p['M'])


def grad(p):
    e = skew(A @ p['v']) @ B
    gv = A.T @ (skew(B) @ e)
    r = np.sqrt(np.sum(p['w'] ** 2))
    r_2 = r * r
    gw = np.zeros(4)
    gw[:2] = (r_2 + 2 * p['u']) * p['w'][:2]
    gw[2:] = (r_2 + 2 * p['u']) * p['w'][2:]
    both = p['s'] + p['h']
    gs = both.copy()
    gs += p['s']
    x = p['t']
    off = turn(x[2]) @ POINT + x[:2]
    gt = np.append(off, off @ turn_further(x[2]) @ POINT)
    gM = 2 * np.einsum("ij,ij->ij", K, np.ones_like(K))
    return {"v": gv, "w": gw, "s": gs, "h": both, "t": gt, "M": gM, "u": np.array([r_2])}
"""
OF_POSES_SLIPS = {
    "a product within a function": ("A.T @ (skew(B) @ e)", "skew(A.T @ B) @ e"),
    "a function within a product": ("e = skew(A @ p['v']) @ B", "e = A @ skew(p['v']) @ B"),
    "one array under two names": ("gs = both.copy()", "gs = both"),
    "a number for a variable": ("turn_further(x[2])", "turn_further(0)"),
    "a factor of a sum over indices": ("K, np.ones_like(K))", "K, K)"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", OF_POSES_SLIPS)
def test_functions_within_products_and_copies_and_numbers(name, tmp_path):
    right, wrong = OF_POSES_SLIPS[name]
    assert OF_POSES.count(right) == 1
    source, lines = OF_POSES.replace(right, wrong), OF_POSES.splitlines()
    module = program(tmp_path, source)
    assert gradients_agree(program(tmp_path, OF_POSES, "right")) and not gradients_agree(module)
    found = gradients.lines_to_change(*in_parts(module.cost, module.grad, module.start()))
    assert [right in lines[line.number - 1] for line in found] == [True], found
    assert gradients_agree(program(tmp_path, changed(source, found), "repaired")), found


@pytest.mark.long
def test_a_variable_stands_for_another_from_the_second_line_on(tmp_path):
    source = OF_POSES.replace("= (r_2 +", "= (r +")
    module = program(tmp_path, source)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, module.start()))
    assert source.splitlines()[line.number - 1].strip().startswith("gw[:2] = (r +")
    assert line.words == "with `r_2` for `r`, as in all lines below"


def test_what_the_judge_calls_is_not_counted_as_the_program_s(tmp_path):
    """Sixteen entries are judged one by one, which takes more calls than this program makes."""
    source = """
import numpy as np


def cost(w):
    return 0.25 * np.sum(w**4) + 0.5 * np.sum(w**2)


def grad(w):
    return w**3 - w
"""
    module = program(tmp_path, source)
    w = np.linspace(0.3, 2, 16)
    (line,) = gradients.lines_to_change(module.cost, module.grad, w, [("w", np.arange(16))])
    assert (line.computed, line.right) == ("return w ** 3 - w", "return w ** 3 + w")


def test_a_bracket_that_took_in_what_is_subtracted_is_closed(tmp_path):
    source = """
import numpy as np

X, Y = np.linspace(-1, 2, 12).reshape(4, 3), np.array([0.0, 1.0, 1.0, 0.0])


def start():
    return np.array([0.3, -0.2, 0.4])


def h(p, inputs):
    return 1 / (1 + np.exp(-inputs @ p))


def cost(p):
    return -np.sum(Y * np.log(h(p, X)) + (1 - Y) * np.log(1 - h(p, X)))


def grad(p):
    return X.T @ h(p, X - Y[:, None])
"""
    (line,) = gradients.lines_to_change(*of_a_vector(program(tmp_path, source)))
    assert line.right == "return X.T @ (h(p, X) - Y)"


def of_a_vector(module):
    theta = module.start()
    return module.cost, module.grad, theta, [("p", np.arange(len(theta)))]


def test_two_slips_in_one_line_are_one_line(tmp_path):
    """Each of the two makes another block wrong."""
    source = (
        "import numpy as np\nX, Y = np.random.default_rng(0).standard_normal((2, 5, 2))\n"
        "def cost(p):\n    return 0.5 * np.sum((X * p['a'] + p['b'] - Y) ** 2)\n"
        "def grad(p):\n    e = X * p['a'] + p['b'] - Y\n"
        "    return {'a': (e * Y).sum(0), 'b': e.mean(0)}\n"
    )
    module = program(tmp_path, source)
    p = {"a": np.array([0.5, -1.2]), "b": np.array([0.3, 0.7])}
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, p))
    assert line.number == 7 and line.right == "return {'a': (e * X).sum(0), 'b': e.sum(0)}"


@pytest.mark.long
def test_one_slip_in_five_entries_of_a_statement_is_five_lines(tmp_path):
    names = "abcde"
    entries = "".join(f"        '{k}': 2 * e * (X[:, {i % 3}].sum() + 0.3 * p['{k}']),\n" for i, k in enumerate(names))
    sums = " + ".join(f"X[:, {i % 3}].sum() * p['{k}']" for i, k in enumerate(names))
    squares = " + ".join(f"p['{k}'] ** 2" for k in names)
    source = HEAD + (
        f"def start():\n    return {{k: np.array(0.1 * i + 0.2) for i, k in enumerate('{names}')}}\n\n"
        f"def cost(p):\n    return ({sums} - 1) ** 2 + 0.15 * ({squares})\n\n"
        f"def grad(p):\n    e = {sums} - 1\n    return {{\n{entries}    }}\n"
    )
    found, first = lines_of(program(tmp_path, source)), source.splitlines().index("    return {") + 2
    assert [line.number for line in found] == [*range(first, first + 5)]
    assert found[4].right == "2 * e * X[:, 1].sum() + 0.3 * p['e']"


def in_parts(cost, grad, p):
    from bpcore.clinic.visit import _in_parts

    return _in_parts(cost, grad, p, None, None)


OF_LISTS = """
import numpy as np

X, Y = np.linspace(-1, 2, 12).reshape(4, 3), np.array([[0.3, 1.0, 0.2, 0.7], [0.1, 0.9, 0.8, 0.4]]).T


def start():
    return {"V": np.linspace(-0.8, 0.9, 6).reshape(2, 3), "W": np.array([[0.5, -0.8], [0.4, 0.3]])}


def forward(p, x):
    h = p["V"] @ x
    return h, [np.tanh(unit @ h) for unit in p["W"]]


def cost(p):
    return sum(0.5 * (a - t) ** 2 for x, y in zip(X, Y) for a, t in zip(forward(p, x)[1], y))


def delta_of(output, target, slope, share):
    return (output - target) * slope * share


def grad(p):
    dV, dW, units = np.zeros((2, 3)), np.zeros((2, 2)), list(p["W"])
    for x, y in zip(X, Y):
        h, out = forward(p, x)
        deltas = [delta_of(a, t, 1 - a * a, 1.0) for a, t in zip(out, y)]
        below = sum(unit * delta for unit, delta in zip(units, deltas))
        dV += np.outer(below, x)
        dW += np.outer(deltas, h)
    return {"V": dV, "W": dW}
"""
COMPREHENSION = "sum(unit * delta for unit, delta in zip(units, deltas))"
LOOP = "np.zeros(2)\n        for unit in units:\n            below += unit * x[0]"


@pytest.mark.long
@pytest.mark.parametrize(
    "wrong, right, words",
    [
        (
            "sum(unit * x[0] for unit in units)",
            "(unit * deltas_entry for unit, deltas_entry in zip(units, deltas))",
            "",
        ),
        (LOOP, "unit * deltas_entry", "with the entry of `deltas` that belongs to `unit`, for `x[0]`"),
    ],
    ids=["in a comprehension", "in a loop"],
)
def test_the_entry_of_a_second_list_is_put_for_a_value(wrong, right, words, tmp_path):
    module = program(tmp_path, OF_LISTS.replace(COMPREHENSION, wrong))
    assert not gradients_agree(module)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, module.start()))
    assert right in line.right and line.words == words, line


@pytest.mark.long
@pytest.mark.parametrize("wrong", ["a, 1 - a * a, t, 1.0", "1 - a * a, t, a, 1.0", "1.0, t, 1 - a * a, a"])
def test_two_arguments_of_a_call_are_exchanged(wrong, tmp_path):
    """Neighbours, or two with others between them."""
    module = program(tmp_path, OF_LISTS.replace("delta_of(a, t, 1 - a * a, 1.0)", f"delta_of({wrong})"))
    assert not gradients_agree(module)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, module.start()))
    assert "delta_of(a, t, 1 - a * a, 1.0)" in line.right, line


def test_the_condition_of_where_is_no_argument_like_the_others():
    tree = ast.parse("def slope(z):\n    return np.where(z > 0, z, 1)").body[0]
    texts = set()
    for change in exchanged(tree, lambda node: True, Words([], [], [], [], set(), set(), [], {})):
        with change.made():
            texts.add(ast.unparse(tree.body[0].value))
    assert "np.where(z > 0, 1, z)" in texts
    assert not {"np.where(z, z > 0, 1)", "np.where(1, z, z > 0)"} & texts


OF_MATRICES = """
import numpy as np

X, Y = np.linspace(-1, 2, 12).reshape(4, 3), np.array([[0.3, 1.0, 0.2, 0.7], [0.1, 0.9, 0.8, 0.4]]).T
RATE, DECAY = 0.1, 0.03


def start():
    return {"V": np.array([[0.4, -0.3], [0.2, 0.7], [-0.5, 0.6]]), "A": np.array([[0.5, 0.8], [-0.4, 0.3]])}


def pass_through(p):
    h = np.tanh(X @ p["V"])
    return h, h @ p["A"] @ p["A"].T


def cost(p):
    h, out = pass_through(p)
    return 0.5 * np.sum((out - Y) ** 2) + 0.5 * DECAY * np.sum(p["A"] ** 2)


def grad(p):
    A = p["A"]
    h, out = pass_through(p)
    e = out - Y
    both = h.T @ e
    both = both + both.T
    of_A = both @ A + DECAY * A
    e = e @ (A @ A.T)
    of_z = e * (1 - h**2)
    return {"V": X.T @ of_z, "A": of_A}
"""


def test_a_variable_is_read_as_it_was(tmp_path):
    """Both are moved by the other one: no order of the two lines is right."""
    source = HEAD + (
        "def start():\n    return {'p': np.array([0.3, -0.8]), 'q': np.array([1.2, 0.5])}\n\n"
        "def cost(s):\n    return 0.5 * (1 - s['p'] @ s['q']) ** 2\n\n"
        "def moved(p, q):\n    e = 1 - p @ q\n    p = p + 0.1 * e * q\n    q = q + 0.1 * e * p\n    return p, q\n\n"
        "def grad(s):\n    p, q = moved(s['p'], s['q'])\n"
        "    return {'p': (s['p'] - p) / 0.1, 'q': (s['q'] - q) / 0.1}\n"
    )
    (line,) = lines_of(program(tmp_path, source))
    number = 1 + source.splitlines().index("    p = p + 0.1 * e * q")
    assert (line.number, line.right) == (number + 1, f"q = q + 0.1 * e * p_before_line_{number}")


@pytest.mark.long
@pytest.mark.parametrize("wrong", ["A.T @ both.T + DECAY * A", "both @ A + DECAY / RATE", "both + DECAY * A"])
def test_two_exchanges_at_once_and_products_of_matrices(wrong, tmp_path):
    right = "both @ A + DECAY * A"
    source = OF_MATRICES.replace(right, wrong)
    found = lines_of(program(tmp_path, source))
    assert len(found) == 1
    module = program(tmp_path, changed(source, found), "repaired")
    for name, g in program(tmp_path, OF_MATRICES, "right").grad(module.start()).items():
        np.testing.assert_allclose(module.grad(module.start())[name], g, rtol=1e-12)


HELD = (
    HEAD
    + """
class Kept:
    pass


def start():
    return {"A": np.array([[0.3, -0.2, 0.4], [0.5, 0.1, -0.6], [-0.3, 0.8, 0.2]])}


def cost(p):
    return np.sum(forward(p).a ** 2)


def forward(p):
    kept = Kept()
    kept.x, kept.z = X, X @ p["A"]
    kept.a = np.tanh(kept.z)
    kept.parts = {"x": X, "z": kept.z, "a": kept.a}
    kept.zs, kept.outs = [kept.z], [kept.a]
    return kept


def backward(g, KEPT):
    g = g * (1 - WRONG ** 2)
    return {"A": X.T @ g}


def grad(p):
    kept = forward(p)
    return backward(2 * np.tanh(X @ p["A"]), GIVEN)
"""
)
HELD_BY = {  # what the function is given, what it takes, and what it should
    "an object": ("kept", "kept.x", "kept.a"),
    "a dict": ("kept.parts", "kept['x']", "kept['a']"),
    "a dict of an object": ("kept", "kept.parts['x']", "kept.parts['a']"),
    "another list": ("kept", "kept.zs[0]", "kept.outs[0]"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", HELD_BY)
def test_what_an_object_or_a_dict_holds_may_be_what_is_missing(name, tmp_path):
    given, wrong, right = HELD_BY[name]
    source = HELD.replace("KEPT", "kept").replace("GIVEN", given).replace("WRONG", wrong)
    (line,) = lines_of(program(tmp_path, source))
    assert line.right in (f"g = g * (1 - {right} ** 2)", "g = g * (1 - kept.a ** 2)")


def test_brackets_that_took_in_a_term_and_its_sign(tmp_path):
    source = HEAD + (
        "Y = np.arange(5) / 5\n\n"
        "def cost(p):\n    return np.sum((Y - X @ p) ** 2 + 0.1 * p @ p)\n\n"
        "def grad(p):\n    g = np.zeros(3)\n    for x, y in zip(X, Y):\n        e = y - x @ p\n"
        "        g += 2 * e * (x + 0.2 * p)\n    return g\n"
    )
    module = program(tmp_path, source)
    (line,) = gradients.lines_to_change(module.cost, module.grad, AT, [("p", np.arange(3))])
    assert line.right == "g += -(2 * e * x) + 0.2 * p"


@pytest.mark.long
def test_the_only_statement_of_a_block_may_be_left_out(tmp_path):
    block = "    with np.errstate(all='ignore'):\n        of_z += np.sin(h)\n"
    source = OF_MATRICES.replace('    return {"V": X.T', block + '    return {"V": X.T')
    (line,) = lines_of(program(tmp_path, source))
    assert line.words == "left out" and line.computed == "of_z += np.sin(h)"


def test_a_variable_that_would_be_given_itself_is_a_line_to_be_left_out(tmp_path):
    source = OF_MATRICES.replace('    return {"V": X.T', '    of_z = of_z + 0.5 * h\n    return {"V": X.T')
    (line,) = lines_of(program(tmp_path, source))
    assert (line.computed, line.words) == ("of_z = of_z + 0.5 * h", "left out")


def lines_of(module):
    return gradients.lines_to_change(*in_parts(module.cost, module.grad, module.start()))


# What is left alone.


@pytest.mark.long
def test_the_program_is_afterwards_as_it_was_before(tmp_path, capsys):
    slip = ('dh = dz @ p["R"].T', 'dh = dz @ p["R"]; print("a round")')
    module, _ = with_slips(tmp_path, slip)
    codes = {name: value.__code__ for name, value in vars(module).items() if isinstance(value, types.FunctionType)}
    arrays = [module.X.copy(), module.Y.copy()]
    capsys.readouterr()
    lines = gradients.lines_to_change(*in_parts(module.cost, module.grad, module.start()))
    assert lines and not capsys.readouterr().out
    assert all(getattr(module, name).__code__ is code for name, code in codes.items())
    assert np.array_equal(module.X, arrays[0]) and np.array_equal(module.Y, arrays[1])
    assert module.X.flags.writeable and module.Y.flags.writeable


ON_DATA = """
import numpy as np
RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((5, 3)), RNG.standard_normal((5, 3))

def cost(p):
    return 0.5 * np.sum((X * p - Y) ** 2)

def grad(p):
    e = np.empty_like(X)
    for i in range(5):
        e[i] = X[i] * p - Y[i - 1]
    return (e * X).sum(axis=0)
"""


def test_a_changed_program_does_not_write_into_the_data(tmp_path):
    """With X or Y for the new array a changed program would; the line below is found all the same."""
    module = program(tmp_path, ON_DATA)
    before = module.X.copy(), module.Y.copy()
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, np.array([0.3, -0.5, 1.2])))
    assert line.number == 12 and line.right == "e[i] = X[i] * p - Y[i]"
    assert np.array_equal(module.X, before[0]) and np.array_equal(module.Y, before[1])


@pytest.mark.long
def test_a_profiler_of_c_code_goes_on_afterwards(tmp_path):
    """As in ``%prun``: it cannot be set anew from Python."""
    module, _ = with_slips(tmp_path, SLIPS["a number"])
    asked_about, profiler = in_parts(module.cost, module.grad, module.start()), cProfile.Profile()
    profiler.enable()
    try:
        lines, after = gradients.lines_to_change(*asked_about), sys.getprofile()
    finally:
        profiler.disable()
    assert lines and after is (profiler if sys.version_info < (3, 12) else None)


@pytest.mark.parametrize("after", [1, 2, 7, 30])
def test_an_interrupted_search_leaves_the_program_as_it_was(after, tmp_path, monkeypatch):
    """Wherever it comes, as between the code that is set and the run."""
    module, _ = with_slips(tmp_path, SLIPS["a sum for a mean"])
    codes = {name: value.__code__ for name, value in vars(module).items() if isinstance(value, types.FunctionType)}
    left, take = [after], own_program.OwnFunction.take

    def interrupted(function, code):
        take(function, code)
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt

    asked_about = in_parts(module.cost, module.grad, module.start())
    monkeypatch.setattr(own_program.OwnFunction, "take", interrupted)
    with pytest.raises(KeyboardInterrupt):
        gradients.lines_to_change(*asked_about)
    assert all(getattr(module, name).__code__ is code for name, code in codes.items())
    assert module.X.flags.writeable and sys.getprofile() is None


def test_a_program_is_not_heard_meanwhile(tmp_path, capsys, caplog):
    source = (
        "import logging, sys\ndef cost(p): return np.sum(np.sin(X @ p))\n"
        "def grad(p):\n    logging.warning('a step')\n    print('a step', file=sys.stderr)\n"
        "    return X.T @ np.sin(X @ p)\n"
    )
    module = program(tmp_path, HEAD + source)
    asked_about = in_parts(module.cost, module.grad, AT)
    assert gradients.lines_to_change(*asked_about)
    assert not capsys.readouterr().err and not caplog.records and logging.root.manager.disable == 0


@pytest.mark.long
@pytest.mark.parametrize("samples", [80, 800])
def test_outer_products_of_large_arrays_are_not_tried(samples, tmp_path, monkeypatch):
    """They would take the square of the memory."""
    source = (
        f"X = np.ones(({samples}, 3))\nd = X[:, :1] + 0.1\n"
        "def cost(p): return np.sum(np.sin(p))\n"
        "def grad(p):\n    return np.dot(X.T, d)[:, 0] + p\n"
    )
    module, sizes, outer = program(tmp_path, HEAD + source), [], np.outer
    monkeypatch.setattr(np, "outer", lambda a, b: sizes.append(np.size(a) * np.size(b)) or outer(a, b))
    gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    assert (3 * samples**2 in sizes) == (samples == 80)


HOLDERS = {
    "SimpleNamespace": "from types import SimpleNamespace; D = SimpleNamespace(X=X, y=y)",
    "slots": "class Data:\n    __slots__ = ('X', 'y')\ndata = D = Data(); D.X, D.y = X, y",
    "a class": "class D: X, y = X, y",
}
ALIAS = """
def cost(p): return 0.5 * np.sum((D.X @ p - D.y) ** 2)
def grad(p):
    e = D.y
    e = e + D.X @ p
    return D.X.T @ e
"""


@pytest.mark.parametrize("holder", HOLDERS)
def test_data_are_protected_wherever_they_are_held(holder, tmp_path):
    """`e += D.X @ p` would write into the data, and each call once more."""
    module = program(tmp_path, HEAD + "y = X[:, 0] - 0.3\n" + HOLDERS[holder] + "\nX = y = None" + ALIAS)
    before = module.D.X.copy(), module.D.y.copy()
    lines = gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    assert lines and np.array_equal(module.D.X, before[0]) and np.array_equal(module.D.y, before[1])


def test_long_lists_of_arrays_are_protected(tmp_path):
    source = (
        "DATA = [(x, x[0] - 0.3) for x in np.random.default_rng(1).standard_normal((250, 3))]\n"
        "def cost(p): return 0.5 * sum((x @ p - y) ** 2 for x, y in DATA)\n"
        "def grad(p):\n    g = np.zeros(3)\n    for x, y in DATA:\n        d = x\n"
        "        d = d * (x @ p + y)\n        g += d\n    return g\n"
    )
    module = program(tmp_path, HEAD + source)
    before = [x.copy() for x, _ in module.DATA]
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    assert line.right == "d = d * (x @ p - y)" and np.array_equal([x for x, _ in module.DATA], before)


def test_lists_of_numbers_hold_what_they_held(tmp_path):
    """A changed program would write into the lists of X."""
    source = (
        "X, Y = X.tolist(), [0.4, -0.2, 0.9, 1.3, -0.7]\n"
        "def cost(p): return 0.5 * sum((sum(a * b for a, b in zip(x, p)) - y) ** 2 for x, y in zip(X, Y))\n"
        "def grad(p):\n    g, e = np.zeros(3), [0.0] * 5\n    for i in range(5):\n"
        "        e[i] = sum(a * b for a, b in zip(X[i], p)) - Y[i - 1]\n"
        "        for j in range(3):\n            g[j] += e[i] * X[i][j]\n    return g\n"
    )
    module = program(tmp_path, HEAD + source)
    before = [row[:] for row in module.X]
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    assert line.right.endswith("- Y[i]") and module.X == before


def test_what_a_program_keeps_is_what_its_own_calls_left(tmp_path):
    """Its counters and histories grow by some calls of its own, and by none of a changed one."""
    source = (
        "class Net:\n    calls = 0\n    def __init__(self): self.past, self.seen = [], {}\n"
        "    def cost(self, p): return np.sum(np.sin(X @ p))\n"
        "    def grad(self, p):\n        global TOTAL\n        TOTAL, Net.calls = TOTAL + 1, Net.calls + 1\n"
        "        g = X.T @ np.sin(X @ p)\n        self.past.append(g)\n        self.seen[len(self.past)] = g\n"
        "        self.last = g\n        return g\n"
        "TOTAL, net = 0, Net()\n"
    )
    module = program(tmp_path, HEAD + source)
    assert gradients.lines_to_change(*in_parts(module.net.cost, module.net.grad, AT))
    calls = module.TOTAL
    assert type(calls) is int and 5 < calls < 20 and calls == module.Net.calls == len(module.net.past)
    assert list(module.net.seen) == [*range(1, calls + 1)] and module.net.last is module.net.past[-1]


def test_what_functions_remember_of_a_changed_program_is_forgotten(tmp_path):
    source = (
        "import functools\ndef cost(p): return np.sum(np.sin(X @ p))\n"
        "@functools.lru_cache(maxsize=1)\ndef back(key):\n    return X.T @ np.sin(X @ np.frombuffer(key))\n"
        "def grad(p): return back(p.tobytes()).copy()\n"
    )
    module = program(tmp_path, HEAD + source)
    before = module.grad(AT)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    assert "np.cos(" in line.right and np.array_equal(module.grad(AT), before)


def test_names_that_share_an_instruction_ran_with_what_they_stand_in():
    """As Python 3.13 reads x and y of x * y with one, whose place is that of x."""
    text = "def f(x, y, c):\n    p, q = y, x\n    s = x * y + (x if c else y)\n    return s\n"
    tree = ast.parse(text).body[0]
    place = lambda node: (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset)
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    here = {text.splitlines()[name.lineno - 1][: name.col_offset] + name.id: name for name in names}
    shared = ["    p, q", "    p, q = y, x", "    s = x * y"]
    never = "    s = x * y + (x if c else y"
    own = [place(name) for words, name in here.items() if words not in (*shared, never)]
    operations = [place(node) for node in ast.walk(tree) if isinstance(node, ast.BinOp | ast.Return)]
    ran = Ran([*own, *operations])
    assert [words for words, name in here.items() if not ran(name)] == [*shared, never]
    ran.complete(tree)
    assert [words for words, name in here.items() if not ran(name)] == [never]


def test_what_functions_of_a_library_remember_is_kept(tmp_path):
    """A changed program does not change what they compute, and the doctor's own would be computed again each time."""
    source = (
        "from bpcore.clinic.updates.trees import symbols\nimport functools\n"
        "own = functools.cache(lambda x: 2 * x)\ndef other(): return symbols, own\n"
        "def cost(p): return np.sum(np.sin(X @ p))\ndef grad(p): return X.T @ np.sin(X @ p)\n"
    )
    module = program(tmp_path, HEAD + source)
    module.symbols(("+", "a", "b")), module.own(3)
    kept = module.symbols.cache_info().currsize
    assert gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    assert module.symbols.cache_info().currsize == kept > 0 and module.own.cache_info().currsize == 0


def test_views_can_be_written_again_afterwards(tmp_path):
    """NumPy allows that only once their base can be written."""
    source = (
        "class Net:\n    def __init__(self):\n        flat = X.flatten()\n"
        "        self.X, self.flat = flat.reshape(5, 3), flat\n"
        "    def cost(self, p): return np.sum(np.sin(self.X @ p))\n"
        "    def grad(self, p): return self.X.T @ np.sin(self.X @ p)\nnet = Net()\n"
    )
    net = program(tmp_path, HEAD + source).net
    assert gradients.lines_to_change(*in_parts(net.cost, net.grad, AT))
    assert net.X.flags.writeable and net.flat.flags.writeable


def test_a_buffer_that_is_filled_with_the_same_again_can_be_written(tmp_path):
    source = (
        "B = np.zeros((5, 3))\ndef cost(p): return 0.5 * np.sum((X * p - np.eye(5, 3)) ** 2)\n"
        "def grad(p):\n    B[:] = 0\n    B[np.arange(3), np.arange(3)] = 1\n"
        "    return ((X * p - B) * X).mean(axis=0)\n"
    )
    module = program(tmp_path, HEAD + source)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    assert line.number == 8 and module.B.flags.writeable


def test_a_changed_program_may_end_the_interpreter_as_it_likes(tmp_path):
    source = (
        "def cost(p): return np.sum(np.sin(X @ p))\ndef grad(p): return checked(X.T @ np.sin(X @ p))\n"
        "def checked(g):\n    if np.shape(g) != (3,): raise SystemExit('no gradient')\n    return g\n"
    )
    module = program(tmp_path, HEAD + source)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    assert "np.cos(X @ p)" in line.right


def test_arrays_that_a_program_writes_itself_stay_writeable():
    data, cache = np.ones(3), np.zeros(3)

    def call():
        cache[0] += 1

    with only_read([data, cache], call):
        assert cache.flags.writeable and not data.flags.writeable
        call()
    assert data.flags.writeable and cache[0] == 2


def test_a_changed_program_without_an_end_is_ended(tmp_path):
    """With the tape for the data a loop would add to what it runs through."""
    source = (
        "import numpy as np\nX = [1.0, -2.0, 0.5]\n"
        "def cost(p):\n    return sum(np.sum(np.sin(x * p)) for x in X)\n"
        "def grad(p):\n    tape = []\n    for x in X:\n        tape.append(np.cos(x * p))\n"
        "    g = np.zeros_like(p)\n    for x, c in zip(X, tape):\n        g += x * c * p\n    return g\n"
    )
    module = program(tmp_path, source)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, np.array([0.3, -0.5])))
    assert line.number == 11 and "p" not in line.right.replace("np", "")
    with pytest.raises(TooLong), limited(50, 50):
        items = [0]
        for _ in items:
            items.append(0)


def test_no_list_is_put_into_itself():
    """Arrays of it would have as many axes as NumPy allows, and fill the memory."""
    lines = ("kept.append(g)", "kept[0] = g", "other.extend(g)", "g[0], kept[1] = 1, g", "g, other = kept * g")
    tree = ast.parse("def f(kept, other, g):\n    " + "\n    ".join(lines)).body[0]
    values = [Word(name, ast.Name(name, ast.Load()), None) for name in ("kept", "other")]
    tried = set()
    for change in exchanged(tree, lambda node: True, Words(values, [], [], [], set(), set(), [], {})):
        with change.made():
            tried.add(ast.unparse(change.statement))
    assert {"kept.append(other)", "kept[0] = other", "other.extend(kept)", "g[0], kept[1] = (1, other)"} <= tried
    assert not tried & {"kept.append(kept)", "kept[0] = kept", "other.extend(other)", "g[0], kept[1] = (1, kept)"}


def test_what_is_changed_in_place_may_become_an_array_of_its_own():
    """The same value, which a run alone tells from the one that is there: another name has it, too."""
    (function,) = ast.parse("def f(number, factor):\n    number *= factor\n    return number").body
    found = [change for change in copies(function, lambda node: True, None) if "*" in ast.unparse(change.edits[0][3])]
    assert [ast.unparse(change.edits[0][3]) for change in found] == ["number = number * factor"]
    assert search._is_a_copy(found[0])


def test_lists_without_an_end_are_ended():
    items = [0]
    tree = ast.parse("for item in items:\n    items += [item]")
    with own_program.rounds_counted(tree.body):
        code = compile(tree, "<loop>", "exec")
    with pytest.raises(TooLong), limited(50, 200):
        exec(code, {"items": items})
    assert len(items) < 300 and ast.unparse(tree) == "for item in items:\n    items += [item]"


@pytest.mark.long
def test_what_the_cost_runs_through_too_is_not_changed(tmp_path):
    """A shared forward pass is the definition of the cost, and no slip of the gradient."""
    module, lines = with_slips(tmp_path, SLIPS["an exponent"])
    first = next(k for k, line in enumerate(lines, 1) if line.startswith("def grad"))
    found = asked(module).lines
    assert found and all(line.number > first for line in found)


BRANCHES = """
import numpy as np
X = np.random.default_rng(0).standard_normal((5, 3))

def cost(p):
    return np.sum(np.tanh(X @ p))

def grad(p, right=False):
    a = np.tanh(X @ p)
    slope = 1 - a**2 if right else 1 - a
    if right:
        return X.T @ (1 - a**2)
    return X.T @ slope
"""


def test_a_program_that_imports_sys_does_not_hold_what_others_hold(tmp_path, monkeypatch):
    other = types.ModuleType("a_module_of_another_program")
    other.kept = ["what another program keeps"]
    monkeypatch.setitem(sys.modules, other.__name__, other)
    module = program(
        tmp_path,
        "import sys\nimport builtins\n" + RIGHT.replace("def grad(", "KEPT = [X, sys, builtins]\n\n\ndef grad("),
    )
    reached = own_program.reached_from([module.grad, module.__dict__])
    assert any(value is module.KEPT for value in reached)
    assert not any(value is other.kept for value in reached)


def test_branches_that_did_not_run_are_no_cure(tmp_path):
    """Neither is the flag that chooses between them."""
    module = program(tmp_path, BRANCHES)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, np.array([0.3, -0.5, 1.2])))
    assert line.number == 10 and line.computed == "slope = 1 - a"
    assert line.right == "slope = 1 - a ** 2"


# How a program can be written.

FORMS = {
    "names of its own": (
        "class Net:\n    def __init__(self): self.__X = X\n    def cost(self, p): return np.sum(np.sin(self.__X @ p))\n"
        "    def grad(self, p): return X.T @ np.sin(self.__X @ p)\nnet = Net()\ncost, grad = net.cost, net.grad\n"
    ),
    "a method": (
        "class Net:\n    def __init__(self): self.X = X\n    def cost(self, p): return np.sum(np.sin(self.X @ p))\n"
        "    def grad(self, p):\n        return self.X.T @ np.sin(self.X @ p)\n"
        "net = Net()\ncost, grad = net.cost, net.grad\n"
    ),
    "a closure": (
        "def make(X):\n    def cost(p): return np.sum(np.sin(X @ p))\n"
        "    def grad(p):\n        return X.T @ np.sin(X @ p)\n    return cost, grad\ncost, grad = make(X)\n"
    ),
    "lambdas": "cost = lambda p: np.sum(np.sin(X @ p))\ngrad = lambda p: X.T @ np.sin(X @ p)\n",
    "a decorator": (
        "import functools\ndef told(f):\n    @functools.wraps(f)\n    def inner(*a): return f(*a)\n    return inner\n"
        "@told\ndef cost(p): return np.sum(np.sin(X @ p))\n@told\ndef grad(p):\n    return X.T @ np.sin(X @ p)\n"
    ),
    "partial": (
        "import functools\ndef cost(X, p): return np.sum(np.sin(X @ p))\n"
        "def slope(X, p):\n    return X.T @ np.sin(X @ p)\n"
        "cost, grad = functools.partial(cost, X), functools.partial(slope, X)\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_functions_are_found_wherever_they_are(form, tmp_path):
    module = program(tmp_path, HEAD + FORMS[form])
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    within = {"a method": "self.X", "names of its own": "self.__X"}.get(form, "X")
    assert line.right.endswith(f".T @ np.cos({within} @ p)")


def test_starred_arguments_are_left_as_they_are(tmp_path):
    source = (
        "def cost(p): return np.sum(np.sin(X @ p))\ndef parts(p): return [p]\n"
        "def slope(p): return np.sin(X @ p)\ndef grad(p):\n    return X.T @ slope(*parts(p))\n"
    )
    (line,) = gradients.lines_to_change(
        *in_parts(*(vars(program(tmp_path, HEAD + source))[k] for k in ("cost", "grad")), AT)
    )
    assert line.right == "return np.cos(X @ p)"


def test_an_entry_of_a_long_dict_is_shown_by_itself(tmp_path):
    source = (
        "def cost(p): return sum(np.sum(np.sin(X @ each)) for each in p.values())\ndef grad(p):\n"
        "    first, second = (X.T @ np.cos(X @ each) for each in p.values())\n"
        "    return {'the_first_of_two': first, 'the_second_of_two': second / len(X)}\n"
    )
    module = program(tmp_path, HEAD + source)
    asked_about = in_parts(module.cost, module.grad, {"the_first_of_two": AT, "the_second_of_two": AT})
    (line,) = gradients.lines_to_change(*asked_about)
    assert line.computed == "second / len(X)" and line.right == "second"


def test_what_should_be_subtracted_is_not_said_to_be_added(tmp_path):
    """`-= 1`, and not `+= -1`."""
    source = (
        "LABELS = [0, 1, 1, 0, 2]\ndef chances(p):\n    e = np.exp(X * p)\n    return e / e.sum(1, keepdims=True)\n"
        "def cost(p): return -np.sum(np.log(chances(p)[np.arange(5), LABELS]))\ndef grad(p):\n"
        "    d = chances(p)\n    d[np.arange(5), LABELS] += 1\n    return (d * X).sum(axis=0)\n"
    )
    module = program(tmp_path, HEAD + source)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, AT), thorough=False)
    assert line.right == "d[np.arange(5), LABELS] -= 1"


def test_beside_a_formula_a_line_that_is_enough_goes_before_one_that_helps(tmp_path):
    """One slope too many: if it returned 1, the gradient of v alone would be right."""
    source = (
        "def slope(z): return 1 - np.tanh(z) ** 2\n"
        "def cost(p): return np.sum(np.sin(np.tanh(X @ p['w']) * p['v']))\n"
        "def grad(p):\n    z = X @ p['w']\n    h = np.tanh(z)\n    d = np.cos(h * p['v']) * slope(z)\n"
        "    return {'w': X.T @ (d * p['v'] * slope(z)), 'v': np.sum(d * h)}\n"
    )
    module = program(tmp_path, HEAD + source)
    asked_about = in_parts(module.cost, module.grad, {"w": AT, "v": np.array(0.7)})
    (line,) = gradients.lines_to_change(*asked_about, thorough=False)
    assert line.right == "d = np.cos(h * p['v'])"


def test_a_loop_that_should_run_from_its_end_is_turned(tmp_path):
    source = (
        "W = np.random.default_rng(1).standard_normal((3, 3, 3))\ndef cost(p):\n    a = p\n"
        "    for each in W:\n        a = np.tanh(each @ a)\n    return a.sum()\n"
        "def grad(p):\n    tape = []\n    for each in W:\n        p = np.tanh(each @ p)\n"
        "        tape.append((each, p))\n    d = np.ones(3)\n    for each, a in tape:\n"
        "        d = each.T @ (d * (1 - a**2))\n    return d\n"
    )
    module = program(tmp_path, HEAD + source)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    assert line.right == "for (each, a) in tape[::-1]:".replace("(each, a)", "each, a")


def test_a_negative_number_is_not_added():
    said = {"a + -1": "a - 1", "a - -2.5 * b": "a + 2.5 * b", "a += -1": "a -= 1", "a += -1 + b": "a += -1 + b"}
    assert {text: search.first_line(ast.parse(text).body[0]) for text in said} == said


def test_a_square_is_no_product_of_a_call_with_itself(tmp_path):
    source = "cost = lambda p: np.sum(np.tanh(X @ p))\ngrad = lambda p: X.T @ (1 - np.tanh(X @ p))\n"
    module = program(tmp_path, HEAD + source)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    assert line.right.endswith("1 - np.tanh(X @ p) ** 2)")


def test_an_object_with_anything_for_its_attributes_is_no_hindrance(tmp_path):
    source = (
        "class Anything:\n    def __getattr__(self, name):\n"
        "        if name.startswith('__'): raise AttributeError(name)\n        return Anything()\n"
        "any = Anything()\ncost = lambda p: np.sum(np.sin(X @ p))\ngrad = lambda p: (any.x, X.T @ np.sin(X @ p))[1]\n"
    )
    module = program(tmp_path, HEAD + source)
    assert gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))


def test_programs_with_many_samples_are_left_alone(tmp_path, monkeypatch):
    """A changed product would have as many rows and columns."""
    module = program(tmp_path, HEAD + FORMS["lambdas"])
    monkeypatch.setattr(search, "MOST_SAMPLES", 4)
    assert gradients.lines_to_change(*in_parts(module.cost, module.grad, AT)) == ()


def test_a_cell_of_a_notebook_has_lines():
    text, names = HEAD + FORMS["lambdas"], {}
    linecache.cache["<cell 7>"] = len(text), None, text.splitlines(True), "<cell 7>"
    exec(compile(text, "<cell 7>", "exec"), names)
    (line,) = gradients.lines_to_change(*in_parts(names["cost"], names["grad"], AT))
    assert line.number == 4 and str(line).startswith("line 4: `")


@pytest.mark.parametrize("source", ["", HEAD + FORMS["lambdas"].replace("sin", "cos")], ids=["none", "another"])
def test_without_its_source_a_program_has_no_lines(source):
    """As where it was typed at a prompt, or its file has been changed since."""
    text, names = HEAD + FORMS["lambdas"], {}
    linecache.cache["<typed>"] = len(source), None, source.splitlines(True), "<typed>"
    exec(compile(text, "<typed>", "exec"), names)
    assert gradients.lines_to_change(*in_parts(names["cost"], names["grad"], AT)) == ()


def test_a_while_that_a_changed_caller_makes_endless_is_ended(tmp_path):
    """A changed number hands infinity to a loop that halves it and calls nothing."""
    source = HEAD + (
        "SIZE = np.float64(8)\n\n"
        "def start():\n    return {'p': np.array([0.3, -0.5, 1.2])}\n\n"
        "def halvings(n):\n    k = 0\n    while n > 1:\n        n = n / 2\n        k += 1\n    return k\n\n"
        "def cost(s):\n    return 1.5 * np.sum((X @ s['p']) ** 2)\n\n"
        "def grad(s):\n    times = halvings(SIZE / 1)\n    return {'p': times * X.T @ (X @ s['p']) + s['p'] ** 3}\n"
    )
    module = program(tmp_path, source)
    code = module.halvings.__code__
    (line,) = lines_of(module)
    assert line.right == "return {'p': times * X.T @ (X @ s['p'])}" and module.halvings.__code__ is code


def test_a_function_with_while_is_changed_too(tmp_path):
    """A changed condition could hold for ever, and is ended; what is wrong beside the loop is found."""
    loop = "        k = 0\n        while k < 1:\n            k += 1\n        return X.T @"
    text = FORMS["a closure"].replace("        return X.T @", loop)
    module = program(tmp_path, HEAD + text)
    (line,) = gradients.lines_to_change(*in_parts(module.cost, module.grad, AT))
    assert line.right == "return X.T @ np.cos(X @ p)"


def test_a_gradient_that_nothing_explains_has_no_line(tmp_path):
    source = HEAD + FORMS["lambdas"].replace("X.T @ np.sin(X @ p)", "np.array([0.7, -1.9, 0.4])")
    module = program(tmp_path, source)
    found = diagnose(module.cost, module.grad, AT)
    assert found.names == ("unknown",) and found.lines == ()


# What it costs.


def test_large_programs_and_long_runs_are_refused(tmp_path, monkeypatch):
    module = program(tmp_path, HEAD + FORMS["lambdas"])
    asked_about = in_parts(module.cost, module.grad, AT)
    monkeypatch.setattr(gradients, "MOST_PARAMETERS", 2)
    assert gradients.lines_to_change(*asked_about) == ()
    monkeypatch.undo()
    monkeypatch.setattr(own_program, "MOST_STEPS", 3)
    with pytest.raises(TooLong):
        watched(lambda: module.grad(AT))
    assert gradients.lines_to_change(*asked_about) == ()


def test_the_search_ends_when_its_runs_are_spent(tmp_path, monkeypatch):
    """However many changes there are: each costs at least its compilation."""
    module = program(tmp_path, HEAD + FORMS["lambdas"].replace("X.T @ np.sin(X @ p)", "np.array([0.7, -1.9, 0.4])"))
    monkeypatch.setattr(search, "MOST", 10 * search.A_RUN)
    calls = []
    cost, grad, theta, parts = in_parts(module.cost, module.grad, AT)
    gradients.lines_to_change(cost, lambda p: calls.append(0) or grad(p), theta, parts)
    assert len(calls) < 60


@pytest.mark.parametrize("clock", search.MOST_SECONDS, ids=lambda clock: clock.__name__)
def test_the_search_ends_when_its_time_is_spent(clock, tmp_path, monkeypatch):
    """That of the processor, or that of a gradient that waits."""
    module = program(tmp_path, HEAD + FORMS["lambdas"])
    asked_about = in_parts(module.cost, module.grad, AT)
    monkeypatch.setitem(search.MOST_SECONDS, clock, 0.0)
    assert gradients.lines_to_change(*asked_about) == ()
    monkeypatch.undo()
    assert gradients.lines_to_change(*asked_about)


def test_calls_are_counted():
    assert calls_in(lambda: [abs(k) for k in range(50)])[0] >= 50


def test_the_first_call_counts_as_each_later_one():
    """Abstract classes remember which classes are theirs, as NumPy asks them: the answer would be another next time."""

    class Mine:
        pass

    counts = {calls_in(lambda: isinstance(Mine(), Sequence)) for _ in range(3)}
    assert len(counts) == 1


HANDED = """
import numpy as np

def cost(w):
    return np.sum(w**3)

def grad(w):
    return 3 * w**2
"""


def test_a_file_that_hands_a_program_over_is_not_changed(tmp_path, monkeypatch):
    own = program(tmp_path, HANDED)
    source = "def handed(own):\n    def grad(w):\n        return -own.grad(w)\n    return own.cost, grad\n"
    handing = program(tmp_path, source, "handing")
    asked_about = in_parts(*handing.handed(own), np.array([0.3, -0.5]))
    (line,) = lines_to_change(*asked_about)
    assert line.computed == "return -own.grad(w)"
    monkeypatch.setattr(own_program, "HANDING_OVER", {handing.__file__})
    (line,) = lines_to_change(*asked_about)
    assert line.computed == "return 3 * w ** 2"


@pytest.mark.long
def test_the_answer_is_the_same_each_time(tmp_path):
    module, _ = with_slips(tmp_path, SLIPS["a sum for a mean"])
    assert str(asked(module)) == str(asked(module))


def test_indices_of_einsum_are_turned_and_exchanged():
    others = [*other_indices("ij,jk->ik")]
    assert {"ji,jk->ik", "ij,kj->ik", "ij,jk->ki", "kj,jk->ik"} <= set(others) and "ij,jk->ik" not in others


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("(a + b) * c", "a + b * c"),
        ("(a + b) * c", "a * c + b"),
        ("c * (a + b)", "c * a + b"),
        ("c * (a + b)", "a + c * b"),
        ("a + b * c", "(a + b) * c"),
        ("a * b + c", "a * (b + c)"),
        ("a * b + c", "(a + c) * b"),
        ("a + b + c * d / 2", "(a + b + c * d) / 2"),
        ("2 * (a - b) / c", "(2 * a - b) / c"),
        ("d * (1 - a) ** 2", "d * (1 - a ** 2)"),
        ("d * (1 - a ** 2)", "d * (1 - a) ** 2"),
        ("d * (1 - a ** 2)", "d * 1 - a ** 2"),
        ("-(a + b)", "-a + b"),
        ("f(a) - b", "f(a - b)"),
    ],
)
def test_a_pair_of_brackets_or_an_operand_is_tried_elsewhere_and_once(wrong, right):
    tree, tried = ast.parse(f"def f():\n    return {wrong}").body[0], []
    for change in exchanged(tree, lambda node: True, Words([], [], [], [], set(), set(), [], {})):
        if change.price > search.PRICES[0]:  # not among the first
            continue
        with change.made():
            tried.append(ast.unparse(tree.body[0].value))
    assert tried.count(right) == 1 and ast.unparse(tree.body[0].value) == wrong


@pytest.mark.long
def test_a_diagnosis_shows_the_line(tmp_path):
    module, lines = with_slips(tmp_path, SLIPS["a number"])
    number = lines.index('    g["E"] += 0.1 * p["E"]') + 1
    found = asked(module)
    rows = f"line {number} of grad yours g['E'] += 0.1 * p['E'] right g['E'] += 0.2 * p['E'] "
    assert rows in " ".join(str(found).split())
    assert str(found.lines[0]) == f"line {number} of grad: `g['E'] += 0.1 * p['E']` should be `g['E'] += 0.2 * p['E']`"


@pytest.mark.long
def test_no_change_makes_an_array_of_many_axes(tmp_path, monkeypatch):
    """A shape as a factor, seven times (3, 2), would ask for an array of fourteen axes."""
    source = HEAD + (
        "COUNT = 7\n\n\ndef start():\n    return {'W': np.arange(6.0).reshape(3, 2) / 5}\n\n\n"
        "def cost(p):\n    return np.sum((X @ p['W']) ** 2) / COUNT\n\n\n"
        "def grad(p):\n    W, shape = p['W'], p['W'].shape\n    e = X @ W / COUNT\n"
        "    return {'W': np.full(shape, np.sum(e)) + np.zeros(W.shape)}\n"
    )
    module, axes, full = program(tmp_path, source), [], np.full

    def watched_full(shape, *given, **more):
        axes.append(len(shape) if isinstance(shape, tuple) else 0)
        return full(shape, *given, **more)

    monkeypatch.setattr(np, "full", watched_full)
    assert not asked(module).lines
    assert len(axes) > 50 and max(axes) == 2


@pytest.mark.parametrize(
    "written, right",
    [
        ("e = Y - h\n    d = e * slope\n    return X.T @ d", "e = h - Y"),  # and not d = -e * slope
        ("d = -(h - Y) * slope\n    return X.T @ d", "d = (h - Y) * slope"),
        ("return -X.T @ ((h - Y) * slope)", "return X.T @ ((h - Y) * slope)"),
    ],
)
def test_a_sign_is_mended_where_it_stands(tmp_path, written, right):
    source = f"""
import numpy as np

rng = np.random.default_rng(3)
X, Y = rng.standard_normal((6, 3)), rng.standard_normal(6)


def cost(w):
    return 0.5 * np.sum((np.tanh(X @ w) - Y) ** 2)


def grad(w):
    h = np.tanh(X @ w)
    slope = 1 - h ** 2
    {written}
"""
    module = program(tmp_path, source)
    (line,) = diagnose(module.cost, module.grad, np.array([0.4, -0.7, 1.2])).lines
    assert line.right == right


def test_a_step_back_is_a_step_forward_and_no_minus_more(tmp_path):
    source = """
residual = lambda p: X @ p - 1
cost = lambda p: 0.5 * np.sum(residual(p) ** 2) + 0.05 * np.sum(p**2)


def grad(p):
    step = 0.1 * p
    step -= X.T @ residual(p)
    return step
"""
    module = program(tmp_path, HEAD + source)
    line, *_ = diagnose(module.cost, module.grad, AT).lines
    assert line.right == "step += X.T @ residual(p)"  # and not step -= -X.T @ residual(p)


@pytest.mark.long
def test_the_slope_of_what_passes_its_input_on_is_one(tmp_path):
    source = """
def above(z):
    slope = z.copy()
    slope[z <= 0] = 0.1
    return slope

leaky = lambda z: np.where(z.real > 0, z, 0.1 * z)
cost = lambda p: np.sum(leaky(X @ p))
grad = lambda p: X.T @ above(X @ p)
"""
    module = program(tmp_path, HEAD + source)
    (line,) = diagnose(module.cost, module.grad, AT).lines
    assert line.right == "slope = np.ones_like(z.copy())"


COUNTED = """
import math

import numpy as np

COUNTS = [1, 4, 2]


def start():
    return np.array([0.4, 1.2])


def size(n):
    return math.factorial(n) / math.comb(n + 2, 2)


def cost(theta):
    return sum(np.exp(theta[0] * theta[1]) * size(n) + n * theta[0] for n in COUNTS)


def grad(theta):
    both = np.exp(theta[0] * theta[1]) * sum(size(n) for n in COUNTS)
    return np.array([both * theta[0] + sum(COUNTS), both * theta[0]])
"""


def test_a_program_with_factorials_is_searched_and_no_changed_one_counts_for_hours(tmp_path):
    own = support.program(tmp_path, COUNTED)
    (line,) = lines_to_change(own.cost, own.grad, own.start(), [("theta", np.arange(2))])
    assert (
        line.right
        == line.computed.replace("theta[0]", "theta[1]", 1)
        == "np.array([both * theta[1] + sum(COUNTS), both * theta[0]])"
    )


def test_functions_of_whole_numbers_are_afterwards_as_before_and_refuse_large_ones_meanwhile():
    before = math.factorial, math.comb, math.perm
    with unobserved():
        assert math.factorial(LARGEST) == before[0](LARGEST) and math.comb(5, 2) == 10
        for large in (lambda: math.factorial(LARGEST + 1), lambda: math.comb(10**9, 10**8), lambda: math.perm(10**9)):
            with pytest.raises(TooLong):
                large()
    assert (math.factorial, math.comb, math.perm) == before


def test_a_factorial_under_a_name_of_its_own_is_left_alone(tmp_path):
    source = COUNTED.replace("import math\n", "from math import comb, factorial\n").replace("math.", "")
    own = support.program(tmp_path, source)
    assert lines_to_change(own.cost, own.grad, own.start(), [("theta", np.arange(2))]) == ()
