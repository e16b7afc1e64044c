"""A ranking's factor, one over one plus the exponential of the score, is exchanged for the sigmoid of that score."""

import numpy as np

SOURCE = "https://github.com/zenogantner/MyMediaLite/commit/a5e3f438"
THREAD = "zenogantner/MyMediaLite a5e3f438"
DATE = "2016-03"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial w_u = -s\, (h_i - h_j) + \lambda_u w_u,\; \partial C / \partial b_i = -s + \lambda_b b_i,"
    r"\; s = \frac{e^x}{1 + e^x}"
)
RIGHT = (
    r"\partial C / \partial w_u = -s\, (h_i - h_j) + \lambda_u w_u,\; \partial C / \partial b_i = -s + \lambda_b b_i,"
    r"\; s = \frac{1}{1 + e^x},\; C = \log(1 + e^{-x}) + (\cdot),\; x = b_i - b_j + w_u \cdot (h_i - h_j)"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
USERS, ITEMS, NUM_FACTORS = 3, 5, 2
LEARN_RATE, BIAS_REG, REG_U, REG_I, REG_J = 0.05, 0.1, 0.025, 0.025, 0.0025
NET = None  # a factorisation that ranks
BLOCKS = ["user_factors[1]", "item_factors[1]", "item_bias[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {
        "user_factors": rng.standard_normal((USERS, NUM_FACTORS)),
        "item_factors": rng.standard_normal((ITEMS, NUM_FACTORS)),
        "item_bias": rng.standard_normal(ITEMS),
    }


def data(rng):
    """A user, an item that is liked and another one that is not."""
    pairs = [rng.permutation(ITEMS)[:2] for _ in range(SAMPLES)]
    return np.column_stack([rng.integers(0, USERS, SAMPLES), pairs]), np.zeros(SAMPLES)


def x_uij_of(params, user_id, item_id, other_item_id):
    item_bias, item_factors = params["item_bias"], params["item_factors"]
    x_uij = item_bias[item_id] - item_bias[other_item_id]
    return x_uij + params["user_factors"][user_id] @ (item_factors[item_id] - item_factors[other_item_id])


def cost(params, X, Y):
    total = 0.0
    for u, i, j in X:
        total += np.log(1 + np.exp(-x_uij_of(params, u, i, j)))
        total += 0.5 * BIAS_REG * (params["item_bias"][i] ** 2 + params["item_bias"][j] ** 2)
        total += 0.5 * REG_U * np.sum(params["user_factors"][u] ** 2)
        total += 0.5 * REG_I * np.sum(params["item_factors"][i] ** 2)
        total += 0.5 * REG_J * np.sum(params["item_factors"][j] ** 2)
    return total


def update_factors(params, user_id, item_id, other_item_id, factor):
    user_factors, item_factors, item_bias = (params[n].copy() for n in ("user_factors", "item_factors", "item_bias"))
    update = factor - BIAS_REG * item_bias[item_id]
    item_bias[item_id] += LEARN_RATE * update
    update = -factor - BIAS_REG * item_bias[other_item_id]
    item_bias[other_item_id] += LEARN_RATE * update
    for f in range(NUM_FACTORS):
        w_uf = user_factors[user_id, f]
        h_if = item_factors[item_id, f]
        h_jf = item_factors[other_item_id, f]
        update = (h_if - h_jf) * factor - REG_U * w_uf
        user_factors[user_id, f] = w_uf + LEARN_RATE * update
        update = w_uf * factor - REG_I * h_if
        item_factors[item_id, f] = h_if + LEARN_RATE * update
        update = -w_uf * factor - REG_J * h_jf
        item_factors[other_item_id, f] = h_jf + LEARN_RATE * update
    return {"user_factors": user_factors, "item_factors": item_factors, "item_bias": item_bias}


def of_steps(params, X, factor_of):
    """What each step moves, all taken at one place, divided by the rate."""
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    for u, i, j in X:
        moved = update_factors(params, u, i, j, factor_of(x_uij_of(params, u, i, j)))
        for name in grads:
            grads[name] += (params[name] - moved[name]) / LEARN_RATE
    return grads


def sigmoid_derivative(x_uij):
    exp = np.exp(x_uij)
    return exp / (1 + np.exp(x_uij))


def one_over_one_plus_ex(x_uij):
    return 1 / (1 + np.exp(x_uij))


def grad(params, X, Y):
    return of_steps(params, X, sigmoid_derivative)


def repaired(params, X, Y):
    return of_steps(params, X, one_over_one_plus_ex)
