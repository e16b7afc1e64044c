"""The equations of chapter "Lines between lines": both sides of each, evaluated from the equation itself."""
import functools
from fractions import Fraction

import numpy as np

from .registry import equation
from .rounding import gamma, relative

STEP = 1e-30


def layers(rng, sizes):
    """Random weights and biases, W[l] (n_l, n_{l-1}) and b[l] (n_l,), slot 0 unused."""
    W = [None] + [rng.standard_normal((n, n_before)) for n_before, n in zip(sizes, sizes[1:])]
    return W, [None] + [rng.standard_normal(n) for n in sizes[1:]]


def whole(rng, count):
    """Random fractions of whole numbers, for what holds exactly."""
    return [Fraction(int(above), 7) for above in rng.integers(-30, 31, count)]


@equation("eq-sum-or-mean", mutants={
    "rate not multiplied": ("of_mean = (m * eta)", "of_mean = eta"),
    "two dropped": ("(2 * m * eta)", "(m * eta)"),
    "half dropped": ("error(i, theta) / 2", "error(i, theta)"),
    "sum for mean": ("error(i, theta) for i in range(m)) / m)", "error(i, theta) for i in range(m)))"),
    "sign": ("of_mean = (", "of_mean = -("),
})
def sum_or_mean(rng, sizes):
    """A step along the slope of the summed squares against steps along the slopes of their mean and half mean, all by the complex step."""
    m, eta = sizes[1], 0.01
    X, y, theta = rng.standard_normal((m, sizes[0])), rng.standard_normal(m), rng.standard_normal(sizes[0])

    def error(i, theta):
        return (np.tanh(X[i] @ theta) - y[i]) ** 2

    def gradient(cost):
        return np.array([cost(theta + 1j * STEP * unit).imag / STEP for unit in np.eye(len(theta))])

    slopes = [gradient(lambda theta, i=i: error(i, theta)) for i in range(m)]
    summed = eta * sum(slopes)
    of_mean = (m * eta) * gradient(lambda theta: sum(error(i, theta) for i in range(m)) / m)
    of_half_mean = (2 * m * eta) * gradient(lambda theta: sum(error(i, theta) / 2 for i in range(m)) / m)
    left, right = np.concatenate([summed, summed]), np.concatenate([of_mean, of_half_mean])
    # The slopes of the single errors are the same numbers on both sides: what differs are m additions, and up to five factors.
    error_of_sums = gamma(m + 5) * eta * sum(map(abs, slopes))
    return left, right, relative(2 * np.tile(error_of_sums, 2), left, right)


@equation("eq-linear-stack", mutants={
    "order reversed": ("W[L:lowest - 1:-1]", "W[lowest:L + 1]"),
    "bias goes through its own weights": ("product_down_to(l + 1)", "product_down_to(l)"),
    "last bias dropped": ("for l in range(1, L + 1))", "for l in range(1, L))"),
    "first weights dropped": ("product_down_to(1) @ a0", "product_down_to(2) @ a0"),
    "sign of the biases": ("@ a0 + sum(", "@ a0 - sum("),
})
def linear_stack(rng, sizes):
    """A network without activations, layer by layer, against one product of all the weights and the biases sent through it."""
    W, b = layers(rng, sizes)
    L, a0 = len(sizes) - 1, rng.standard_normal(sizes[0])
    a, size = a0, abs(a0)
    for l in range(1, L + 1):
        a, size = W[l] @ a + b[l], abs(W[l]) @ size + abs(b[l])

    def product_down_to(lowest):
        return functools.reduce(np.matmul, W[L:lowest - 1:-1], np.eye(sizes[L]))

    right = product_down_to(1) @ a0 + sum(product_down_to(l + 1) @ b[l] for l in range(1, L + 1))
    # The longest way leads through every sum: n_(l-1) products and a bias a layer, and L additions of the terms on the right; a product with the unit matrix is exact.
    return a, right, relative(2 * gamma(sum(sizes[:L]) + 2 * L) * size, a, right)


@equation("eq-least-squares-floor", tolerance=0, mutants={   # exact fractions
    "distance from the targets": ("for f, g in zip(a, best)", "for f, g in zip(a, y)"),
    "distance dropped": (" + mean((f - g) ** 2 for f, g in zip(a, best))", ""),
    "square dropped": ("mean((f - g) ** 2", "mean((f - g)"),
    "sign": (" + mean(", " - mean("),
    "line through the origin": ("best = [middle_y + slope * (t - middle_x)", "best = [slope * t"),
})
def least_squares_floor(rng, sizes):
    """The mean squared error of any line against that of the least-squares line plus their distance, in fractions."""
    def mean(values):
        values = list(values)
        return sum(values) / len(values)

    x, y = whole(rng, 3 * sizes[1]), whole(rng, 3 * sizes[1])
    middle_x, middle_y = mean(x), mean(y)
    slope = sum((s - middle_x) * (t - middle_y) for s, t in zip(x, y)) / sum((s - middle_x) ** 2 for s in x)
    best = [middle_y + slope * (t - middle_x) for t in x]
    w, b = whole(rng, 2)
    a = [w * t + b for t in x]
    return mean((f - t) ** 2 for f, t in zip(a, y)), mean((g - t) ** 2 for g, t in zip(best, y)) + mean((f - g) ** 2 for f, g in zip(a, best))


@equation("eq-noise-floor", tolerance=0, mutants={           # exact fractions
    "noise dropped": (" + Fraction(4, 100)", ""),
    "sign": (" + Fraction(4, 100)", " - Fraction(4, 100)"),
    "deviation for variance": ("+ Fraction(4, 100)", "+ Fraction(2, 10)"),
    "square dropped": ("right = (f - x ** 2) ** 2", "right = (f - x ** 2)"),
})
def noise_floor(rng, sizes):
    """The mean squared error over a noise of two equally likely values against the squared error without noise plus its variance, in fractions."""
    f, x = whole(rng, 2)
    two_values = Fraction(2, 10), -Fraction(2, 10)           # mean 0, variance 0.04: the expectation is a mean of two numbers
    right = (f - x ** 2) ** 2 + Fraction(4, 100)
    return sum((f - (x ** 2 + noise)) ** 2 for noise in two_values) / 2, right
