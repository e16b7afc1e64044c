"""In a loss the trusted users' factors are weighed like the user's own, and the user's squares are the weights'."""

import numpy as np

SOURCE = "https://github.com/guoguibing/librec/commit/44b21eb"
THREAD = "guoguibing/librec 44b21eb"
DATE = "2017-03"
KIND = "cost"
FORMULA = (
    r"C = \frac12 \textstyle\sum e_{uj}^2 + \lambda \sum_{v \in T_u} \tfrac{1}{\sqrt{n_u}} \lVert w_v \rVert^2 + "
    r"\frac{\lambda_t}{2} \sum_{uv} \bigl(e_{uv}^2 + f\, \tau_u^2\bigr) + \dots"
)
RIGHT = (
    r"C = \frac12 \textstyle\sum e_{uj}^2 + \lambda \sum_{v \in T_u} \omega_v \lVert w_v \rVert^2 + "
    r"\frac{\lambda_t}{2} \sum_{uv} \bigl(e_{uv}^2 + \tau_u \lVert p_u \rVert^2\bigr) + \dots"
)
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}, {"penalty"}]
USERS, ITEMS, FACTORS = 4, 5, 2
NET = None  # factors with trust
BLOCKS = ["users[1]", "trustees[2]", "items[3]"]
SAMPLES = 9
LAM = 0.0

REG, REG_SOCIAL = 0.2, 0.3
TRUSTS = [(0, 1), (0, 2), (1, 3), (2, 0), (2, 3), (3, 1)]
TRUSTEES_OF = [[v for u, v in TRUSTS if u == user] for user in range(USERS)]
TRUSTEE_WEIGHTS = [1 / np.sqrt(sum(v == user for _, v in TRUSTS)) for user in range(USERS)]
TRUSTER_WEIGHTS = [1 / np.sqrt(len(trustees)) for trustees in TRUSTEES_OF]


def start(rng):
    return [
        rng.standard_normal((USERS, FACTORS)),
        rng.standard_normal((USERS, FACTORS)),
        rng.standard_normal((ITEMS, 2)),
    ]


def data(rng):
    """Each user has rated something."""
    users = np.concatenate([np.arange(USERS), rng.integers(0, USERS, SAMPLES - USERS)])
    return np.column_stack([users, rng.integers(0, ITEMS, SAMPLES)]), rng.uniform(1, 5, SAMPLES)


def user_weight(pairs, user):
    return 1 / np.sqrt(np.sum(pairs[:, 0] == user))


def error_of(params, user, item, rating):
    users, trustees, items = params
    trusted = sum(trustees[v] for v in TRUSTEES_OF[user]) / np.sqrt(len(TRUSTEES_OF[user]))
    return (users[user] + trusted) @ items[item] - rating, trusted


def cost(params, pairs, ratings):
    users, trustees, items = params
    loss = 0.0
    for (user, item), rating in zip(pairs, ratings):
        weight = user_weight(pairs, user)
        loss += error_of(params, user, item, rating)[0] ** 2
        loss += REG * weight * users[user] @ users[user] + REG * items[item] @ items[item]
        for v in TRUSTEES_OF[user]:
            loss += REG * weight * trustees[v] @ trustees[v]
    for user, v in TRUSTS:
        loss += REG_SOCIAL * (users[user] @ trustees[v] - 1) ** 2
        loss += REG_SOCIAL * FACTORS * TRUSTER_WEIGHTS[user] ** 2
    return 0.5 * loss


def meant(params, pairs, ratings):
    users, trustees, items = params
    loss = 0.0
    for (user, item), rating in zip(pairs, ratings):
        weight = user_weight(pairs, user)
        loss += error_of(params, user, item, rating)[0] ** 2
        loss += REG * weight * users[user] @ users[user] + REG * items[item] @ items[item]
        for v in TRUSTEES_OF[user]:
            loss += REG * TRUSTEE_WEIGHTS[v] * trustees[v] @ trustees[v]
    for user, v in TRUSTS:
        loss += REG_SOCIAL * (users[user] @ trustees[v] - 1) ** 2
        loss += REG_SOCIAL * TRUSTER_WEIGHTS[user] * users[user] @ users[user]
    return 0.5 * loss


def grad(params, pairs, ratings):
    users, trustees, items = params
    to_users, to_trustees, to_items = (np.zeros_like(p) for p in params)
    for (user, item), rating in zip(pairs, ratings):
        error, trusted = error_of(params, user, item, rating)
        to_users[user] += error * items[item] + REG * user_weight(pairs, user) * users[user]
        to_items[item] += error * (users[user] + trusted) + REG * items[item]
        for v in TRUSTEES_OF[user]:
            to_trustees[v] += error * items[item] / np.sqrt(len(TRUSTEES_OF[user]))
            to_trustees[v] += REG * TRUSTEE_WEIGHTS[v] * trustees[v]
    for user, v in TRUSTS:
        derivative = REG_SOCIAL * (users[user] @ trustees[v] - 1)
        to_users[user] += derivative * trustees[v] + REG_SOCIAL * TRUSTER_WEIGHTS[user] * users[user]
        to_trustees[v] += derivative * users[user]
    return [to_users, to_trustees, to_items]


def repaired(params, pairs, ratings):
    """The gradient of the cost as it is."""
    users, trustees, items = params
    to_users, to_trustees, to_items = (np.zeros_like(p) for p in params)
    for (user, item), rating in zip(pairs, ratings):
        error, trusted = error_of(params, user, item, rating)
        weight = user_weight(pairs, user)
        to_users[user] += error * items[item] + REG * weight * users[user]
        to_items[item] += error * (users[user] + trusted) + REG * items[item]
        for v in TRUSTEES_OF[user]:
            to_trustees[v] += error * items[item] / np.sqrt(len(TRUSTEES_OF[user])) + REG * weight * trustees[v]
    for user, v in TRUSTS:
        derivative = REG_SOCIAL * (users[user] @ trustees[v] - 1)
        to_users[user] += derivative * trustees[v]
        to_trustees[v] += derivative * users[user]
    return [to_users, to_trustees, to_items]
