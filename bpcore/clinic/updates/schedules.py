"""Which law the numbers of a schedule follow, from step to step."""

import math

import numpy as np

SAME = 1e-6  # relative
LENGTHS = range(2, 101)  # of a warm-up, or of a whole schedule


def sequence(numbers):
    """How numbers go on, in words: a law where one fits, and the first of them."""
    numbers = np.where(abs(numbers) < 1e-9 * abs(numbers).max(), 0.0, numbers)
    if np.allclose(numbers, numbers[0], rtol=SAME, atol=0):
        return f"{numbers[0]:.5g}"
    said = ", ".join(f"{x:.5g}" for x in numbers[:4]) + ", …" * (len(numbers) > 4)
    law = _law(numbers)
    return f"{law}: {said}" if law else said


def lawful(numbers):
    """Whether numbers are one, or follow a law."""
    return np.allclose(numbers, numbers[0], rtol=SAME, atol=0) or bool(_law(numbers))


def _law(c):
    """The law of numbers that change, or an empty string."""
    t = np.arange(1.0, len(c) + 1)
    same = lambda x, y: np.allclose(x, y, rtol=SAME, atol=SAME * np.abs(x).max())
    first = c[0]
    start = "" if abs(first - 1) < 1e-9 else f"{first:.5g}·"
    with np.errstate(all="ignore"):
        if c.all():
            ratios, slopes = c[1:] / c[:-1], np.diff(1 / c)
            if same(ratios, ratios[0]):
                return f"{start}{ratios[0]:.5g}^(t - 1)" if abs(first - ratios[0]) > SAME else f"{first:.5g}^t"
            if same(slopes, slopes[0]):
                d, of_first = slopes[0] * first, slopes[0] / (1 / first - slopes[0])
                if abs(first * (1 + slopes[0]) - 1) < SAME:
                    return f"1 / (1 + {of_first:.5g} t)"
                return f"{first:.5g} / (1 + {d:.5g} (t - 1))"
            growth = np.diff(1 / ratios)
            if same(growth, growth[0]) and same(1 / ratios[0] - 1, 2 * (1 / first - 1)):
                return f"that of the step before / (1 + {1 / first - 1:.5g} t)"
            for k in range(2, len(c) // 2 + 2):
                q = c[k] / c[0] if k < len(c) else np.nan
                for late in (0, 1):
                    if same(c, first * q ** ((t - 1 + late) // k)):
                        return f"{start}{q:.5g} every {k} steps"
        for k in LENGTHS:
            for late, name in ((0, "t"), (1, "(t - 1)")):
                if same(c, np.minimum(1, (t - late) / k)):
                    return f"{name} / {k}, and 1 at most"
                if same(c, 0.5 * (1 + np.cos(math.pi * (t - late) / k))):
                    return f"½ (1 + cos(π {name} / {k}))"
                for power, p in (("", 1), ("²", 2), ("^0.9", 0.9), ("^0.5", 0.5)):
                    if p != 1 and same(c, np.maximum(0, 1 - (t - late) / k) ** p):
                        return f"(1 - {name} / {k}){power}"
        if same(np.diff(c), np.diff(c)[0]):
            return f"{first:.5g} + {np.diff(c)[0]:.5g} (t - 1)"
    return ""
