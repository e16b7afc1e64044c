"""A central difference steps forward twice, so that the derivative of the deviance is nought."""

import numpy as np

SOURCE = "https://github.com/lme4/lme4/issues/652"
THREAD = "lme4/lme4 #652, commit 68cbd54f"
DATE = "2021-12"
KIND = "gradient"
FORMULA = r"g_i = \frac{f(x + \delta e_i) - f(x + \delta e_i)}{2 \delta}"
RIGHT = r"g_i = \frac{f(x + \delta e_i) - f(x - \delta e_i)}{2 \delta}"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"no-gradient"}]
NET = None  # a linear model with a random intercept
BLOCKS = ["x[1]"]
SAMPLES = 8
LAM = 0.0
GROUPS = np.array([0, 0, 0, 1, 1, 2, 2, 2])


def start(rng):
    """Two coefficients and the logarithms of two standard deviations: of the groups, and within them."""
    return np.concatenate([rng.standard_normal(2), rng.uniform(-0.5, 0.5, 2)])


def data(rng):
    return rng.standard_normal((SAMPLES, 1)), rng.standard_normal(3)[GROUPS] + rng.standard_normal(SAMPLES)


def deviance(x, X, Y):
    s_group, s = np.exp(x[2]), np.exp(x[3])
    res = Y - x[0] - x[1] * X[:, 0]
    total = 0.0
    for k in range(3):
        r = res[GROUPS == k]
        n = len(r)
        d = s**2 + n * s_group**2
        total = total + 2 * (n - 1) * np.log(s) + np.log(d)
        total = total + (np.sum(r**2) - s_group**2 * np.sum(r) ** 2 / d) / s**2
    return total


def gradient(fun, x, delta=1e-4, lower=None, upper=None):
    lower = [None] * len(x) if lower is None else lower
    upper = [None] * len(x) if upper is None else upper
    g = np.zeros(len(x))
    for i in range(len(x)):
        xadd, xsub = x.copy(), x.copy()
        ldelta = udelta = delta
        xadd[i] = x[i] + udelta
        if upper[i] is not None and xadd[i] > upper[i]:
            udelta = upper[i] - x[i]
            xadd[i] = upper[i]
        xsub[i] = x[i] + ldelta
        if lower[i] is not None and xsub[i] < lower[i]:
            ldelta = x[i] - lower[i]
            xsub[i] = lower[i]
        g[i] = (fun(xadd) - fun(xsub)) / (ldelta + udelta)
    return g


def gradient_repaired(fun, x, delta=1e-4, lower=None, upper=None):
    lower = [None] * len(x) if lower is None else lower
    upper = [None] * len(x) if upper is None else upper
    g = np.zeros(len(x))
    for i in range(len(x)):
        xadd, xsub = x.copy(), x.copy()
        ldelta = udelta = delta
        xadd[i] = x[i] + udelta
        if upper[i] is not None and xadd[i] > upper[i]:
            udelta = upper[i] - x[i]
            xadd[i] = upper[i]
        xsub[i] = x[i] - ldelta
        if lower[i] is not None and xsub[i] < lower[i]:
            ldelta = x[i] - lower[i]
            xsub[i] = lower[i]
        g[i] = (fun(xadd) - fun(xsub)) / (ldelta + udelta)
    return g


def cost(params, X, Y):
    return deviance(params, X, Y)


def grad(params, X, Y):
    return gradient(lambda x: deviance(x, X, Y), params)


def repaired(params, X, Y):
    return gradient_repaired(lambda x: deviance(x, X, Y), params)
