"""Lines of programs that the doctor had misread: forces, costs and gradients in one function, what nobody reads."""

import ast

import pytest
import support

from bpcore import diagnose
from bpcore.clinic import layout, measured
from bpcore.clinic.own_lines import gradients, search
from bpcore.clinic.own_lines.additions import completed
from bpcore.clinic.own_lines.changes import Word, Words
from bpcore.clinic.own_lines.exchanges import exchanged
from bpcore.clinic.visit import _in_parts

HEAD = """
import numpy as np

RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((5, 3)), RNG.standard_normal(5)
LABELS = (Y > 0).astype(int)


def start():
    return {"w": RNG.standard_normal(3), "v": RNG.standard_normal(3)}


def scores(p):
    return X @ p["w"], X @ p["v"]

"""
# A program with its line as it is right, and as it is wrong.
KINDS = {
    "cost and gradient in one function": (
        """
def both(p):
    s, t = scores(p)
    e = np.tanh(s) * t - Y
    de = e * t
    slope = 1 - np.tanh(s) ** 2
    grads = {"w": X.T @ (de * slope), "v": X.T @ (e * np.tanh(s))}
    return 0.5 * np.sum(e ** 2), grads

def cost(p):
    return both(p)[0]

def grad(p):
    return both(p)[1]
""",
        "slope = 1 - np.tanh(s) ** 2",
        "slope = 1 - np.tanh(s)",
    ),
    "a root that is missing beside a square": (
        """
def both(p):
    d = p["w"] - p["v"]
    r2 = 0.0
    for k in range(3):
        r2 = r2 + d[k] * d[k]
    near = 1 / (r2 * r2)
    force = d * (-4 * near / r2 - 1 / (r2 * np.sqrt(r2)))
    return near + 1 / np.sqrt(r2), {"w": force, "v": -force}

def cost(p):
    return both(p)[0]

def grad(p):
    return both(p)[1]
""",
        "force = d * (-4 * near / r2 - 1 / (r2 * np.sqrt(r2)))",
        "force = d * (-4 * near / r2 - 1 / r2)",
    ),
    "an argument that nobody reads": (
        """
def cost(p):
    s, t = scores(p)
    return np.sum(np.tanh(s) * t ** 2)

def back(incoming, s):
    return (1 - np.tanh(s) ** 2) * incoming

def grad(p):
    s, t = scores(p)
    return {"w": X.T @ back(t ** 2, s), "v": X.T @ (2 * np.tanh(s) * t)}
""",
        "return (1 - np.tanh(s) ** 2) * incoming",
        "return 1 - np.tanh(s) ** 2",
    ),
    "a variable for a sum that holds it": (
        """
def cost(p):
    s, t = scores(p)
    return sum(np.log(1 + np.exp(-(2 * y - 1) * z)) for y, z in zip(LABELS, s * t))

def slope(y, z):
    return -(2 * y - 1) / (1 + np.exp((2 * y - 1) * z))

def grad(p):
    s, t = scores(p)
    g = np.array([slope(y, z) for y, z in zip(LABELS, s * t)])
    return {"w": X.T @ (g * t), "v": X.T @ (g * s)}
""",
        "return -(2 * y - 1) / (1 + np.exp((2 * y - 1) * z))",
        "return -y / (1 + np.exp((2 * y - 1) * z))",
    ),
    "a step that another variable needs as well": (
        """
SIGN = 0.7

def cost(p):
    s, t = scores(p)
    return np.sum((SIGN * s - Y) ** 2 + (SIGN * s) ** 2 * t)

def grad(p):
    s, t = scores(p)
    e = 2 * (SIGN * s - Y)
    z = 2 * s
    e *= SIGN
    z *= SIGN
    return {"w": X.T @ (e + z * SIGN * t), "v": X.T @ (SIGN * z * s / 2)}
""",
        "    e *= SIGN\n    z *= SIGN\n",
        "    e *= SIGN\n",
    ),
    "the length of another list": (
        """
PARTS = {"w": [0, 1], "v": [0, 1, 2]}

def cost(p):
    return np.sum(p["w"][:2] ** 2) + np.sum(p["v"] ** 3)

def grad(p):
    g = {"w": np.zeros(3), "v": np.zeros(3)}
    for k in range(len(PARTS["w"])):
        g["w"][k] = 2 * p["w"][k]
    for k in range(len(PARTS["v"])):
        g["v"][k] = 3 * p["v"][k] ** 2
    return g
""",
        'for k in range(len(PARTS["v"])):',
        'for k in range(len(PARTS["w"])):',
    ),
    "two calls with their arguments exchanged": (
        """
Z, Q = X[:, 0] + 2, X[:, 1]
DOWN = Z ** 2 * np.cos(Q) + Z

def a(i, j):
    return Z ** i * np.cos(Q) ** j

def cost(p):
    s, t = scores(p)
    return np.sum(s ** 2 / 2 * DOWN) + np.sum(t * Z * np.cos(Q) ** 2)

def grad(p):
    s, t = scores(p)
    down = a(2, 1) + a(1, 0)
    return {"w": X.T @ (s * down), "v": X.T @ a(1, 2)}
""",
        "down = a(2, 1) + a(1, 0)",
        "down = a(1, 2) + a(0, 1)",
    ),
    "an argument that is left at its default, and has its name here": (
        """
def leaky(z, slope=0.01):
    return np.where(z > 0, z, slope * z)

def back(z, slope=0.01):
    return np.where(z > 0, 1, slope)

def cost(p, slope=0.3):
    s, t = scores(p)
    return np.sum(leaky(s, slope) * t)

def grad(p, slope=0.3):
    s, t = scores(p)
    down = t * back(s, slope=slope)
    return {"w": X.T @ down, "v": X.T @ leaky(s, slope)}
""",
        "down = t * back(s, slope=slope)",
        "down = t * back(s)",
    ),
    "an argument that another call gives": (
        """
PARTS = 3

def smooth(z, width=None):
    return np.tanh(z / (width or len(z)))

def back(down, z, *, width=None):
    return down * (1 - smooth(z, width) ** 2) / (width or len(z))

def cost(p):
    s, t = scores(p)
    return np.sum(smooth(s, PARTS - 1) * t)

def grad(p):
    s, t = scores(p)
    down = back(t, s, width=PARTS - 1)
    return {"w": X.T @ down, "v": X.T @ smooth(s, PARTS - 1)}
""",
        "down = back(t, s, width=PARTS - 1)",
        "down = back(t, s)",
    ),
}


def program(tmp_path, source):
    return support.program(tmp_path, HEAD + source, f"program_{len([*tmp_path.iterdir()])}")


def asked(module):
    return gradients.lines_to_change(*_in_parts(module.cost, module.grad, module.start(), None, None))


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_the_line_is_found(kind, tmp_path):
    source, right, wrong = KINDS[kind]
    assert source.count(right) == 1 and asked(program(tmp_path, source)) == ()
    found = asked(program(tmp_path, source.replace(right, wrong)))
    assert len(found) == 1
    (line,) = found
    own = (HEAD + source.replace(right, wrong)).splitlines()[line.number - 1]
    assert own.strip() in wrong.splitlines()[0].strip() or wrong.strip().startswith(own.strip())


@pytest.mark.long
def test_a_line_of_the_cost_is_not_changed_where_the_cost_would_be_another(tmp_path):
    """Both run through ``scores``: w where v belongs makes the gradient that of another cost, and that is no help."""
    right, line_of_w = KINDS["cost and gradient in one function"][0], '"w": X.T @ (de * slope)'
    assert right.count(line_of_w) == 1
    for line in asked(program(tmp_path, right.replace(line_of_w, '"w": X.T @ (de * 3.7)'))):
        assert "scores" not in line.function and "e = np.tanh" not in line.computed


REPULSION = """
def cost(p):
    d = p["w"] - p["v"]
    return 1 / (d @ d) ** 6

def grad(p):
    d = p["w"] - p["v"]
    force = -12 * d / (d @ d) ** 7 * FACTOR
    return {"w": force, "v": -force}
"""


@pytest.mark.parametrize("factor", [1.0, 1.01])
def test_a_gradient_that_grows_without_bound_towards_zero_is_judged_by_its_own_size(factor, tmp_path):
    """Of forces between particles an error of a hundredth had passed for rounding."""
    module = program(tmp_path, REPULSION.replace("FACTOR", f"{factor}"))
    found = diagnose(module.cost, module.grad, module.start())
    assert bool(found.names) == (factor != 1.0)
    assert found.sure == "certain"


def test_zeros_in_a_part_of_a_block_are_no_layer_without_a_gradient(tmp_path):
    source, right, wrong = KINDS["the length of another list"]
    module = program(tmp_path, source.replace(right, wrong))
    assert diagnose(module.cost, module.grad, module.start()).names == ("no-gradient",)


BESIDE_FORMULAS = {
    "a second name": ("slope = h.copy()", "slope = h"),
    "a minus": ("-np.where(u > 0, 1.0, 0.3)", "np.where(u > 0, 1.0, 0.3)"),
    "a number of the cost": ("u > 0, 1.0, 0.3)", "u > 0, 1.0, 0.05)"),
}
LAYER = """
import numpy as np

RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((5, 3)), RNG.standard_normal((5, 2))


def start():
    return {"W": RNG.standard_normal((3, 4)), "c": RNG.standard_normal(4), "V": RNG.standard_normal((4, 2))}


def error(p):
    u = np.tanh(X @ p["W"] + p["c"]) @ p["V"]
    return Y - np.where(u > 0, u, 0.3 * u)


def cost(p):
    return np.sum(error(p) ** 2) / 2 / len(X)


def grad(p):
    h = np.tanh(X @ p["W"] + p["c"])
    slope = h.copy()
    slope *= slope
    u = h @ p["V"]
    du = -np.where(u > 0, 1.0, 0.3) * error(p) / len(X)
    dz = du @ p["V"].T * (1 - slope)
    return {"W": X.T @ dz, "c": dz.sum(axis=0), "V": h.T @ du}
"""


@pytest.mark.long
@pytest.mark.parametrize("kind", BESIDE_FORMULAS)
def test_the_line_is_the_one_that_a_reader_would_change(kind, tmp_path):
    """And not one that undoes the slip by luck, such as 1 - slope turned round where a minus is missing."""
    right, wrong = BESIDE_FORMULAS[kind]
    assert LAYER.count(right) == 1
    module = support.program(tmp_path, LAYER.replace(right, wrong))
    (line,) = diagnose(module.cost, module.grad, module.start(), X=module.X, Y=module.Y).lines
    assert wrong in line.computed and right in line.right


def test_a_number_beside_a_counter_is_changed_and_none_is_added():
    tree, tried = ast.parse("def f(a, k):\n    return a[k - 2]").body[0], []
    for change in exchanged(tree, lambda node: True, Words([], [], [], [], set(), set(), [], {})):
        with change.made():
            tried.append(ast.unparse(tree.body[0].value))
    assert "a[k - 1]" in tried and "a[k + 1 - 2]" not in tried


def test_what_is_computed_anew_from_itself_gets_no_axis():
    """In a loop it would have one axis more after each round, until the memory is full."""
    tree = ast.parse("def f(a, b, x):\n    for k in range(40):\n        b = b * x\n        a = x * b").body[0]
    words = Words([Word(name, ast.Name(name, ast.Load()), (8,)) for name in "abx"], [], [], [], set(), set(), [], {})
    made = set()
    for change in exchanged(tree, lambda node: True, words):
        with change.made():
            made |= {line.strip() for line in ast.unparse(tree).splitlines()}
    assert "a = x[:, None] * b" in made and "b = b * x[:, None]" in made
    assert not any(line.startswith("b = b[:, None]") for line in made)


EFFECTS = """
def f(x, y, flag):
    out = []
    for k in range(3):
        out.append(2 * x[k])
    z = g(x, False)
    return out, z * y
"""


def changes_of(source, *rules):
    """The texts of what rules put into the only function of a source, whose values are all numbers."""
    tree = ast.parse(source).body[0]
    values = [Word(name, ast.Name(name, ast.Load()), ()) for name in ("x", "y", "z")]
    words = Words(values, [], [], [], set(), set(), [], {})
    for rule in rules:
        for change in rule(tree, lambda node: True, words):
            with change.made():
                yield ast.unparse(tree)


def test_what_is_called_for_its_effect_stands_nowhere_else(tmp_path, monkeypatch):
    """The list would hold None, and NumPy's product of such an array may end the process."""
    source = """
def cost(p):
    return np.sum(p["w"] ** 2) + np.sum(p["v"])

def grad(p):
    out = []
    for k in range(3):
        out.append(3 * p["w"][k])
    return {"w": np.array(out), "v": np.ones(3)}
"""
    module, tried = program(tmp_path, source), []
    tried_before = search.Search._tried

    def noted(self, function, change):
        tried.append(search._said([(function, change)]))
        return tried_before(self, function, change)

    monkeypatch.setattr(search.Search, "_tried", noted)
    (line,) = asked(module)
    assert line.right == "out.append(2 * p['w'][k])"
    new = [text.partition("should be")[2] for text in tried]
    assert new and not [text for text in new if text.count("out.append(") > 1 or "= out.append" in text]


def test_a_truth_value_that_is_written_out_is_not_reckoned_with():
    texts = [*changes_of(EFFECTS, completed, exchanged)]
    assert len(texts) > 20
    assert not [text for text in texts if "1 - False" in text or "False *" in text or "-False" in text]


def test_nothing_is_taken_off_itself():
    texts = [*changes_of("def f(x, y, z):\n    return x - y, y / z\n", exchanged)]
    assert any("x - z" in text for text in texts)
    assert not [text for text in texts if any(f"{v} - {v}" in text or f"{v} / {v}" in text for v in "xyz")]


SOFT = """
import math

def smooth(z):
    return np.array([[x * math.erf(math.log1p(math.exp(x))) for x in row] for row in z])

def cost(p):
    return 0.5 * np.sum((smooth(XX @ p[0] + p[1]) @ p[2] + p[3] - YY) ** 2) / len(XX)

def grad(p):
    return [np.ones_like(part) for part in p]

XX, YY = RNG.standard_normal((5, 3)), RNG.standard_normal((5, 2))

def start():
    rng = np.random.default_rng(2)
    return [rng.standard_normal((3, 3)), rng.standard_normal(3), rng.standard_normal((3, 2)), rng.standard_normal(2)]
"""


@pytest.mark.long
@pytest.mark.parametrize("calls", [3000, 4000, 5000, 6000, 7000])
def test_a_diagnosis_that_may_ask_no_more_of_the_cost_goes_on_without(calls, tmp_path, monkeypatch):
    """Activations and a loss that are measured are asked for again and again, and the cost so often and no more."""
    monkeypatch.setattr(layout, "MEASUREMENTS", calls)
    module, asked_more = program(tmp_path, SOFT), []
    raised = measured.TooManyCalls.__init__
    monkeypatch.setattr(measured.TooManyCalls, "__init__", lambda self: asked_more.append(raised(self)))
    found = diagnose(module.cost, module.grad, module.start(), X=module.XX, Y=module.YY)
    assert found.names and "cost" not in found.where
