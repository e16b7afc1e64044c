"""Formulas: what is printed computes what the tree holds, in the book's notation, in LaTeX and in NumPy."""

import re
from types import SimpleNamespace

import numpy as np
import pytest
from support import draw

from bpcore import Network
from bpcore.clinic import expressions as x
from bpcore.clinic.fillings.outputs import mixed_pull, right_output
from bpcore.clinic.fillings.slopes import slopes
from bpcore.clinic.grammar import Layer, State
from bpcore.clinic.scope import Scope

NETS = [
    Network((3, 5, 4, 2), hidden="tanh", output="sigmoid", loss="half_squared"),
    Network((3, 4, 4, 3), hidden=["relu", "sigmoid"], output="softmax", loss="mse"),
    Network((2, 4, 1), output="sigmoid"),
]


def scope(net, m=4):
    """The right gradient at two thetas: samples as many as units, so that every product has a shape."""
    theta, X, Y = draw(net, m, seed=3)
    thetas = np.array([theta, 0.7 * theta + 0.1])
    return Scope(net, thetas, X, Y, np.array([net.grad(v, X, Y) for v in thetas])), X, Y


def names_in_numpy(s, X, Y, place):
    """What a program calls z[l], a[l], W[l] and so on, with samples as rows."""

    def rows(expressions):
        return [None if e is None else e.value[place].T for e in expressions]

    return {
        "np": np,
        "sigmoid": x.sigmoid,
        "softmax": lambda t: x.softmax(t),
        "z": rows(s.z),
        "a": rows(s.a),
        "Y": Y,
        "W": [None if e is None else e.value[place] for e in s.W],
        "b": [None if e is None else e.value[place] for e in s.b],
        "dW": [None if e is None else e.value[place] for e in s.dW],
        "K": s.K,
        "lr": 0.0,
    }


def candidates(net):
    """The pieces that the search puts together, in all layers."""
    s, X, Y = scope(net)
    state = State()
    for l in range(s.L, 0, -1):
        layer = Layer(s, l, state, s.m, np.random.default_rng(0))
        layer.right_only()
        layer.candidates()
        yield s, X, Y, l, state, layer
        state = state.followed(
            deltas={**state.deltas, l: layer.right_delta},
            right={**state.right, l: layer.right_delta},
            heads={**state.heads, l: layer.right_head},
            in_db={**state.in_db, l: None},
        )


@pytest.mark.long
@pytest.mark.parametrize("net", NETS, ids=repr)
def test_what_is_printed_as_numpy_computes_the_value(net):
    tried = 0
    for s, X, Y, l, state, layer in candidates(net):
        for filling in (*slopes(s, l), *layer.heads, *layer.done):
            code = filling.formula.written("numpy")
            known = names_in_numpy(s, X, Y, 1)
            known["delta"] = [state.deltas[k][1].T if k in state.deltas else None for k in range(s.L + 1)]
            try:
                with np.errstate(all="ignore"):
                    found = np.broadcast_to(eval(code, known), (s.m, s.sizes[l]))
            except (SyntaxError, NameError):  # written in words
                continue
            value = np.broadcast_to(filling.value, layer.right_delta.shape)[1].T
            if filling.moved is None:
                tried += 1
                np.testing.assert_allclose(found, value, rtol=1e-9, atol=1e-12, err_msg=code)
    assert tried > 300


@pytest.mark.parametrize("net", NETS, ids=repr)
def test_plain_text_and_latex_are_whole(net):
    """Brackets close, no placeholder is left, and LaTeX has signs that it knows outside of words, indices above."""
    shown = set()
    for *_, layer in candidates(net):
        for filling in (*layer.heads, *layer.slopes, *layer.reads):
            text, latex = str(filling.formula), filling.formula.written("latex")
            formulas = re.sub(r"\\text\{[^{}]*\}", "", latex)
            assert text.count("(") == text.count(")") and not {*text} & {*"{}"}, text
            assert latex.count("(") == latex.count(")") and latex.count("{") == latex.count("}"), latex
            assert formulas.isascii() and not re.search(r"\b[A-Za-z]\d", formulas), latex
            shown.add(text)
    assert len(shown) > 200


def test_the_four_equations_read_as_in_the_book():
    s, _, _ = scope(NETS[0])
    delta = s.delta(3, s.right_output_delta())
    assert str(right_output(s)) == "(a³ − y) ⊙ σ′(z³)"
    assert str(x.times(x.product(x.transpose(s.W[3]), delta), s.slope[2])) == "(W³)ᵀ δ³ ⊙ tanh′(z²)"
    assert str(x.scaled("(1/m)", x.outer(delta, s.a[2]))) == "(1/m) δ³ (a²)ᵀ"
    assert str(x.scaled("(1/m)", x.sample_sum(delta))) == "(1/m) Σᵢ δ³"
    latex = x.times(x.product(x.transpose(s.W[3]), delta), s.slope[2]).written("latex")
    assert latex == r"(W^{3})^{\mathsf T} \delta^{3} \odot \tanh'(z^{2})"
    assert x.outer(delta, s.a[2]).written("numpy") == "delta[3].T @ a[2]"
    assert x.product(x.transpose(s.W[3]), delta).written("numpy") == "delta[3] @ W[3]"


def test_brackets_stand_where_they_are_needed_and_nowhere_else():
    s, _, _ = scope(NETS[0])
    e = s.e
    assert str(x.times(e, e)) == "(a³ − y) ⊙ (a³ − y)"
    assert str(x.SIGMOID.of(e)) == "σ(a³ − y)" and str(x.RELU.of(e)) == "max(a³ − y, 0)"
    assert str(x.STEP.of(e)) == "[a³ − y > 0]"
    assert x.minus(e, e).written("numpy") == "a[3] - Y - (a[3] - Y)"
    assert str(x.transpose(x.minus(s.W[1], s.W[1]))) == "(W¹ − W¹)ᵀ"


def log_softmax(z):
    return z - np.log(np.exp(z).sum(1, keepdims=True))


MIXED = {
    "softmax": lambda z: np.exp(log_softmax(z)),
    "log softmax": log_softmax,
    "softmax over the samples": lambda z: np.exp(log_softmax(np.swapaxes(z, 1, 2))).swapaxes(1, 2),
}


@pytest.mark.parametrize("name", MIXED)
def test_the_pull_of_an_activation_that_mixes_is_that_of_its_jacobian(name):
    """By the complex step, entry by entry: units stand first, then samples."""
    rng, f = np.random.default_rng(4), MIXED[name]
    z, g = rng.standard_normal((2, 2, 3, 4))
    right = np.zeros(z.shape)
    for j, i in np.ndindex(3, 4):
        moved = z + 0j
        moved[:, j, i] += 1e-30j
        right[:, j, i] = (f(moved).imag / 1e-30 * g).sum((1, 2))
    s = SimpleNamespace(a=[x.symbol("a", f(z), 0)], f=[SimpleNamespace(name=name)])
    found = mixed_pull(s, 0, x.symbol("g", g))
    np.testing.assert_allclose(found.value, right, rtol=1e-12)
    if name != "softmax over the samples":  # whose sum is written with an index
        code = found.written("numpy")
        rows = {"np": np, "a": [f(z)[1].T], "g": g[1].T}
        np.testing.assert_allclose(eval(code, rows), right[1].T, rtol=1e-12, err_msg=code)
