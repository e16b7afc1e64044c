"""Programs with parts that no plain network has, each with one line differentiated wrongly, are explained."""

import re
from dataclasses import dataclass

import numpy as np
import pytest

from bpcore import check_gradient, diagnose

RNG = np.random.default_rng(11)
X, Y = RNG.standard_normal((7, 3)), RNG.standard_normal((7, 2))
LONG, TARGETS = RNG.standard_normal((7, 9)), RNG.standard_normal((7, 5))
WORDS, LABELS = RNG.standard_normal((7, 4, 3)), RNG.standard_normal(7)


@dataclass
class Program:
    """A cost; its gradient, where ``backward(params, wrong)`` takes the wrong line; and what is said of it."""

    params: dict
    cost: object
    backward: object
    words: str
    blocks: tuple


def normal(*shape):
    return RNG.standard_normal(shape)


def of_groups():
    """Group normalisation: the means of the backward pass run over all groups."""

    def forward(p):
        z = (X @ p["W"]).reshape(7, 2, 3)
        s = np.sqrt(z.var(axis=2, keepdims=True) + 1e-3)
        n = (z - z.mean(axis=2, keepdims=True)) / s
        return n, s, n.reshape(7, 6) @ p["v"]

    def backward(p, wrong):
        n, s, out = forward(p)
        d = (out - Y) / 7
        dn = (d @ p["v"].T).reshape(n.shape)
        mean = lambda t: t.mean(axis=(1, 2) if wrong else 2, keepdims=True)
        dz = (dn - mean(dn) - n * mean(dn * n)) / s
        return {"W": X.T @ dz.reshape(7, 6), "v": n.reshape(7, 6).T @ d}

    cost = lambda p: 0.5 * np.sum((forward(p)[-1] - Y) ** 2) / 7
    return Program({"W": normal(3, 6), "v": normal(6, 2)}, cost, backward, "over the axes 1 and 2", ("W",))


def of_maxout():
    """Maxout: the gradient goes to the smaller of the two."""

    def backward(p, wrong):
        u, v = X @ p["U"], X @ p["V"] + p["b"]
        d = (np.maximum(u, v) @ p["W"] - Y) / 7
        first = (u > v) != wrong
        dh = d @ p["W"].T
        du, dv = dh * first, dh * ~first
        return {"U": X.T @ du, "V": X.T @ dv, "b": dv.sum(axis=0), "W": np.maximum(u, v).T @ d}

    cost = lambda p: 0.5 * np.sum((np.maximum(X @ p["U"], X @ p["V"] + p["b"]) @ p["W"] - Y) ** 2) / 7
    params = {"U": normal(3, 4), "V": normal(3, 4), "b": normal(4), "W": normal(4, 2)}
    words = "the two branches of maximum(X @ U, X @ V + b) are exchanged"
    return Program(params, cost, backward, words, ("U", "V", "b"))


def of_attention():
    """Scores of all pairs: their gradient is not transposed on its way to the keys."""

    def forward(p):
        Q, K = X @ p["Wq"], X @ p["Wk"]
        E = np.exp(Q @ K.T)
        return Q, K, E / E.sum(axis=1, keepdims=True)

    def backward(p, wrong):
        Q, K, A = forward(p)
        V = X @ p["Wv"]
        d = (A @ V - Y) / 7
        dA = d @ V.T
        dS = A * (dA - (A * dA).sum(axis=1, keepdims=True))
        return {"Wq": X.T @ (dS @ K), "Wk": X.T @ ((dS if wrong else dS.T) @ Q), "Wv": X.T @ (A.T @ d)}

    cost = lambda p: 0.5 * np.sum((forward(p)[-1] @ (X @ p["Wv"]) - Y) ** 2) / 7
    params = {"Wq": normal(3, 4), "Wk": normal(3, 4), "Wv": normal(3, 2)}
    return Program(params, cost, backward, "is transposed in what goes to", ("Wk",))


def of_pooling():
    """Attention pooling over stacks of vectors: the path through the scores is forgotten."""

    def forward(p):
        h = np.tanh(WORDS @ p["W"])
        e = np.exp(h @ p["q"])
        a = e / e.sum(axis=1, keepdims=True)
        return h, a, (a[:, :, None] * h).sum(axis=1)

    def backward(p, wrong):
        h, a, pooled = forward(p)
        d = (pooled @ p["u"] - LABELS) / 7
        dpooled = d[:, None] * p["u"]
        da = (dpooled[:, None, :] * h).sum(axis=2)
        ds = a * (da - (a * da).sum(axis=1, keepdims=True))
        dh = a[:, :, None] * dpooled[:, None, :] + (0 if wrong else ds[:, :, None] * p["q"])
        dW = np.einsum("mti,mtj->ij", WORDS, dh * (1 - h * h))
        return {"W": dW, "q": np.einsum("mt,mtj->j", ds, h), "u": pooled.T @ d}

    cost = lambda p: 0.5 * np.mean((forward(p)[-1] @ p["u"] - LABELS) ** 2)
    params = {"W": normal(3, 3), "q": normal(3), "u": normal(3)}
    return Program(params, cost, backward, "without the part through", ("W",))


def of_a_deviation():
    """A normalisation with ε beside the deviation, which the derivative forgets below the line."""

    def forward(p):
        z = X @ p["W"]
        s = np.sqrt((z * z).mean(axis=1, keepdims=True))
        return z, s, z / (s + 0.1) @ p["v"]

    def backward(p, wrong):
        z, s, out = forward(p)
        d = (out - Y) / 7
        dn = d @ p["v"].T
        ds = -(dn * z).sum(axis=1, keepdims=True) / (s + (0 if wrong else 0.1)) ** 2
        dz = dn / (s + 0.1) + ds * z / s / z.shape[1]
        return {"W": X.T @ dz, "v": (z / (s + 0.1)).T @ d}

    cost = lambda p: 0.5 * np.sum((forward(p)[-1] - Y) ** 2) / 7
    return Program({"W": normal(3, 5), "v": normal(5, 2)}, cost, backward, "without 0.1 below the line", ("W",))


def of_a_filter():
    """A convolution: the filter is not turned round on the way back."""

    def convolved(rows, filter):
        places = rows.shape[1] - len(filter) + 1
        return sum(filter[k] * rows[:, k : k + places] for k in range(len(filter)))

    def forward(p):
        h = np.tanh(convolved(LONG, p["k1"]) + p["b"])
        return h, convolved(h, p["k2"])

    def by_filter(rows, delta):
        return np.array([np.sum(delta * rows[:, k : k + delta.shape[1]]) for k in range(3)])

    def backward(p, wrong):
        h, out = forward(p)
        d = (out - TARGETS) / 7
        padded = np.pad(d, ((0, 0), (2, 2)))
        dz = convolved(padded, p["k2"] if wrong else p["k2"][::-1]) * (1 - h * h)
        return {"k1": by_filter(LONG, dz), "b": np.array([dz.sum()]), "k2": by_filter(h, d)}

    cost = lambda p: 0.5 * np.sum((forward(p)[-1] - TARGETS) ** 2) / 7
    params = {"k1": normal(3), "b": normal(1), "k2": normal(3)}
    return Program(params, cost, backward, "come in reverse order in what goes to", ("k1", "b"))


def of_shares():
    """A mean over windows: each entry gets its share by its size."""

    def forward(p):
        u = np.exp(LONG @ p["W"]).reshape(7, 2, 3)
        return u, u.mean(axis=2)

    def backward(p, wrong):
        u, pooled = forward(p)
        d = (pooled @ p["V"] - LABELS) / 7
        g = (d[:, None] * p["V"])[:, :, None]
        du = g * (u / u.sum(axis=2, keepdims=True) if wrong else np.full_like(u, 1 / 3))
        return {"W": LONG.T @ (du * u).reshape(7, 6), "V": pooled.T @ d}

    cost = lambda p: 0.5 * np.mean((forward(p)[-1] @ p["V"] - LABELS) ** 2)
    return Program({"W": normal(9, 6) / 3, "V": normal(2)}, cost, backward, "* exp(c2 @ W) / t stands for", ("W",))


def of_a_pooling():
    """The largest of each window, taken by its place: all others get its gradient."""

    def forward(p):
        u = np.tanh(LONG @ p["W"]).reshape(7, 2, 3)
        return u, np.take_along_axis(u, u.real.argmax(2)[:, :, None], axis=2)

    def backward(p, wrong):
        u, largest = forward(p)
        d = (largest[:, :, 0] @ p["V"] - LABELS) / 7
        du = (d[:, None] * p["V"])[:, :, None] * ((u == largest) != wrong)
        return {"W": LONG.T @ (du * (1 - u * u)).reshape(7, 6), "V": largest[:, :, 0].T @ d}

    cost = lambda p: 0.5 * np.mean((forward(p)[-1][:, :, 0] @ p["V"] - LABELS) ** 2)
    words = "what belongs to the largest entry goes to all others"
    return Program({"W": normal(9, 6) / 3, "V": normal(2)}, cost, backward, words, ("W",))


def of_a_gain():
    """A batch normalisation: the gain is missing in one of the three terms."""

    def forward(p):
        z = X @ p["W"]
        c = z - z.mean(axis=0)
        s = np.sqrt((c * c).mean(axis=0) + 1e-3)
        return c, s, np.tanh(p["gain"] * c / s)

    def backward(p, wrong):
        c, s, h = forward(p)
        d = (h @ p["v"] - Y) / 7
        g = d @ p["v"].T * (1 - h * h)
        gained = g * p["gain"]
        of_variance = np.sum(-0.5 * gained * c / s**3, axis=0)
        dz = (g if wrong else gained) / s + 2 * of_variance * c / 7 - np.sum(gained / s, axis=0) / 7
        return {"W": X.T @ dz, "gain": np.sum(g * c / s, axis=0), "v": h.T @ d}

    cost = lambda p: 0.5 * np.sum((forward(p)[-1] @ p["v"] - Y) ** 2) / 7
    params = {"W": normal(3, 4), "gain": RNG.uniform(0.5, 2, 4), "v": normal(4, 2)}
    return Program(params, cost, backward, "stands for the part of ∂C/∂", ("W",))


def of_a_cell():
    """A state with a gate, cut from one product: the step after is forgotten."""

    def forward(p):
        state, steps = np.zeros((7, 2)), []
        for t in range(3):
            f, g = np.split(WORDS[:, t] @ p["W"], 2, axis=1)
            f, g, before = 1 / (1 + np.exp(-f)), np.tanh(g), state
            state = f * before + g
            steps.append((f, g, before, state))
        return steps

    def backward(p, wrong):
        dW, dV, later = np.zeros((3, 4)), np.zeros((2, 2)), 0.0
        for t, (f, g, before, state) in reversed(list(enumerate(forward(p)))):
            d = (state @ p["V"] - Y) / 7
            ds = d @ p["V"].T + (0 if wrong else later)
            dW += WORDS[:, t].T @ np.hstack([ds * before * f * (1 - f), ds * (1 - g * g)])
            dV += state.T @ d
            later = ds * f
        return {"W": dW, "V": dV}

    cost = lambda p: 0.5 * sum(np.sum((state @ p["V"] - Y) ** 2) for *_, state in forward(p)) / 7
    params = {"W": normal(3, 4), "V": normal(2, 2)}
    return Program(params, cost, backward, "without the part through", ("W",))


def of_numbers():
    """One unit without NumPy, a number at a time: the slope of the sigmoid is left out."""
    import math

    def outputs(p):
        return [1 / (1 + math.exp(-sum(w * x for w, x in zip(p["w"], row)))) for row in X]

    def backward(p, wrong):
        total = np.zeros(3)
        for row, a, y in zip(X, outputs(p), LABELS):
            total += (a - y) * (1 if wrong else a * (1 - a)) * row
        return {"w": total / 7}

    cost = lambda p: float(sum((a - y) ** 2 for a, y in zip(outputs(p), LABELS)) / 14)
    return Program({"w": normal(3)}, cost, backward, "is left out, in each round", ("w",))


PROGRAMS = [of_groups, of_maxout, of_attention, of_pooling, of_a_deviation, of_a_filter, of_shares]
PROGRAMS += [of_a_gain, of_a_cell, of_a_pooling, of_numbers]


@pytest.mark.long
@pytest.mark.parametrize("made", PROGRAMS, ids=lambda made: made.__name__)
def test_what_is_wrong_is_said(made):
    program = made()
    right = lambda p: program.backward(p, False)
    assert check_gradient(program.cost, right, program.params, method="central").passed
    assert not diagnose(program.cost, right, program.params, X=X, Y=Y).names
    found = diagnose(program.cost, lambda p: program.backward(p, True), program.params, X=X, Y=Y)
    said = " ".join(map(str, found.formulas))
    assert found.sure == "certain" and program.words in said, found
    assert len(found.formulas) == len(program.blocks)


# What a second set of programs by someone else showed.


def asked(cost, grad, params, X=X, Y=Y):
    found = diagnose(cost, grad, params, X=X, Y=Y)
    return found, " ".join(map(str, found.formulas))


def test_a_difference_quotient_is_no_wrong_gradient():
    """With a step of 1e-4 its error is about 1e-8 of the gradient, as that of float32 would be."""
    cost = lambda p: np.mean((np.tanh(X @ p[0]) @ p[1] - Y) ** 2)

    def grad(p, h=1e-4):
        found = []
        for k, block in enumerate(p):
            part = np.zeros_like(block)
            for place in np.ndindex(block.shape):
                ends = []
                for step in (h, -h):
                    moved = [b.copy() for b in p]
                    moved[k][place] += step
                    ends.append(cost(moved))
                part[place] = (ends[0] - ends[1]) / (2 * h)
            found.append(part)
        return found

    found = diagnose(cost, grad, [normal(3, 4), normal(4, 2)], X=X, Y=Y)
    assert not found.names and "seven digits" in found.explanation, found


def test_a_factor_within_an_activation_comes_before_a_quotient_of_sizes():
    """Here m / n¹ = 6 / 4 is 3 / 2 as well."""
    X, Y = normal(6, 3), normal(6, 2)
    cost = lambda p: 0.5 * np.sum((1.7159 * np.tanh(2 / 3 * (X @ p[0])) @ p[1] - Y) ** 2) / 6

    def grad(p):
        h = 1.7159 * np.tanh(2 / 3 * (X @ p[0]))
        d = (h @ p[1] - Y) / 6
        return [X.T @ (d @ p[1].T * (1.7159 - h * h / 1.7159)), h.T @ d]

    _, said = asked(cost, grad, [normal(3, 4), normal(4, 2)], X, Y)
    assert "there is a factor 1/0.666667" in said


@pytest.mark.long
def test_repeated_rows_lost_in_each_column():
    numbers = np.array([[0, 1], [1, 1], [2, 0], [0, 2], [1, 0], [0, 1], [2, 1]])
    cost = lambda p: 0.5 * np.sum((np.tanh(p["E"][numbers].mean(axis=1)) @ p["V"] - Y) ** 2) / 7

    def grad(p):
        a = np.tanh(p["E"][numbers].mean(axis=1))
        d = (a @ p["V"] - Y) / 7
        e, dE = d @ p["V"].T * (1 - a * a) / 2, np.zeros_like(p["E"])
        for k in range(2):
            dE[numbers[:, k]] += e
        return {"E": dE, "V": a.T @ d}

    _, said = asked(cost, grad, {"E": normal(4, 3), "V": normal(3, 2)})
    assert "overwritten, not added up, for each place along axis 1" in said


def test_a_matrix_transposed_in_a_sum_of_three_factors():
    together = lambda l, p, r: np.einsum("ni,kij,nj->nk", l, p["T"], r)
    cost = lambda p: 0.5 * np.sum((together(np.tanh(X @ p["A"]), p, np.tanh(X @ p["B"])) - Y) ** 2) / 7

    def grad(p):
        l, r = np.tanh(X @ p["A"]), np.tanh(X @ p["B"])
        d = (together(l, p, r) - Y) / 7
        dl = np.einsum("nk,kji,nj->ni", d, p["T"], r) * (1 - l * l)
        dr = np.einsum("nk,kij,ni->nj", d, p["T"], l) * (1 - r * r)
        return {"A": X.T @ dl, "T": np.einsum("nk,ni,nj->kij", d, l, r), "B": X.T @ dr}

    found, said = asked(cost, grad, {"A": normal(3, 4), "T": normal(2, 4, 4), "B": normal(3, 4)})
    assert len(found.formulas) == 1 and "T is transposed in what goes to tanh(X @ A)" in said


def test_the_slope_of_a_function_in_several_steps_is_that_of_another():
    """arcosh as a logarithm, with the slope of the arcus tangent."""
    cost = lambda p: np.sum(arcosh(1 + np.exp(X @ p["w"]))) / 7

    def arcosh(g):
        return np.log(g + np.sqrt(g * g - 1))

    def grad(p):
        g = 1 + np.exp(X @ p["w"])
        return {"w": X.T @ ((g - 1) / (g * g + 1)) / 7}

    _, said = asked(cost, grad, {"w": normal(3)})
    assert "is 1 / (1 + (" in said and "1 + exp(X @ w)" in said, said


def test_a_function_has_its_name_at_all_places():
    """Where all z are negative, |z| is −z."""
    params = {"w": -2 * abs(normal(3)), "v": normal(3)}
    inputs = abs(X)
    gate = lambda p: 1 / (1 + np.exp(-(inputs @ p["w"])))
    cost = lambda p: 0.5 * np.sum(((1 - gate(p)) * np.tanh(X @ p["v"]) - LABELS) ** 2) / 7

    def grad(p):
        t, h = gate(p), np.tanh(X @ p["v"])
        d = ((1 - t) * h - LABELS) / 7
        return {"w": inputs.T @ (d * h * t * (1 - t)), "v": X.T @ (d * (1 - t) * (1 - h * h))}

    found, said = asked(cost, grad, params)
    assert "w" in found.where and "abs(" not in said, said


@pytest.mark.parametrize("large", [1e9, 1e15, 1e50, 1e150])
def test_a_gradient_that_is_far_too_large_is_wrong(large):
    """Beside it the cost's derivative is nothing, and must not be taken for its rounding."""
    cost = lambda p: np.mean((X @ p["w"] - LABELS) ** 2)
    right = lambda p: 2 / 7 * X.T @ (X @ p["w"] - LABELS)
    params = {"w": normal(3)}
    times, _ = asked(cost, lambda p: {"w": large * right(p)}, params)
    assert times.names == ("factor",)
    mixed, _ = asked(cost, lambda p: {"w": right(p) + large * X.T @ np.cos(np.arange(7.0)) * p["w"][0]}, params)
    assert mixed.names


def test_a_penalty_that_counts_once_for_each_entry_of_a_row():
    """Of a table some places are known; each of them brings the penalty of its row and of its column once more."""
    known = [(0, 0), (0, 2), (1, 0), (1, 1), (1, 2), (2, 1), (3, 0), (3, 1)]
    values = np.linspace(-1, 2, len(known))

    def cost(params):
        rows, columns = params
        fit = sum((rows[i] @ columns[j] - value) ** 2 for (i, j), value in zip(known, values))
        return fit + 0.1 * (np.sum(rows**2) + np.sum(columns**2))

    def grad(params):
        rows, columns = params
        of_rows, of_columns = np.zeros_like(rows), np.zeros_like(columns)
        for (i, j), value in zip(known, values):
            e = 2 * (rows[i] @ columns[j] - value)
            of_rows[i] += e * columns[j] + 0.2 * rows[i]
            of_columns[j] += e * rows[i] + 0.2 * columns[j]
        return [of_rows, of_columns]

    rng = np.random.default_rng(0)
    found = diagnose(cost, grad, [rng.standard_normal((4, 2)), rng.standard_normal((3, 2))])
    assert found.sure == "certain"
    # a row of two known places has one penalty too many, one of three has two
    counts = [re.search(r"∂C/∂\S+ \+ 0.2 n θ, with n = ([\d, ]+) for its rows", str(each)) for each in found.formulas]
    assert [each and each[1] for each in counts] == ["1, 2, 0, 1", "2, 2, 1"]
