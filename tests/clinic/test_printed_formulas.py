"""Every formula of the doctor's tables is read from its own text and computed: what is printed is what is meant."""

import re

import numpy as np
import pytest

from bpcore.clinic.costs import OTHER_LOSSES, OTHER_OUTPUTS
from bpcore.clinic.explanations import OWN_FUNCTIONS
from bpcore.clinic.pieces import ERRORS
from bpcore.clinic.preparations import INPUTS, TARGETS, prepared
from bpcore.clinic.probing import OUTER
from bpcore.clinic.rare_costs import RARE_LOSSES
from bpcore.clinic.slip_kinds import OTHER_SLOPES

RNG = np.random.default_rng(8)
POWERS = {"²": 2, "³": 3, "⁴": 4, "⁵": 5}
TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?(?:e-\d+)?|Σⱼ?|[A-Za-zσ]+(?:[′ⱼ₂]|_y)?|.)")


# Of complex numbers, for the complex step: each goes by the real parts.


def sign(v):
    return np.sign(np.real(v))


def absolute(v):
    return v * sign(v)


def largest(*some):
    u, v = some
    return np.where(np.real(u) > np.real(v), u, v)


def sigmoid(v):
    return np.exp(v) / (1 + np.exp(v))


FUNCTIONS = {
    "log": np.log,
    "log₂": lambda v: np.log(v) / np.log(2),
    "exp": np.exp,
    "√": lambda v: v**0.5,
    "tanh": np.tanh,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "sech": lambda v: 2 / (np.exp(v) + np.exp(-v)),
    "cos": np.cos,
    "sin": np.sin,
    "tan": lambda v: np.sin(v) / np.cos(v),
    "arctan": np.arctan,
    "σ": sigmoid,
    "σ′": lambda v: sigmoid(v) * sigmoid(-v),
    "sign": sign,
    "max": largest,
    "min": lambda u, v: -largest(-u, -v),
}


class Reader:
    """A formula in the book's notation as a number or an array; a sum Σ runs over the outputs, along the last axis."""

    def __init__(self, text, **letters):
        self.tokens, self.letters, self.k = [t for t in TOKEN.findall(text.strip()) if t.strip()], letters, 0

    @classmethod
    def value(cls, text, **letters):
        if ", a′ = a cut to " in text:
            text, bounds = text.split(", a′ = a cut to ")
            letters["a′"] = np.clip(letters["a"], *(cls.value(bound) for bound in bounds.split("…")))
        reader = cls(text.removesuffix(", e = a − y"), **letters)
        found = reader.whole()
        assert reader.next is None, (text, reader.next)
        return found

    @property
    def next(self):
        return self.tokens[self.k] if self.k < len(self.tokens) else None

    def take(self, *tokens):
        if self.next in tokens:
            self.k += 1
            return self.tokens[self.k - 1]
        return None

    def needs(self, token):
        assert self.take(token), (self.tokens, self.k, token)

    def whole(self):
        """A sum, or one sum where a condition holds, and another elsewhere."""
        first = self.sum()
        if not self.take("where"):
            return first
        left, compared, right = self.sum(), self.take("<", ">"), self.sum()
        other = 0
        if self.take(","):
            self.take("and")
            other = self.sum()
            self.needs("elsewhere")
        left, right = np.real(left), np.real(right)
        return np.where(left < right if compared == "<" else left > right, first, other)

    def sum(self):
        total = self.product()
        while here := self.take("+", "−"):
            total = total + self.product() if here == "+" else total - self.product()
        return total

    def product(self):
        if self.take("−"):
            return -self.product()
        value = self.factor()
        while self.next and self.next not in (*"+−)]⌋,|‖<>", "where", "elsewhere", "and") or self._opens():
            value = value / self.factor() if self.take("/") else value * self.factor()
        return value

    def _opens(self):
        """Whether a bar is the beginning of an absolute value: one is open already where it is the end."""
        return self.next in ("|", "‖") and self.next not in self.open

    open = ()

    def factor(self):
        """A number, a letter, a function, or what stands in brackets, with its powers."""
        token = self.next
        self.k += 1
        if token in ("Σ", "Σⱼ"):
            return self.summed()
        if token in FUNCTIONS:
            squared, in_brackets = POWERS.get(self.take(*POWERS), 1), self.next == "("
            value = FUNCTIONS[token](*self.arguments()) ** squared
            if not in_brackets:
                return value
        elif token in ("|", "‖"):
            before, self.open = self.open, (*self.open, token)
            inside = self.sum()
            self.needs(token)
            self.open = before
            value = absolute(inside) if token == "|" else (inside * inside).sum(-1, keepdims=True) ** 0.5
        elif token in ("(", "[", "⌊"):
            before, self.open = self.open, ()
            value = self.whole()
            if token == "[":
                value = (value > self.sum()) * 1.0 if self.take(">") else value
            if token == "⌊":
                value = np.floor(value)
            self.needs({"(": ")", "[": "]", "⌊": "⌋"}[token])
            self.open = before
        elif token == "½":
            value = 0.5
        elif re.match(r"\d", token):
            value = float(token)
        else:
            value = self.letters[token]
        if self.take("^"):
            return value ** self.factor()
        while power := self.take(*POWERS):
            value = value ** POWERS[power]
        return value

    def arguments(self):
        if not self.take("("):
            return (self.factor(),)
        some = [self.whole()]
        while self.take(","):
            some.append(self.whole())
        self.needs(")")
        return some

    def summed(self):
        """Over the outputs; over those of the other classes alone where the index j stands."""
        over_others = self.tokens[self.k - 1] == "Σⱼ"
        value = self.product()
        return (value * (1 - self.letters["y"]) if over_others else value).sum(-1, keepdims=True)


# Outputs and targets in (0, 1) where the logarithms are; elsewhere of both signs.
SHARES = RNG.dirichlet(np.ones(3), (2, 9))
SIGNED = RNG.choice([-1, 1], (9, 3)) * (1.3 * RNG.random((2, 9, 3)) + 0.2)
LABELS = np.eye(3)[RNG.integers(0, 3, 9)]
IN_WORDS = {
    "the largest (a − y)² of the outputs": lambda a, y: np.sort((a - y) ** 2)[:, -1],
    "Σⱼ max(0, aⱼ − a_y + 1) with j = y as well": lambda a, y: (
        1 + (np.maximum(0, a + 1 - a[y > 0.5][:, None]) * (y < 0.5)).sum(1)
    ),
    "log Σ exp(a) − Σ y a without the right class in the sum": lambda a, y: (
        np.log(np.exp(a[y < 0.5].reshape(-1, 2)).sum(1)) - a[y > 0.5]
    ),
}


def read_loss(text, a, y):
    """One number a sample; with an index j, the targets say which class is the right one."""
    right = (y * a).sum(-1, keepdims=True)
    letters = {"a": a, "y": y, "e": a - y, "aⱼ": a, "a_y": right}
    return Reader.value(text, **letters)[..., 0]


def places_of(text):
    """Pairs of outputs and targets at which a loss is defined."""
    if "Σⱼ" in text or "class" in text:
        yield SIGNED[0], LABELS
        return
    yield SHARES[0], SHARES[1]
    if "log" not in text and "^" not in text:
        yield SIGNED
        yield 4 * SIGNED


@pytest.mark.parametrize("table", [{k: v[0] for k, v in OTHER_LOSSES.items()}, RARE_LOSSES], ids=["usual", "rare"])
def test_a_loss_is_what_its_text_says(table):
    for text, value in table.items():
        for a, y in places_of(text):
            with np.errstate(all="ignore"):
                said = IN_WORDS[text](a, y) if text in IN_WORDS else read_loss(text, a, y)
                found = value(a, y)
            np.testing.assert_allclose(found, said, rtol=1e-12, atol=1e-12, err_msg=text)


def test_the_slope_of_a_loss_is_that_of_its_text():
    """By the complex step, of the text."""
    for text, (_, slope) in OTHER_LOSSES.items():
        for a, y in places_of(text):
            found = slope(a, y)
            for j in range(3):
                step = np.where(np.arange(3) == j, 1e-30j, 0)
                with np.errstate(all="ignore"):
                    right = read_loss(text, a + step, y).imag / 1e-30
                np.testing.assert_allclose(found[:, j], right, rtol=1e-9, atol=1e-9, err_msg=text)


T = np.array([-2.3, -1.4, -0.8, -0.3, 0.2, 0.6, 1.2, 1.9])
ROWS = RNG.standard_normal((5, 4)) * 3


def of_letter(letter, table, at):
    """(text with the letter, function, where)."""
    return [(text.replace("{0}", letter).replace("{}", letter), f, at) for text, f in table]


FORMULAS = [
    *of_letter("t", OTHER_SLOPES, T),
    *of_letter("t", OUTER, T),
    *of_letter("t", [(text, f) for f, text, _ in OWN_FUNCTIONS], T),
    *of_letter("e", ERRORS, T),
    *[row for row in of_letter("", INPUTS, ROWS) if re.fullmatch(r"[-−½\dx ./()+|σlogtanh²]*x[-−\dx ./()+|]*", row[0])],
    *[row for row in of_letter("", TARGETS, ROWS) if re.fullmatch(r"[-−½\d ./()+|⌊σloga]*y?[-−\d ./()+|⌋²]*", row[0])],
]


@pytest.mark.parametrize("text, function, at", FORMULAS, ids=[f"f{k}" for k in range(len(FORMULAS))])
def test_a_function_is_what_its_text_says(text, function, at):
    letters = dict.fromkeys("texy", at)
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(function(at), Reader.value(text, **letters) + 0 * at, rtol=1e-12, err_msg=text)


@pytest.mark.parametrize("k", [0, 1, 3])
def test_an_output_that_is_another_is_finite_and_a_share_wherever_z_is(k):
    """A softmax does not overflow: over the samples, over the batch, or twice."""
    z = 2000 * ROWS
    out = OTHER_OUTPUTS[k][0](z)
    assert np.isfinite(out).all()
    np.testing.assert_allclose(out.sum((0, (0, 1), None, 1)[k]), 1)


@pytest.mark.parametrize("samples", [1, 5])
@pytest.mark.filterwarnings("error")
def test_inputs_of_one_sample_are_prepared_without_a_warning(samples):
    """NumPy warns of a deviation with m − 1 of one sample, and would do so in the middle of a diagnosis."""
    X = np.random.default_rng(0).uniform(0.1, 0.9, (samples, 3))
    made = dict(prepared(X))
    assert ("standardised, with m − 1" in made) == (samples > 1)
    if samples > 1:
        right = (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)
        np.testing.assert_allclose(made["standardised, with m − 1"], right, rtol=1e-14)
