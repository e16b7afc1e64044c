"""The equations of the chapter on XOR, each evaluated on both sides."""
import numpy as np

from .registry import equation


@equation("eq-xor-affine", mutants={
    "other corner": ("f(0, 0) + f(1, 1)", "f(0, 0) + f(1, 0)"),
    "sign": ("f(0, 1) + f(1, 0)", "f(0, 1) - f(1, 0)"),
    "bias once": ("w[0] + w[1] + 2 * b", "w[0] + w[1] + b"),
    "not affine": ("w[1] * x2 + b", "w[1] * x1 * x2 + b"),
})
def affine(rng, sizes):
    """The two sums of an affine function's values over the corners against each other and against w₁ + w₂ + 2b."""
    left, right = [], []
    for _ in range(sizes[0]):
        w, b = rng.standard_normal(2), rng.standard_normal()

        def f(x1, x2):
            return w[0] * x1 + w[1] * x2 + b

        left += [f(0, 0) + f(1, 1), w[0] + w[1] + 2 * b]
        right += [f(0, 1) + f(1, 0)] * 2
    return left, right


@equation("eq-tied-outputs", mutants={
    "share dropped": ("p * (1 - p)", "(1 - p)"),
    "square for the variance": ("p * (1 - p)", "p * p"),
    "size of the group dropped": ("len(y) * p", "p"),
    "sum for the mean": ("/ sum(map(len, groups))", ""),
})
def tied_outputs(rng, sizes):
    """The least mean squared error with one output per group, from the parabola in each output, against the formula."""
    groups = [np.array([0] * (n % 3 + 1) + [1] * (n + 1), float) for n in sizes[:3]]      # zeros and ones in unequal numbers
    m = sum(map(len, groups))
    # The error is a parabola in each group's output; its lowest point follows from three values, without knowing the mean.
    least = 0.0
    for y in groups:
        low, middle, high = (((c - y) ** 2).sum() for c in (0.0, 0.5, 1.0))
        bend, slope = 2 * (low - 2 * middle + high), 4 * middle - 3 * low - high
        least += (low - slope ** 2 / (4 * bend)) / m
    formula = 0.0
    for y in groups:
        p = y.mean()
        formula += len(y) * p * (1 - p) / sum(map(len, groups))
    return least, formula
