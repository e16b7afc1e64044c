"""Programs are examined as they are: parameters in any nest, any layout, and in their owner's own names."""

import re
import sys

import numpy as np
import pytest

from bpcore import Network, diagnose

NET = Network((3, 5, 2))
RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((7, 3)), RNG.integers(0, 2, (7, 2)).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(dtype=float):
    """Weights (in, out), in a dict, as most programs have them."""
    shapes = {"W1": (3, 5), "b1": (5,), "W2": (5, 2), "b2": (2,)}
    rng = np.random.default_rng(1)
    return {name: rng.standard_normal(shape).astype(dtype) for name, shape in shapes.items()}


def cost(p):
    a = sigmoid(sigmoid(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"])
    return -(Y * np.log(a) + (1 - Y) * np.log(1 - a)).sum() / len(X)


def grad(p, slip=""):
    a1 = sigmoid(X @ p["W1"] + p["b1"])
    a2 = sigmoid(a1 @ p["W2"] + p["b2"])
    d2 = (a2 - Y) / len(X)
    d1 = d2 @ p["W2"].T * (1 if slip == "no slope" else a1 * (1 - a1))
    b1 = d1.sum(axis=0) * (len(X) if slip == "sum" else 1)
    return {"W1": X.T @ d1, "b1": b1, "W2": a1.T @ d2, "b2": d2.sum(axis=0)}


def test_a_right_program_has_no_diagnosis():
    assert diagnose(cost, grad, start(), net=NET, X=X, Y=Y).names == ()


def test_a_mistake_is_read_without_a_line_of_glue():
    found = diagnose(cost, lambda p: grad(p, "no slope"), start(), net=NET, X=X, Y=Y)
    assert found.names == ("slope-missing",) and found.sure == "certain" and "1" in found.where
    assert "(W²)ᵀ" in str(found.formulas[-1]) and any("(in, out)" in text for text in found.evidence)


@pytest.mark.parametrize(
    "held",
    [lambda A: A[:, :, None], lambda A: A[:, None, :], lambda A: [row[:, None] for row in A]],
    ids=["columns", "rows", "a list of columns"],
)
@pytest.mark.parametrize("net", [NET, None])
def test_samples_that_are_columns_of_their_own_are_read_as_rows(held, net):
    """Many programs that go sample by sample hold each as a column, as the products of textbooks need it."""
    assert diagnose(cost, grad, start(), net=net, X=held(X), Y=held(Y)).names == ()
    found = diagnose(cost, lambda p: grad(p, "no slope"), start(), net=net, X=held(X), Y=held(Y))
    assert found.names == ("slope-missing",) and found.sure == "certain"


@pytest.mark.parametrize("net", [NET, None])
@pytest.mark.parametrize("name", ["X", "Y"])
@pytest.mark.parametrize("bad", [[[1.0, 2.0], [3.0]], "abc", lambda p: p, {"a": 1.0}])
def test_data_that_are_no_numbers_are_named(net, name, bad):
    with pytest.raises((TypeError, ValueError), match=f"^{name} .*expected real numbers"):
        diagnose(cost, grad, start(), net=net, **({"X": X, "Y": Y} | {name: bad}))


def test_pictures_are_read_as_rows_for_a_network():
    pictures = RNG.standard_normal((7, 2, 3))
    net, flat = Network((6, 2)), pictures.reshape(7, 6)
    weights = {"W": RNG.standard_normal((6, 2)), "b": RNG.standard_normal(2)}

    def of_pictures(p):
        a = sigmoid(flat @ p["W"] + p["b"])
        return -(Y * np.log(a) + (1 - Y) * np.log(1 - a)).sum() / 7

    def of_their_sum(p):
        d = (sigmoid(flat @ p["W"] + p["b"]) - Y) / 7
        return {"W": flat.T @ d, "b": d.sum(axis=0) * 7}

    found = diagnose(of_pictures, of_their_sum, weights, net=net, X=pictures, Y=Y)
    assert found.names and found.sure == "certain" and "1" in found.where


def columns(p):
    a = sigmoid(p["W2"].T @ sigmoid(p["W1"].T @ X.T + p["b1"][:, None]) + p["b2"][:, None])
    return -(Y.T * np.log(a) + (1 - Y.T) * np.log(1 - a)).sum() / len(X)


@pytest.mark.parametrize("of_rows", [True, False])
def test_without_a_network_and_data_these_are_read_off_the_cost(of_rows):
    found = diagnose(cost if of_rows else columns, lambda p: grad(p, "no slope"), start())
    assert found.names == ("slope-missing",) and found.sure == "certain", found
    assert any("were read off the steps of your cost" in text for text in found.evidence)
    vector = lambda v: dict(
        zip(("W1", "b1", "W2", "b2"), (v[:15].reshape(3, 5), v[15:20], v[20:30].reshape(5, 2), v[30:]))
    )
    flat = lambda p: np.concatenate([np.ravel(part) for part in p.values()])
    again = diagnose(lambda v: cost(vector(v)), lambda v: flat(grad(vector(v), "no slope")), flat(start()))
    assert again.names == ("slope-missing",), again


def test_a_cost_that_keeps_its_data_to_itself_is_examined_as_before():
    """Its arrays are made anew from a list in each call, or it is no network's."""
    hidden = lambda p: float(cost({name: np.array(part.tolist()) for name, part in p.items()}))
    found = diagnose(hidden, lambda p: grad(p, "no slope"), start())
    assert found.names == ("unknown",) and not any("read off" in text for text in found.evidence)


@pytest.mark.long
def test_blocks_have_their_owner_s_names():
    noise = np.random.default_rng(2).uniform(0.5, 2, 5)
    found = diagnose(cost, lambda p: {**grad(p), "b1": grad(p)["b1"] * noise}, start(), net=NET, X=X, Y=Y)
    assert found.names == ("unknown",) and "b1" in found.where and "b[1]" not in found.where + found.explanation


@pytest.mark.parametrize("form", [lambda p: list(p.values()), lambda p: ((p["W1"], p["b1"]), (p["W2"], p["b2"]))])
def test_lists_and_tuples_are_taken(form):
    def read(q):
        flat = [*q] if len(q) == 4 else [*q[0], *q[1]]
        return dict(zip(("W1", "b1", "W2", "b2"), flat))

    params = form(start())
    found = diagnose(lambda q: cost(read(q)), lambda q: form(grad(read(q), "sum")), params, net=NET, X=X, Y=Y)
    assert found.names == ("bias-mean-missing",)


def test_a_vector_in_another_layout_is_understood():
    shapes = [(3, 5), (5,), (5, 2), (2,)]
    ends = np.cumsum([0, *(int(np.prod(shape)) for shape in shapes)])

    def read(v):
        return {n: v[a:b].reshape(s) for n, a, b, s in zip(("W1", "b1", "W2", "b2"), ends, ends[1:], shapes)}

    def flat(p):
        return np.concatenate([part.ravel() for part in p.values()])

    found = diagnose(lambda v: cost(read(v)), lambda v: flat(grad(read(v), "sum")), flat(start()), net=NET, X=X, Y=Y)
    assert found.names == ("bias-mean-missing",)


def test_samples_as_columns_are_understood():
    def turned(p):
        return {name: part.T if name[0] == "W" else part.ravel() for name, part in p.items()}

    def columns(p):
        return {name: part.T if name[0] == "W" else part[:, None] for name, part in p.items()}

    found = diagnose(
        lambda q: cost(turned(q)),
        lambda q: columns(grad(turned(q), "no slope")),
        columns(start()),
        net=NET,
        X=X.T,
        Y=Y.T,
    )
    assert found.names == ("slope-missing",) and any("column" in text for text in found.evidence)


def test_single_precision_is_no_mistake():
    assert diagnose(cost, grad, start(np.float32), net=NET, X=X, Y=Y).names in ((), ("float32",))


def test_without_a_network_the_blocks_are_the_owner_s():
    found = diagnose(cost, lambda p: {**grad(p), "W2": 3 * grad(p)["W2"]}, start())
    assert found.names == ("factor",) and "W2" in found.where


def test_without_a_network_one_is_found_from_the_cost_and_the_data():
    found = diagnose(cost, lambda p: grad(p, "no slope"), start(), X=X, Y=Y)
    assert found.names == ("slope-missing",) and found.sure == "certain"
    assert any("No network was given" in text and "3-5-2" in text for text in found.evidence)
    assert diagnose(cost, grad, start(), X=X, Y=Y).names == ()


def test_a_network_that_does_not_fit_is_said_and_nothing_is_certain_in_its_names():
    other = Network((3, 5, 4, 2))
    found = diagnose(cost, lambda p: grad(p, "sum"), start(), net=other, X=X, Y=Y)
    assert not re.search(r"\b[bW]\[\d", found.where) and found.evidence


def test_a_gradient_of_another_form_is_named_with_its_place():
    found = diagnose(cost, lambda p: {**grad(p), "W1": grad(p)["W1"].T}, start(), net=NET, X=X, Y=Y)
    assert found.names == ("transposed-block",) and "W1" in found.where
    found = diagnose(cost, lambda p: {**grad(p), "b2": np.zeros(3)}, start(), net=NET, X=X, Y=Y)
    assert found.names == ("shape",) and "b2" in found.where


def test_what_cannot_be_examined_is_refused_with_a_cure():
    with pytest.raises(TypeError, match=r"W1.*floating-point.*astype"):
        diagnose(cost, grad, {**start(), "W1": np.ones((3, 5), int)}, net=NET, X=X, Y=Y)
    with pytest.raises(TypeError, match="net comes without X and Y"):
        diagnose(cost, grad, start(), net=NET)
    with pytest.raises(TypeError, match="blocks"):
        diagnose(cost, grad, start(), blocks={"W1": (3, 5)})


def test_a_vector_without_a_network_is_taken_for_the_weights_of_one():
    rng = np.random.default_rng(0)
    X, y, w = rng.standard_normal((8, 3)), rng.integers(0, 2, 8).astype(float), rng.standard_normal(4)
    a = lambda v: 1 / (1 + np.exp(-(X @ v[1:] + v[0])))

    def grad(v):
        z = X @ v[1:] + v[0]
        d = (a(v) - y) * z * (1 - z) / 8
        return np.append(d.sum(), X.T @ d)

    found = diagnose(lambda v: 0.5 * np.mean((a(v) - y) ** 2), grad, w, X=X, Y=y)
    assert found.names == ("slope-formula-of-z",) and found.sure == "certain" and found.where == "layer 1"


def test_a_vector_of_hidden_and_output_weights_has_its_hidden_layer():
    from bpcore.clinic.readings import chains
    from bpcore.clinic.structures import Structure

    assert (3, 4, 2) in chains(Structure(np.zeros(26), "theta"), np.zeros((5, 3)), np.zeros((5, 2)))


def test_passes_over_the_parameters_show_themselves_if_asked(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    wrong = lambda p: grad(p, "no slope")
    silent = diagnose(cost, wrong, start(), net=NET, X=X, Y=Y)
    assert capsys.readouterr() == ("", "")
    told = diagnose(cost, wrong, start(), net=NET, X=X, Y=Y, progress=True)
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == 10 and "parameter 32 of 32" in err
    assert str(told) == str(silent)
    diagnose(lambda p: (p["w"] * abs(p["w"])).sum(), lambda p: p, {"w": np.ones(20)}, progress=True)
    assert capsys.readouterr().err.count("parameter 20 of 20") == 3, "the complex step, and two of differences"


def test_a_long_pass_shows_itself_unasked(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    found = diagnose(lambda v: (v * v).sum(), lambda v: 3 * v, np.linspace(1, 2, 2001))
    assert found.names == ("factor",)
    out, err = capsys.readouterr()
    assert out == "" and "entry by entry" in err and "parameter 2001 of 2001" in err


@pytest.mark.long
def test_a_parameter_beside_the_network_is_judged_too():
    """The slope left of zero is learned: the network that has the cost has no place for it."""
    rng = np.random.default_rng(3)
    p = {"W1": rng.standard_normal((3, 5)), "alpha": np.array([-0.3]), "W2": rng.standard_normal((5, 2))}
    target = rng.standard_normal((7, 2))

    def forward(p):
        z = X @ p["W1"]
        a = np.where(z.real > 0, z, p["alpha"] * z)
        return z, a, (a @ p["W2"] - target) / 7

    def slopes(p, times):
        z, a, e = forward(p)
        g = e @ p["W2"].T
        of_alpha = np.array([(g * z * (z <= 0)).sum()])
        return {"W1": X.T @ (g * np.where(z > 0, 1, p["alpha"])), "alpha": times * of_alpha, "W2": a.T @ e}

    of = lambda p: 3.5 * (forward(p)[2] ** 2).sum()
    assert diagnose(of, lambda p: slopes(p, 1), p, X=X, Y=target).names == ()
    found = diagnose(of, lambda p: slopes(p, 3), p, X=X, Y=target)
    assert found.names and found.where == "alpha", found


@pytest.mark.parametrize("turned", [False, True])
def test_targets_that_the_loss_refuses_and_the_own_cost_takes(turned):
    """Labels times weights, as where a policy is trained: the sum of a sample's targets belongs into the delta."""
    net, rng = Network((3, 5, 2), output="softmax", loss="cross_entropy"), np.random.default_rng(2)
    weighted = np.eye(2)[rng.integers(0, 2, 7)] * rng.uniform(-1.5, 2, (7, 1))

    def outputs(p):
        a1 = sigmoid(X @ p["W1"] + p["b1"])
        z = np.exp(a1 @ p["W2"] + p["b2"])
        return a1, z / z.sum(1, keepdims=True)

    def own_cost(p):
        return -(weighted * np.log(outputs(p)[1])).sum() / len(X)

    def own_grad(p):
        a1, a2 = outputs(p)
        d2 = (a2 - weighted) / len(X)
        d1 = d2 @ p["W2"].T * a1 * (1 - a1)
        return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a1.T @ d2, "b2": d2.sum(0)}

    data = dict(X=X.T, Y=weighted.T) if turned else dict(X=X, Y=weighted)
    found = diagnose(own_cost, own_grad, start(), net=net, **data)
    assert found.sure == "certain" and {formula.layer for formula in found.formulas} == {2}, found
    assert "only where the targets of a sample add up to one" in str(found.formulas[0])
    assert any("nothing that loss='cross_entropy' accepts" in text for text in found.evidence)


def test_targets_that_the_loss_refuses_and_the_own_cost_does_not_have():
    net, others = Network((3, 5, 2), output="softmax", loss="cross_entropy"), np.random.default_rng(3).random((7, 2))
    found = diagnose(cost, lambda p: grad(p, "no slope"), start(), net=net, X=X, Y=others)
    assert found.names == ("slope-missing",) and any("its targets are others" in text for text in found.evidence)
