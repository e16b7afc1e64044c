"""An issue wants a square in the attraction of neighbours, which is that of the log membership and right."""

import numpy as np

SOURCE = "https://github.com/lmcinnes/umap/issues/72"
THREAD = "lmcinnes/umap #72"
DATE = "2018-05"
KIND = "right"
FORMULA = (
    r"\partial C / \partial y_j = \textstyle\sum_k 2 a b\, d^{2 (b - 1)} / (1 + a d^{2 b})\, (y_j - y_k),\; "
    r"d = \lVert y_j - y_k \rVert"
)
RIGHT = r"C = -\textstyle\sum_{(j, k)} \log \frac{1}{1 + a d^{2 b}}"
READ = "reconstruction"  # all edges at one embedding, without negative samples; the cost is after the author's answer
LAYER = []
NAMES = []
NET = None  # points in a plane
BLOCKS = ["head_embedding[1]"]
SAMPLES = 6
LAM = 0.0
A, B = 1.577, 0.895


def start(rng):
    """The embedded points."""
    return 1.5 * rng.standard_normal((SAMPLES, 2))


def data(rng):
    """The head and the tail of each edge."""
    return np.array([[0, 1], [0, 2], [1, 3], [2, 3], [3, 4], [4, 5], [5, 0], [1, 4]]), np.zeros((8, 1))


def clip(val):
    if val > 4.0:
        return 4.0
    elif val < -4.0:
        return -4.0
    return val


def rdist(x, y):
    result = 0.0
    for i in range(len(x)):
        result += (x[i] - y[i]) ** 2
    return result


def membership_strength(dist_squared, a, b):
    return 1 / (1 + a * dist_squared**b)


def optimize_layout(embedding, head, tail, a, b):
    """What is added to the points at an alpha of 1, while they stay where they are."""
    step = np.zeros_like(embedding)
    for j, k in zip(head, tail):
        current = embedding[j]
        other = embedding[k]

        dist_squared = rdist(current, other)

        grad_coeff = -2.0 * a * b * pow(dist_squared, b - 1.0)
        grad_coeff /= a * pow(dist_squared, b) + 1.0

        for d in range(len(current)):
            grad_d = clip(grad_coeff * (current[d] - other[d]))
            step[j, d] += grad_d
            step[k, d] += -grad_d
    return step


def cost(embedding, X, Y):
    return -sum(np.log(membership_strength(rdist(embedding[j], embedding[k]), A, B)) for j, k in X)


def grad(embedding, X, Y):
    return -optimize_layout(embedding, X[:, 0], X[:, 1], A, B)


repaired = grad
