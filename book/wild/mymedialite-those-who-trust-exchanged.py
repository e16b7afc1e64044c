"""Of a social factorisation's penalty each user gets the terms of those he trusts, not of those who trust him."""

import numpy as np

SOURCE = "https://github.com/zenogantner/MyMediaLite/commit/be4eca83"
THREAD = "zenogantner/MyMediaLite be4eca83"
DATE = "2012-04"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial u_u = (\cdot) + \beta \bigl(d_u - \sum_{v \in T_u} d_v / |T_v|\bigr),\; "
    r"d_u = u_u - \tfrac{1}{|T_u|} \sum_{v \in T_u} u_v"
)
RIGHT = (
    r"\partial C / \partial u_u = (\cdot) + \beta \bigl(d_u - \sum_{v: u \in T_v} d_v / |T_v|\bigr),\; "
    r"C = \tfrac12 \sum (\hat r - r)^2 + (\cdot) + \tfrac12 \beta \sum_u d_u^2"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
USERS, ITEMS, NUM_FACTORS = 4, 5, 2
MIN_RATING, RATING_RANGE_SIZE, GLOBAL_BIAS = 1.0, 4.0, 0.1
REG_U, REG_I, BIAS_REG, SOCIAL_REGULARIZATION = 0.1, 0.1, 0.3, 0.8
USER_CONNECTIONS = [[1, 2], [2], [0, 1, 3], []]
USER_REVERSE_CONNECTIONS = [[v for v in range(USERS) if u in USER_CONNECTIONS[v]] for u in range(USERS)]
NET = None  # a factorisation
BLOCKS = ["user_factors[1]", "item_factors[1]", "user_bias[1]", "item_bias[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {
        "user_factors": rng.standard_normal((USERS, NUM_FACTORS)),
        "item_factors": rng.standard_normal((ITEMS, NUM_FACTORS)),
        "user_bias": rng.standard_normal(USERS),
        "item_bias": rng.standard_normal(ITEMS),
    }


def data(rng):
    pairs = [(user, item) for user in range(USERS) for item in range(ITEMS)]
    return np.array(pairs)[rng.permutation(len(pairs))[:SAMPLES]], rng.integers(1, 6, SAMPLES)


def predict(params, user_id, item_id):
    score = GLOBAL_BIAS + params["user_bias"][user_id] + params["item_bias"][item_id]
    score += params["user_factors"][user_id] @ params["item_factors"][item_id]
    sig_score = 1 / (1 + np.exp(-score))
    return sig_score, MIN_RATING + sig_score * RATING_RANGE_SIZE


def cost(params, X, Y):
    """Half of what the author computes."""
    total = sum((predict(params, u, i)[1] - rating) ** 2 for (u, i), rating in zip(X, Y))
    total += REG_U * (np.sum(params["user_factors"] ** 2) + BIAS_REG * np.sum(params["user_bias"] ** 2))
    total += REG_I * (np.sum(params["item_factors"] ** 2) + BIAS_REG * np.sum(params["item_bias"] ** 2))
    social_regularization = 0.0
    for user_id in range(USERS):
        bias_diff, factor_diffs = 0.0, np.zeros(NUM_FACTORS)
        for v in USER_CONNECTIONS[user_id]:
            bias_diff = bias_diff - params["user_bias"][v]
            factor_diffs = factor_diffs - params["user_factors"][v]
        if len(USER_CONNECTIONS[user_id]) > 0:
            bias_diff /= len(USER_CONNECTIONS[user_id])
            factor_diffs = factor_diffs / len(USER_CONNECTIONS[user_id])
            social_regularization += (bias_diff + params["user_bias"][user_id]) ** 2
            social_regularization += np.sum((factor_diffs + params["user_factors"][user_id]) ** 2)
    return 0.5 * (total + SOCIAL_REGULARIZATION * social_regularization)


def prediction_error_and_l2(params, X, Y):
    g = {name: np.zeros_like(p) for name, p in params.items()}
    for (user_id, item_id), rating in zip(X, Y):
        sig_score, prediction = predict(params, user_id, item_id)
        error = prediction - rating
        gradient_common = error * sig_score * (1 - sig_score) * RATING_RANGE_SIZE
        g["user_bias"][user_id] += gradient_common
        g["item_bias"][item_id] += gradient_common
        for f in range(NUM_FACTORS):
            g["user_factors"][user_id, f] += gradient_common * params["item_factors"][item_id, f]
            g["item_factors"][item_id, f] += gradient_common * params["user_factors"][user_id, f]
    g["user_bias"] += params["user_bias"] * REG_U * BIAS_REG
    g["item_bias"] += params["item_bias"] * REG_I * BIAS_REG
    g["user_factors"] += params["user_factors"] * REG_U
    g["item_factors"] += params["item_factors"] * REG_I
    return g


def social_network_regularization(params, g, those):
    user_bias, user_factors = params["user_bias"], params["user_factors"]
    for u in range(USERS):
        sum_connections, bias_sum_connections = np.zeros(NUM_FACTORS), 0.0
        num_connections = len(USER_CONNECTIONS[u])
        for v in USER_CONNECTIONS[u]:
            bias_sum_connections += user_bias[v]
            sum_connections = sum_connections + user_factors[v]
        if num_connections != 0:
            g["user_bias"][u] += SOCIAL_REGULARIZATION * (user_bias[u] - bias_sum_connections / num_connections)
            for f in range(NUM_FACTORS):
                g["user_factors"][u, f] += SOCIAL_REGULARIZATION * (
                    user_factors[u, f] - sum_connections[f] / num_connections
                )
        for v in those[u]:
            if len(USER_CONNECTIONS[v]) != 0:
                trust_v = 1 / len(USER_CONNECTIONS[v])
                neg_trust_times_reg = -SOCIAL_REGULARIZATION * trust_v
                bias_diff, factor_diffs = 0.0, np.zeros(NUM_FACTORS)
                for w in USER_CONNECTIONS[v]:
                    bias_diff -= user_bias[w]
                    factor_diffs = factor_diffs - user_factors[w]
                bias_diff = bias_diff * trust_v + user_bias[v]
                g["user_bias"][u] += neg_trust_times_reg * bias_diff
                factor_diffs = factor_diffs * trust_v + user_factors[v]
                for f in range(NUM_FACTORS):
                    g["user_factors"][u, f] += neg_trust_times_reg * factor_diffs[f]
    return g


def grad(params, X, Y):
    return social_network_regularization(params, prediction_error_and_l2(params, X, Y), USER_CONNECTIONS)


def repaired(params, X, Y):
    return social_network_regularization(params, prediction_error_and_l2(params, X, Y), USER_REVERSE_CONNECTIONS)
