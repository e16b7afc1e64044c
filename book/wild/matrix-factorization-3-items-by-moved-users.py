"""The factors of an item are moved by those of the user, which have been moved already."""

import numpy as np

SOURCE = "https://github.com/albertauyeung/matrix-factorization-in-python/pull/3"
THREAD = "albertauyeung/matrix-factorization-in-python PR #3"
DATE = "2018-12"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial q_j = \textstyle\sum_i -e_{ij} \bigl(p_i + \alpha (e_{ij}\, q_j - \beta p_i)\bigr) + "
    r"\beta q_j,\; e_{ij} = r_{ij} - p_i \cdot q_j"
)
RIGHT = r"\partial C / \partial q_j = \textstyle\sum_i -e_{ij}\, p_i + \beta q_j,\; e_{ij} = r_{ij} - p_i \cdot q_j"
READ = "code"
GROUP = "blocks"
LAYER = [2]
NAMES = []
USERS, ITEMS, K = 4, 5, 2
NET = None  # factors of a table
BLOCKS = ["P[1]", "Q[2]"]
SAMPLES = 12
LAM = 0.0

ALPHA, BETA = 0.1, 0.02


def start(rng):
    return {"P": rng.standard_normal((USERS, K)), "Q": rng.standard_normal((ITEMS, K))}


def data(rng):
    """Places in the table, and the ratings there."""
    places = rng.permutation(USERS * ITEMS)[:SAMPLES]
    return np.column_stack([places // ITEMS, places % ITEMS]), rng.uniform(1, 5, SAMPLES)


def cost(factors, places, ratings):
    P, Q = factors["P"], factors["Q"]
    total = 0.0
    for (i, j), r in zip(places, ratings):
        total += (r - P[i] @ Q[j]) ** 2 + BETA * (P[i] @ P[i] + Q[j] @ Q[j])
    return total / 2


def sgd_step(p, q, r):
    """The rows after one rating."""
    e = r - p @ q
    p = p + ALPHA * (e * q - BETA * p)
    q = q + ALPHA * (e * p - BETA * q)
    return p, q


def repaired_sgd_step(p, q, r):
    e = r - p @ q
    return p + ALPHA * (e * q - BETA * p), q + ALPHA * (e * p - BETA * q)


def from_steps(factors, places, ratings, step):
    """What the steps move, divided by the rate."""
    P, Q = factors["P"], factors["Q"]
    grads = {"P": np.zeros_like(P), "Q": np.zeros_like(Q)}
    for (i, j), r in zip(places, ratings):
        p, q = step(P[i], Q[j], r)
        grads["P"][i] += (P[i] - p) / ALPHA
        grads["Q"][j] += (Q[j] - q) / ALPHA
    return grads


def grad(factors, places, ratings):
    return from_steps(factors, places, ratings, sgd_step)


def repaired(factors, places, ratings):
    return from_steps(factors, places, ratings, repaired_sgd_step)
