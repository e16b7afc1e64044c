"""Updates that have to clip the gradient: right ones pass, and each other way to clip is told, beside a slip too."""

import numpy as np
import pytest

from bpcore import check_update
from bpcore.clinic.updates.clipping import OF_A_NORM, OF_AN_ENTRY

BOUNDS = (1e-3, 0.1, 1.0, 50.0)
THETA = [np.linspace(-1, 1, 6).reshape(2, 3), np.linspace(0.3, 0.9, 3)]
RATES = {"sgd": 0.1, "momentum": 0.03, "adam": 0.001}


def of_all(clipped, gradients):
    """What a function of one vector makes of the gradients of several arrays."""
    ends = np.cumsum([g.size for g in gradients])[:-1]
    parts = np.split(clipped(np.concatenate([g.ravel() for g in gradients])), ends)
    return [part.reshape(g.shape) for part, g in zip(parts, gradients)]


def update(like, clipped, sign=-1):
    """An optimiser of several arrays whose gradients go through ``clipped`` first."""
    m, v, t = [0.0] * len(THETA), [0.0] * len(THETA), 0

    def moved(k, p, g):
        if like == "sgd":
            return p + sign * RATES[like] * g
        if like == "momentum":
            v[k] = 0.9 * v[k] + RATES[like] * g
            return p + sign * v[k]
        m[k], v[k] = 0.9 * m[k] + 0.1 * g, 0.999 * v[k] + 0.001 * g**2
        return p + sign * RATES[like] * (m[k] / (1 - 0.9**t)) / (np.sqrt(v[k] / (1 - 0.999**t)) + 1e-8)

    def step(params, gradients):
        nonlocal t
        t += 1
        return [moved(k, p, g) for k, (p, g) in enumerate(zip(params, clipped(gradients)))]

    return step


def asked(step, like, **given):
    return check_update(step, like, lr=RATES[like], theta=[p.copy() for p in THETA], **given)


def norm_clipped(c):
    return lambda gradients: of_all(lambda g: g * min(1, c / np.sqrt(g @ g)), gradients)


# As a program would have it, by the name of the way.
WRONG_NORMS = {
    "clip-missing": lambda c: lambda gradients: gradients,
    "clip-each-array": lambda c: lambda gradients: [g * min(1, c / np.linalg.norm(g)) for g in gradients],
    "clip-entries": lambda c: lambda gradients: [np.clip(g, -c, c) for g in gradients],
    "clip-always": lambda c: lambda gradients: of_all(lambda g: g * c / np.linalg.norm(g), gradients),
    "clip-to-one": lambda c: (
        lambda gradients: of_all(lambda g: g / np.linalg.norm(g) if np.linalg.norm(g) > c else g, gradients)
    ),
    "clip-by-square": lambda c: lambda gradients: of_all(lambda g: g * min(1, c / (g @ g)), gradients),
    "clip-by-sum": lambda c: lambda gradients: of_all(lambda g: g * min(1, c / np.sum(np.abs(g))), gradients),
}
WRONG_ENTRIES = {
    "clip-missing": WRONG_NORMS["clip-missing"],
    "clip-norm": norm_clipped,
    "clip-each-array": WRONG_NORMS["clip-each-array"],
    "clip-above-alone": lambda c: lambda gradients: [np.minimum(g, c) for g in gradients],
    "clip-below-alone": lambda c: lambda gradients: [np.maximum(g, -c) for g in gradients],
    "clip-by-largest": lambda c: lambda gradients: of_all(lambda g: g * min(1, c / np.abs(g).max()), gradients),
}


def test_every_way_is_tried_here():
    assert [way.name for way in OF_A_NORM] == [*WRONG_NORMS]
    assert [way.name for way in OF_AN_ENTRY] == [*WRONG_ENTRIES]


@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("like", RATES)
def test_an_update_that_clips_is_right(like, bound):
    assert asked(update(like, norm_clipped(bound)), like, clip_norm=bound).right
    by_entries = update(like, WRONG_NORMS["clip-entries"](bound))
    assert asked(by_entries, like, clip_value=bound).right


@pytest.mark.parametrize("like", RATES)
@pytest.mark.parametrize(
    ("given", "name"), [("clip_norm", name) for name in WRONG_NORMS] + [("clip_value", name) for name in WRONG_ENTRIES]
)
def test_another_way_to_clip_is_told(given, name, like):
    """With a bound of which the square is another number."""
    wrong = (WRONG_NORMS if given == "clip_norm" else WRONG_ENTRIES)[name]
    said = asked(update(like, wrong(0.2)), like, **{given: 0.2})
    assert said.names == (name,) and said.sure == "certain" and not said.right
    ((right, own),) = said.formulas
    assert right != own and "0.2" in right


def test_a_slip_of_an_update_that_clips_is_told_as_without():
    said = asked(update("sgd", norm_clipped(0.2), sign=1), "sgd", clip_norm=0.2)
    assert said.names == ("sign",)


@pytest.mark.long
def test_two_slips_are_told_where_one_is_that_nothing_is_clipped():
    said = asked(update("momentum", WRONG_NORMS["clip-missing"](0.2), sign=1), "momentum", clip_norm=0.2)
    assert said.names == ("clip-missing", "sign") and len(said.formulas) == 2


def test_without_a_bound_what_is_clipped_is_no_right_step():
    said = asked(update("sgd", norm_clipped(0.5)), "sgd")
    assert not said.right and "cut to the norm 0.5" in said.explanation


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        (dict(clip_norm=0.1, clip_value=0.1), TypeError, "clip_norm and clip_value"),
        (dict(clip_norm=0.0), ValueError, "clip_norm"),
        (dict(clip_value=-1), ValueError, "clip_value"),
        (dict(clip_value="1"), TypeError, "clip_value"),
    ],
)
def test_a_bound_that_is_none_is_refused(given, error, words):
    with pytest.raises(error, match=words):
        asked(update("sgd", norm_clipped(0.1)), "sgd", **given)


@pytest.mark.parametrize("like", RATES)
@pytest.mark.parametrize("added", [1e-6, 1e-8])
def test_a_small_number_beside_the_norm_is_right(like, added):
    """As clip_grad_norm_ of PyTorch adds it; a larger one is no such number."""
    clipped = lambda added: lambda gradients: of_all(lambda g: g * min(1, 1 / (np.sqrt(g @ g) + added)), gradients)
    found = asked(update(like, clipped(added)), like, clip_norm=1.0)
    assert found.right and f"‖g‖ + {added:g}" in found.explanation, repr(found)
    assert like != "sgd" or not asked(update(like, clipped(1e-3)), like, clip_norm=1.0).right


@pytest.mark.parametrize("clipped", [lambda s: np.clip(s, -1, 1), lambda s: s * min(1, 1 / np.linalg.norm(s))])
def test_a_clipped_step_is_told_with_the_first_difference(clipped):
    bound = dict(clip_value=1.0) if clipped(np.array([3.0, 0.1]))[1] == 0.1 else dict(clip_norm=1.0)
    found = check_update(lambda w, g: w - clipped(0.1 * g), lr=0.1, **bound)
    assert found.names == ("clip-step",) and "the first difference" in found.evidence[0], repr(found)
