"""The cost of a regularised logistic regression penalises the intercept, which its gradient leaves in peace."""

import numpy as np

SOURCE = "https://github.com/yhyap/machine-learning-coursera/pull/8"
THREAD = "yhyap/machine-learning-coursera PR #8"
DATE = "2018-05"
KIND = "cost"
FORMULA = (
    r"J = -\dfrac1m \textstyle\sum_i \bigl( y_i \log h_i + (1 - y_i) \log(1 - h_i) \bigr) "
    r"+ \dfrac{\lambda}{2m} \textstyle\sum_{j=0}^{n} \theta_j^2"
)
RIGHT = (
    r"J = -\dfrac1m \textstyle\sum_i \bigl( y_i \log h_i + (1 - y_i) \log(1 - h_i) \bigr) "
    r"+ \dfrac{\lambda}{2m} \textstyle\sum_{j=1}^{n} \theta_j^2"
)
READ = "code"
LAYER = [1]
NAMES = [{"penalty"}, {"another-cost"}]
NET = None  # a logistic regression whose intercept is the first of theta
BLOCKS = ["theta[1]"]
SAMPLES = 7
LAMBDA = 1.5
LAM = LAMBDA


def start(rng):
    theta = 0.5 * rng.standard_normal(5)
    theta[0] = 0.8
    return theta


def data(rng):
    """A column of ones, two tests and some of their products."""
    u, v = rng.standard_normal((2, SAMPLES))
    return np.column_stack([np.ones(SAMPLES), u, v, u * u, u * v]), rng.integers(0, 2, SAMPLES).astype(float)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def costFunctionReg(theta, X, y, lam, mended=False, whole=False):
    m = len(y)
    grad = np.zeros_like(theta)

    z = X @ theta
    h = sigmoid(z)
    logisf = (-y).T @ np.log(h) - (1 - y).T @ np.log(1 - h)

    if mended:
        J = ((1 / m) * np.sum(logisf)) + (lam / (2 * m)) * np.sum(theta[1:] ** 2)
    else:
        J = ((1 / m) * np.sum(logisf)) + (lam / (2 * m)) * np.sum(theta**2)

    n = len(theta)
    grad[0] = 1 / m * (np.sum(X.T[0, :] @ h - X.T[0, :] @ y))
    if whole:
        grad[0] += 1 / m * lam * theta[0]

    for j in range(1, n):
        grad[j] = (1 / m) * (np.sum(X.T[j, :] @ h - X.T[j, :] @ y) + lam * theta[j])

    return J, grad


def cost(theta, X, Y):
    return costFunctionReg(theta, X, Y, LAMBDA)[0]


def meant(theta, X, Y):
    return costFunctionReg(theta, X, Y, LAMBDA, mended=True)[0]


def grad(theta, X, Y):
    return costFunctionReg(theta, X, Y, LAMBDA)[1]


def repaired(theta, X, Y):
    """The gradient of the cost as it is."""
    return costFunctionReg(theta, X, Y, LAMBDA, whole=True)[1]
