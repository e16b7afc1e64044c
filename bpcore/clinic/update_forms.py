"""The rules of optimisers as programs of a few lines, each in the forms that people write, and their relatives."""

from dataclasses import dataclass

from .update_trees import parsed


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
_NESTEROV = "Nesterov's momentum"

GRAMMAR = {
    "sgd": (_form("theta = theta0 - lr * g"),),
    "momentum": (
        _form("v = mu * v0 + lr * g; theta = theta0 - v"),
        _form("v = mu * v0 - lr * g; theta = theta0 + v"),
        _form("v = mu * v0 + g; theta = theta0 - lr * v"),
        _form("v = mu * v0 - lr * g; theta = theta0 + (mu * v - lr * g)", _NESTEROV),
        _form("v = mu * v0 - lr * g; theta = theta0 + (-mu * v0 + (1 + mu) * v)", _NESTEROV),
        _form("v = mu * v0 + lr * g; theta = theta0 - (mu * v + lr * g)", _NESTEROV),
        _form("v = mu * v0 + g; theta = theta0 - lr * (g + mu * v)", _NESTEROV),
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
        _form(
            "v = b2 * v0 + (1 - b2) * sq(g); u = sqrt(d0 + eps) / sqrt(v + eps) * g; d = b2 * d0 + (1 - b2) * sq(u); "
            "theta = theta0 - u",
            "AdaDelta",
        ),
        _form(
            "v = b2 * v0 + (1 - b2) * sq(g); u = sqrt(d0 + eps) / sqrt(v + eps) * g; d = b2 * d0 + (1 - b2) * sq(u); "
            "theta = theta0 - lr * u",
            "AdaDelta with a learning rate",
        ),
        _form(
            "a = b2 * a0 + (1 - b2) * g; v = b2 * v0 + (1 - b2) * sq(g); "
            "theta = theta0 - lr * g / (sqrt(v - sq(a)) + eps)",
            "centred RMSprop",
        ),
        _form(
            "m = b1 * m0 + (1 - b1) * g; v = v0 - (1 - b2) * sign(v0 - sq(g)) * sq(g); "
            + _HATS
            + "theta = theta0 - lr * mh / (sqrt(vh) + eps)",
            "Yogi",
        ),
    ),
}  # fmt: skip
