"""The gradient of a correlation distance is multiplied by the distance where the correlation should stand."""

import numpy as np

SOURCE = "https://github.com/lmcinnes/umap/commit/4b6606c"
THREAD = "lmcinnes/umap 4b6606c"
DATE = "2026-03"
KIND = "gradient"
FORMULA = (
    r"\partial D / \partial x = \Bigl(\frac{\tilde x}{\tilde x^\top \tilde x} "
    r"- \frac{\tilde y}{\tilde x^\top \tilde y}\Bigr) D"
)
RIGHT = (
    r"\partial D / \partial x = \Bigl(\frac{\tilde x}{\tilde x^\top \tilde x} "
    r"- \frac{\tilde y}{\tilde x^\top \tilde y}\Bigr) (1 - D),\; "
    r"D = 1 - \frac{\tilde x^\top \tilde y}{\vert \tilde x \vert\, \vert \tilde y \vert},\; \tilde x = x - \bar x"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
WIDTH = 4
NET = None  # an embedding
BLOCKS = ["embedding[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return rng.standard_normal((SAMPLES, WIDTH))


def data(rng):
    """Points that stand still, and the distances to them that are wanted."""
    return rng.standard_normal((3, WIDTH)), rng.uniform(0, 2, (SAMPLES, 3))


def correlation(x, y):
    x, y = x - x.mean(), y - y.mean()
    return 1.0 - np.sum(x * y) / np.sqrt(np.sum(x * x) * np.sum(y * y))


def correlation_grad(x, y):
    mu_x = 0.0
    mu_y = 0.0
    norm_x = 0.0
    norm_y = 0.0
    dot_product = 0.0
    for i in range(len(x)):
        mu_x += x[i]
        mu_y += y[i]
    mu_x /= len(x)
    mu_y /= len(x)
    for i in range(len(x)):
        shifted_x = x[i] - mu_x
        shifted_y = y[i] - mu_y
        norm_x += shifted_x**2
        norm_y += shifted_y**2
        dot_product += shifted_x * shifted_y
    dist = 1.0 - (dot_product / np.sqrt(norm_x * norm_y))
    grad = ((x - mu_x) / norm_x - (y - mu_y) / dot_product) * dist
    return dist, grad


def correlation_grad_fixed(x, y):
    n = len(x)
    mu_x, mu_y = np.sum(x) / n, np.sum(y) / n
    dot = 0.0
    norm_x = 0.0
    norm_y = 0.0
    for i in range(n):
        cx = x[i] - mu_x
        cy = y[i] - mu_y
        dot += cx * cy
        norm_x += cx * cx
        norm_y += cy * cy
    nx, ny = np.sqrt(norm_x), np.sqrt(norm_y)
    dist = 1.0 - dot / (nx * ny)
    grad = np.empty(n)
    inv_nx_ny = 1.0 / (nx * ny)
    inv_nx3_ny = 1.0 / (norm_x * nx * ny)
    mean_grad = 0.0
    for i in range(n):
        cx = x[i] - mu_x
        grad[i] = cx * dot * inv_nx3_ny - (y[i] - mu_y) * inv_nx_ny
        mean_grad += grad[i]
    mean_grad /= n
    for i in range(n):
        grad[i] -= mean_grad
    return dist, grad


def cost(embedding, X, Y):
    total = 0
    for i, current in enumerate(embedding):
        for j, other in enumerate(X):
            total += 0.5 * (correlation(current, other) - Y[i, j]) ** 2
    return total


def of_squares(output_metric, embedding, X, Y):
    out = np.zeros(embedding.shape)
    for i, current in enumerate(embedding):
        for j, other in enumerate(X):
            dist_output, grad_dist_output = output_metric(current, other)
            out[i] += (dist_output - Y[i, j]) * grad_dist_output
    return out


def grad(embedding, X, Y):
    return of_squares(correlation_grad, embedding, X, Y)


def repaired(embedding, X, Y):
    return of_squares(correlation_grad_fixed, embedding, X, Y)
