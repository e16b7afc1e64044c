"""The factors of a table are updated with a penalty, which the error that is reported does not contain."""

import numpy as np

SOURCE = "https://github.com/DistrictDataLabs/science-bookclub/issues/2"
THREAD = "DistrictDataLabs/science-bookclub #2"
DATE = "2014-07"
KIND = "cost"
FORMULA = r"C = \textstyle\sum_{ij} (r_{ij} - p_i \cdot q_j)^2"
RIGHT = (
    r"C = \textstyle\sum_{ij} (r_{ij} - p_i \cdot q_j)^2 + \frac{\beta}{2} (\lVert p_i \rVert^2 + \lVert q_j \rVert^2)"
)
READ = "discussion"
LAYER = [1, 2]
NAMES = [{"another-cost"}, {"penalty"}]
READERS, BOOKS, K = 4, 5, 2
NET = None  # factors of a table
BLOCKS = ["P[1]", "Q[2]"]
SAMPLES = 11
LAM = 0.0

BETA = 0.2


def start(rng):
    return [rng.standard_normal((READERS, K)), rng.standard_normal((BOOKS, K))]


def data(rng):
    places = rng.permutation(READERS * BOOKS)[:SAMPLES]
    return np.column_stack([places // BOOKS, places % BOOKS]), rng.uniform(1, 5, SAMPLES)


def cost(factors, places, ratings):
    P, Q = factors
    return sum((r - P[i] @ Q[j]) ** 2 for (i, j), r in zip(places, ratings))


def meant(factors, places, ratings):
    P, Q = factors
    penalty = sum(BETA / 2 * (P[i] @ P[i] + Q[j] @ Q[j]) for i, j in places)
    return cost(factors, places, ratings) + penalty


def grad(factors, places, ratings):
    P, Q = factors
    dP, dQ = np.zeros_like(P), np.zeros_like(Q)
    for (i, j), r in zip(places, ratings):
        eij = r - P[i] @ Q[j]
        dP[i] -= 2 * eij * Q[j] - BETA * P[i]
        dQ[j] -= 2 * eij * P[i] - BETA * Q[j]
    return [dP, dQ]


def repaired(factors, places, ratings):
    """The gradient of the cost as it is."""
    P, Q = factors
    dP, dQ = np.zeros_like(P), np.zeros_like(Q)
    for (i, j), r in zip(places, ratings):
        eij = r - P[i] @ Q[j]
        dP[i] -= 2 * eij * Q[j]
        dQ[j] -= 2 * eij * P[i]
    return [dP, dQ]
