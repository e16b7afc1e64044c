"""The error of a rating goes to the user's factors with the user's own, and not with the item's."""

import numpy as np

SOURCE = "https://github.com/muricoca/crab/commit/7032dd5"
THREAD = "muricoca/crab 7032dd5"
DATE = "2012-01"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial p_u = \textstyle\sum_i (-e_{ui}\, p_u + \lambda p_u),\; "
    r"C = \frac12 \sum e_{ui}^2 + \lambda (\lVert p_u \rVert^2 + \lVert q_i \rVert^2),\; "
    r"e_{ui} = r_{ui} - p_u \cdot q_i"
)
RIGHT = r"\partial C / \partial p_u = \textstyle\sum_i (-e_{ui}\, q_i + \lambda p_u),\; e_{ui} = r_{ui} - p_u \cdot q_i"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
USERS, ITEMS, FACTORS = 4, 5, 3
NET = None  # factors of a table
BLOCKS = ["user_factors[1]", "item_factors[2]"]
SAMPLES = 11
LAM = 0.0

REGULARIZATION = 0.05


def start(rng):
    return {
        "user_factors": rng.standard_normal((USERS, FACTORS)),
        "item_factors": rng.standard_normal((ITEMS, FACTORS)),
    }


def data(rng):
    """Pairs of a user and an item, and the ratings."""
    pairs = np.column_stack([rng.integers(0, USERS, SAMPLES), rng.integers(0, ITEMS, SAMPLES)])
    return pairs, rng.uniform(1, 5, SAMPLES)


def cost(model, pairs, ratings):
    total = 0.0
    for (user, item), rating in zip(pairs, ratings):
        u_f, i_f = model["user_factors"][user], model["item_factors"][item]
        total += (rating - u_f @ i_f) ** 2 + REGULARIZATION * (u_f @ u_f + i_f @ i_f)
    return 0.5 * total


def deltas(err, u_f, i_f):
    delta_u = err * u_f - REGULARIZATION * u_f
    delta_i = err * u_f - REGULARIZATION * i_f
    return delta_u, delta_i


def repaired_deltas(err, u_f, i_f):
    delta_u = err * i_f - REGULARIZATION * u_f
    delta_i = err * u_f - REGULARIZATION * i_f
    return delta_u, delta_i


def train(model, pairs, ratings, of_rating):
    """The changes go uphill, the gradients downhill."""
    grads = {name: np.zeros_like(factors) for name, factors in model.items()}
    for (user, item), rating in zip(pairs, ratings):
        u_f, i_f = model["user_factors"][user], model["item_factors"][item]
        delta_u, delta_i = of_rating(rating - u_f @ i_f, u_f, i_f)
        grads["user_factors"][user] -= delta_u
        grads["item_factors"][item] -= delta_i
    return grads


def grad(model, pairs, ratings):
    return train(model, pairs, ratings, deltas)


def repaired(model, pairs, ratings):
    return train(model, pairs, ratings, repaired_deltas)
