"""Of the derivative of an incomplete beta function only the first term is multiplied by what comes from above."""

import math

import numpy as np

SOURCE = "https://github.com/stan-dev/math/issues/1569"
THREAD = "stan-dev/math #1569"
DATE = "2019-12"
KIND = "gradient"
FORMULA = (
    r"\bar a = \bar y\, (\log x - \psi(a) + \psi(a + b))\, y - "
    r"\frac{\Gamma(a) \Gamma(a + b)}{\Gamma(b) \Gamma(a + 1)^2} x^a\, {}_3F_2(a, a, 1 - b; a + 1, a + 1; x)"
)
RIGHT = (
    r"\bar a = \bar y \bigl( (\log x - \psi(a) + \psi(a + b))\, y - \frac{\Gamma(a) \Gamma(a + b)}{\Gamma(b) "
    r"\Gamma(a + 1)^2} x^a\, {}_3F_2(a, a, 1 - b; a + 1, a + 1; x) \bigr),\; y = I_x(a, b)"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = None  # a distribution function fitted to proportions
BLOCKS = ["a[1]", "b[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.uniform(1.0, 2.5, 1), rng.uniform(1.0, 2.5, 1)]


def data(rng):
    return rng.uniform(0.2, 0.8, (SAMPLES, 1)), rng.uniform(0.1, 0.9, SAMPLES)


def digamma(x):
    value = 0.0
    while x < 12:
        value -= 1 / x
        x += 1
    return value + math.log(x) - 1 / (2 * x) - 1 / (12 * x**2) + 1 / (120 * x**4) - 1 / (252 * x**6)


def tgamma(x):
    return math.gamma(x)


def ibeta(a, b, x):
    """The regularised function, by its series."""
    term, total = 1.0, 0.0
    for k in range(400):
        total += term / (a + k)
        term *= (k + 1 - b) / (k + 1) * x
    return x**a * total * tgamma(a + b) / (tgamma(a) * tgamma(b))


def ibeta_hypergeometric_helper(a, b, z, precision=1e-12, max_steps=150):
    val, diff, k = 0.0, 1.0, 0
    a_2 = a * a
    bprod = 1.0
    while abs(diff) > precision:
        k += 1
        if k >= max_steps:
            break
        val += diff
        bprod *= b + k - 1.0
        diff = a_2 * (a + k) ** -2 * bprod * z**k / tgamma(k + 1)
    return val


class Vari:
    def __init__(self, val):
        self.val, self.adj = val, 0.0


class IbetaVvdVari(Vari):
    right = False

    def __init__(self, avi, bvi, x):
        super().__init__(ibeta(avi.val, bvi.val, x))
        self.avi, self.bvi, self.cd = avi, bvi, x

    def chain(self):
        a, b, c = self.avi.val, self.bvi.val, self.cd
        first = (math.log(c) - digamma(a) + digamma(a + b)) * self.val
        second = (
            tgamma(a) * tgamma(a + b) / tgamma(b) * c**a / tgamma(1 + a) / tgamma(1 + a)
        ) * ibeta_hypergeometric_helper(a, 1 - b, c)
        if self.right:
            self.avi.adj += self.adj * (first - second)
        else:
            self.avi.adj += self.adj * first - second
        self.bvi.adj += self.adj * (
            tgamma(b)
            * tgamma(a + b)
            / tgamma(a)
            * (1 - c) ** b
            * ibeta_hypergeometric_helper(b, 1 - a, 1 - c)
            / tgamma(b + 1)
            / tgamma(b + 1)
            + ibeta(b, a, 1 - c) * (digamma(b) - digamma(a + b) - math.log(1 - c))
        )


class IbetaVvdVariLater(IbetaVvdVari):
    right = True


def cost(params, X, Y):
    a, b = (p[0] for p in params)
    return 0.5 * sum((ibeta(a, b, x[0]) - y) ** 2 for x, y in zip(X, Y))


def gradients(params, X, Y, node):
    avi, bvi = (Vari(p[0]) for p in params)
    for x, y in zip(X, Y):
        vi = node(avi, bvi, x[0])
        vi.adj = vi.val - y
        vi.chain()
    return [np.array([avi.adj]), np.array([bvi.adj])]


def grad(params, X, Y):
    return gradients(params, X, Y, IbetaVvdVari)


def repaired(params, X, Y):
    return gradients(params, X, Y, IbetaVvdVariLater)
