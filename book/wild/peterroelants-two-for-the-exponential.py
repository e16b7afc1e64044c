"""In the quotient rule for a softmax a two stands for the exponential, and twice the sum for its square."""

import numpy as np

SOURCE = "https://github.com/peterroelants/peterroelants.github.io/commit/0b1f18f"
THREAD = "peterroelants/peterroelants.github.io, commit 0b1f18f"
DATE = "2016-09"
KIND = "gradient"
FORMULA = r"\frac{\partial a_k}{\partial z_k} = \frac{e^{z_k} S - 2 e^{z_k}}{2 S},\; S = \textstyle\sum_j e^{z_j}"
RIGHT = (
    r"\frac{\partial a_k}{\partial z_k} = \frac{e^{z_k} S - e^{z_k} e^{z_k}}{S^2},\; S = \textstyle\sum_j "
    r"e^{z_j}"
)
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal(s) for s in ((3, 4), (1, 4), (4, 3), (1, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    Wh, bh, Wo, bo = params
    H = 1 / (1 + np.exp(-(X @ Wh + bh)))
    e = np.exp(H @ Wo + bo)
    return H, e, np.sum(e, axis=1, keepdims=True)


def cost(params, X, T):
    _, e, S = forward(params, X)
    return -np.sum(T * np.log(e / S)) / len(X)


def backward(params, X, T, right):
    """The Jacobian of each sample: its diagonal, and minus the products beside it."""
    H, e, S = forward(params, X)
    Y = e / S
    of_y = -T / Y / len(X)
    diagonal = (e * S - e * e) / S**2 if right else (e * S - 2 * e) / (2 * S)
    beside = -Y * (np.sum(of_y * Y, axis=1, keepdims=True) - of_y * Y)
    Eo = of_y * diagonal + beside
    Eh = Eo @ params[2].T * H * (1 - H)
    return [X.T @ Eh, Eh.sum(0, keepdims=True), H.T @ Eo, Eo.sum(0, keepdims=True)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
