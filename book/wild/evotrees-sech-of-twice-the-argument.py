"""The log density of a logistic distribution takes the hyperbolic secant of twice the argument."""

import numpy as np

SOURCE = "https://github.com/Evovest/EvoTrees.jl/pull/348"
THREAD = "Evovest/EvoTrees.jl PR #348, 86c8508"
DATE = "2026-08"
KIND = "cost"
FORMULA = (
    r"C = -\dfrac1{\sum_i w_i} \textstyle\sum_i w_i \Bigl( \log \tfrac14 "
    r"\operatorname{sech}^2 \dfrac{y_i - \mu_i}{e^{s_i}} - s_i \Bigr)"
)
RIGHT = (
    r"C = -\dfrac1{\sum_i w_i} \textstyle\sum_i w_i \Bigl( \log \tfrac14 "
    r"\operatorname{sech}^2 \dfrac{y_i - \mu_i}{2 e^{s_i}} - s_i \Bigr)"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}, {"derivative"}, {"line"}]
NET = None  # the predictions of boosted trees: a location and the logarithm of a scale for each sample
BLOCKS = ["p[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return np.stack([rng.standard_normal(SAMPLES), 0.4 * rng.standard_normal(SAMPLES)])


def data(rng):
    """The weight of each sample, and its target."""
    return rng.uniform(0.5, 1.5, (SAMPLES, 1)), 2.0 * rng.standard_normal(SAMPLES)


def sech(x):
    return 1 / np.cosh(x)


def mle2p_metric_value(mu, ls, yt, right):
    if right:
        return np.log(1 / 4 * sech(np.exp(-ls) * (yt - mu) / 2) ** 2) - ls
    return np.log(1 / 4 * sech(np.exp(-ls) * (yt - mu)) ** 2) - ls


def eval_mle2p_metric(p, y, w, right=False):
    total = 0.0
    for i in range(len(w)):
        total += w[i] * mle2p_metric_value(p[0, i], p[1, i], y[i], right)
    return total / w.sum()


def mle2p_grad_logistic(mu, ls, yt):
    return (
        -np.tanh((yt - mu) / (2 * np.exp(ls))) * np.exp(-ls),
        -(np.exp(-ls) * (yt - mu) * np.tanh((yt - mu) / (2 * np.exp(ls))) - 1),
    )


def mle2p_grad_metric(mu, ls, yt):
    return (
        -2 * np.tanh((yt - mu) / np.exp(ls)) * np.exp(-ls),
        -(2 * np.exp(-ls) * (yt - mu) * np.tanh((yt - mu) / np.exp(ls)) - 1),
    )


def update_grads(p, y, w, mle2p_grad):
    """Each sample's gradient times its weight, and here over the sum of the weights as in the metric."""
    g = np.zeros_like(p)
    for i in range(len(w)):
        g1, g2 = mle2p_grad(p[0, i], p[1, i], y[i])
        g[0, i] = g1 * w[i]
        g[1, i] = g2 * w[i]
    return g / w.sum()


def cost(p, X, Y):
    """The metric is for maximising."""
    return -eval_mle2p_metric(p, Y, X[:, 0])


def meant(p, X, Y):
    return -eval_mle2p_metric(p, Y, X[:, 0], right=True)


def grad(p, X, Y):
    return update_grads(p, Y, X[:, 0], mle2p_grad_logistic)


def repaired(p, X, Y):
    """The gradient of the metric as it was."""
    return update_grads(p, Y, X[:, 0], mle2p_grad_metric)
