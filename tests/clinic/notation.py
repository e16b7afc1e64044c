"""Reads a formula in the book's notation, as the doctor prints it, and computes it: another way than the doctor's."""

import re

import numpy as np

TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?(?:e-?\d+)?|log₂|[A-Za-z]+|σ′|[σ½√Σ²³⁴⁵+−/()|‖\[\],<>⊙=]|\^[\d.]+)")
POWERS = {"²": 2, "³": 3, "⁴": 4, "⁵": 5}
FUNCTIONS = {
    "σ": lambda t: 0.5 * (1 + np.tanh(t / 2)),
    "σ′": lambda t: 0.25 / np.cosh(t / 2) ** 2,
    "sech": lambda t: 2 / (np.exp(t) + np.exp(-t)),
    "√": lambda t: np.power(t, 0.5),
    "tan": lambda t: np.sin(t) / np.cos(t),
    "tanh": lambda t: 1 - 2 / (np.exp(2 * t) + 1),
    "sinh": lambda t: (np.exp(t) - np.exp(-t)) / 2,
    "cosh": lambda t: (np.exp(t) + np.exp(-t)) / 2,
    "log₂": lambda t: np.log(t) / np.log(2),
    "sign": lambda t: np.where(t > 0, 1.0, np.where(t < 0, -1.0, 0.0)),
    "max": lambda s, t: np.where(s > t, s, t),
    "min": lambda s, t: np.where(s < t, s, t),
    **{name: getattr(np, name) for name in ("exp", "log", "sin", "cos", "arctan")},
}


class NotReadable(ValueError):
    """A text with words in it, or signs that no formula here has."""


def value_of(text, **values):
    """The value of a formula: Σ is the sum over the last axis, which stays; what stands side by side is multiplied."""
    text, _, error = text.partition(", e = ")
    if error:
        values["e"] = value_of(error, **values)
    reader = Reader(text, values)
    result = reader.sum()
    if reader.tokens:
        raise NotReadable(text)
    return result


class Reader:
    """Reads the tokens of a formula from the left."""

    def __init__(self, text, values):
        self.values, self.bars, self.tokens = values, 0, []
        while text.strip():
            found = TOKEN.match(text)
            if not found:
                raise NotReadable(text)
            self.tokens.append(found[1])
            text = text[found.end() :]

    @property
    def next(self):
        return self.tokens[0] if self.tokens else ""

    def take(self, *wanted):
        if not self.tokens or wanted and self.next not in wanted:
            raise NotReadable(f"{self.next} for {wanted}")
        return self.tokens.pop(0)

    def sum(self):
        total = -self.product() if self.next == "−" and self.take("−") else self.product()
        while self.next in ("+", "−"):
            total = total + self.product() if self.take() == "+" else total - self.product()
        return total

    def product(self):
        total = self.factor()
        while True:
            if self.next in ("/", "⊙"):
                total = total / self.factor() if self.take() == "/" else total * self.factor()
            elif self.starts_a_factor():
                total = total * self.factor()
            else:
                return total

    def starts_a_factor(self):
        known = self.next in self.values or self.next in FUNCTIONS
        return (
            known
            or self.next[:1].isdigit()
            or self.next in ("(", "[", "½", "Σ", "‖")
            or self.next == "|"
            and not self.bars
        )

    def factor(self):
        if self.next == "Σ":
            self.take()
            return self.product().sum(-1, keepdims=True)
        base = self.primary()
        while self.next in POWERS or self.next.startswith("^"):
            token = self.take()
            base = base ** (POWERS[token] if token in POWERS else float(token[1:]))
        return base

    def primary(self):
        token = self.take()
        if token in FUNCTIONS:
            power = POWERS[self.take()] if self.next in POWERS else 1  # tanh²(t)
            arguments = self.arguments() if self.next == "(" else [self.factor()]
            return FUNCTIONS[token](*arguments) ** power
        if token in self.values:
            return self.values[token]
        if token[0].isdigit():
            return float(token)
        if token == "½":
            return 0.5
        if token == "(":
            return self.in_brackets()
        if token == "[":
            holds = self.condition()
            self.take("]")
            return holds * 1.0
        if token in ("|", "‖"):
            outside, self.bars = self.bars, 1
            inside = self.sum()
            self.take(token)
            self.bars = outside
            return np.maximum(inside, -inside) if token == "|" else (inside**2).sum(-1, keepdims=True) ** 0.5
        raise NotReadable(token)

    def arguments(self):
        self.take("(")
        outside, self.bars = self.bars, 0
        found = [self.sum()]
        while self.next == ",":
            self.take()
            found.append(self.sum())
        self.take(")")
        self.bars = outside
        return found

    def in_brackets(self):
        outside, self.bars = self.bars, 0
        inside = self.sum()
        if self.next == "where":
            self.take()
            holds, otherwise = self.condition(), 0.0
            if self.next == ",":
                self.take()
                if self.next == "and":
                    self.take()
                otherwise = self.sum()
                self.take("elsewhere")
            inside = np.where(holds, inside, otherwise)
        self.take(")")
        self.bars = outside
        return inside

    def condition(self):
        left = self.sum()
        return left < self.sum() if self.take("<", ">") == "<" else left > self.sum()
