"""A row of one table is moved by that of the other, of which a view was kept and which has just been moved."""

import numpy as np

SOURCE = "https://github.com/epfml/ML_course/issues/37"
THREAD = "epfml/ML_course #37"
DATE = "2017-11"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial y_j = -2 f_n e\, (x_i + 2 \eta f_n e\, y_j),\; e = \log n - x_i \cdot y_j,\; "
    r"f_n = \min \bigl(1, (n / n_{\max})^\alpha\bigr)"
)
RIGHT = (
    r"\partial C / \partial y_j = -2 f_n e\, x_i,\; e = \log n - x_i \cdot y_j,\; "
    r"f_n = \min \bigl(1, (n / n_{\max})^\alpha\bigr),\; C = \textstyle\sum_{ij} f_n e^2"
)
READ = "code"
GROUP = "blocks"
LAYER = [2]
NAMES = []
WORDS, EMBEDDING_DIM = 5, 3
ETA, ALPHA, NMAX = 0.05, 3 / 4, 100
NET = None  # an embedding of words
BLOCKS = ["xs[1]", "ys[2]"]
SAMPLES = 12
LAM = 0.0


def start(rng):
    return {"xs": rng.standard_normal((WORDS, EMBEDDING_DIM)), "ys": rng.standard_normal((WORDS, EMBEDDING_DIM))}


def data(rng):
    """Pairs of words, and how often they stand together."""
    places = rng.permutation(WORDS * WORDS)[:SAMPLES]
    return np.column_stack([places // WORDS, places % WORDS]), rng.integers(1, 120, SAMPLES).astype(float)


def cost(params, X, Y):
    xs, ys = params["xs"], params["ys"]
    total = 0.0
    for (ix, jy), n in zip(X, Y):
        fn = min(1.0, (n / NMAX) ** ALPHA)
        total += fn * (np.log(n) - xs[ix, :] @ ys[jy, :]) ** 2
    return total


def sgd_step(xs, ys, ix, jy, n, right):
    logn = np.log(n)
    fn = min(1.0, (n / NMAX) ** ALPHA)
    x, y = xs[ix, :], ys[jy, :]
    if right:
        x, y = x.copy(), y.copy()
    scale = 2 * ETA * fn * (logn - np.dot(x, y))
    xs[ix, :] += scale * y
    ys[jy, :] += scale * x


def from_steps(params, X, Y, right):
    """What each pair's step moves, all taken at one place, divided by the rate."""
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    for (ix, jy), n in zip(X, Y):
        xs, ys = params["xs"].copy(), params["ys"].copy()
        sgd_step(xs, ys, ix, jy, n, right)
        grads["xs"] += (params["xs"] - xs) / ETA
        grads["ys"] += (params["ys"] - ys) / ETA
    return grads


def grad(params, X, Y):
    return from_steps(params, X, Y, right=False)


def repaired(params, X, Y):
    return from_steps(params, X, Y, right=True)
