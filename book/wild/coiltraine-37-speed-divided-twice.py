"""The loss of one output, the speed, is divided by the number of samples twice, that of the others once."""

import numpy as np

SOURCE = "https://github.com/felipecode/coiltraine/issues/37"
THREAD = "felipecode/coiltraine #37"
DATE = "2020-12"
KIND = "cost"
FORMULA = (
    r"C = \tfrac1m \textstyle\sum_i \ell_{i,1} + \ell_{i,2} + \tfrac{1}{m^2} \textstyle\sum_i "
    r"\ell_{i,3},\; \ell_{i,k} = \tfrac12 (a_{i,k} - y_{i,k})^2"
)
RIGHT = (
    r"C = \tfrac1m \textstyle\sum_i \ell_{i,1} + \ell_{i,2} + \ell_{i,3},\; \ell_{i,k} = \tfrac12 (a_{i,k} "
    r"- y_{i,k})^2"
)
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """The last output is the speed."""
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1.T + b1
    h = z * (z.real > 0)
    return z, h, h @ W2.T + b2


def losses(params, X, Y):
    return 0.5 * (forward(params, X)[-1] - Y) ** 2


def cost(params, X, Y):
    loss = losses(params, X, Y)
    speed_loss = loss[:, 2] / len(X)
    return np.sum(loss[:, :2]) / len(X) + np.sum(speed_loss) / len(X)


def meant(params, X, Y):
    return np.sum(losses(params, X, Y)) / len(X)


def grad(params, X, Y):
    z, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d2[:, 2] /= len(X)
    d1 = d2 @ params[1][0] * (z > 0)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ h, d2.sum(0))]


def repaired(params, X, Y):
    """The gradient of the cost as it is, which the program has."""
    return grad(params, X, Y)
