"""Rarer forms of the rules, rarer relatives, and every rule taken twice in one call: tried where nothing else fits."""

from .forms import AHEAD, DELTA, GRAMMAR, HATS, MEANS, SQUARE, Form, form_of
from .trees import PRIME, put, symbols

_ADAM_STEPS = (
    HATS + "s = lr * mh / (sqrt(vh) + eps); ",
    "rate = lr * sqrt(1 - b2 ** t) / (1 - b1 ** t); s = rate * m / (sqrt(v) + eps); ",
)
_AFTER = tuple(MEANS + step + "p = theta0 - s; theta = p - lr * wd * p" for step in _ADAM_STEPS)
_GAINS = "v = first(b2, where(g * g0, v0 + (1 - b2), v0 * b2)); "
_DELTA_BESIDE = DELTA.replace("sqrt(d0 + eps) / sqrt(v + eps)", "(sqrt(d0) + eps) / (sqrt(v) + eps)")
_FROM_EPS = "v = first(b2 * eps + (1 - b2) * sq(g), b2 * v0 + (1 - b2) * sq(g)); theta = theta0 - lr * g / sqrt(v)"
_OWN_STEPS = "u = first(lr * g / (1 + eps), lr * g / (sqrt(v0) + eps)); v = first(1 + sq(u), v0 + sq(u)); "
_DOZAT = "mh = b1 * m / (1 - b1 ** (t + 1)) + (1 - b1) * g / (1 - b1 ** t); vh = v / (1 - b2 ** t); "
_EARLY = "m = b1 * m0 + (1 - b1) * g; mh = m / (1 - b1 ** t); v = b2 * v0 + (1 - b2) * sq(g); vh = v / (1 - b2 ** t); "
_MEAN_STEP = "theta = theta0 - lr * mh / (sqrt(vh) + eps)"
_OF_SIGNS = form_of(_GAINS + "theta = theta0 - lr * v * g", "descent at rates that grow and shrink by the signs")

RARER = {
    "sgd": (form_of("v = first(lr, where(g * g0, 1.2 * v0, 0.5 * v0)); theta = theta0 - v * sign(g)", "Rprop"),),
    "momentum": (
        form_of("theta = theta0 - lr * g + mu * (theta0 - thetap)"),
        form_of("v = -lr * g; theta = theta0 + v + mu * v0", "momentum of the last gradient alone", has_a_use=False),
        form_of("v = lr * g; theta = theta0 - v - mu * v0", "momentum of the last gradient alone", has_a_use=False),
    ),
    "nesterov": (),
    "rmsprop": (
        form_of(SQUARE + "m = mu * m0 + g; theta = theta0 - lr * m / (sqrt(v) + eps)", "RMSprop of a velocity"),
        form_of(SQUARE + "m = mu * m0 + (1 - mu) * g; theta = theta0 - lr * m / (sqrt(v) + eps)", "RMSprop of a mean"),
        form_of(
            f"a = b2 * a0 + (1 - b2) * g; {SQUARE}theta = theta0 - lr * g / sqrt(v - sq(a) + eps)", "centred RMSprop"
        ),
        form_of(_DELTA_BESIDE + "theta = theta0 - u", "AdaDelta"),
        _OF_SIGNS,
        form_of(_FROM_EPS, "RMSprop whose mean begins with ε"),
    ),
    "adagrad": (
        form_of(
            "v = v0 + sq(g); theta = theta0 - lr * g / sqrt(1 + v0)", "AdaGrad with 1 and the sum of the step before"
        ),
        form_of(_OWN_STEPS + "theta = theta0 - u", "AdaGrad of its own steps, from 1 on", has_a_use=False),
    ),
    "adam": (
        form_of(_EARLY + _MEAN_STEP),
        form_of(MEANS + HATS + "theta = theta0 - lr * mh / sqrt(vh + eps)", "Adam with ε inside the root"),
        form_of(
            MEANS + "rate = lr * sqrt(1 - b2 ** t) / (1 - b1 ** t); theta = theta0 - rate * m / sqrt(v + eps)",
            "Adam with ε inside the root",
        ),
        form_of(MEANS + "theta = theta0 - lr * m / (sqrt(v) + eps)", "Adam without corrections"),
        form_of(
            "m = first(g, b1 * m0 + (1 - b1) * g); v = first(sq(g), b2 * v0 + (1 - b2) * sq(g)); "
            "theta = theta0 - lr * m / (sqrt(v) + eps)",
            "Adam whose means begin with the first gradient, without corrections",
        ),
        form_of(MEANS + _DOZAT + _MEAN_STEP, "Nadam"),
        form_of(
            MEANS + HATS + "theta = theta0 - lr * (b1 * mh + (1 - b1) * g / (1 - b1 ** t)) / (sqrt(vh) + eps)", "Nadam"
        ),
        form_of(
            MEANS + HATS + "w = max(w0, vh); theta = theta0 - lr * mh / (sqrt(w) + eps)",
            "AMSGrad with the largest corrected square",
        ),
        form_of(_DELTA_BESIDE + "theta = theta0 - u", "AdaDelta"),
        _OF_SIGNS,
    ),
    "adamw": (
        *(form_of(text, "AdamW that decays after the step") for text in _AFTER),
        *(form_of(MEANS + step + "u = s + lr * wd * theta0; theta = theta0 - u") for step in _ADAM_STEPS),
        form_of(MEANS + HATS + "u = mh / (sqrt(vh) + eps) + wd * theta0; theta = theta0 - lr * u"),
    ),
}


def twice(form, counted):
    """A form taken twice in one call with one gradient; ``counted`` says whether t counts both."""
    what = f"{form.relative or 'the rule'}, taken twice in one call"
    what += ", which t counts as one step" * (form_counts(form) and not counted)
    first, second = [], []
    for name, tree in form.lines[1:]:
        early = late = tree
        for other in form.names[1:]:
            early, late = put(early, other, other + PRIME), put(late, f"{other}0", other + PRIME)
        if counted:
            early = put(early, "t", ("-", ("*", 2.0, "t"), 1.0))
            late = put(late, "t", ("*", 2.0, "t"))
        first.append((name + PRIME, early))
        second.append((name, late))
    return Form((form.lines[0], *first, *second), what)


def with_means_twice(form):
    """A form whose means and sums are moved twice with one gradient before the step."""
    kept = [name for name, tree in form.lines[:-1] if f"{name}0" in symbols(tree)]
    lines = [form.lines[0]]
    for name, tree in form.lines[1:]:
        if name in kept:
            lines.append((name + PRIME, tree))
            tree = put(tree, f"{name}0", name + PRIME)
        lines.append((name, tree))
    return Form(tuple(lines), f"{form.relative or 'the rule'}, whose means are moved twice in one call")


def form_counts(form):
    """Whether a form speaks of t."""
    return any("t" in symbols(tree) for _, tree in form.lines)


def _doubled(like):
    right = [form for form in GRAMMAR[like] if not form.relative]
    if like == "nesterov":
        right = [form for form in right if form == form_of(AHEAD[2])]
    if like == "adamw":
        right += RARER["adamw"][:2]
    counts = lambda form: (True, False) if form_counts(form) else (True,)
    whole = [twice(form, counted) for form in right for counted in counts(form)]
    return (*whole, *(with_means_twice(form) for form in right if like != "sgd"))


DOUBLED = {like: _doubled(like) for like in GRAMMAR}
