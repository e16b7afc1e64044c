"""Where an index occurs twice, the rule for reading entries of an array keeps only the last of their gradients."""

import numpy as np

SOURCE = "https://github.com/JuliaDiff/Diffractor.jl/commit/de07109"
THREAD = "JuliaDiff/Diffractor.jl de07109"
DATE = "2024-02"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"y = a_{I},\; \bar a_k = \bar y_j \text{ for the last } j \text{ with } I_j = k"
RIGHT = r"\bar a_k = \textstyle\sum_{j:\, I_j = k} \bar y_j"
READ = "code"  # the model that reads the entries is made up
LAYER = [1]
NAMES = [{"gradient-overwritten"}]
NET = None  # abilities and difficulties, each read for several answers
BLOCKS = ["ability[1]", "difficulty[1]"]
SAMPLES = 12
LAM = 0.0


def start(rng):
    """Of four persons and five items."""
    return {"ability": rng.standard_normal(4), "difficulty": rng.standard_normal(5)}


def data(rng):
    """Who answered what, and whether rightly."""
    answers = np.column_stack([rng.permutation(np.arange(SAMPLES) % 4), rng.permutation(np.arange(SAMPLES) % 5)])
    return answers, rng.integers(0, 2, SAMPLES)


def getindex_rule(a, inds):
    """The value and the way back."""

    def back(delta):
        BB = np.zeros_like(a)
        for ind, d in zip(inds, delta, strict=True):
            BB[ind] = d
        return BB, None

    return a[inds], back


def getindex_rule_mended(a, inds):
    def back(delta):
        BB = np.zeros_like(a)
        for ind, d in zip(inds, delta, strict=True):
            BB[ind] += d
        return BB, None

    return a[inds], back


def minus_rule(x, y):
    return x - y, lambda delta: (delta, -delta)


def times_rule(x, y):
    return x * y, lambda delta: (delta * y, delta * x)


def log1pexp_rule(x):
    return np.log(1 + np.exp(x)), lambda delta: (delta / (1 + np.exp(-x)),)


def sum_rule(x):
    return np.sum(x), lambda delta: (delta * np.ones_like(x),)


def negative_loglik(params, X, Y, getindex):
    """Of Rasch's model, with the way back through each of its calls."""
    theta, back_theta = getindex(params["ability"], X[:, 0])
    b, back_b = getindex(params["difficulty"], X[:, 1])
    eta, back_eta = minus_rule(theta, b)
    wrong, back_wrong = times_rule(1.0 - 2.0 * Y, eta)
    loss, back_loss = log1pexp_rule(wrong)
    total, back_total = sum_rule(loss)

    def back(delta):
        (d_loss,) = back_total(delta)
        (d_wrong,) = back_loss(d_loss)
        _, d_eta = back_wrong(d_wrong)
        d_theta, d_b = back_eta(d_eta)
        return {"ability": back_theta(d_theta)[0], "difficulty": back_b(d_b)[0]}

    return total, back


def cost(params, X, Y):
    return negative_loglik(params, X, Y, getindex_rule)[0]


def grad(params, X, Y):
    return negative_loglik(params, X, Y, getindex_rule)[1](1.0)


def repaired(params, X, Y):
    return negative_loglik(params, X, Y, getindex_rule_mended)[1](1.0)
