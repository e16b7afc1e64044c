"""The rules of optimisers as programs of a few lines, each in the forms that people write, and their relatives."""

from dataclasses import dataclass

from .trees import parsed


@dataclass(frozen=True)
class Form:
    """A rule as lines in the order in which they are computed; ``x0`` in a line is x of the step before.

    ``relative`` says what the rule is where it is not the one that was meant, and is empty for a form of that one.
    """

    lines: tuple
    relative: str = ""

    @property
    def names(self):
        return tuple(name for name, _ in self.lines)


def _form(text, relative=""):
    lines = [("g", "raw"), *(line.split(" = ") for line in text.split("; "))]
    return Form(tuple((name, parsed(formula)) for name, formula in lines), relative)


_MEANS = "m = b1 * m0 + (1 - b1) * g; v = b2 * v0 + (1 - b2) * sq(g); "
_HATS = "mh = m / (1 - b1 ** t); vh = v / (1 - b2 ** t); "
_HEAVY = ("v = mu * v0 + lr * g; theta = theta0 - v", "v = mu * v0 - lr * g; theta = theta0 + v")
_HEAVY += ("v = mu * v0 + g; theta = theta0 - lr * v",)
_AHEAD = (
    "v = mu * v0 - lr * g; theta = theta0 + (mu * v - lr * g)",
    "v = mu * v0 - lr * g; theta = theta0 + (-mu * v0 + (1 + mu) * v)",
    "v = mu * v0 + lr * g; theta = theta0 - (mu * v + lr * g)",
    "v = mu * v0 + g; theta = theta0 - lr * (g + mu * v)",
    "v = mu * v0 - lr * g; theta = theta0 + mu * mu * v0 - (1 + mu) * lr * g",
)
_DELTA = "v = b2 * v0 + (1 - b2) * sq(g); u = sqrt(d0 + eps) / sqrt(v + eps) * g; d = b2 * d0 + (1 - b2) * sq(u); "
_DELTAS = (
    (_DELTA + "theta = theta0 - u", "AdaDelta"),
    (_DELTA + "theta = theta0 - lr * u", "AdaDelta with a learning rate"),
)
_SQUARE = "v = b2 * v0 + (1 - b2) * sq(g); "
_CENTRED = f"a = b2 * a0 + (1 - b2) * g; {_SQUARE}theta = theta0 - lr * g / (sqrt(v - sq(a)) + eps)"

GRAMMAR = {
    "sgd": (_form("theta = theta0 - lr * g"),),
    "nesterov": (*map(_form, _AHEAD), *(_form(text, "momentum without the look ahead") for text in _HEAVY)),
    "rmsprop": (
        _form(_SQUARE + "theta = theta0 - lr * g / (sqrt(v) + eps)"),
        _form(_SQUARE + "theta = theta0 - lr * g / sqrt(v + eps)"),
        _form(_SQUARE + "vh = v / (1 - b2 ** t); theta = theta0 - lr * g / (sqrt(vh) + eps)", "corrected RMSprop"),
        _form(_CENTRED, "centred RMSprop"),
        _form(_SQUARE + "m = mu * m0 + g / (sqrt(v) + eps); theta = theta0 - lr * m", "RMSprop with momentum"),
        _form(_SQUARE + "m = mu * m0 + lr * g / sqrt(v + eps); theta = theta0 - m", "RMSprop with momentum"),
        *(_form(text, said) for text, said in _DELTAS),
    ),
    "adagrad": (
        _form("v = v0 + sq(g); theta = theta0 - lr * g / (sqrt(v) + eps)"),
        _form("v = v0 + sq(g); theta = theta0 - lr * g / sqrt(v + eps)"),
    ),
    "momentum": (
        *map(_form, _HEAVY),
        *(_form(text, "Nesterov's momentum") for text in _AHEAD),
        _form("v = mu * v0 + (1 - mu) * g; theta = theta0 - lr * v", "a running mean of the gradients"),
        _form(
            "v = mu * v0 + (1 - mu) * g; vh = v / (1 - mu ** t); theta = theta0 - lr * vh",
            "a running mean of the gradients with its correction",
        ),
    ),
    "adam": (
        _form(_MEANS + _HATS + "theta = theta0 - lr * mh / (sqrt(vh) + eps)"),
        _form(_MEANS + "rate = lr * sqrt(1 - b2 ** t) / (1 - b1 ** t); theta = theta0 - rate * m / (sqrt(v) + eps)"),
        _form("v = b2 * v0 + (1 - b2) * sq(g); theta = theta0 - lr * g / (sqrt(v) + eps)", "RMSprop"),
        _form("v = v0 + sq(g); theta = theta0 - lr * g / (sqrt(v) + eps)", "AdaGrad"),
        _form(
            "v = b2 * v0 + (1 - b2) * sq(g); m = b1 * m0 + g / (sqrt(v) + eps); theta = theta0 - lr * m",
            "RMSprop with momentum",
        ),
        _form("u = sign(b1 * m0 + (1 - b1) * g); m = b2 * m0 + (1 - b2) * g; theta = theta0 - lr * u", "Lion"),
        _form(
            _MEANS + "mh = (b1 * m + (1 - b1) * g) / (1 - b1 ** t); vh = v / (1 - b2 ** t); "
            "theta = theta0 - lr * mh / (sqrt(vh) + eps)",
            "Nadam",
        ),
        _form(
            "m = b1 * m0 + (1 - b1) * g; v = max(b2 * v0, abs(g)); mh = m / (1 - b1 ** t); "
            "theta = theta0 - lr * mh / (v + eps)",
            "AdaMax",
        ),
        _form(
            "m = b1 * m0 + (1 - b1) * g; v = b2 * v0 + (1 - b2) * sq(g - m); "
            + _HATS
            + "theta = theta0 - lr * mh / (sqrt(vh) + eps)",
            "AdaBelief",
        ),
        _form(
            _MEANS + "w = max(w0, v); mh = m / (1 - b1 ** t); wh = w / (1 - b2 ** t); "
            "theta = theta0 - lr * mh / (sqrt(wh) + eps)",
            "AMSGrad",
        ),
        _form(_MEANS + "w = max(w0, v); theta = theta0 - lr * m / (sqrt(w) + eps)", "AMSGrad without corrections"),
        *(_form(text, said) for text, said in _DELTAS),
        _form(_CENTRED, "centred RMSprop"),
        _form(
            "m = b1 * m0 + (1 - b1) * g; v = v0 - (1 - b2) * sign(v0 - sq(g)) * sq(g); "
            + _HATS
            + "theta = theta0 - lr * mh / (sqrt(vh) + eps)",
            "Yogi",
        ),
    ),
}  # fmt: skip
_STEPS = (
    _HATS + "theta = theta0 - lr * mh / (sqrt(vh) + eps)",
    "rate = lr * sqrt(1 - b2 ** t) / (1 - b1 ** t); theta = theta0 - rate * m / (sqrt(v) + eps)",
)
GRAMMAR["adamw"] = (
    *(_form(_MEANS + step + " - lr * wd * theta0") for step in _STEPS),
    *(_form(_MEANS.replace("g", "(g + wd * theta0)") + step, "Adam with a penalty") for step in _STEPS),
    *(_form(_MEANS + step, "Adam without a decay") for step in _STEPS),
)
