"""Changes of lines that make a gradient right together, where none of them does alone."""

import ast
import contextlib

import numpy as np
import pytest
import support

from bpcore.clinic.own_lines import factors, gradients, search
from bpcore.clinic.own_lines.changes import places_in
from bpcore.clinic.own_lines.together import MOST_PRICE, MOST_SUMS, EffectsOfEach
from bpcore.clinic.visit import _in_parts

RNG = np.random.default_rng(3)
BLOCKS = [np.arange(4), np.arange(4, 7)]


def found(before, right, is_wrong, results, prices=(), kinds=()):
    """The numbers of results that an EffectsOfEach finds to belong together."""
    effects = EffectsOfEach(before, right, BLOCKS, np.array(is_wrong))
    for k, result in enumerate(results):
        effects.note(k, prices[k] if prices else 1.0, result)
    return [tuple(some) for some in effects.together(lambda k: kinds[k] if kinds else k)]


def test_of_many_effects_the_two_are_found_that_add_up_to_what_is_lacking():
    before, right = RNG.standard_normal(7), RNG.standard_normal(7)
    effects = RNG.standard_normal((200, 7))
    effects[140] = right - before - effects[17]
    assert found(before, right, [True, True], before + effects) == [(17, 140)]
    effects[140, 6] += 1e-5
    assert found(before, right, [True, True], before + effects) == [(17, 140)]  # the first block alone
    effects[140, 3] += 1e-5
    assert found(before, right, [True, True], before + effects) == []


def test_of_many_effects_the_two_are_found_whose_factors_multiply_to_what_is_lacking():
    before, right = RNG.uniform(1, 2, (2, 7))
    factors = RNG.uniform(0.5, 2, (200, 7))
    factors[140] = right / before / factors[17]
    assert found(before, right, [True, True], before * factors) == [(17, 140)]


def test_a_block_that_is_right_stays_so():
    before, right = RNG.standard_normal((2, 7))
    right[4:] = before[4:]
    one = np.append(RNG.standard_normal(4), np.zeros(3))
    other = right - before - one
    assert found(before, right, [True, False], [before + one, before + other]) == [(0, 1)]
    other[5] = 1e-3
    assert found(before, right, [True, False], [before + one, before + other]) == []


def test_of_changes_with_one_effect_the_likeliest_is_taken_and_no_unlikely_pair_at_all():
    before, right, one = RNG.standard_normal((3, 7))
    results = [before + one, before + one, right - one]
    assert found(before, right, [True, True], results, (1.8, 1.2, 1.0)) == [(1, 2)]
    assert found(before, right, [True, True], results, (MOST_PRICE, 1.2, MOST_PRICE)) == []


def test_a_slip_that_was_made_twice_goes_before_two_slips():
    before, right, one, other = RNG.standard_normal((4, 7))
    results = [before + one, right - one, before + other, right - other]
    assert found(before, right, [True, True], results, (1.0, 1.0, 1.1, 1.1), "abcc") == [(2, 3), (0, 1)]


def test_a_change_that_makes_a_block_right_alone_is_half_of_no_pair():
    before, right = RNG.standard_normal((2, 7))
    nothing = before.copy()
    assert found(before, right, [True, True], [right, nothing]) == []


def test_where_many_changes_do_the_same_to_a_block_not_all_their_pairs_are_looked_at():
    before, right = RNG.standard_normal((2, 7))
    results = before + RNG.standard_normal((200, 7))
    results[:, :4] = (before + right)[:4] / 2  # each of them is half of what the first block lacks
    pairs = found(before, right, [True, True], results)
    assert len({*pairs}) == len(pairs) == MOST_SUMS < 200 * 199 / 2


def test_what_has_no_logarithm_or_another_length_is_left_alone():
    before, right = RNG.standard_normal((2, 7))
    one = RNG.standard_normal(7)
    results = [before + one, right - one, np.zeros(7), np.full(7, np.nan), np.ones(3)]
    assert found(before, right, [True, True], results) == [(0, 1)]


HEAD = """
import numpy as np

RNG = np.random.default_rng(0)
X, Y, WIDTH = RNG.standard_normal((5, 3)), RNG.standard_normal(5), np.array([0.5, 2.0, 3.0])
ROWS = [(0, 1), (1, 2), (2, 0), (0, 2)]


def start():
    return {'w': RNG.standard_normal(3)}

"""
# Programs with pairs of what is right and wrong in them.
PROGRAMS = {
    "powers without their factors, in one line": (
        """
def cost(p):
    z = X @ p['w']
    return np.sum(Y * z ** 3 + z ** 2 * np.cos(Y) + z)

def grad(p):
    z = X @ p['w']
    return {'w': X.T @ (3 * Y * z ** 2 + 2 * z * np.cos(Y) + 1)}
""",
        [("3 * Y * z ** 2 + 2 * z * np.cos(Y)", "Y * z ** 2 + z * np.cos(Y)")],
    ),
    "a divisor that is missing in two lines": (
        """
def cost(p):
    z = X @ (p['w'] / WIDTH)
    return np.sum(np.tanh(z)) + np.sum((p['w'] / WIDTH) ** 3) + np.sum(p['w'] ** 2)

def grad(p):
    u = p['w'] / WIDTH
    slope = 1 - np.tanh(X @ u) ** 2
    of_sum = X.T @ slope / WIDTH
    of_cubes = 3 * u ** 2 / WIDTH
    return {'w': of_sum + 2 * p['w'] + of_cubes}
""",
        [("X.T @ slope / WIDTH", "X.T @ slope"), ("3 * u ** 2 / WIDTH", "3 * u ** 2")],
    ),
    "a penalty's variable that is missing in two lines": (
        """
class Ranks:
    def __init__(self, p):
        self.w, self.rate = p['w'], 0.1

    def log_odds(self, i, j):
        return self.w[i] - self.w[j]

    def cost(self):
        of_pairs = sum(np.log(1 + np.exp(-self.log_odds(i, j))) for i, j in ROWS)
        return of_pairs + self.rate * sum(self.w[i] ** 2 + self.w[j] ** 2 for i, j in ROWS)

    def step(self, i, j, g):
        share = 1 / (1 + np.exp(self.log_odds(i, j)))
        penalty = 2 * self.rate
        g['w'][i] += -share + penalty * self.w[i]
        g['w'][j] += share + penalty * self.w[j]

def cost(p):
    return Ranks(p).cost()

def grad(p):
    g = {'w': np.zeros(3)}
    for i, j in ROWS:
        Ranks(p).step(i, j, g)
    return g
""",
        [("penalty * self.w[i]", "penalty"), ("penalty * self.w[j]", "penalty")],
    ),
}

# The same of programs whose slips are in several factors of one product, which stands in a sum.
OF_PRODUCTS = """
V = np.array([0.7, 1.3, 0.4, 2.1, 0.9])

def cost(p):
    total = 0.0
    for k in range(5):
        z = X[k] @ p['w']
        total += Y[k] ** 2 * z ** 2 * V[k] + np.exp(z) + np.sin(2 * z) * V[k]
    return total

def grad(p):
    g = np.zeros(3)
    for k in range(5):
        z = X[k] @ p['w']
        g += (2 * Y[k] ** 2 * z * V[k] + np.exp(z) + 2 * np.cos(2 * z) * V[k]) * X[k]
    return {'w': g}
"""
PRODUCTS = {
    "two factors": ("2 * np.cos(2 * z) * V[k]", "np.cos(z) * V[k]"),
    "two factors, one of which is another": ("2 * np.cos(2 * z) * V[k]", "np.sin(2 * z) * Y[k]"),
    "a factor too many, and another": ("2 * np.cos(2 * z) * V[k]", "2 * z * np.sin(2 * z) * V[k]"),
    "a factor too many beside another": ("2 * np.cos(2 * z) * V[k]", "2 * (np.sin(2 * z) * V[k] * z)"),
    "three factors": ("2 * Y[k] ** 2 * z * V[k]", "Y[k] * z ** 2 * V[k]"),
}


def asked(tmp_path, source):
    module = support.program(tmp_path, HEAD + source, f"program_{len([*tmp_path.iterdir()])}")
    return gradients.lines_to_change(*_in_parts(module.cost, module.grad, module.start(), None, None))


def mended(source, found):
    """The source with the lines as they should be."""
    lines = (HEAD + source).splitlines()
    for line in found:
        assert lines[line.number - 1].count(line.computed) == 1
        lines[line.number - 1] = lines[line.number - 1].replace(line.computed, line.right)
    return "\n".join(lines).removeprefix(HEAD)


@pytest.mark.long
@pytest.mark.parametrize("name", PROGRAMS)
def test_two_changes_that_help_together_alone_are_found(name, tmp_path, monkeypatch):
    source, slips = PROGRAMS[name]
    assert asked(tmp_path, source) == ()
    for right, wrong in slips:
        assert source.count(right) == 1
        source = source.replace(right, wrong)
    found = asked(tmp_path, source)
    assert found and asked(tmp_path, mended(source, found)) == ()
    monkeypatch.setattr(search, "MOST_TOGETHER", 0)
    assert asked(tmp_path, source) == ()


def test_where_a_program_raises_farther_off_nearer_places_are_taken(tmp_path):
    source = """
BEGIN = np.array([0.3, 0.5, 0.7])

def start():
    return {'w': BEGIN}

def inside(p):
    if (abs(p['w'] - BEGIN) > 0.02).any():
        raise ValueError("outside")
    return p['w']

def cost(p):
    return np.sum(inside(p) ** 3)

def grad(p):
    w = inside(p)
    return {'w': 3 * w}
"""
    (line,) = asked(tmp_path, source)
    assert asked(tmp_path, mended(source, [line])) == ()


def test_after_a_slip_of_a_rare_kind_those_like_it_come_first(tmp_path, monkeypatch):
    """Three lines lack the same factor: the other two are found without going through all that is likelier."""
    source = """
def start():
    return {name: RNG.standard_normal(3) for name in "abc"}

def cost(p):
    return sum(np.sum(np.sin(p[name]) * WIDTH) for name in "abc")

def grad(p):
    a = np.cos(p["a"])
    b = np.cos(p["b"])
    c = np.cos(p["c"])
    return {"a": a, "b": b, "c": c}
"""
    turns, best = [], search.Search._best

    def counted(self, previous):
        before = self.turns
        found = best(self, previous)
        turns.append(self.turns - before)
        return found

    monkeypatch.setattr(search.Search, "_best", counted)
    found = asked(tmp_path, source)
    assert ["WIDTH" in line.right for line in found] == [True, True, True]
    assert len(turns) == 3 and max(turns[1:]) < turns[0] / 2


@pytest.mark.long
@pytest.mark.parametrize("name", PRODUCTS)
def test_changes_of_several_factors_of_one_product_are_found(name, tmp_path, monkeypatch):
    right, wrong = PRODUCTS[name]
    assert OF_PRODUCTS.count(right) == 1
    source = OF_PRODUCTS.replace(right, wrong)
    (line,) = asked(tmp_path, source)
    assert line.computed.count(wrong) == 1 and asked(tmp_path, mended(source, [line])) == ()
    monkeypatch.setattr(factors, "MOST", 0)
    assert asked(tmp_path, source) == ()


def test_a_product_that_cannot_make_the_result_right_has_no_changes():
    """Its value goes into one entry of two that are wrong in another ratio, and to none of those that are wrong."""
    one = factors.Product(None, [], np.array([2.0]), np.array([[1.0], [3.0], [0.0]]))
    blocks, is_wrong = [np.arange(2), np.array([2])], np.array([True, False])
    weights, totals = factors._target(one, np.array([1.0, 3.0, 0.0]), is_wrong, blocks)
    np.testing.assert_allclose(totals, 1.5 * weights[:, 0], rtol=1e-12)  # 3 for 2
    assert factors._target(one, np.array([1.0, 2.0, 0.0]), is_wrong, blocks) is None
    assert factors._target(one, np.array([0.0, 0.0, 1.0]), ~is_wrong, blocks) is None


@pytest.mark.parametrize(
    "chosen, made",
    [
        ("drop inner", "a + b"),
        ("inner drop", "a + b"),
        ("drop brought", "(a - b) * c"),
        ("inner drop brought", "(a + b) * c"),
    ],
)
def test_changes_in_one_place_are_one_change(chosen, made):
    """A factor is left out, what stays is another, and a third comes in."""
    tree = ast.parse("def f(a, b, c):\n    return 3 * (a - b)").body[0]
    places = {ast.unparse(place.node): place for place in places_in(tree)}
    whole, inner = places["3 * (a - b)"], places["a - b"]
    changes = {
        "drop": whole.instead(inner.node, 1),
        "brought": whole.instead(ast.parse("x * c", mode="eval").body, 1.5),
        "inner": inner.instead(ast.parse("a + b", mode="eval").body, 1),
    }
    changes["brought"].edits[0][3].left = whole.node
    with contextlib.ExitStack() as stack:
        for change in factors._in_order([changes[name] for name in chosen.split()]):
            stack.enter_context(change.made())
        assert ast.unparse(tree.body[0]) == f"return {made}"
