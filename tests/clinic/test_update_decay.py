"""Updates that have to decay their parameters: right ones pass, and each other way is told, beside a slip too."""

import numpy as np
import pytest

from bpcore import check_update
from bpcore.clinic.updates.decay import WAYS

WD = 0.02
THETA = [np.linspace(-1, 1, 6).reshape(2, 3), np.linspace(0.3, 0.9, 3)]
RATES = {"sgd": 0.1, "momentum": 0.03, "nesterov": 0.03, "rmsprop": 0.01, "adagrad": 0.05, "adam": 0.001}


def optimiser(like, decayed, spares_vectors=False, uphill=False):
    """An optimiser of several arrays; ``decayed`` of θ, g, a function that makes the step, wd, lr gives the new θ."""
    m, v, t, lr = [0.0] * len(THETA), [0.0] * len(THETA), 0, RATES[like]

    def moved(k, g):
        if like == "sgd":
            return lr * g
        if like in ("momentum", "nesterov"):
            v[k] = 0.9 * v[k] + lr * g
            return v[k] if like == "momentum" else 0.9 * v[k] + lr * g
        keep, weight = {"rmsprop": (0.9, 0.1), "adagrad": (1, 1), "adam": (0.999, 0.001)}[like]
        v[k] = keep * v[k] + weight * g**2
        if like != "adam":
            return lr * g / (np.sqrt(v[k]) + 1e-8)
        m[k] = 0.9 * m[k] + 0.1 * g
        return lr * (m[k] / (1 - 0.9**t)) / (np.sqrt(v[k] / (1 - 0.999**t)) + 1e-8)

    def step(params, gradients):
        nonlocal t
        t += 1
        return [
            decayed(
                p, g, lambda g, k=k: moved(k, g) * (-1 if uphill else 1), WD * (p.ndim > 1 or not spares_vectors), lr
            )
            for k, (p, g) in enumerate(zip(params, gradients))
        ]

    return step


def in_gradient(p, g, step, wd, lr):
    return p - step(g + wd * p)


# As a program would have it, by the name of the way.
WRONG = {
    "decay-missing": lambda p, g, step, wd, lr: p - step(g),
    "decay-sign": lambda p, g, step, wd, lr: p - step(g - wd * p),
    "decay-without-rate": lambda p, g, step, wd, lr: p - step(g) - wd * p,
    "decay-apart": lambda p, g, step, wd, lr: p * (1 - lr * wd) - step(g),
    "decay-after-step": lambda p, g, step, wd, lr: (p - step(g)) * (1 - lr * wd),
    "decay-grows": lambda p, g, step, wd, lr: p * (1 + lr * wd) - step(g),
    "decay-grows-without-rate": lambda p, g, step, wd, lr: p - step(g) + wd * p,
    "decay-without-its-number": lambda p, g, step, wd, lr: p - step(g + (wd > 0) * p),
    "decay-doubled": lambda p, g, step, wd, lr: p - step(g + 2 * wd * p),
    "decay-halved": lambda p, g, step, wd, lr: p - step(g + 0.5 * wd * p),
    "decay-rate-twice": lambda p, g, step, wd, lr: p - step(g + lr * wd * p),
    "decay-over-rate": lambda p, g, step, wd, lr: p - step(g + wd / lr * p),
    "decay-squared": lambda p, g, step, wd, lr: p - step(g + wd * wd * p),
    "decay-of-signs": lambda p, g, step, wd, lr: p - step(g + wd * np.sign(p)),
    "decay-without-theta": lambda p, g, step, wd, lr: p - step(g + wd),
    "decay-twice": lambda p, g, step, wd, lr: p - step(g + wd * p) - lr * wd * p,
}
SAME_FOR_SGD = {  # whose step is lr times the gradient
    "decay-apart": None,
    "decay-over-rate": "decay-without-rate",
    "decay-grows": "decay-sign",
    "decay-twice": "decay-doubled",
}


def asked(step, like, **given):
    return check_update(step, like, lr=RATES[like], theta=[p.copy() for p in THETA], **{"weight_decay": WD, **given})


def test_every_way_is_tried_here():
    assert [way.name for way in WAYS] == [*WRONG]


@pytest.mark.parametrize("spares_vectors", [False, True])
@pytest.mark.parametrize("like", RATES)
def test_a_decay_in_the_gradient_is_right(like, spares_vectors):
    said = asked(optimiser(like, in_gradient, spares_vectors), like)
    assert said.right and said.explanation.endswith("theta[1]." if spares_vectors else "g ← g + wd θ.")


@pytest.mark.parametrize("spares_vectors", [False, True])
@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("like", RATES)
def test_another_way_to_decay_is_told(like, name, spares_vectors):
    said = asked(optimiser(like, WRONG[name], spares_vectors), like)
    same = SAME_FOR_SGD.get(name, name) if like == "sgd" else name
    assert said.right is (same is None)
    if same:
        assert said.names == (same,) and said.sure == "certain" and not said.alternatives
        ((right, own),) = said.formulas
        assert f"{WD:g}" in right and own != right


@pytest.mark.long
@pytest.mark.parametrize("like", ["sgd", "momentum", "adam"])
@pytest.mark.parametrize("wd", [0.05, 0.03])
def test_another_number_is_told(like, wd):
    of_another = lambda p, g, step, _, lr: p - step(g + wd * p)
    said = asked(optimiser(like, of_another), like)
    assert said.names == ("decay-another",)
    assert f"{wd:g}" in said.explanation and f"should be {WD:g}" in said.explanation


@pytest.mark.parametrize("like", RATES)
def test_a_slip_of_an_update_that_decays_is_told_as_without(like):
    assert asked(optimiser(like, in_gradient, uphill=True), like).names == ("sign",)


@pytest.mark.long
def test_two_slips_are_told_where_one_is_that_nothing_decays():
    said = asked(optimiser("momentum", WRONG["decay-missing"], uphill=True), "momentum")
    assert said.names == ("decay-missing", "sign") and len(said.formulas) == 2


def test_the_decay_comes_after_the_clipping():
    def clipped(gradients):
        norm = np.sqrt(sum(np.sum(g * g) for g in gradients))
        return [g * min(1, 0.2 / norm) for g in gradients]

    step = optimiser("momentum", in_gradient)
    assert asked(lambda params, gradients: step(params, clipped(gradients)), "momentum", clip_norm=0.2).right
    step = optimiser("momentum", in_gradient)
    assert asked(step, "momentum", clip_norm=0.2).names == ("clip-missing",)


def test_without_a_number_nothing_decays_but_adamw():
    assert asked(optimiser("sgd", WRONG["decay-missing"]), "sgd", weight_decay=None).right
    assert asked(optimiser("sgd", WRONG["decay-missing"]), "sgd", weight_decay=0).right
    assert not asked(optimiser("sgd", in_gradient), "sgd", weight_decay=None).right


def test_a_decay_of_the_biases_alone_is_missing_on_the_weights():
    update = lambda w, g: [w[0] - 0.1 * g[0], w[1] - 0.1 * (g[1] + 0.01 * w[1])]
    found = check_update(update, lr=0.1, weight_decay=0.01, theta=[np.ones((2, 2)), np.ones(2)])
    assert found.names == ("decay-missing",) and found.where == "theta[0]"


def test_a_decay_that_grows_without_the_rate_is_told_with_the_first_difference():
    found = check_update(lambda w, g: w - 0.1 * g + 0.01 * w, lr=0.1, weight_decay=0.01)
    assert found.names == ("decay-grows-without-rate",) and "the first difference" in found.evidence[0]
