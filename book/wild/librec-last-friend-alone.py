"""In the loop over a user's friends the sum of their factors is set anew by each, so that the last remains."""

import numpy as np

SOURCE = "https://github.com/guoguibing/librec/commit/36d2110"
THREAD = "guoguibing/librec 36d2110"
DATE = "2014-02"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial p_u \ni -\lambda \textstyle\sum_v \tfrac{s_{vu}}{n_v} \bigl(p_v - \tfrac{1}{n_v} s_{vw} "
    r"p_w\bigr),\; w\ \text{the last friend of}\ v"
)
RIGHT = (
    r"\partial C / \partial p_u \ni -\lambda \textstyle\sum_v \tfrac{s_{vu}}{n_v} \bigl(p_v - \tfrac{1}{n_v} \sum_w "
    r"s_{vw} p_w\bigr),\; C \ni \tfrac{\lambda}{2} \sum_v \bigl\lVert p_v - \tfrac{1}{n_v} \sum_w s_{vw} p_w "
    r"\bigr\rVert^2"
)
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
USERS, ITEMS, FACTORS = 5, 4, 2
NET = None  # factors with friends
BLOCKS = ["P[1]", "Q[2]"]
SAMPLES = 10
LAM = 0.0

REG, SOCIAL = 0.1, 0.5
TRUST = np.array(
    [[0, 1, 0.5, 0, 1], [1, 0, 0, 0.5, 0], [0.5, 1, 0, 1, 0], [0, 0, 1, 0, 0.5], [1, 0.5, 0, 1, 0]]
)  # of the user in the row in the one of the column


def start(rng):
    return {"P": rng.standard_normal((USERS, FACTORS)), "Q": rng.standard_normal((ITEMS, FACTORS))}


def data(rng):
    places = rng.permutation(USERS * ITEMS)[:SAMPLES]
    return np.column_stack([places // ITEMS, places % ITEMS]), rng.uniform(0, 1, SAMPLES)


def logistic(x):
    return 1 / (1 + np.exp(-x))


def from_friends(P, u):
    friends = np.flatnonzero(TRUST[u])
    return sum(TRUST[u, v] * P[v] for v in friends) / len(friends)


def cost(factors, places, ratings):
    P, Q = factors["P"], factors["Q"]
    loss = REG * (np.sum(P**2) + np.sum(Q**2))
    for (u, j), rate in zip(places, ratings):
        loss += (rate - logistic(P[u] @ Q[j])) ** 2
    for u in range(USERS):
        loss += SOCIAL * np.sum((P[u] - from_friends(P, u)) ** 2)
    return 0.5 * loss


def without_friends(factors, places, ratings):
    """The gradients of the ratings, of the penalty, and of a user's own distance to the friends."""
    P, Q = factors["P"], factors["Q"]
    user_sgds, item_sgds = REG * P, REG * Q
    for (u, j), rate in zip(places, ratings):
        pred = logistic(P[u] @ Q[j])
        csgd = -(rate - pred) * pred * (1 - pred)
        user_sgds[u] += csgd * Q[j]
        item_sgds[j] += csgd * P[u]
    for u in range(USERS):
        user_sgds[u] += SOCIAL * (P[u] - from_friends(P, u))
    return {"P": user_sgds, "Q": item_sgds}


def grad(factors, places, ratings):
    P, sgds = factors["P"], without_friends(factors, places, ratings)
    for u in range(USERS):
        for v in np.flatnonzero(TRUST[:, u]):
            friends = np.flatnonzero(TRUST[v])
            sum_diffs = np.zeros(FACTORS)
            for w in friends:
                sum_diffs = TRUST[v, w] * P[w]
            sgds["P"][u] -= SOCIAL * TRUST[v, u] / len(friends) * (P[v] - sum_diffs / len(friends))
    return sgds


def repaired(factors, places, ratings):
    P, sgds = factors["P"], without_friends(factors, places, ratings)
    for u in range(USERS):
        for v in np.flatnonzero(TRUST[:, u]):
            friends = np.flatnonzero(TRUST[v])
            sum_diffs = np.zeros(FACTORS)
            for w in friends:
                sum_diffs += TRUST[v, w] * P[w]
            sgds["P"][u] -= SOCIAL * TRUST[v, u] / len(friends) * (P[v] - sum_diffs / len(friends))
    return sgds
