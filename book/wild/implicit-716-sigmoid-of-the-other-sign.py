"""A reader misses a derivative in a ranking's steps, which a sigmoid of the score turned over already is."""

import numpy as np

SOURCE = "https://github.com/benfred/implicit/issues/716"
THREAD = "benfred/implicit #716"
DATE = "2024-05"
KIND = "right"
FORMULA = (
    r"\partial C / \partial u = -z (i - j) + \lambda u,\; \partial C / \partial i = -z u + \lambda i,\; "
    r"\partial C / \partial j = z u + \lambda j,\; z = 1 / (1 + e^s)"
)
RIGHT = (
    r"\partial C / \partial \theta = -\frac{e^{-s}}{1 + e^{-s}}\, \partial s / \partial \theta + \lambda \theta,\; "
    r"s = u \cdot (i - j),\; C = -\log \sigma(s) + \tfrac12 \lambda (u^2 + i^2 + j^2)"
)
READ = "code"
LAYER = []
NAMES = []
USERS, ITEMS, FACTORS = 3, 5, 2
RATE, REG = 0.1, 0.05
NET = None  # a factorisation that ranks
BLOCKS = ["X[1]", "Y[1]", "biases[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {
        "X": rng.standard_normal((USERS, FACTORS)),
        "Y": rng.standard_normal((ITEMS, FACTORS)),
        "biases": rng.standard_normal(ITEMS),
    }


def data(rng):
    """A user, an item that is liked and another one that is not."""
    pairs = [rng.permutation(ITEMS)[:2] for _ in range(SAMPLES)]
    return np.column_stack([rng.integers(0, USERS, SAMPLES), pairs]), np.zeros(SAMPLES)


def cost(params, samples, Y):
    total = 0.0
    for user, liked, disliked in samples:
        u, i, j = params["X"][user], params["Y"][liked], params["Y"][disliked]
        bi, bj = params["biases"][liked], params["biases"][disliked]
        total += np.log(1 + np.exp(-(u @ (i - j) + bi - bj)))
        total += REG / 2 * (np.sum(u * u) + np.sum(i * i) + np.sum(j * j) + bi**2 + bj**2)
    return total


def bpr_update(user, liked, disliked):
    """The last number of a row is an item's bias, beside which the user has a one."""
    user, liked, disliked = user.copy(), liked.copy(), disliked.copy()
    score = 0
    for j in range(FACTORS + 1):
        score = score + user[j] * (liked[j] - disliked[j])
    z = 1.0 / (1.0 + np.exp(score))
    for j in range(FACTORS):
        temp = user[j]
        user[j] += RATE * (z * (liked[j] - disliked[j]) - REG * user[j])
        liked[j] += RATE * (z * temp - REG * liked[j])
        disliked[j] += RATE * (-z * temp - REG * disliked[j])
    liked[FACTORS] += RATE * (z - REG * liked[FACTORS])
    disliked[FACTORS] += RATE * (-z - REG * disliked[FACTORS])
    return user, liked, disliked


def grad(params, samples, Y):
    """What each step moves, all taken at one place, divided by the rate."""
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    items = np.column_stack([params["Y"], params["biases"]])
    for user_id, liked_id, disliked_id in samples:
        user, liked, disliked = bpr_update(np.append(params["X"][user_id], 1.0), items[liked_id], items[disliked_id])
        grads["X"][user_id] += (params["X"][user_id] - user[:FACTORS]) / RATE
        for item_id, row in (liked_id, liked), (disliked_id, disliked):
            moved = (items[item_id] - row) / RATE
            grads["Y"][item_id] += moved[:FACTORS]
            grads["biases"][item_id] += moved[FACTORS]
    return grads


repaired = grad
