"""The gradient of a coefficient is multiplied on to give the next one, instead of the error."""

import numpy as np

SOURCE = "https://github.com/h2oai/datatable/pull/3234"
THREAD = "h2oai/datatable #3234"
DATE = "2022-02"
KIND = "gradient"
FORMULA = (
    r"g_j = g_{j - 1} x_j + \lambda_1 \mathrm{sign}\, \beta_j + 2 \lambda_2 \beta_j,\; "
    r"g_0 = p - y + \lambda_1 \mathrm{sign}\, \beta_0 + 2 \lambda_2 \beta_0"
)
RIGHT = r"g_j = (p - y) x_j + \lambda_1 \mathrm{sign}\, \beta_j + 2 \lambda_2 \beta_j,\; x_0 = 1"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
FEATURES, CLASSES = 3, 2
LAMBDA1, LAMBDA2 = 0.05, 0.1
NET = None  # logistic regressions with two penalties
BLOCKS = ["betas[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return rng.standard_normal((CLASSES, FEATURES + 1))


def data(rng):
    return rng.standard_normal((SAMPLES, FEATURES)), rng.integers(0, CLASSES, SAMPLES)


def predict_row(x, betas, k):
    return betas[k][0] + x @ betas[k][1:]


def activation_fn(z):
    return 1 / (1 + np.exp(-z))


def cost(betas, X, Y):
    loss = 0.0
    for x, target in zip(X, Y):
        for k in range(CLASSES):
            p, y = activation_fn(predict_row(x, betas, k)), float(target == k)
            loss -= y * np.log(p) + (1 - y) * np.log(1 - p)
            loss += LAMBDA1 * np.sum(betas[k] * np.sign(betas[k].real)) + LAMBDA2 * np.sum(betas[k] ** 2)
    return loss


def grad(betas, X, Y):
    total = np.zeros_like(betas)
    for x, target in zip(X, Y):
        for k in range(CLASSES):
            p = activation_fn(predict_row(x, betas, k))
            y = float(target == k)
            gradient = p - y
            for j in range(FEATURES + 1):
                if j:
                    gradient *= x[j - 1]
                gradient += np.copysign(LAMBDA1, betas[k][j])
                gradient += 2 * LAMBDA2 * betas[k][j]
                total[k][j] += gradient
    return total


def repaired(betas, X, Y):
    total = np.zeros_like(betas)
    for x, target in zip(X, Y):
        for k in range(CLASSES):
            p = activation_fn(predict_row(x, betas, k))
            y = float(target == k)
            delta = p - y
            for j in range(FEATURES + 1):
                gradient = delta
                if j:
                    gradient *= x[j - 1]
                gradient += np.copysign(LAMBDA1, betas[k][j])
                gradient += 2 * LAMBDA2 * betas[k][j]
                total[k][j] += gradient
    return total
