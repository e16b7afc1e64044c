"""The derivative of the derivative of Airy's function is taken for the second Airy function."""

import numpy as np

SOURCE = "https://github.com/JuliaMath/Calculus.jl/pull/93"
THREAD = "JuliaMath/Calculus.jl PR #93, commit 02dbd44"
DATE = "2016-08"
KIND = "gradient"
FORMULA = r"\partial \operatorname{Ai}'(z) / \partial z = \operatorname{Bi}(z)"
RIGHT = r"\partial \operatorname{Ai}'(z) / \partial z = z \operatorname{Ai}(z)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a linear function under the derivative of Airy's function
BLOCKS = ["w[1]"]
SAMPLES = 8
LAM = 0.0
AI0, AIPRIME0 = 0.355028053887817239, -0.258819403792806798


def start(rng):
    return 0.6 * rng.standard_normal(3)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal(SAMPLES)


def series(x):
    """Airy's equation in powers of x: the two solutions and their slopes."""
    f, g, fp, gp = 1 + 0 * x, x + 0, 0 * x, 1 + 0 * x
    a, b = 1 + 0 * x, x + 0
    for k in range(1, 40):
        fp = fp + a * x**2 / (3 * k - 1)
        gp = gp + b * x**2 / (3 * k)
        a = a * x**3 / ((3 * k - 1) * (3 * k))
        b = b * x**3 / ((3 * k) * (3 * k + 1))
        f, g = f + a, g + b
    return f, g, fp, gp


def airy(k, x):
    """Numbered as in the author's language: 0 is Ai, 1 its slope, 2 is Bi and 3 its slope."""
    f, g, fp, gp = series(x)
    if k == 0:
        return AI0 * f + AIPRIME0 * g
    if k == 1:
        return AI0 * fp + AIPRIME0 * gp
    if k == 2:
        return np.sqrt(3) * (AI0 * f - AIPRIME0 * g)
    return np.sqrt(3) * (AI0 * fp - AIPRIME0 * gp)


symbolic_derivatives_1arg = {
    "airy": lambda x: airy(1, x),
    "airyprime": lambda x: airy(2, x),
    "airyai": lambda x: airy(1, x),
    "airybi": lambda x: airy(3, x),
    "airyaiprime": lambda x: x * airy(0, x),
    "airybiprime": lambda x: x * airy(2, x),
}

symbolic_derivatives_later = dict(symbolic_derivatives_1arg, airyprime=lambda x: x * airy(0, x))


def cost(w, X, Y):
    return 0.5 * np.sum((airy(1, X @ w) - Y) ** 2)


def gradient(w, X, Y, rules):
    z = X @ w
    return X.T @ ((airy(1, z) - Y) * rules["airyprime"](z))


def grad(w, X, Y):
    return gradient(w, X, Y, symbolic_derivatives_1arg)


def repaired(w, X, Y):
    return gradient(w, X, Y, symbolic_derivatives_later)
