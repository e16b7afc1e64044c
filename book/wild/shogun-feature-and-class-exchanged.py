"""A gradient is laid out feature by feature in a vector that holds the weights class by class."""

import numpy as np

SOURCE = "https://github.com/shogun-toolbox/shogun/commit/5265d9a47"
THREAD = "shogun-toolbox/shogun 5265d9a47"
DATE = "2012-06"
KIND = "gradient"
FORMULA = r"g_{i m + j} = \tfrac1n \textstyle\sum_s x_{i,s} \bigl(\rho_{j,s} / \sum_k \rho_{k,s} - [y_s = j]\bigr)"
RIGHT = (
    r"g_{j m + i} = \tfrac1n \textstyle\sum_s x_{i,s} \bigl(\rho_{j,s} / \sum_k \rho_{k,s} - [y_s = j]\bigr),\; "
    r"\rho_{j,s} = e^{[y_s = j] + w_j^\top x_s - w_{y_s}^\top x_s},\; w_{j,i} = W_{j m + i}"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"transposed-block"}]
FEATURES = CLASSES = 3  # as many as each other, so that each place of the vector is written
NET = None  # a loss of several classes with a margin
BLOCKS = ["W[1]"]
SAMPLES = 10
LAM = 0.0


def start(rng):
    return rng.standard_normal(FEATURES * CLASSES)


def data(rng):
    """A column for each sample, and the number of its class."""
    return rng.standard_normal((FEATURES, SAMPLES)), rng.integers(0, CLASSES, SAMPLES)


def compute_rho(W, fea, lab):
    m = len(fea)
    pred = np.array([W[i * m : (i + 1) * m] @ fea for i in range(CLASSES)])
    rho = np.zeros(pred.shape, pred.dtype)
    for i in range(CLASSES):
        for j, label in enumerate(lab):
            rho[i, j] = np.exp((label == i) - pred[label, j] + pred[i, j])
    return rho, rho.sum(0)


def cost(W, X, Y):
    objval = 0
    for norm in compute_rho(W, X, Y)[1]:
        objval += np.log(norm)
    return objval / X.shape[1]


def lbfgs_evaluate(W, fea, lab, index):
    rho, rho_norm = compute_rho(W, fea, lab)
    m = len(fea)
    out = np.zeros(len(W))
    for i in range(m):
        for j in range(CLASSES):
            idx = index(i, j, m)
            g = 0
            for ii in range(fea.shape[1]):
                g += fea[i, ii] * (rho[j, ii] / rho_norm[ii] - (j == lab[ii]))
            out[idx] = g / fea.shape[1]
    return out


def grad(W, X, Y):
    return lbfgs_evaluate(W, X, Y, lambda i, j, m: i * m + j)


def repaired(W, X, Y):
    return lbfgs_evaluate(W, X, Y, lambda i, j, m: j * m + i)
