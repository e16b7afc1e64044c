"""Nearest neighbours with a margin move the factor of their metric by the gradient that belongs to the metric."""

import numpy as np

SOURCE = "https://github.com/scikit-learn-contrib/metric-learn/pull/201"
THREAD = "scikit-learn-contrib/metric-learn PR #201"
DATE = "2019-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial L = 2\, \partial C / \partial M,\; M = L^\top L"
RIGHT = r"\partial C / \partial L = 2 L\, \partial C / \partial M,\; M = L^\top L"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
INPUTS, CLASSES, REG = 3, 2, 0.5
NET = None  # a metric for nearest neighbours
BLOCKS = ["L[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return np.eye(INPUTS) + 0.3 * rng.standard_normal((INPUTS, INPUTS))


def data(rng):
    labels = np.arange(SAMPLES) % CLASSES
    return rng.standard_normal((SAMPLES, INPUTS)), labels[:, None].astype(float)


def target_neighbours(X, labels):
    """For each sample the nearest one of its class, by the distances of the inputs."""
    distances = np.sum((X[:, None] - X[None]) ** 2, axis=2)
    distances[labels[:, None] != labels[None]] = np.inf
    np.fill_diagonal(distances, np.inf)
    return distances.argmin(axis=1)


def sum_outer_products(X, a, b):
    differences = X[a] - X[b]
    return differences.T @ differences


def loss_grad(L, X, Y, right=True):
    labels = Y[:, 0]
    targets = target_neighbours(X, labels)
    everyone = np.arange(len(X))
    transformed = X @ L.T
    df = np.zeros((INPUTS, INPUTS))
    total_active = 0
    for i in everyone:
        radius = 1 + np.sum((transformed[i] - transformed[targets[i]]) ** 2)
        for impostor in np.flatnonzero(labels != labels[i]):
            if (np.sum((transformed[i] - transformed[impostor]) ** 2)).real < radius.real:
                total_active += 1
                df += sum_outer_products(X, [i], [targets[i]]) - sum_outer_products(X, [i], [impostor])
    G = REG * sum_outer_products(X, everyone, targets) + (1 - REG) * df
    objective = total_active * (1 - REG) + np.sum(G * (L.T @ L))
    return objective, 2 * L @ G if right else 2 * G


def cost(L, X, Y):
    return loss_grad(L, X, Y)[0]


def grad(L, X, Y):
    return loss_grad(L, X, Y, right=False)[1]


def repaired(L, X, Y):
    return loss_grad(L, X, Y, right=True)[1]
