"""With sparse features a target is taken by its place in the column and not by its row."""

import numpy as np

SOURCE = "https://github.com/scikit-learn-contrib/skglm/commit/55c1c8cc"
THREAD = "scikit-learn-contrib/skglm 55c1c8cc"
DATE = "2023-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial W_j = \frac1n \sum_{i \in I_j} x_i\, (\hat y_{r_i} - y_i)"
RIGHT = (
    r"\partial C / \partial W_j = \frac1n \sum_{i \in I_j} x_i\, (\hat y_{r_i} - y_{r_i}),\; "
    r"C = \tfrac{1}{2n} \lVert X W - Y \rVert^2,\; x_i = X_{r_i j}"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
FEATURES, TASKS = 3, 2
NET = None  # a regression with several targets
BLOCKS = ["W[1]"]
SAMPLES = 10
LAM = 0.0


def start(rng):
    return rng.standard_normal((FEATURES, TASKS))


def data(rng):
    """Few of the features are not zero: as many as there are samples."""
    X = rng.standard_normal((SAMPLES, FEATURES))
    kept = np.zeros(X.size, bool)
    kept[rng.permutation(X.size)[:SAMPLES]] = True
    return X * kept.reshape(X.shape), rng.standard_normal((SAMPLES, TASKS))


def csc(X):
    """The numbers that are not zero, column by column, their rows, and where each column begins."""
    X_data, X_indptr, X_indices = [], [0], []
    for column in X.T:
        rows = np.flatnonzero(column)
        X_data.extend(column[rows])
        X_indices.extend(rows)
        X_indptr.append(len(X_indices))
    return np.array(X_data), X_indptr, X_indices


def cost(W, X, Y):
    return 0.5 * np.sum((X @ W - Y) ** 2) / len(Y)


def gradient_j_sparse(X_data, X_indptr, X_indices, Y, XW, j):
    n_samples, n_tasks = Y.shape
    grad_j = np.zeros(n_tasks)
    for i in range(X_indptr[j], X_indptr[j + 1]):
        grad_j += X_data[i] * (XW[X_indices[i]] - Y[i]) / n_samples
    return grad_j


def gradient_j_sparse_repaired(X_data, X_indptr, X_indices, Y, XW, j):
    n_samples, n_tasks = Y.shape
    grad_j = np.zeros(n_tasks)
    for i in range(X_indptr[j], X_indptr[j + 1]):
        row_i = X_indices[i]
        grad_j += X_data[i] * (XW[row_i] - Y[row_i]) / n_samples
    return grad_j


def grad(W, X, Y):
    return np.array([gradient_j_sparse(*csc(X), Y, X @ W, j) for j in range(FEATURES)])


def repaired(W, X, Y):
    return np.array([gradient_j_sparse_repaired(*csc(X), Y, X @ W, j) for j in range(FEATURES)])
