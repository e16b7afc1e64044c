"""Updates with a slip that is in no table: the formula that they compute is found, and nothing else is told."""

from math import factorial
from types import SimpleNamespace

import numpy as np
import pytest

from bpcore.clinic.updates.check import check_update
from bpcore.clinic.updates.forms import GRAMMAR
from bpcore.clinic.updates.neighbours import neighbours
from bpcore.clinic.updates.programs import programs
from bpcore.clinic.updates.rules import FORMS, RULES, rule_path
from bpcore.clinic.updates.running import DIGITS, predicted
from bpcore.clinic.updates.schedules import sequence
from bpcore.clinic.updates.scope import scope
from bpcore.clinic.updates.search import explanations
from bpcore.clinic.updates.slips import first_steps
from bpcore.clinic.updates.steps import gradients_for
from bpcore.clinic.updates.table import SLIPS
from bpcore.clinic.updates.trees import parsed, symbols, written

SETTINGS = dict(lr=0.05, mu=0.9, beta1=0.9, beta2=0.99, eps=1e-8, wd=0.02)
TWO = [np.array([0.5, -0.3, 0.8]), np.array([-0.7, 0.2, 1.1])]
MATRIX = [np.linspace(-1, 1, 6).reshape(2, 3), np.array([0.5, -0.3, 0.8])]


class Momentum:
    """Momentum with a place for a slip in each of its lines."""

    def __init__(self, velocity=lambda v, g: 0.9 * v + 0.05 * g, move=lambda theta, v, old, g: theta - v):
        self.velocity, self.move, self.v, self.g, self.started = velocity, move, 0.0, 0.0, False

    def step(self, theta, g):
        old, self.v = self.v, self.velocity(self.v, g)
        return self.move(theta, self.v, old, g)


class Adam:
    """Adam with a place for a slip in each of its lines."""

    def __init__(self, m=lambda m, g: 0.9 * m + 0.1 * g, v=lambda v, g: 0.99 * v + 0.01 * g * g, hats=None, move=None):
        self.lines, self.m, self.v, self.t = (m, v), 0.0, 0.0, 0
        self.hats = hats or (lambda m, v, t: (m / (1 - 0.9**t), v / (1 - 0.99**t)))
        self.move = move or (lambda m, v, g: 0.05 * m / (np.sqrt(v) + 1e-8))

    def step(self, theta, g):
        self.t += 1
        self.m, self.v = self.lines[0](self.m, g), self.lines[1](self.v, g)
        return theta - self.move(*self.hats(self.m, self.v, self.t), g)


def stale():
    kept = [0.0]

    def step(theta, g):
        kept.append(g.copy())
        return theta - 0.05 * kept[-2]

    return step


def first_without_rate():
    v = None

    def step(theta, g):
        nonlocal v
        v = g if v is None else 0.9 * v + 0.05 * g
        return theta - v

    return step


def neighbour(theta, g):
    new = theta - 0.05 * g
    new[2] = theta[1] - 0.05 * g[2]
    return new


SGD = [
    (lambda theta, g: theta - 0.05 * abs(g), {}, "g ← |∂C/∂θ|"),
    (lambda theta, g: theta - 0.05 * np.clip(g, -1, 1), {}, "g ← clip(∂C/∂θ, ±1)"),
    (lambda theta, g: 0.05 * (theta - g), {}, "θ ← lr·θ - lr·g"),
    (lambda theta, g: theta - 0.05 * (g - 0.01 * theta), {}, "g ← ∂C/∂θ - 0.01·θ"),
    (lambda theta, g: theta - 0.05 * (g + 0.03 * theta), dict(lr=0.05), "lr·0.03 θ"),
    (stale(), {}, "g ← ∂C/∂θ of the step before"),
    (neighbour, {}, "θ ← theta[1] - lr·g"),
    (lambda P, G: [p - 0.05 * g / g.size for p, g in zip(P, G)], dict(theta=MATRIX), "∂C/∂θ / (entries of the array)"),
    (lambda P, G: [P[0] - 0.05 * G[0].ravel("F").reshape(2, 3), P[1] - 0.05 * G[1]], dict(theta=MATRIX),
     "g ← ∂C/∂θ read column by column"),
    (lambda P, G: [P[0] - 0.05 * G[0], P[1] - 0.05 * np.mean(G[1])], dict(theta=MATRIX), "mean of ∂C/∂θ"),
    (lambda P, G: [p - 0.05 * G[-1] for p in P], dict(theta=TWO), "g ← ∂C/∂θ of the array before"),
    (lambda theta, g: theta - 0.05 * g * np.minimum(1, 0.5 / np.linalg.norm(g)), {}, "cut to the norm 0.5"),
    (lambda theta, g: theta - 0.05 * g * 5 / np.linalg.norm(g), {}, "g ← 5·(∂C/∂θ / ‖∂C/∂θ‖)"),
    (lambda theta, g: theta - 0.05 * np.minimum(g, 1), {}, "g ← min(∂C/∂θ, 1)"),
]  # fmt: skip
MOMENTUM = [
    (first_without_rate(), "v ← μ v + lr·g, but g in the first step"),
    (Momentum(move=lambda theta, v, old, g: theta + 0.9 * v - 0.05 * g).step, "v ← μ v + lr·g"),
    (Momentum(lambda v, g: 0.9 * v + g, lambda theta, v, old, g: theta - 0.05 * (g - 0.9 * v)).step, "v ← μ v + lr·g"),
    (Momentum(move=lambda theta, v, old, g: 0.9 * theta - v).step, "θ ← μ θ - v"),
    (Momentum(move=lambda theta, v, old, g: theta - v - 0.05 * g).step, "θ ← θ + (v - lr·g)"),
    (Momentum(lambda v, g: 0.99 * v + 0.05 * g).step, "v ← 0.99·v + lr·g"),
    (Momentum(move=lambda theta, v, old, g: theta - np.clip(v, -0.1, 0.1)).step, "θ ← θ - clip(v, ±0.1)"),
    (
        Momentum(lambda v, g: 0.9 * v - 0.05 * g, lambda theta, v, old, g: theta - old + 2 * v).step,
        "θ ← θ + ((-1) vₜ₋₁ + (1 + 1) v)",
    ),
    (
        Momentum(lambda v, g: 0.9 * v - 0.05 * g, lambda theta, v, old, g: theta + 0.81 * v - 1.9 * 0.05 * g).step,
        "θ ← θ + μ μ·v - (1 + μ) lr·g",
    ),
]
ADAM = [
    (Adam(hats=lambda m, v, t: (m / np.sqrt(1 - 0.9**t), v / (1 - 0.99**t))).step, "m̂ ← m / √(1 - β₁ᵗ)"),
    (Adam(move=lambda m, v, g: 0.05 * m * (np.sqrt(v) + 1e-8)).step, "θ ← θ - lr·m̂·(√v̂ + ε)"),
    (Adam(lambda m, g: 0.9 * m + 1 - 0.9 * g).step, "m ← β₁ m + (1 - β₁ g)"),
    (Adam(v=lambda v, g: 0.99 * v + 0.01 * (g @ g)).step, "the sum of g² over the array"),
    (Adam(hats=lambda m, v, t: (m / (1 - 0.9 ** (t + 4)), v / (1 - 0.99 ** (t + 4)))).step, "m̂ ← m / (1 - β₁^(t + 4))"),
    (Adam(move=lambda m, v, g: 0.05 * m / (np.sqrt(v) * 1e-8)).step, "√v̂·ε"),
    (Adam(lambda m, g: 0.95 * m + 0.05 * g).step, "m ← 0.95·m + (1 - 0.95) g"),
    (Adam(hats=lambda m, v, t: (0.05 * np.sqrt(1 - 0.99**t) / (1 - 0.9**t) * m, v),
          move=lambda m, v, g: m / np.sqrt(v + 1e-8)).step, "√(v + ε)"),
    (Adam(hats=lambda m, v, t: (m / (1 - m**t), v / (1 - m**t))).step, "m̂ ← m / (1 - mᵗ)"),
    (Adam(hats=lambda m, v, t: (m / (1 - 0.9 ** factorial(t)), v / (1 - 0.99 ** factorial(t)))).step,
     "m̂ ← m / (1 - β₁^(t!))"),
    (Adam(move=lambda m, v, g: 0.05 * m / (v.sum() ** 2 + 1e-8)).step, "(sum over the array of v̂)²"),
    (Adam(move=lambda m, v, g: 0.05 * m / (np.sqrt(v).mean() + 1e-8)).step, "(mean over the array of √v̂)"),
]  # fmt: skip


def told(found, own):
    assert not found.right and found.names and "unknown" not in found.names
    assert found.sure == "certain", repr(found)
    assert any(own in yours for _, yours in found.formulas), repr(found)
    assert all(right != yours for right, yours in found.formulas) and found.cure


class Remembering:
    """Adam or momentum with a place for what becomes of its arrays, and of the numbers in its lines."""

    def __init__(self, kept=lambda x: x, beta1=lambda t: 0.9, beta2=0.99, decay=0.0, largest=False):
        self.kept, self.beta1, self.beta2, self.decay, self.largest = kept, beta1, beta2, decay, largest
        self.m = self.v = self.top = 0.0
        self.t = 0

    def momentum(self, theta, g):
        self.v = self.kept(0.9 * self.v + 0.05 * g)
        return theta - self.v

    def adam(self, theta, g):
        self.t += 1
        b1, b2 = self.beta1(self.t), self.beta2
        self.m = b1 * self.m + (1 - b1) * (g + self.decay * theta)
        self.v = b2 * self.v + (1 - b2) * g * g
        self.top = np.maximum(self.top, self.v) if self.largest else self.v
        c1, c2 = 1 - self.beta1(1) ** self.t, 1 - b2**self.t
        return theta - 0.05 * self.m / c1 / (np.sqrt(self.top / c2) + 1e-8)


@pytest.mark.long
@pytest.mark.parametrize(
    "settings, own",
    [
        (dict(decay=0.01), "g + 0.01·θ"),
        (dict(beta1=lambda t: 0.9 * 0.96 ** (t - 1)), "0.96^(t - 1)"),
        (dict(largest=True), "w ← max(w, v)"),
        (dict(beta1=lambda t: 0.1, beta2=0.01), "m ← (1 - β₁) m + β₁ g"),
    ],
)
def test_another_mean_or_square_is_told(settings, own):
    told(check_update(Remembering(**settings).adam, "adam", lr=0.05, beta2=0.99), own)


@pytest.mark.long
def test_a_decay_beside_the_mean_is_told():
    """It is divided by the root like a gradient, and in no state."""
    update = Remembering()

    def step(theta, g):
        before = theta + 0
        moved = update.adam(theta, g)
        root = np.sqrt(update.v / (1 - 0.99**update.t)) + 1e-8
        return moved - 0.05 * 0.01 * before / root

    told(check_update(step, "adam", lr=0.05, beta2=0.99), "m̂ + 0.01·θ")
    update = Remembering()
    told(check_update(step, "adamw", lr=0.05, beta2=0.99), "m̂ + wd·θ")


@pytest.mark.long
@pytest.mark.parametrize(
    "kept, words",
    [
        (lambda x: x.astype(np.float32), "float32"),
        (lambda x: x.astype(np.float16), "float16"),
        (lambda x: np.trunc(x), "whole numbers"),
    ],
)
def test_a_memory_of_few_digits_is_told(kept, words):
    update, rate = Remembering(kept).momentum, 0.05
    found = check_update(lambda theta, g: update(theta, 100 * g), "momentum", lr=100 * rate)
    assert found.names == ("measured",) and words in found.explanation, repr(found)


@pytest.mark.parametrize("update, given, own", SGD)
def test_the_formula_of_a_wrong_descent_is_told(update, given, own):
    told(check_update(update, **{"lr": 0.05, **given}), own)


@pytest.mark.parametrize("update, own", MOMENTUM)
def test_the_formula_of_a_wrong_momentum_is_told(update, own):
    told(check_update(update, "momentum", lr=0.05), own)


@pytest.mark.long
@pytest.mark.parametrize("update, own", ADAM)
def test_the_formula_of_a_wrong_adam_is_told(update, own):
    told(check_update(update, "adam", lr=0.05, beta2=0.99), own)


@pytest.mark.long
def test_two_exchanges_are_told_together():
    """Neither predicts anything alone."""
    update = Adam(hats=lambda m, v, t: (m / (1 - 0.9) ** t, v / (1 - 0.99) ** t)).step
    found = check_update(update, "adam", lr=0.05, beta2=0.99)
    assert [own for _, own in found.formulas] == ["m̂ ← m / (1 - β₁)ᵗ", "v̂ ← v / (1 - β₂)ᵗ"]


def test_another_rule_is_called_by_its_name():
    update = Adam(hats=lambda m, v, t: (m, v), move=lambda m, v, g: 0.05 * g / (np.sqrt(v) + 1e-8)).step
    found = check_update(update, "adam", lr=0.05, beta2=0.99)
    assert found.names == ("another-rule",) and "rmsprop" in found.explanation


def test_the_entries_are_named_where_the_rest_of_an_array_is_right():
    assert check_update(neighbour, lr=0.05).where == "theta[2]"


def test_each_array_may_have_its_own_slip():
    found = check_update(lambda P, G: [P[0] - 0.025 * G[0], P[1] + 0.05 * G[1]], lr=0.05, theta=MATRIX)
    assert found.names == ("factor", "sign") and "theta[0]" in found.explanation and found.where == "everywhere"


def test_formulas_that_take_the_same_steps_are_listed():
    """Where ε is another, a smaller gradient would do the same."""
    update = Adam(move=lambda m, v, g: 0.05 * m / (np.sqrt(v) + 1e-7)).step
    found = check_update(update, "adam", lr=0.05, beta2=0.99)
    assert "1e-07" in found.formulas[0][1] and found.alternatives and found.sure == "one of several"
    assert "or " in repr(found)


# What is measured.


def falling(law):
    t = 0

    def step(theta, g):
        nonlocal t
        t += 1
        return theta - 0.05 * law(t) * g

    return step


@pytest.mark.parametrize(
    "law, words",
    [
        (lambda t: 0.8 ** (t - 1), "0.8^(t - 1)"),
        (lambda t: 2 / (1 + 0.25 * (t - 1)), "2 / (1 + 0.25 (t - 1))"),
        (lambda t: 0.5 + 0.1 * (t - 1), "0.5 + 0.1 (t - 1)"),
        (lambda t: t % 2, "1, 0, 1, 0"),
        (lambda t: 0.8**t, "0.8^t"),
        (lambda t: 1 / (1 + 0.3 * t), "1 / (1 + 0.3 t)"),
        (lambda t: min(1, (t - 1) / 4), "(t - 1) / 4, and 1 at most"),
        (lambda t: 0.5 * (1 + np.cos(np.pi * t / 50)), "½ (1 + cos(π t / 50))"),
        (lambda t: (1 - t / 20) ** 2, "(1 - t / 20)²"),
        (lambda t: 0.1 ** ((t - 1) // 2), "0.1 every 2 steps"),
        (lambda t: np.prod([1 / (1 + 0.1 * k) for k in range(1, t + 1)]), "that of the step before / (1 + 0.1 t)"),
    ],
)
def test_a_rate_that_changes_is_measured(law, words):
    found = check_update(falling(law), lr=0.05)
    assert found.names == ("measured",) and words in found.formulas[0][1]


def test_powers_of_the_betas_in_the_means_are_told_together():
    """A program that multiplies its betas from step to step has these powers in the means and in the corrections."""
    kept = {"m": 0.0, "v": 0.0, "b1": 0.9, "b2": 0.99}

    def step(theta, g):
        kept["m"] = kept["b1"] * kept["m"] + (1 - kept["b1"]) * g
        kept["v"] = kept["b2"] * kept["v"] + (1 - kept["b2"]) * g * g
        hats = kept["m"] / (1 - kept["b1"]), kept["v"] / (1 - kept["b2"])
        kept["b1"], kept["b2"] = 0.9 * kept["b1"], 0.99 * kept["b2"]
        return theta - 0.05 * hats[0] / (np.sqrt(hats[1]) + 1e-8)

    found = check_update(step, "adam", lr=0.05, beta2=0.99)
    told(found, "m ← β₁ᵗ·m + (1 - β₁ᵗ) g")
    told(found, "v ← β₂ᵗ·v + (1 - β₂ᵗ) g²")


@pytest.mark.parametrize("start", [0.1, 1.0])
def test_what_is_remembered_may_begin_elsewhere(start):
    cache = [start]

    def step(theta, g):
        cache[0] = cache[0] + g * g
        return theta - 0.05 * g / (np.sqrt(cache[0]) + 1e-8)

    told(check_update(step, "adagrad", lr=0.05), f"v ← v + g², but {start:g} + g² in the first step")


def test_a_gradient_that_is_cut_is_not_called_divided():
    """Both are the same where the gradient is longer than the bound."""

    def step(theta, g):
        return theta - 0.05 * g / max(1, np.linalg.norm(g))

    assert "cut to the norm 1" in check_update(step, lr=0.05).explanation


@pytest.mark.parametrize("eps, own", [(1e-8, "v ← √(v + g²) + ε"), (0.0, "v ← √v + g²")])
def test_a_root_that_is_kept_is_told(eps, own):
    cache = [0.0]

    def step(theta, g):
        cache[0] = np.sqrt(cache[0] + g * g) + eps
        return theta - 0.05 * g / (cache[0] + (0 if eps else 1e-8))

    told(check_update(step, "adagrad", lr=0.05), own)


def test_numbers_that_stay_are_one_number():
    assert sequence(np.array([0.9, 0.9, 0.9])) == "0.9" and sequence(np.array([1.0, 1e-17, 1.0])) == "1, 0, 1"


@pytest.mark.long
def test_momentum_that_is_given_up_is_measured():
    t = 0

    def velocity(v, g):
        nonlocal t
        t += 1
        return (0.9 if t % 2 == 0 else 0.0) * v + 0.05 * g

    found = check_update(Momentum(velocity).step, "momentum", lr=0.05)
    assert found.names == ("measured",) and "μ = 0.9, 0, 0.9, 0" in found.formulas[0][1]


def test_a_slip_beside_another_rate_is_told_with_the_factor():
    update = Momentum(move=lambda theta, v, old, g: theta - 3.3 * abs(v)).step
    found = check_update(update, "momentum", lr=0.05)
    assert found.names[-1] == "factor" and any("3.3" in own for _, own in found.formulas)


def test_steps_that_are_rounded_or_left_out_are_told():
    found = check_update(lambda theta, g: np.round(theta - 0.05 * g, 3), lr=0.05)
    assert found.names == ("measured",) and "3 digits" in found.explanation
    rng = np.random.default_rng(3)
    found = check_update(lambda theta, g: theta - 0.05 * g * rng.integers(0, 2, g.shape), lr=0.05)
    assert found.names == ("measured",) and "stay as they are" in found.explanation
    assert check_update(lambda theta, g: 0.7 + 0 * theta, lr=0.05).names == ("unknown",)


# Nothing is told that is not so.


def right_update(like, form, settings, dtype):
    """A right update for arrays in a list, in one of the forms that programs have."""
    lr, mu, b1, b2, eps, wd = settings.values()
    kept, t = {}, 0

    def moved(k, p, g):
        if like == "sgd":
            return p - lr * g
        if like == "momentum":
            v = mu * kept.get(k, 0 * p) + (lr * g, -lr * g, g)[form]
            kept[k] = v
            return (p - v, p + v, p - lr * v)[form]
        if like == "nesterov":
            old, v = kept.get(k, 0 * p), mu * kept.get(k, 0 * p) - lr * g
            kept[k] = v
            return (p + mu * v - lr * g, p - mu * old + (1 + mu) * v, p + mu * (mu * old - lr * g) - lr * g)[form]
        if like in ("rmsprop", "adagrad"):
            v = kept[k] = (b2 * kept.get(k, 0) + (1 - b2) * g * g) if like == "rmsprop" else kept.get(k, 0) + g**2
            return p - lr * g / (np.sqrt(v) + eps, np.sqrt(v + eps), v**0.5 + eps)[form]
        if like == "adamw":
            p = (1 - lr * wd) * p if form else p - lr * wd * p
        m, v = kept.get(k, (0 * p, 0 * p))
        m, v = kept[k] = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
        c1, c2 = 1 - b1**t, 1 - b2**t
        beside = (np.sqrt(v / c2) + eps, (np.sqrt(v) + eps) / np.sqrt(c2), np.sqrt(v) / np.sqrt(c2) + eps)[form]
        return p - lr * (m / c1) / beside

    def step(P, G):
        nonlocal t
        t += 1
        return [moved(k, p, g.astype(dtype)).astype(dtype) for k, (p, g) in enumerate(zip(P, G))]

    return step


@pytest.mark.parametrize("seed", range(42))
def test_random_right_updates_are_right(seed):
    """Of all sizes, rates, forms and dtypes; a thousand more were tried when this was written."""
    rng = np.random.default_rng(seed)
    like, form, dtype = list(RULES)[seed % 7], seed // 7 % 3, (np.float64, np.float32)[seed % 2]
    settings = dict(lr=10.0 ** rng.uniform(-4, 0.3), momentum=rng.choice([0.5, 0.9, rng.random()]))
    settings |= dict(beta1=rng.uniform(0, 0.99), beta2=rng.choice([0.999, rng.uniform(0.1, 0.999)]), eps=1e-8)
    decay = rng.choice([0.01, rng.uniform(0, 0.3)])
    settings |= dict(weight_decay=decay if like == "adamw" else None)
    theta = [rng.normal(0, 10.0 ** rng.uniform(-2, 1), (n, 2)).astype(dtype) for n in rng.integers(1, 5, 3)]
    found = check_update(right_update(like, form, settings, dtype), like, theta=theta, **settings)
    assert found.right and found.sure == "certain", repr(found)


@pytest.mark.long
@pytest.mark.parametrize("like, size", [("sgd", 1), ("sgd", 2), ("sgd", 5), ("momentum", 2)])
def test_no_formula_is_found_in_noise(like, size):
    """Even one parameter in six steps is too much for a formula that is not there."""
    rng = np.random.default_rng(size)
    for update in (
        lambda theta, g: theta + rng.standard_normal(size),
        lambda theta, g: theta - 0.05 * g * (1 + 1e-6 * rng.standard_normal(size)),
    ):
        assert check_update(update, like, lr=0.05, theta=np.linspace(0.3, 1, size)).names == ("unknown",)


# The parts.


@pytest.mark.parametrize("like", RULES)
def test_every_form_is_the_rule_and_no_relative_is(like):
    start, gradients = np.linspace(-1, 1.3, 6), gradients_for(6)
    book = [rule_path(like, start, gradients, SETTINGS, form) for form in FORMS[like]]
    scopes = [scope(seen_as(path, start, gradients), SETTINGS) for path in book]
    for program in programs(like):
        right = [0] * len(program.trees)
        near = [np.allclose(predicted(program, right, s, 6), path, rtol=0, atol=1e-14) for s, path in zip(scopes, book)]
        assert any(near) == (not program.form.relative), program.form


def seen_as(path, start, gradients):
    return SimpleNamespace(
        start=start,
        gradients=gradients,
        path=path,
        digits=DIGITS,
        rounding=np.finfo(float).eps,
        shapes=[(6,)],
        arrays=[("theta", slice(0, 6))],
    )


@pytest.mark.parametrize("like", RULES)
def test_first_steps_at_once_are_those_one_by_one(like):
    start, gradients, turns = np.linspace(-1, 1.3, 6), gradients_for(6), (np.arange(6) // 3, 2)
    changes = [slip.changes for slip in SLIPS[like].values() if "shared" not in dict(slip.changes).values()]
    at_once = first_steps(like, start, gradients[0], SETTINGS, changes, turns)
    for row, own in zip(at_once, changes):
        assert np.array_equal(row, rule_path(like, start, gradients[:1], SETTINGS, own, 3)[0], equal_nan=True), own


def test_neighbours_are_made_by_rule():
    made = {
        written(e.tree, {"theta0": "θ"})
        for e in neighbours("theta", parsed("theta0 - lr * v"), ("v", "v0"), ("lr", "mu"))
    }
    assert {"θ + lr·v", "θ - v", "θ - lr", "θ - lr / v", "lr·v", "θ - μ v"} <= made
    assert {"lr·v - θ", "θ - √(lr·v)", "θ - lr·lr·v", "(θ - lr) v", "θ - lr·|v|", "θ - lr / t·v", "-lr·v"} <= made
    assert "θ - lr·v" not in made


def test_a_first_step_may_be_special():
    made = {written(e.tree, {"v0": "v"}) for e in neighbours("v", parsed("mu * v0 + lr * g"), ("g",), ("lr", "mu"))}
    assert {"μ v + lr·g, but g in the first step", "max(v, μ v + lr·g)", "μ g + lr·g, but g"} & made
    assert "μ v + lr·g, but 0 in the first step" in made


@pytest.mark.parametrize("text", ["mu * v0 - (lr - g)", "a / (b * c)", "(a + b) ** t", "sqrt(a / b) * c", "-(a + b)"])
def test_brackets_are_written_where_they_are_needed(text):
    """What is written reads as the same tree; roots and powers are written in signs of their own."""
    words = written(parsed(text), {}).replace("μ", "mu *").replace("·", "*").replace("ᵗ", "**t").replace("√", "sqrt")
    values = dict(mu=0.3, v0=1.7, lr=0.9, g=2.1, a=1.3, b=0.4, c=2.2, t=3.0, sqrt=np.sqrt)
    assert eval(words, {}, values) == pytest.approx(eval(text, {}, values), rel=1e-12)
    assert symbols(parsed("lr * g + lr")) == {"lr", "g"}


@pytest.mark.long
def test_each_rule_is_told_once():
    """Two forms of one slip, such as a sign in the velocity or in the step, are one reading."""
    start, gradients = np.linspace(-1, 1.3, 6), gradients_for(6)
    path = start + np.cumsum(np.cumsum(0.05 * gradients, axis=0), axis=0)
    seen = seen_as(path, start, gradients)
    found = explanations("momentum", seen, SETTINGS, np.ones(6, bool), 1) + explanations(
        "momentum", seen, SETTINGS, np.ones(6, bool), 2
    )
    assert found and all(form in GRAMMAR["momentum"] for form in (reading.form for reading in found))
    formulas = [reading.words({}) for reading in found]
    assert len(set(formulas)) == len(formulas)


@pytest.mark.long
def test_adamax_of_the_length_of_the_gradient_without_epsilon():
    """Its divisor is never zero, and so many programs have no ε."""
    kept = {"m": 0.0, "v": 0.0, "t": 0}

    def step(theta, g, size):
        kept["t"] += 1
        kept["m"] = 0.9 * kept["m"] + 0.1 * g
        kept["v"] = np.maximum(0.99 * kept["v"], size(g))
        return theta - 0.05 / (1 - 0.9 ** kept["t"]) * kept["m"] / kept["v"]

    told = {}
    for size in (np.abs, np.linalg.norm):
        kept.update(m=0.0, v=0.0, t=0)
        told[size] = check_update(
            lambda theta, g, size=size: step(theta, g, size), like="adam", lr=0.05, beta2=0.99, eps=0.0
        )
    assert "This is AdaMax, and right as such" in repr(told[np.abs])
    assert "√(sum over the array of g²)" in repr(told[np.linalg.norm]) and told[np.linalg.norm].sure == "certain"


def test_a_row_that_is_moved_by_the_mean_of_its_gradient():
    total = [0.0, 0.0]

    def step(arrays, grads):
        means = [g.mean(axis=-1, keepdims=True) + 0 * g for g in grads]
        for k, g in enumerate(means):
            total[k] = total[k] + g * g
        return [a - 0.05 * g / (np.sqrt(t) + 1e-8) for a, g, t in zip(arrays, means, total)]

    found = check_update(step, like="adagrad", lr=0.05, theta=[np.ones((4, 3)), np.ones((3, 2))])
    assert found.sure == "certain"
    assert found.formulas == (("g ← ∂C/∂θ", "g ← (mean over the columns of ∂C/∂θ)"),)


@pytest.mark.parametrize("start, said", [(lambda theta: 0.1, "0.1"), (lambda theta: theta, "θ")])
def test_another_start_is_told_and_the_right_line_is_not_asked_for(start, said):
    v = None

    def step(theta, g):
        nonlocal v
        v = 0.9 * (start(theta) if v is None else v) + g
        return theta - 0.05 * v

    found = check_update(step, "momentum", lr=0.05)
    assert found.explanation == f"v begins with {said} instead of 0" and found.cure.startswith("Begin with v = 0")


@pytest.mark.long
def test_eps_beside_the_quotient_is_no_decay():
    update = Remembering()
    told_of = check_update(lambda theta, g: update.momentum(theta, g) + 1e-8, "momentum", lr=0.05, eps=1e-8)
    assert "in brackets" in told_of.cure and "decay" not in told_of.cure and "the same" not in repr(told_of)
