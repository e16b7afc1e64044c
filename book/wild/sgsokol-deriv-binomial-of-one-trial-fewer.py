"""The rule for the slope of a binomial probability takes it for one trial fewer, with a factor that does not fit."""

from math import comb

import numpy as np

SOURCE = "https://github.com/sgsokol/Deriv/issues/25"
THREAD = "sgsokol/Deriv #25, 4b224fa"
DATE = "2021-12"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\partial_p \mathrm{Bin}(x; n, p) = (n - x p)(x - n + 1)\, \mathrm{Bin}(x; n - 1, p) / (1 - p)^2,\; x < n"
RIGHT = r"\partial_p \mathrm{Bin}(x; n, p) = (x - n p)\, \mathrm{Bin}(x; n, p) / (p - p^2)"
READ = "code"  # of the package's table of rules; its simplifier is left out, and expressions are evaluated at once
LAYER = [1]
NAMES = []
NET = None  # the likelihood of a binomial regression
BLOCKS = ["a[1]", "b[1]"]
SAMPLES = 7
SIZE = 6
LAM = 0.0


def start(rng):
    """The two arguments of the function that is differentiated."""
    return {"a": 0.5 * rng.standard_normal(1), "b": 0.5 * rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal(SAMPLES), rng.integers(0, SIZE + 1, SAMPLES)


def dbinom(x, size, prob, log=False):
    if x < 0 or x > size:
        return 0.0
    density = comb(int(size), int(x)) * prob**x * (1 - prob) ** (size - x)
    return np.log(density) if log else density


def rule_of_dbinom(x, size, prob, log):
    """The division by the density belongs to the last branch only, as in R's grammar."""
    if size == 0:
        return -x * (1 - prob) ** (x - 1)
    if x == size:
        return size * prob ** (size - 1)
    return (
        (size - x * prob)
        * (x - size + 1)
        * dbinom(x, size - 1, prob)
        / (1 - prob) ** 2
        / (dbinom(x, size, prob) if log else 1)
    )


def rule_of_dbinom_mended(x, size, prob, log):
    if x == 0:
        ans = -size * (1 - prob) ** (size - 1)
    elif x == size:
        ans = size * prob ** (size - 1)
    else:
        ans = dbinom(x, size, prob) * (x - prob * size) / (prob - prob * prob)
    return ans / (dbinom(x, size, prob) if log else 1)


drule = {
    "+": [lambda e1, e2: 1.0, lambda e1, e2: 1.0],
    "-": [lambda e1: -1.0],
    "*": [lambda e1, e2: e2, lambda e1, e2: e1],
    "/": [lambda e1, e2: 1 / e2, lambda e1, e2: -e1 / e2**2],
    "exp": [lambda x: np.exp(x)],
    "dbinom": [None, None, rule_of_dbinom, None],
}
mended = {**drule, "dbinom": [None, None, rule_of_dbinom_mended, None]}

functions = {
    "+": lambda e1, e2: e1 + e2,
    "-": lambda e1: -e1,
    "*": lambda e1, e2: e1 * e2,
    "/": lambda e1, e2: e1 / e2,
    "exp": np.exp,
    "dbinom": dbinom,
}


def evaluate(st, env):
    if isinstance(st, str):
        return env[st]
    if not isinstance(st, tuple):
        return st
    return functions[st[0]](*[evaluate(arg, env) for arg in st[1:]])


def Deriv_(st, x, env, rules):
    if not isinstance(st, tuple):
        return 1.0 if st == x else 0.0
    args = [evaluate(arg, env) for arg in st[1:]]
    total = 0.0
    for arg, rule in zip(st[1:], rules[st[0]], strict=True):
        if rule is not None:
            total = total + rule(*args) * Deriv_(arg, x, env, rules)
    return total


PROB = ("/", 1.0, ("+", 1.0, ("exp", ("-", ("+", "a", ("*", "b", "t"))))))
NEGATIVE = ("-", ("dbinom", "y", SIZE, PROB, True))


def environments(params, X, Y):
    return [{"a": params["a"][0], "b": params["b"][0], "t": t, "y": int(y)} for t, y in zip(X, Y, strict=True)]


def cost(params, X, Y):
    return sum(evaluate(NEGATIVE, env) for env in environments(params, X, Y))


def derived(params, X, Y, rules):
    envs = environments(params, X, Y)
    return {x: np.array([sum(Deriv_(NEGATIVE, x, env, rules) for env in envs)]) for x in ("a", "b")}


def grad(params, X, Y):
    return derived(params, X, Y, drule)


def repaired(params, X, Y):
    return derived(params, X, Y, mended)
