"""The four of a t-SNE gradient is taken out, as other programs do without it, and the cost stays as it was."""

import numpy as np

SOURCE = "https://github.com/pavlin-policar/openTSNE/pull/89"
THREAD = "pavlin-policar/openTSNE #89"
DATE = "2019-08"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial y_i = \textstyle\sum_j (p_{ij} - q_{ij})\, w_{ij} (y_i - y_j),\; "
    r"w_{ij} = 1 / (1 + \lVert y_i - y_j \rVert^2)"
)
RIGHT = (
    r"\partial C / \partial y_i = \frac{2 (\nu + 1)}{\nu} \textstyle\sum_j (p_{ij} - q_{ij})\, w_{ij} (y_i - y_j),\; "
    r"\nu = 1"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
DIMENSIONS, DOF = 2, 1
NET = None  # an embedding of neighbours
BLOCKS = ["embedding[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return rng.standard_normal((SAMPLES, DIMENSIONS))


def data(rng):
    """The probabilities of the pairs."""
    P = rng.uniform(0, 1, (SAMPLES, SAMPLES)) * (1 - np.eye(SAMPLES))
    P = P + P.T
    return P / P.sum(), np.zeros(SAMPLES)


def kernel(embedding):
    diff = embedding[:, None, :] - embedding[None, :, :]
    return diff, DOF / (DOF + np.sum(diff**2, axis=2)) * (1 - np.eye(SAMPLES))


def cost(embedding, P, Y):
    off = P > 0
    q = kernel(embedding)[1]
    return np.sum(P[off] * np.log(P[off] / (q[off] / np.sum(q))))


def negative_gradient(embedding, gradient):
    diff, q = kernel(embedding)
    sum_Q = np.sum(q)
    gradient -= np.sum((q**2)[:, :, None] * diff, axis=1) / sum_Q
    return sum_Q


def positive_gradient(embedding, P, gradient):
    diff, q = kernel(embedding)
    gradient += np.sum((P * q)[:, :, None] * diff, axis=1)


def grad(embedding, P, Y):
    gradient = np.zeros_like(embedding)
    negative_gradient(embedding, gradient)
    positive_gradient(embedding, P, gradient)
    return gradient


def repaired(embedding, P, Y):
    gradient = np.zeros_like(embedding)
    negative_gradient(embedding, gradient)
    positive_gradient(embedding, P, gradient)
    gradient *= 2 * (DOF + 1) / DOF
    return gradient
