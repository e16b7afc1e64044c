"""What can stand for the input of a layer in the gradient of its weights."""

import numpy as np

from .. import expressions as x
from .exchanges import ODD, Filling, called, one, sup, tensors


def inputs(s, l):
    """What can stand for a^{l-1} in dW^l = δ^l (a^{l-1})ᵀ: (places, 1 or n_l, n_{l-1}, samples)."""
    n, a = s.sizes[l - 1], s.a[l - 1]
    ones = np.ones_like(a.value)
    yield Filling(a)
    for tensor, letter, offset in tensors(s, n, l):
        if tensor is a:
            continue
        name = (
            "input-before-activation"
            if letter == "z" and offset == -1
            else "input-of-wrong-layer"
            if letter == "a" and offset == 0
            else ""
        )
        words = f"{called(letter, offset)} stands for the input"
        yield Filling(tensor, one(words, 1.0, name))
    for tensor, letter, offset in tensors(s, n, l):
        if letter in "za" and tensor is not a:
            for function in (x.SIGMOID, x.TANH, x.RELU):
                formula = function.of(tensor)
                if not np.allclose(formula.value, a.value):
                    words = f"{function.name.format(called(letter, offset))} stands for the input"
                    yield Filling(formula, one(words, ODD))
    for tensor, letter, offset in tensors(s, s.sizes[l], l) if s.sizes[l] > 1 else ():  # entry by entry, for all inputs
        value = np.repeat(tensor.value[:, :, None], n, axis=2)
        words = f"{called(letter, offset)} stands for the input, entry by entry, and the sum is spread over all weights"
        text = f"{tensor} for every weight"
        own = letter == "a" and offset == 0
        yield Filling(x.written_as(value, text), one(words, 1.0 if own else ODD, "input-of-wrong-layer" if own else ""))
    for function in x.own_slopes(s.f[l]) if s.sloped(l) else ():
        if function is not None:
            words = "the slope is taken at the input, weight by weight"
            yield Filling(x.times(a, function.of(a)), one(words))
    yield Filling(x.sample_mean(a), one("the mean of the inputs stands for each of them"))
    for value, text, words, cost, name in (
        (ones, "1", "the input is left out", 1.0, ""),
        (a.value**2, f"(a{sup(l - 1)} ⊙ a{sup(l - 1)})", "the input is squared", 1.0, ""),
        (np.maximum(a.value, 0), f"max(a{sup(l - 1)}, 0)", "a ReLU is applied to the input", 1.0, ""),
        ((a.value > 0) * 1.0, f"[a{sup(l - 1)} > 0]", "the mask of the input stands for the input", 1.0, ""),
        (x.sigmoid(a.value), f"σ(a{sup(l - 1)})", "the activation is applied once more to the input", 1.0, ""),
        (np.tanh(a.value), f"tanh(a{sup(l - 1)})", "the activation is applied once more to the input", 1.0, ""),
        (
            a.value.sum(1, keepdims=True) + 0 * a.value,
            f"Σⱼ a{sup(l - 1)}",
            "the inputs are summed over the units",
            1.0,
            "",
        ),
        (
            np.concatenate([ones[:, :1], a.value[:, :-1]], 1),
            f"([1 | a{sup(l - 1)}] without its last column)",
            "the wrong column of the input is cut off",
            1.0,
            "",
        ),
        (
            np.concatenate([a.value[:, 1:], ones[:, :1]], 1),
            f"([a{sup(l - 1)} | 1] without its first column)",
            "the wrong column of the input is cut off",
            1.0,
            "",
        ),
        (_shifted(a.value, 1, 1), f"a{sup(l - 1)} of the unit after", "the input of the next unit is read", 1.0, ""),
        (
            _shifted(a.value, -1, 1),
            f"a{sup(l - 1)} of the unit before",
            "the input of the unit before is read",
            1.0,
            "",
        ),
        (np.roll(a.value, -1, 1), f"a{sup(l - 1)} turned by a unit", "the input of the next unit is read", 1.0, ""),
        (np.roll(a.value, 1, 1), f"a{sup(l - 1)} turned back", "the input of the unit before is read", 1.0, ""),
        (
            a.value[:, ::-1],
            f"a{sup(l - 1)} in reverse order",
            "the inputs are read from the last to the first",
            1.0,
            "",
        ),
        (np.roll(a.value, 1, 2), f"a{sup(l - 1)} of the sample before", "another sample's input is read", 1.0, ""),
        (np.roll(a.value, -1, 2), f"a{sup(l - 1)} of the sample after", "another sample's input is read", 1.0, ""),
        (
            _only(a.value, -1),
            f"a{sup(l - 1)} of the last sample",
            "of all samples only the last counts",
            1.0,
            "samples-overwritten",
        ),
        (
            _only(a.value, 0),
            f"a{sup(l - 1)} of the first sample",
            "of all samples only the first counts",
            1.0,
            "samples-overwritten",
        ),
    ):
        yield Filling(x.written_as(value, text), one(words, cost, name))
    if s.m > 2:
        value = a.value.copy()
        value[:, :, -1] = 0
        yield Filling(x.written_as(value, f"a{sup(l - 1)} without the last sample"), one("the last sample is left out"))
        value = a.value.copy()
        value[:, :, 0] = 0
        yield Filling(
            x.written_as(value, f"a{sup(l - 1)} without the first sample"), one("the first sample is left out")
        )
    if l > 1 and s.slope[l - 1] is not None and s.sloped(l - 1):
        yield Filling(s.slope[l - 1], one("the slope of the layer below stands for the input"))
        yield Filling(x.times(a, s.slope[l - 1]), one("the input is multiplied by its slope"))


def _shifted(value, step, axis):
    """The entries moved by one place, with a zero at the end that becomes free."""
    moved = np.roll(value, -step, axis)
    moved[:, -1 if step > 0 else 0] = 0
    return moved


def _only(value, k):
    kept = np.zeros_like(value)
    kept[:, :, k] = value[:, :, k]
    return kept
