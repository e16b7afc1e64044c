"""The rules of optimisers as programs of a few lines, each in the forms that people write, and their relatives."""

from dataclasses import dataclass

from .trees import PRIME, parsed


@dataclass(frozen=True)
class Form:
    """A rule as lines in the order in which they are computed; ``x0`` in a line is x of the step before.

    ``relative`` says what the rule is where it is not the one that was meant, and is empty for a form of that one;
    ``has_a_use`` whether it is a rule that somebody may mean.
    """

    lines: tuple
    relative: str = ""
    has_a_use: bool = True

    @property
    def names(self):
        return tuple(name for name, _ in self.lines)

    @property
    def doubled(self):
        """Whether it is taken twice in one call."""
        return any(name.endswith(PRIME) for name in self.names)


def form_of(text, relative="", has_a_use=True):
    """The form whose lines, written in Python, follow that of the gradient."""
    lines = [("g", "raw"), *(line.split(" = ") for line in text.split("; "))]
    return Form(tuple((name, parsed(formula)) for name, formula in lines), relative, has_a_use)


MEANS = "m = b1 * m0 + (1 - b1) * g; v = b2 * v0 + (1 - b2) * sq(g); "
HATS = "mh = m / (1 - b1 ** t); vh = v / (1 - b2 ** t); "
HEAVY = ("v = mu * v0 + lr * g; theta = theta0 - v", "v = mu * v0 - lr * g; theta = theta0 + v")
HEAVY += ("v = mu * v0 + g; theta = theta0 - lr * v",)
AHEAD = (
    "v = mu * v0 - lr * g; theta = theta0 + (mu * v - lr * g)",
    "v = mu * v0 - lr * g; theta = theta0 + (-mu * v0 + (1 + mu) * v)",
    "v = mu * v0 + lr * g; theta = theta0 - (mu * v + lr * g)",
    "v = mu * v0 + g; theta = theta0 - lr * (g + mu * v)",
    "v = mu * v0 - lr * g; theta = theta0 + mu * mu * v0 - (1 + mu) * lr * g",
)
DELTA = "v = b2 * v0 + (1 - b2) * sq(g); u = sqrt(d0 + eps) / sqrt(v + eps) * g; d = b2 * d0 + (1 - b2) * sq(u); "
_DELTAS = (
    (DELTA + "theta = theta0 - u", "AdaDelta"),
    (DELTA + "theta = theta0 - lr * u", "AdaDelta with a learning rate"),
)
SQUARE = "v = b2 * v0 + (1 - b2) * sq(g); "
_CENTRED = f"a = b2 * a0 + (1 - b2) * g; {SQUARE}theta = theta0 - lr * g / (sqrt(v - sq(a)) + eps)"

GRAMMAR = {
    "sgd": (form_of("theta = theta0 - lr * g"),),
    "nesterov": (*map(form_of, AHEAD), *(form_of(text, "momentum without the look ahead") for text in HEAVY)),
    "rmsprop": (
        form_of(SQUARE + "theta = theta0 - lr * g / (sqrt(v) + eps)"),
        form_of(SQUARE + "theta = theta0 - lr * g / sqrt(v + eps)"),
        form_of(SQUARE + "vh = v / (1 - b2 ** t); theta = theta0 - lr * g / (sqrt(vh) + eps)", "corrected RMSprop"),
        form_of(_CENTRED, "centred RMSprop"),
        form_of(SQUARE + "m = mu * m0 + g / (sqrt(v) + eps); theta = theta0 - lr * m", "RMSprop with momentum"),
        form_of(SQUARE + "m = mu * m0 + lr * g / sqrt(v + eps); theta = theta0 - m", "RMSprop with momentum"),
        *(form_of(text, said) for text, said in _DELTAS),
    ),
    "adagrad": (
        form_of("v = v0 + sq(g); theta = theta0 - lr * g / (sqrt(v) + eps)"),
        form_of("v = v0 + sq(g); theta = theta0 - lr * g / sqrt(v + eps)"),
    ),
    "momentum": (
        *map(form_of, HEAVY),
        *(form_of(text, "Nesterov's momentum") for text in AHEAD),
        form_of("v = mu * v0 + (1 - mu) * g; theta = theta0 - lr * v", "a running mean of the gradients"),
        form_of(
            "v = mu * v0 + (1 - mu) * g; vh = v / (1 - mu ** t); theta = theta0 - lr * vh",
            "a running mean of the gradients with its correction",
        ),
    ),
    "adam": (
        form_of(MEANS + HATS + "theta = theta0 - lr * mh / (sqrt(vh) + eps)"),
        form_of(MEANS + "rate = lr * sqrt(1 - b2 ** t) / (1 - b1 ** t); theta = theta0 - rate * m / (sqrt(v) + eps)"),
        form_of("v = b2 * v0 + (1 - b2) * sq(g); theta = theta0 - lr * g / (sqrt(v) + eps)", "RMSprop"),
        form_of("v = v0 + sq(g); theta = theta0 - lr * g / (sqrt(v) + eps)", "AdaGrad"),
        form_of(
            "v = b2 * v0 + (1 - b2) * sq(g); m = b1 * m0 + g / (sqrt(v) + eps); theta = theta0 - lr * m",
            "RMSprop with momentum",
        ),
        form_of("u = sign(b1 * m0 + (1 - b1) * g); m = b2 * m0 + (1 - b2) * g; theta = theta0 - lr * u", "Lion"),
        form_of(
            MEANS + "mh = (b1 * m + (1 - b1) * g) / (1 - b1 ** t); vh = v / (1 - b2 ** t); "
            "theta = theta0 - lr * mh / (sqrt(vh) + eps)",
            "Nadam",
        ),
        form_of(
            "m = b1 * m0 + (1 - b1) * g; v = max(b2 * v0, abs(g)); mh = m / (1 - b1 ** t); "
            "theta = theta0 - lr * mh / (v + eps)",
            "AdaMax",
        ),
        form_of(
            "m = b1 * m0 + (1 - b1) * g; v = b2 * v0 + (1 - b2) * sq(g - m); "
            + HATS
            + "theta = theta0 - lr * mh / (sqrt(vh) + eps)",
            "AdaBelief",
        ),
        form_of(
            MEANS + "w = max(w0, v); mh = m / (1 - b1 ** t); wh = w / (1 - b2 ** t); "
            "theta = theta0 - lr * mh / (sqrt(wh) + eps)",
            "AMSGrad",
        ),
        form_of(MEANS + "w = max(w0, v); theta = theta0 - lr * m / (sqrt(w) + eps)", "AMSGrad without corrections"),
        *(form_of(text, said) for text, said in _DELTAS),
        form_of(_CENTRED, "centred RMSprop"),
        form_of(
            "m = b1 * m0 + (1 - b1) * g; v = v0 - (1 - b2) * sign(v0 - sq(g)) * sq(g); "
            + HATS
            + "theta = theta0 - lr * mh / (sqrt(vh) + eps)",
            "Yogi",
        ),
    ),
}  # fmt: skip
_STEPS = (
    HATS + "theta = theta0 - lr * mh / (sqrt(vh) + eps)",
    "rate = lr * sqrt(1 - b2 ** t) / (1 - b1 ** t); theta = theta0 - rate * m / (sqrt(v) + eps)",
)
GRAMMAR["adamw"] = (
    *(form_of(MEANS + step + " - lr * wd * theta0") for step in _STEPS),
    *(form_of(MEANS.replace("g", "(g + wd * theta0)") + step, "Adam with a penalty") for step in _STEPS),
    *(form_of(MEANS + step, "Adam without a decay") for step in _STEPS),
)
