"""A model of ratings has its penalties within the brackets that the error multiplies, and the factors lack a minus."""

import numpy as np

SOURCE = "https://github.com/dandxy89/BellkorAlgorithm/issues/3"
THREAD = "dandxy89/BellkorAlgorithm #3"
DATE = "2020-02"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial b = 2 e\, (-c + 2 \lambda b),\; \partial C / \partial p = 2 e\, (q + 2 \lambda p),\; "
    r"e = y - \hat y"
)
RIGHT = r"\partial C / \partial b = -2 e\, c + 2 \lambda b,\; \partial C / \partial p = -2 e\, q + 2 \lambda p"
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = []
USERS, ITEMS, FACTORS, MEAN = 3, 4, 2, 3.5
REG = dict(b_u=0.3, alpha_u=0.2, b_i=0.4, c_u=0.3, p=0.2, q=0.1)
NET = None  # biases and factors
BLOCKS = ["b_u[1]", "alpha_u[1]", "b_i[1]", "c_u[1]", "p[1]", "q[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """Biases of the users and how they drift, biases of the items and how a user scales them, and factors."""
    return {
        "b_u": rng.standard_normal(USERS),
        "alpha_u": rng.standard_normal(USERS),
        "b_i": rng.standard_normal(ITEMS),
        "c_u": 1 + 0.3 * rng.standard_normal(USERS),
        "p": rng.standard_normal((USERS, FACTORS)),
        "q": rng.standard_normal((ITEMS, FACTORS)),
    }


def data(rng):
    """A row has a user, an item, and the deviation of a rating's time."""
    rows = [rng.permutation(np.arange(SAMPLES) % n) for n in (USERS, ITEMS)]
    return np.column_stack([*rows, rng.standard_normal(SAMPLES)]), rng.uniform(1, 5, (SAMPLES, 1))


def row_settings(params, row):
    user, item, dev = int(row[0]), int(row[1]), row[2]
    rs = {name: params[name][item if name in ("b_i", "q") else user] for name in params}
    return user, item, dev, rs


def error_of(rs, dev, rating):
    output = MEAN + rs["b_u"] + rs["alpha_u"] * dev + rs["b_i"] * rs["c_u"] + rs["q"] @ rs["p"]
    return rating - output


def cost(params, X, Y):
    total = 0.0
    for row, (rating,) in zip(X, Y):
        _, _, dev, rs = row_settings(params, row)
        total = total + error_of(rs, dev, rating) ** 2
        for name, rate in REG.items():
            total = total + rate * np.sum((rs[name] - (name == "c_u")) ** 2)
    return total


def get_gradients(rs, dev, error):
    return {
        "b_u": -2 * error + 2 * REG["b_u"] * rs["b_u"],
        "alpha_u": 2 * error * (-dev + 2 * REG["alpha_u"] * rs["alpha_u"]),
        "b_i": 2 * error * (-rs["c_u"] + 2 * REG["b_i"] * rs["b_i"]),
        "c_u": 2 * error * (-rs["b_i"] + 2 * REG["c_u"] * (rs["c_u"] - 1)),
        "p": 2 * error * (rs["q"] + 2 * REG["p"] * rs["p"]),
        "q": 2 * error * (rs["p"] + 2 * REG["q"] * rs["q"]),
    }


def get_gradients_repaired(rs, dev, error):
    return {
        "b_u": -2 * error + 2 * REG["b_u"] * rs["b_u"],
        "alpha_u": 2 * error * -dev + 2 * REG["alpha_u"] * rs["alpha_u"],
        "b_i": 2 * error * -rs["c_u"] + 2 * REG["b_i"] * rs["b_i"],
        "c_u": 2 * error * -rs["b_i"] + 2 * REG["c_u"] * (rs["c_u"] - 1),
        "p": 2 * error * -rs["q"] + 2 * REG["p"] * rs["p"],
        "q": 2 * error * -rs["p"] + 2 * REG["q"] * rs["q"],
    }


def over_all_rows(params, X, Y, gradients_of):
    total = {name: np.zeros_like(p) for name, p in params.items()}
    for row, (rating,) in zip(X, Y):
        user, item, dev, rs = row_settings(params, row)
        for name, g in gradients_of(rs, dev, error_of(rs, dev, rating)).items():
            total[name][item if name in ("b_i", "q") else user] += g
    return total


def grad(params, X, Y):
    return over_all_rows(params, X, Y, get_gradients)


def repaired(params, X, Y):
    return over_all_rows(params, X, Y, get_gradients_repaired)
