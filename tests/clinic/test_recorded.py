"""A record of a cost is differentiated rightly, and one step differentiated wrongly is found and said in words."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bpcore import Network, diagnose
from bpcore.clinic.expressions import written_as
from bpcore.clinic.grammar import Formula
from bpcore.clinic.record import Record
from bpcore.clinic.recorded import NotRecorded, Recorded
from bpcore.clinic.second_look import with_other_labels
from bpcore.clinic.slips import Search, layer_in
from bpcore.clinic.step_texts import Texts

RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((6, 3)), RNG.standard_normal(6)
W = RNG.standard_normal((3, 2))


def overwritten(v):
    z = X @ v
    z[z < 0] = 0
    return (z * z).sum()


def kept_rows(v):
    a = np.c_[np.ones(6), X][:, :3] @ v
    return np.where(a > 0.2, a, 0.5 * a).mean()


CUBE = RNG.standard_normal((2, 2, 3))


def one_by_one(v):
    """As without NumPy: a number at a time."""
    total = 0.0
    for row, y in zip(X, Y):
        z = sum(a * b for a, b in zip(v, row))
        total += (1 / (1 + math.exp(-z)) - y) ** 2 + math.log(1 + z * z) + max(0.0, z)
    return total / len(X)


COSTS = {
    "products": lambda v: np.einsum("ij,jk,i->", X, np.outer(v, v), Y) + np.dot(v, v),
    "functions": lambda v: np.mean(np.log(1 + np.exp(-Y * (X @ v))) + np.tanh(X @ v) ** 2),
    "axes": lambda v: np.sum((v.reshape(3, 1) * W).max(axis=1)) + np.var(v) + np.linalg.norm(v),
    "softmax": lambda v: -np.log(np.exp(v - v.max()) / np.exp(v - v.max()).sum())[1],
    "joined": lambda v: np.sum(np.concatenate([v[1:] ** 2, np.stack([v[0], v[2]])]) * np.arange(4.0)),
    "clipped": lambda v: np.clip(X @ v, -0.5, 0.5).sum() + np.maximum(v, 0.1).prod(),
    "overwritten": overwritten,
    "chosen": kept_rows,
    "stacks": lambda v: np.sum(np.tanh(CUBE @ v) @ W[:2] @ v[:2]) + np.sum((CUBE @ np.outer(v, v)) ** 2),
    "angles": lambda v: np.sum(np.arctan2(v, 2.0) + np.arcsinh(v) + np.arccos(v / 3) + np.hypot(v, X)),
    "in order": lambda v: np.sum(np.cumsum(v) * np.diff(np.append(v, 1)) + np.sort(v) ** 2) + np.median(X @ v),
    "windows": lambda v: np.sum(np.convolve(Y, v, "same") ** 2) + np.sum(np.tensordot(CUBE, v, 1) ** 3),
    "padded": lambda v: (
        np.sum(np.pad(v, (1, 2)) * np.arange(6.0)) ** 2
        + np.sum(np.insert(v, 1, 2) ** 3)
        + np.sum(np.tril(np.outer(v, v)))
    ),
    "numbers": one_by_one,
    "a plain number": lambda v: float(np.mean(np.tanh(X @ v))),
    "objects": lambda v: np.sum(np.exp(np.array([v[0] * v[1], v[2]])) * np.array([2.0, 3.0])),
}


@pytest.mark.parametrize("name", COSTS)
def test_the_derivative_of_a_record_is_that_of_the_cost(name):
    """Central differences with h = 1e-6 are exact to nine digits here, away from the kinks."""
    v, cost = np.array([0.7, -0.4, 1.1]), COSTS[name]
    h = 1e-6 * np.eye(3)
    slopes = np.array([(cost(v + e) - cost(v - e)) / 2e-6 for e in h])
    np.testing.assert_allclose(Record(cost, v).gradient, slopes, rtol=1e-7, atol=1e-8)


def test_what_cannot_be_written_down_is_refused():
    for cost in (lambda v: float(v[0]) + 1, lambda v: np.linalg.inv(np.outer(v, v) + np.eye(3)).sum(), lambda v: 1.0):
        with pytest.raises(NotRecorded):
            Record(cost, np.ones(3))


def test_numpys_columns_are_its_own_again():
    Record(lambda v: np.c_[v, v].sum(), np.ones(3))
    assert np.c_[[1.0], [2.0]].tolist() == [[1.0, 2.0]] and not isinstance(np.c_[X, X], Recorded)


def tied(p):
    h = np.tanh(X @ p["W"])
    return h, h @ p["W"].T


def of_tied(p, both):
    h, o = tied(p)
    d = (o - X) / 6
    return {"W": X.T @ (d @ p["W"] * (1 - h * h)) + both * d.T @ h}


def factors(p):
    return 0.5 * np.sum((p["U"] @ p["V"].T - X) ** 2 * (X > 0)) + 0.1 * np.sum(p["U"] ** 2)


def of_factors(p, masked):
    e = (p["U"] @ p["V"].T - X) * (X > 0)
    return {"U": e @ p["V"] + 0.2 * p["U"], "V": (e if masked else p["U"] @ p["V"].T - X).T @ p["U"]}


def spread(p):
    e, s = X @ p["w"] - Y, p["log_sigma"]
    return np.mean(0.5 * e * e * np.exp(-2 * s) + s)


def of_spread(p, one):
    e, v = X @ p["w"] - Y, np.exp(-2 * p["log_sigma"])
    return {"w": X.T @ e * v / 6, "log_sigma": np.mean(one - e * e * v)}


def jump(p):
    h = np.tanh(X @ p["A"])
    return 0.5 * np.sum((np.tanh(h @ p["B"]) + h) ** 2)


def of_jump(p, skip):
    h = np.tanh(X @ p["A"])
    t = np.tanh(h @ p["B"])
    d = (t + h) * (1 - t * t)
    return {"A": X.T @ ((d @ p["B"].T + skip * (t + h)) * (1 - h * h)), "B": h.T @ d}


PROGRAMS = {  # of each: cost, gradient (right or not), parameters, the wrong block, and words of the answer
    "tied weights": (
        lambda p: 0.5 * np.sum((tied(p)[1] - X) ** 2) / 6,
        of_tied,
        {"W": W},
        "W",
        "without the part through W.T",
    ),
    "mask": (factors, of_factors, {"U": RNG.standard_normal((6, 2)), "V": W}, "V", "* [X > 0] is left out"),
    "log sigma": (spread, of_spread, {"w": W[:, 0], "log_sigma": 0.3}, "log_sigma", "without the part through"),
    "skip": (jump, of_jump, {"A": W, "B": W[:2]}, "A", "without the part through tanh(X @ A)"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_step_differentiated_wrongly_is_named(name):
    cost, gradient, params, block, words = PROGRAMS[name]
    assert not diagnose(cost, lambda p: gradient(p, True), params).names
    found = diagnose(cost, lambda p: gradient(p, False), params, X=X, Y=Y if name == "log sigma" else X)
    assert found.names == ("formula",) and found.where == block and found.sure == "certain"
    assert words in str(found.formulas[0])


def test_two_slips_one_after_the_other():
    """The slope of both layers is 2a − 1, so that the lower one can be read only given the upper."""
    sigmoid = lambda z: 1 / (1 + np.exp(-z))

    def gradient(p):
        h = sigmoid(X @ p["A"])
        o = sigmoid(h @ p["B"])
        d = o * (2 * o - 1)
        return {"A": X.T @ (d @ p["B"].T * (2 * h - 1)), "B": h.T @ d}

    cost = lambda p: 0.5 * np.sum(sigmoid(sigmoid(X @ p["A"]) @ p["B"]) ** 2)
    found = diagnose(cost, gradient, {"A": W, "B": W[:2]})
    assert [str(formula).count("−1 + 2 t") for formula in found.formulas] == [1, 2]


def test_noise_is_not_explained():
    noise = RNG.standard_normal((6, 2))
    cost = lambda p: 0.5 * np.sum((X @ p["W"]) ** 2)
    assert diagnose(cost, lambda p: {"W": X.T @ noise * np.sin(p["W"])}, {"W": W}).names == ("unknown",)


def test_an_answer_that_other_labels_do_not_give_is_likely_at_most():
    """All probabilities are 1/e, and the last sample's input stands for each: with these labels, a sum of signs."""
    labels = np.array([1.0, 0, 1, 1, 0, 1])
    inputs = np.column_stack([np.ones(6), X[:, :2]])

    def cost(v):
        p = 1 / (1 + np.exp(-inputs @ v))
        return -np.mean(labels * np.log(p) + (1 - labels) * np.log(1 - p))

    net = Network((2, 1), output="sigmoid", loss="binary_cross_entropy")
    grad = lambda v: inputs[-1] * np.sum(np.exp(-1) - labels) / 6
    before = labels.copy()
    found = diagnose(cost, grad, np.array([0.3, -0.4, 0.8]), net=net, X=X[:, :2], Y=labels)
    assert found.sure != "certain" and (labels == before).all()


def test_labels_are_put_back_where_asking_fails():
    labels = np.arange(4.0)
    certain = diagnose(lambda v: (v**2).sum(), lambda v: 3.21987 * v, np.array([1.0, 2.0, 3.0, 4.0, 5.0]))

    def fails():
        raise ZeroDivisionError

    formula = Formula(1, "dW¹", written_as(None, "1.23456 δ"), None, "")
    asked = replace(certain, names=("formula",), sure="certain", formulas=(formula,))
    with pytest.raises(ZeroDivisionError):
        with_other_labels(asked, fails, lambda: labels.sum(), labels)
    assert (labels == np.arange(4.0)).all()


def of_rows(p, added):
    """An embedding: rows of E, the first of them twice."""
    d = (p["E"][ROWS] @ W - X[:, :2]) @ W.T
    g = np.zeros_like(p["E"])
    if added:
        np.add.at(g, ROWS, d)
    else:
        g[ROWS] = d
    return {"E": g}


def of_largest(p, alone):
    z = X @ p["W"]
    largest = z == z.max(axis=1, keepdims=True)
    return {"W": X.T @ ((largest if alone else np.ones_like(z) / 2) * z.max(axis=1, keepdims=True))}


def of_square(p, back):
    h = np.tanh(X @ p["S"])
    d = h @ p["S"].T
    return {"S": X.T @ (d @ p["S"] * (1 - h * h)) + (d.T @ h if back else h.T @ d)}


def of_norm(p, divided):
    norm = np.sqrt(np.sum(p["W"] ** 2))
    return {"W": X.T @ (X @ p["W"]) + 0.3 * p["W"] / (norm if divided else 1)}


ROWS = np.array([0, 2, 1, 0, 2, 3])
MOVED = {  # of each: cost, gradient (right or not), parameters, and words of the answer
    "rows": (
        lambda p: 0.5 * np.sum((p["E"][ROWS] @ W - X[:, :2]) ** 2),
        of_rows,
        {"E": RNG.standard_normal((4, 3))},
        "overwritten, not added up",
    ),
    "largest": (lambda p: 0.5 * np.sum(np.max(X @ p["W"], axis=1) ** 2), of_largest, {"W": W}, "goes to all entries"),
    "square": (
        lambda p: 0.5 * np.sum((np.tanh(X @ p["S"]) @ p["S"].T) ** 2),
        of_square,
        {"S": RNG.standard_normal((3, 3))},
        "the part through S.T is not transposed back",
    ),
    "norm": (
        lambda p: 0.5 * np.sum((X @ p["W"]) ** 2) + 0.3 * np.sqrt(np.sum(p["W"] ** 2)),
        of_norm,
        {"W": W},
        "with t = sqrt(sum(W ** 2)), its slope is 0.5",
    ),
}


@pytest.mark.parametrize("name", MOVED)
def test_a_derivative_that_goes_to_other_entries_is_named(name):
    cost, gradient, params, words = MOVED[name]
    assert not diagnose(cost, lambda p: gradient(p, True), params).names
    found = diagnose(cost, lambda p: gradient(p, False), params)
    assert found.names == ("formula",) and found.sure == "certain" and words in str(found.formulas[0])


def test_weights_that_two_layers_share_are_of_the_first():
    cost, gradient, params, _, _ = PROGRAMS["tied weights"]
    found = diagnose(cost, lambda p: gradient(p, False), params, X=X, Y=X)
    assert [formula.layer for formula in found.formulas] == [1]


def test_two_fitted_numbers_in_one_entry_are_likely_at_most():
    """A constant is a C′ + b θ, whatever it is, where C′ is linear in the one parameter."""
    found = diagnose(lambda v: 0.5 * np.mean((X[:, 0] * v[0] - Y) ** 2), lambda v: np.array([0.3712]), np.array([1.3]))
    assert found.sure != "certain"


M = X[:, [1, 2, 0]] + 0.5  # what the doctor is not told


def of_other_data(p, right):
    h = np.tanh(M @ p["A"])
    d = h @ p["B"] - X
    return {"A": (M if right else X).T @ (d @ p["B"].T * (1 - h * h)), "B": h.T @ d}


def of_sparse(p, right):
    h = 1 / (1 + np.exp(-X @ p["A"]))
    d, f, r = h @ p["B"] - X, h * (1 - h), h.mean(axis=0)
    beside = (0.5 / (1 - r) - 0.5 / r) / 6
    e = d @ p["B"].T
    return {"A": X.T @ ((e + beside) * f if right else e * f + beside), "B": h.T @ d}


def of_rate(p, right):
    z = 3 + np.tanh(X @ p["A"][:, 0])
    slope = -np.exp(-z) if right else -1 / z
    return {"A": X.T @ ((1 + abs(Y) * slope) * (1 - (z - 3) ** 2))[:, None]}


def of_gate(p, right):
    z = X @ p["A"]
    h = 1 / (1 + np.exp(-z))
    return {"A": X.T @ (Y[:, None] * (h * (1 - h) if right else z * (1 - z)))}


def sparse(p):
    h = 1 / (1 + np.exp(-X @ p["A"]))
    r = h.mean(axis=0)
    return 0.5 * np.sum((h @ p["B"] - X) ** 2) - 0.5 * np.sum(np.log(r) + np.log(1 - r))


OTHERS = {  # of each: cost, gradient (right or not), parameters, and words of the answer
    "other data": (
        lambda p: 0.5 * np.sum((np.tanh(M @ p["A"]) @ p["B"] - X) ** 2),
        of_other_data,
        {"A": W, "B": W.T},
        "X stands for c",
    ),
    "past the slope": (sparse, of_sparse, {"A": W, "B": W.T}, "goes past its slope"),
    "another function": (
        lambda p: np.sum((z := 3 + np.tanh(X @ p["A"][:, 0])) + abs(Y) * np.exp(-z)),
        of_rate,
        {"A": W[:, :1]},
        "the slope of exp(",
    ),
    "the formula of the output": (
        lambda p: np.sum(Y[:, None] * (1 / (1 + np.exp(-(X @ p["A"]))))),
        of_gate,
        {"A": W},
        "is t − t²",
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("name", OTHERS)
def test_another_array_another_slope_or_none_is_named(name):
    cost, gradient, params, words = OTHERS[name]
    assert not diagnose(cost, lambda p: gradient(p, True), params).names
    found = diagnose(cost, lambda p: gradient(p, False), params, X=X, Y=X)
    assert found.names == ("formula",) and found.sure == "certain" and words in str(found.formulas[0])


T = RNG.standard_normal((4, 2))


def states(p):
    """A recurrent network over four steps."""
    h = [np.zeros(2)]
    for x in X[:4]:
        h.append(np.tanh(p["U"] @ x + p["W"] @ h[-1]))
    return h


def of_states(p, through_time=True, slope=True, before=True):
    h, g, down = states(p), {key: np.zeros_like(value) for key, value in p.items()}, np.zeros(2)
    for t in reversed(range(4)):
        d = (h[t + 1] - T[t] + down) * ((1 - h[t + 1] ** 2) if slope else 1)
        g["U"] += np.outer(d, X[t])
        g["W"] += np.outer(d, h[t] if before else h[t + 1])
        down = p["W"].T @ d if through_time else 0 * down
    return g


def pooled(p):
    total = 0
    for part in (X[:3], X[3:], X[1:4], X[2:5]):
        e = np.exp(part @ p["q"])
        total = total + (e / e.sum() @ (part @ p["v"])) ** 2
    return total


def of_pooled(p, jacobian):
    g = {"q": np.zeros(3), "v": np.zeros(3)}
    for part in (X[:3], X[3:], X[1:4], X[2:5]):
        e, u = np.exp(part @ p["q"]), part @ p["v"]
        a = e / e.sum()
        d = 2 * (a @ u)
        g["v"] += d * part.T @ a
        g["q"] += d * part.T @ (a * (u - (a @ u if jacobian else 0)))
    return g


RECURRENT = {"U": RNG.standard_normal((2, 3)), "W": RNG.standard_normal((2, 2))}
ROUNDS = {
    "through time": (states, lambda p: of_states(p, through_time=False), "without the part through tanh"),
    "slope": (states, lambda p: of_states(p, slope=False), "is left out, in each round"),
    "operand": (states, lambda p: of_states(p, before=False), "stands for"),
    "sum": (pooled, lambda p: of_pooled(p, False), "without the part through exp"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", ROUNDS)
def test_a_slip_in_every_round_of_a_loop_is_one(name):
    loop, gradient, words = ROUNDS[name]
    recurrent = loop is states
    cost = (lambda p: 0.5 * sum(np.sum((h - t) ** 2) for h, t in zip(states(p)[1:], T))) if recurrent else pooled
    params = RECURRENT if recurrent else {"q": W[:, 0], "v": W[:, 1]}
    assert not diagnose(cost, of_states if recurrent else lambda p: of_pooled(p, True), params).names
    found = diagnose(cost, gradient, params)
    assert found.names == ("formula",) and found.sure == "certain"
    assert words in str(found.formulas[0]) and "in each round" in str(found.formulas[0])


def test_the_largest_entry_taken_off_before_a_softmax_is_no_part_of_its_derivative():
    shifted = lambda v: np.exp(v - v.max()) / np.exp(v - v.max()).sum() @ np.arange(3.0)
    record = Record(shifted, np.array([0.7, -0.4, 1.1]))
    assert all(len(step.sources) == 1 for step in record.steps if step.name == "subtract")
    other = Record(lambda v: (v - v.max()) @ np.arange(3.0), np.array([0.7, -0.4, 1.1]))
    np.testing.assert_allclose(other.gradient, [0, 1, -1])


def test_a_number_of_the_cost_beside_its_gradient():
    ratio = lambda p: np.sum(p["w"] ** 3) / (1 + np.sum(p["w"] ** 2))

    def grad(p):
        w, bottom = p["w"], 1 + np.sum(p["w"] ** 2)
        return {"w": (3 * w * w * bottom - 2 * w * np.sum(w**3)) / bottom}

    found = diagnose(ratio, grad, {"w": np.array([0.4, -1.1, 0.7])})
    assert found.sure == "certain" and "∂C/∂w times (1 + sum(w ** 2))" in str(found.formulas[0])


def test_lists_that_begin_with_nothing_are_counted_from_there():
    assert [layer_in(name) for name in ("W1", "W[1]", "[0][1]", "theta[3]", "w")] == [1, 1, 1, None, None]
    names = ["weights[0]", "weights[1]", "b1"]
    assert [layer_in(name, names) for name in names] == [1, 2, 1]


def of_slices(v):
    z = X @ v[:6].reshape(3, 2) + v[6:]
    s = z[:-1] - z[1:]
    t = np.expand_dims(v[6:], 0) * z[:, -1:]
    chosen = np.where(z > 0.5, z, -z)
    return np.sum(s**2) + np.sum(np.sqrt(1 + z * z)[-2:]) + np.sum(t) + np.max(z[::2, 0]) + np.sum(chosen)


def of_moved_arrays(v):
    W, b = v[:6].reshape(3, 2), v[6:]
    a = 1 / (1 + np.exp(-(X @ W) / (2 + np.cos(b))))
    c = np.log(np.squeeze(np.reshape(b, (1, 2)))) - np.ravel(W)[2:4] * np.copy(b)
    return np.sum(a @ W.T - X) + np.sum(c) + np.min(np.maximum(np.tanh(a), a - 0.25) / -3.0)


@pytest.mark.parametrize("cost, fewest", [(of_slices, 20), (of_moved_arrays, 20)])
def test_the_text_of_a_step_computes_its_value(cost, fewest):
    """As NumPy, with the blocks and the data by their names; what is too long to be written out is left out."""
    v, tried = RNG.random(8) + 0.5, 0
    record = Record(cost, v)
    texts = Texts(record, [("W", np.arange(6).reshape(3, 2)), ("b", np.arange(6, 8))], [("X", X), ("Y", Y)])
    known = {
        name: getattr(np, name)
        for name in "sum max min where sqrt cos tanh log exp maximum minimum ravel reshape".split()
    }
    known |= {"W": v[:6].reshape(3, 2), "b": v[6:], "X": X, "Y": Y[:, None], "σ": lambda t: 1 / (1 + np.exp(-t))}
    for step in record.steps[3:]:
        text = texts.at(step.index)
        if "…" in text:
            continue
        code = text.replace("−", "-").replace("where([", "where((").replace("], ", "), ")
        found = np.asarray(eval(code, known))
        moved = found if found.size == step.value.size else np.broadcast_to(found, step.value.shape)
        np.testing.assert_allclose(moved.ravel(), step.value.ravel(), rtol=1e-9, err_msg=text)
        tried += 1
    assert tried >= fewest, tried


@pytest.mark.long
@pytest.mark.parametrize("back, factor", [(1.0, "3.33333"), (0.09, "0.3")])
def test_a_part_in_rounds_that_are_made_of_one_another_has_a_number_of_the_cost(back, factor):
    """The factor 0.3 is left out on the way back in each round, or comes twice."""
    x, y = RNG.standard_normal((2, 5))

    def states(p):
        h = [0.0]
        for t in range(4):
            h.append(0.3 * h[-1] + np.tanh(p["w"] * x + p["v"] * y * (t + 1)))
        return h

    cost = lambda p: 0.5 * np.sum(states(p)[-1] ** 2)

    def grad(p, back):
        h, found = states(p), {"w": np.zeros(5), "v": np.zeros(5)}
        d = h[-1]
        for t in range(3, -1, -1):
            slope = 1 - np.tanh(p["w"] * x + p["v"] * y * (t + 1)) ** 2
            found["w"] += d * slope * x
            found["v"] += d * slope * y * (t + 1)
            d = back * d
        return found

    params = {"w": RNG.standard_normal(5), "v": RNG.standard_normal(5)}
    found = diagnose(cost, lambda p: grad(p, back), params)
    assert found.sure == "certain" and f"{factor} times" in str(found.formulas[0]), found


@pytest.mark.parametrize("noise, explained", [(0.0, True), (0.8, True), (1.3, False)])
def test_a_slip_has_to_predict_every_entry_to_nine_digits(noise, explained):
    """Up to ten times 1e-9 of the largest entry at a place, and no further."""
    v = np.array([0.7, -0.4, 1.1])
    cost = lambda p: np.sum(np.tanh(X @ p) ** 2)
    came, records = [], []
    for k in range(6):
        p = v + 0.2 * k
        h = np.tanh(X @ p)
        g = X.T @ (2 * h)
        off = (abs(g) == abs(g).min()) * (-1) ** k
        came.append(g + noise * 1e-8 * abs(g).max() * off)
        records.append(Record(cost, p))
    search = Search(records, np.array(came), Texts(records[0], [("v", np.arange(3))], [("X", X)]), 6)
    with np.errstate(all="ignore"):
        said = [fit.words for fit in search._fits(np.arange(3))]
    assert any("is left out" in words for words in said) == explained, said


def test_a_minus_before_what_is_left_out_is_said_in_words():
    """The gradient has the wrong sign for the penalty, and no mean: minus the gradient, without divisor and sign."""

    def cost(v):
        return np.sum(np.log(1 + (X @ v) ** 2)) / 6 + 0.1 * np.sum(v**2)

    def grad(v):
        z = X @ v
        return X.T @ (2 * z / (1 + z**2)) - 0.2 * v

    found = diagnose(cost, grad, np.array([0.4, -0.7, 0.9]))
    (formula,) = found.formulas
    assert "/ 6 is left out, with a minus" in str(formula) and "where −the" not in str(formula)
