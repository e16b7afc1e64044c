"""Of three rows that climb a likelihood the penalty is added to all, as it stands in the paper."""

import numpy as np

SOURCE = "https://github.com/alfredolainez/bpr-spark/issues/2"
THREAD = "alfredolainez/bpr-spark #2"
DATE = "2017-05"
KIND = "gradient"
FORMULA = (
    r"-\partial C / \partial \theta = s\, \partial x_{uij} / \partial \theta + \lambda \theta,\; "
    r"s = 1 / (1 + e^{x_{uij}}),\; x_{uij} = p_u \cdot (q_i - q_j)"
)
RIGHT = (
    r"-\partial C / \partial \theta = s\, \partial x_{uij} / \partial \theta - \lambda \theta,\; "
    r"C = \textstyle\sum -\log \sigma(x_{uij}) + \frac{\lambda}{2} \lVert \theta \rVert^2"
)
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = [{"penalty"}]
USERS, PRODUCTS, RANK = 4, 6, 3
NET = None  # a ranking of pairs
BLOCKS = ["user_mat[1]", "prod_mat[2]"]
SAMPLES = 10
LAM = 0.0

LAMBDA_REG = 0.1


def start(rng):
    return [rng.standard_normal((USERS, RANK)), rng.standard_normal((PRODUCTS, RANK))]


def data(rng):
    """Of each user a product that was bought and one that was not; nothing else is to be met."""
    pos = rng.integers(0, PRODUCTS, SAMPLES)
    neg = (pos + rng.integers(1, PRODUCTS, SAMPLES)) % PRODUCTS
    return np.column_stack([rng.integers(0, USERS, SAMPLES), pos, neg]), np.zeros(SAMPLES)


def cost(params, X, Y):
    user_mat, prod_mat = params
    total = 0.0
    for u, i, j in X:
        x_uij = user_mat[u] @ (prod_mat[i] - prod_mat[j])
        rows = np.concatenate([user_mat[u], prod_mat[i], prod_mat[j]])
        total += np.log(1 + np.exp(-x_uij)) + 0.5 * LAMBDA_REG * rows @ rows
    return total


def ascent(user, pos, neg):
    scale = 1 / (1 + np.exp(user @ (pos - neg)))
    return ((pos - neg) * scale + user * LAMBDA_REG, user * scale + pos * LAMBDA_REG, -user * scale + neg * LAMBDA_REG)


def repaired_ascent(user, pos, neg):
    scale = 1 / (1 + np.exp(user @ (pos - neg)))
    return ((pos - neg) * scale - user * LAMBDA_REG, user * scale - pos * LAMBDA_REG, -user * scale - neg * LAMBDA_REG)


def sum_of_steps(params, X, step):
    user_mat, prod_mat = params
    users, products = np.zeros_like(user_mat), np.zeros_like(prod_mat)
    for u, i, j in X:
        to_user, to_pos, to_neg = step(user_mat[u], prod_mat[i], prod_mat[j])
        users[u] -= to_user
        products[i] -= to_pos
        products[j] -= to_neg
    return [users, products]


def grad(params, X, Y):
    return sum_of_steps(params, X, ascent)


def repaired(params, X, Y):
    return sum_of_steps(params, X, repaired_ascent)
