"""A multinomial gradient takes a row of targets for a distribution, and rows that sum to more are let in."""

import numpy as np

SOURCE = "https://github.com/SauersML/gam/issues/453"
THREAD = "SauersML/gam #453"
DATE = "2026-05"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial \eta_a = y_a - p_a,\; \ell = \textstyle\sum_c y_c \log p_c"
RIGHT = r"\partial \ell / \partial \eta_a = y_a - s\, p_a,\; s = \textstyle\sum_c y_c"
READ = "discussion"
GROUP = "softmax"
LAYER = [1]
NAMES = [{"another-cost"}]
FEATURES, ACTIVE = 3, 2
NET = None  # a softmax with a class of reference
BLOCKS = ["beta[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return rng.standard_normal((FEATURES, ACTIVE))


def data(rng):
    """How often each class was seen beside each row of features."""
    return rng.standard_normal((SAMPLES, FEATURES)), rng.integers(0, 3, (SAMPLES, ACTIVE + 1)).astype(float)


def probabilities(eta):
    """The last class is that of reference, with the logit zero."""
    e = np.append(np.exp(eta), 1.0)
    return e / e.sum()


def cost(beta, X, Y):
    log_likelihood = 0.0
    for x, y in zip(X, Y):
        log_likelihood += np.sum(y * np.log(probabilities(x @ beta)))
    return -log_likelihood


def grad(beta, X, Y):
    gradient = np.zeros_like(beta)
    for x, y in zip(X, Y):
        p = probabilities(x @ beta)
        for a in range(ACTIVE):
            gradient[:, a] -= x * (y[a] - p[a])
    return gradient


def repaired(beta, X, Y):
    gradient = np.zeros_like(beta)
    for x, y in zip(X, Y):
        p = probabilities(x @ beta)
        s = y.sum()
        for a in range(ACTIVE):
            gradient[:, a] -= x * (y[a] - s * p[a])
    return gradient
