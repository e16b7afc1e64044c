"""Wrong updates of rarer kinds: other counts, a rule that is taken twice, numbers in a line, sums of several steps."""

import numpy as np
import pytest

from bpcore.clinic.updates.check import check_update
from bpcore.clinic.updates.forms import GRAMMAR
from bpcore.clinic.updates.letters import in_letters, with_sign
from bpcore.clinic.updates.programs import programs
from bpcore.clinic.updates.rarer import DOUBLED, RARER, twice
from bpcore.clinic.updates.rules import FORMS, rule_path
from bpcore.clinic.updates.running import predicted
from bpcore.clinic.updates.schedules import lawful
from bpcore.clinic.updates.scope import scope
from bpcore.clinic.updates.steps import gradients_for
from bpcore.clinic.updates.trees import written

RATE, MU, BETA1, BETA2, EPS, DECAY = 0.05, 0.9, 0.9, 0.99, 1e-8, 0.1
SETTINGS = {
    **dict.fromkeys(("sgd", "adagrad"), dict(lr=RATE)),
    **dict.fromkeys(("momentum", "nesterov"), dict(lr=RATE, momentum=MU)),
    "rmsprop": dict(lr=RATE, beta2=BETA2),
    "adam": dict(lr=RATE, beta1=BETA1, beta2=BETA2),
    "adamw": dict(lr=RATE, beta1=BETA1, beta2=BETA2, weight_decay=DECAY),
}
DRAWN = np.random.default_rng(8)
THETA = [DRAWN.standard_normal(shape) for shape in ((3, 2), (2,), (2, 4), (4,))]
MEANS = "m = BETA1 * m + (1 - BETA1) * g; v = BETA2 * v + (1 - BETA2) * g * g; "
HATS = "mh = m / (1 - BETA1**t); vh = v / (1 - BETA2**t); "
ADAM = MEANS + HATS + "p = p - RATE * mh / (np.sqrt(vh) + EPS); "


def written_as(lines):
    """An update of several arrays from the lines for one: k is its number, T counts steps, c is shared by all."""
    kept, shared, code = {}, {"T": 0, "c": 0}, compile(lines.replace("; ", "\n"), "update", "exec")

    def update(P, G):
        shared["T"] += 1
        moved = []
        for k, (p, g) in enumerate(zip(P, G)):
            own = kept.setdefault(k, dict.fromkeys("mvwdu", 0 * p) | {"r": RATE, "q": p})
            known = {**globals(), **own, **shared, "k": k, "p": p, "g": g, "t": shared["T"]}
            exec(code, known)
            own.update({name: known[name] for name in own})
            shared["c"] = known["c"]
            moved.append(known["p"])
        return moved

    return update


def asked(like, lines, theta=THETA[:1]):
    with np.errstate(all="ignore"):
        return check_update(written_as(lines), like, theta=[p.copy() for p in theta], **SETTINGS[like])


def told(found, own, sure="certain"):
    assert not found.right and "unknown" not in found.names and found.sure == sure, repr(found)
    assert any(own in yours for _, yours in found.formulas) or own in found.explanation, repr(found)
    assert found.cure and found.where == "everywhere"


COUNTS = [  # how t is counted, beside what, and what is told
    ("c = c + (k % 2 == 0); t = c + 1; " + ADAM, "2, 4, 6, 8, … in theta[0], theta[1]; 3, 5, 7, 9, …"),
    ("c = c + 1; t = c + 3; " + ADAM, "4, 8, 12, 16, … in theta[0]; 5, 9, 13, 17, … in theta[1]"),
    ("t = len(THETA) * T - k; " + ADAM, "4, 8, 12, 16, … in theta[0]; 3, 7, 11, 15, … in theta[1]"),
    ("t = 10 * T; " + ADAM, "10, 20, 30, 40, …"),
    ("t = (T + 1) // 2; " + ADAM, "1, 1, 2, 2, …"),
    ("c = c + 1; t = c + 3; " + ADAM.replace("* g * g", "* abs(g)"), "4, 8, 12, 16, … in theta[0]"),
    ("t = 50; " + ADAM, "50, 50, 50, 50, …"),
]


@pytest.mark.long
@pytest.mark.parametrize("lines, own", COUNTS)
def test_what_the_corrections_count_is_told(lines, own):
    told(asked("adam", lines, THETA), own)


@pytest.mark.long
def test_counts_are_whole_numbers_and_follow_the_entries():
    """One entry that goes elsewhere is no matter of counting."""
    lines = "t = T; " + ADAM + "p = p + 1e-3 * (k == 1) * (np.arange(p.size).reshape(p.shape) == 0)"
    found = asked("adam", lines, THETA)
    assert not any("count" in name for name in (found.explanation, *found.names)), repr(found)


TWICE = [
    ("momentum", "v = MU * v + RATE * g; p = p - v; " * 2, "v ← μ v′ + lr·g"),
    ("adam", MEANS * 2 + HATS + "p = p - RATE * mh / (vh * vh + EPS)", "θ ← θ - lr·m̂ / (v̂² + ε)"),
    ("adam", "t = 2 * T - 1; " + ADAM + "t = 2 * T; " + ADAM, "m̂′ ← m′ / (1 - β₁^(2·t - 1))"),
    ("adam", ADAM * 2, "which t counts as one step"),
    ("adamw", ADAM + "t = 1; " * 0 + ADAM + "p = p - RATE * DECAY * p", "θ′ ← p′"),
    ("rmsprop", "v = BETA2 * v + (1 - BETA2) * g * g; p = p - RATE * g / (np.sqrt(v) + EPS); " * 2, "v′ ← β₂ v"),
]


@pytest.mark.long
@pytest.mark.parametrize("like, lines, own", TWICE)
def test_a_rule_that_is_taken_twice_in_one_call_is_told(like, lines, own):
    found = asked(like, lines)
    told(found, own)
    assert "right as such" not in found.explanation and "once" in found.cure


@pytest.mark.long
@pytest.mark.parametrize("like", GRAMMAR)
def test_a_form_taken_twice_is_the_rule_with_every_gradient_given_twice(like):
    start = np.array([0.5, -0.3, 0.8, 1.1])
    drawn = np.random.default_rng(2).standard_normal((4, 4))
    settings = dict(lr=0.05, mu=0.9, beta1=0.9, beta2=0.99, eps=1e-3, wd=0.02)
    paths = [rule_path(like, start, np.repeat(drawn, 2, axis=0), settings, form)[1::2] for form in FORMS[like]]
    for program in programs(like, which="doubled"):
        if any(word in program.form.relative for word in ("count", "after", "means")):
            continue
        path = followed(program, start, drawn, settings)
        assert any(np.allclose(path, other, rtol=1e-12, atol=0) for other in paths), program.form


def followed(program, start, gradients, settings):
    """The path of a program, each step from where its own step before led."""
    from types import SimpleNamespace

    path = np.empty((0, start.size))
    for k in range(len(gradients)):
        seen = SimpleNamespace(
            start=start,
            gradients=gradients[: k + 1],
            path=np.vstack([path, start]),
            arrays=[("", slice(0, start.size))],
            shapes=[start.shape],
        )
        path = predicted(program, [0] * len(program.trees), scope(seen, settings), start.size)
    return path


@pytest.mark.parametrize("like", RARER)
def test_every_rarer_form_is_the_rule_and_no_relative_is(like):
    start = np.array([0.5, -0.3, 0.8, 1.1])
    gradients = gradients_for(4)
    settings = dict(lr=0.05, mu=0.9, beta1=0.9, beta2=0.99, eps=1e-3, wd=0.02)
    paths = [rule_path(like, start, gradients, settings, form) for form in FORMS[like]]
    for program in programs(like, which="rarer"):
        path = followed(program, start, gradients, settings)
        same = any(np.allclose(path, other, rtol=1e-10, atol=0) for other in paths)
        assert same == (not program.form.relative), program.form


def test_what_is_taken_twice_reads_with_primes():
    form = twice(GRAMMAR["momentum"][0], counted=True)
    assert form.doubled and not GRAMMAR["momentum"][0].doubled and len(DOUBLED["momentum"]) == 6
    assert [(name, written(tree, {"theta0": "θ", "v0": "v"})) for name, tree in form.lines[1:]] == [
        ("v′", "μ v + lr·g"),
        ("theta′", "θ - v′"),
        ("v", "μ v′ + lr·g"),
        ("theta", "θ′ - v"),
    ]


RARE = [
    ("momentum", "p = (p - RATE * g + MU) * w; w = -RATE * g", "θ ← (θ + v + μ) vₜ₋₁"),
    ("adamw", "r = RATE * np.sqrt(1 - BETA2**t) / (1 - BETA1**t); " + MEANS
     + "p = (p - r * m / (np.sqrt(v) + EPS)) * (1 - r * DECAY)", "θ ← p - rate·wd·p"),
    ("adamw", "r = RATE * np.sqrt(1 - BETA2**t) / (1 - BETA1**t); " + MEANS
     + "p = p - r * m / (np.sqrt(v) + EPS) - r * DECAY * p", "- rate·wd·θ"),
    ("adamw", MEANS + HATS + "p = p - RATE * mh / (np.sqrt(vh) + EPS + DECAY * p)", "m̂ / (√v̂ + ε + wd·θ)"),
    ("adamw", "g = g * (1 + DECAY * p); " + ADAM, "g ← ∂C/∂θ·(1 + wd·θ)"),
    ("adam", MEANS + "r = r * np.sqrt(1 - BETA2**t) / (1 - BETA1**t); p = p - r * m / (np.sqrt(v) + EPS)",
     "rate ← rate·√(1 - β₂ᵗ) / (1 - β₁ᵗ)"),
    ("adagrad", "v = v + (t == 1); p = p - RATE * g / np.sqrt(v); v = v + (RATE * g)**2", "v ← v + (lr·g)²"),
    ("adam", "m = BETA1 * m + (1 - BETA1) * g; mh = m / (1 - BETA1**t); v = BETA2 * v + (1 - BETA2) * mh * mh; "
     "vh = v / (1 - BETA2**t); p = p - RATE * mh / (np.sqrt(vh) + EPS)", "v ← β₂ v + (1 - β₂) m̂²"),
    ("adam", MEANS + "p = p - RATE * (BETA1 * m + (1 - BETA1) * g) / (np.sqrt(v) + EPS)", "m̂ ← β₁ m + (1 - β₁) g"),
    ("adam", "m = BETA1 * m + (1 - BETA1) * g; v = np.maximum(BETA2 * v, g); p = p - RATE * m / (v + EPS)",
     "v ← max(β₂ v, g)"),
    ("adam", MEANS + HATS + "p = p - RATE * mh / np.sqrt(np.maximum(vh, EPS))", "max(v̂, ε)"),
    ("adam", "m = BETA1 * m + (1 - BETA1) * g; v = BETA2 * v + (1 - BETA2) * (g - m)**2 + EPS; "
     + HATS + "p = p - RATE * mh / (np.sqrt(vh) + EPS)", "(g - m)² + ε"),
    ("sgd", "r = RATE + 0 * g if t == 1 else r * np.where(g * w > 0, 1.2, 0.5); w = g; p = p - r * g", "θ ← θ - v·g"),
    ("adam", "m = g if t == 1 else BETA1 * m + (1 - BETA1) * g; g = (1 - BETA1) * g if t == 1 else g; "
     "v = BETA2 * v + (1 - BETA2) * g * g; " + HATS + "p = p - RATE * mh / np.sqrt(vh + EPS)",
     "β₂ v + (1 - β₂) ((1 - β₁) g)² in the first step"),
    ("rmsprop", "v = (BETA2 * v if t == 1 else np.where(g * w > 0, v + 1 - BETA2, BETA2 * v)) + BETA2 * (t == 1); "
     "w = g; p = p - RATE * v", "θ ← θ - lr·v"),
    ("rmsprop", "u = BETA2 * u + (1 - BETA2) * g; v = BETA2 * v + (1 - BETA2) * g * g - u * u; "
     "p = p - RATE * g / (np.sqrt(v) + EPS)", "v ← β₂ v + (1 - β₂) g² - a²"),
    ("rmsprop", "v = BETA2 * v + (1 - BETA2) * g * g; p = p - RATE * g / (np.linalg.norm(v) + EPS)",
     "√(sum over the array of v²)"),
    ("rmsprop", "v = BETA2 * (v + EPS * (t == 1)) + (1 - BETA2) * g * g; p = p - g / (np.sqrt(v) * RATE)",
     "θ ← θ - g / lr / √v"),
    ("adamw", "g = g + EPS; r = RATE * np.sqrt(1 - BETA2**t) / (1 - BETA1**t); " + MEANS
     + "p = p - r * (m / (np.sqrt(v) + EPS) + DECAY * p)", "- rate·wd·θ"),
    ("adagrad", "v = v + (t == 1); g = RATE * g / (np.sqrt(v) + EPS); v = v + g * g; p = p - g", "v ← v + u²"),
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("like, lines, own", RARE)
def test_a_slip_in_a_rarer_form_is_told(like, lines, own):
    told(asked(like, lines), own)


@pytest.mark.long
def test_a_slip_that_nobody_means_is_not_said_to_be_right_as_such():
    found = asked("adagrad", next(lines for _, lines, own in RARE if own == "v ← v + u²"))
    assert "right" not in found.explanation and "Write" in found.cure and "right" not in found.cure


NUMBERS = [
    ("adagrad", "v = 0.97 * v + g * g; p = p - RATE * g / (np.sqrt(v) + EPS)", "v ← 0.97·v + g²"),
    ("adam", ADAM.replace("m = BETA1 * m + (1 - BETA1)", "m = 0.37 * m + (1 - 0.37)"), "m ← 0.37·m + (1 - 0.37) g"),
    ("adam", ADAM.replace("BETA1 * m + (1 - BETA1)", "BETA1 * 0.8**(t - 1) * m + (1 - BETA1 * 0.8**(t - 1))"),
     "m ← x·m + (1 - x) g with x = 0.9·0.8^(t - 1)"),
    ("adam", ADAM.replace("EPS", "3e-4"), "θ ← θ - lr·m̂ / (√v̂ + 0.0003)"),
    ("adam", "t = T / 7; " + ADAM, "m̂ ← m / (1 - β₁^x) with x = t / 7"),
    ("adam", ADAM.replace("* g * g", "* (g / 32)**2"), "0.0009765625·(1 - β₂) g²"),
    ("rmsprop", "v = v + 0.37 * (t == 1); v = BETA2 * v + (1 - BETA2) * g * g; p = p - RATE * g / (np.sqrt(v) + EPS)",
     "β₂ 0.37 + (1 - β₂) g² in the first step"),
    ("adam", ADAM + "p = p - RATE * g", "θ ← θ - lr·m̂ / (√v̂ + ε) - lr·g"),
    ("adam", ADAM + "p = p - RATE * 0.01 * p", "0.9995·(θ - lr·m̂ / (√v̂ + ε))"),
    ("nesterov", "r = T / (T + 3); v = r * v - RATE * g; p = p + r * v - RATE * g", "v ← x·v - lr·g with x = 0.25"),
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("like, lines, own", NUMBERS)
def test_a_number_in_a_line_is_found_by_solving(like, lines, own):
    found = asked(like, lines)
    told(found, own)
    assert found.names == ("measured",)


SUMS = [
    ("momentum", "v = MU * v + RATE * g - 0.01 * p; p = p - v", "θ ← θ + μ·(θ - θₜ₋₁) - lr·g + 0.01·θ"),
    ("momentum", "v = MU * v + RATE * g; w = MU * w + v; p = p - w",
     "θ ← θ + 2·μ·(θ - θₜ₋₁) - μ²·(θₜ₋₁ - θₜ₋₂) - lr·g"),
    ("nesterov", "v = MU * v - RATE * g; p = p + 0.37 * v - RATE * g", "θ ← θ + μ·(θ - θₜ₋₁) - 0.0685·g + μ·lr·gₜ₋₁"),
    ("sgd", "p = p - RATE * (g + w) / 2; w = g", "θ ← θ - ½·lr·g - ½·lr·gₜ₋₁"),
    ("sgd", "v = 0.7 * v + 0.3 * g; p = p - RATE * v", "θ ← θ + 0.7·(θ - θₜ₋₁) - 0.015·g"),
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("like, lines, own", SUMS)
def test_a_linear_update_is_a_sum_of_several_steps(like, lines, own):
    told(asked(like, lines), own)


BY_STEPS = [
    ("adam", ADAM.replace("* g * g", "* abs(g)") + "p = p - RATE * g", "θ ← θ - step - lr·∂C/∂θ"),
    ("adam", "t = T + 1; " + ADAM.replace("RATE", "RATE * min(1, T / 4)"), "c = t / 4, and 1 at most"),
    ("adam", MEANS + HATS + "u = mh / (np.sqrt(vh) + EPS); p = p - RATE * np.linalg.norm(p) / np.linalg.norm(u) * u",
     "in theta[0]; c ="),
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("like, lines, own", BY_STEPS)
def test_numbers_of_each_step_are_measured_beside_an_exchange(like, lines, own):
    told(asked(like, lines, THETA), own)


@pytest.mark.long
@pytest.mark.parametrize("like", sorted(GRAMMAR, key=lambda like: like == "sgd"))
def test_nothing_is_told_of_what_no_rule_does(like):
    """Steps with the sine of the gradient in them, or with other numbers for each entry."""
    for lines in ("p = p - 0.01 * np.sin(3 * g) * np.cosh(p)", "p = p - RATE * g * (1 + 0.01 * np.cos(100 * p))"):
        found = asked(like, lines)
        assert found.names in (("unknown",), ("line",)), repr(found)


def test_numbers_read_in_letters_where_a_short_product_fits():
    settings = dict(lr=0.05, mu=0.9, wd=0.1)
    assert in_letters(-0.045, settings, ("lr", "mu")) == (pytest.approx(-0.045), "μ·lr")
    assert in_letters(0.045, settings, ("lr",))[1] == "0.045"
    assert in_letters(0.005, settings, ("lr", "wd"))[1] == "lr·wd"
    assert in_letters(1.0, settings, ("lr", "mu", "wd"))[1] == "1"
    assert with_sign(-0.05, "lr", "g") == "- lr·g" and with_sign(1.0, "1", "θ") == "+ θ"


def test_numbers_follow_a_law_or_do_not():
    t = np.arange(1.0, 7)
    assert lawful(0.5**t) and lawful(0 * t + 3) and lawful(np.minimum(1, t / 4))
    assert not lawful(np.array([1.0, 0.7, 0.9, 0.2, 0.3, 0.8]))
