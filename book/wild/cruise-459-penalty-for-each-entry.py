"""In a factorisation the penalty of a row goes into its gradient once for each entry of that row."""

import numpy as np

SOURCE = "https://github.com/snuspl/cruise/pull/459"
THREAD = "snuspl/cruise #459"
DATE = "2016-04"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial L_i = \textstyle\sum_j 2 \bigl(\tfrac1m e_{ij} R_j + \lambda L_i\bigr),\; "
    r"\partial C / \partial R_j = \sum_i 2 \bigl(\tfrac1m e_{ij} L_i + \lambda R_j\bigr)"
)
RIGHT = (
    r"\partial C / \partial L_i = 2 \lambda L_i + \textstyle\sum_j \tfrac2m e_{ij} R_j,\; "
    r"\partial C / \partial R_j = 2 \lambda R_j + \sum_i \tfrac2m e_{ij} L_i"
)
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = [{"penalty"}]
ROWS, COLUMNS, RANK = 4, 5, 2
LAMBDA = 0.1
BATCH_SIZE = ROWS
NET = None  # a factorisation
BLOCKS = ["lMatrix[1]", "rMatrix[2]"]
SAMPLES = 13
LAM = 0.0


def start(rng):
    return [rng.uniform(0, 1, (ROWS, RANK)), rng.uniform(0, 1, (COLUMNS, RANK))]


def data(rng):
    """The places that were seen, some in each row and each column, and the numbers there."""
    places = [(i, j) for i in range(ROWS) for j in range(COLUMNS)]
    kept = [(i, j) for i, j in places if (i + j) % 3 != 0]
    return np.array(kept)[rng.permutation(len(kept))], rng.uniform(0, 3, len(kept))


def cost(params, X, Y):
    lMatrix, rMatrix = params
    loss = 0.0
    for (i, j), value in zip(X, Y):
        loss += (lMatrix[i] @ rMatrix[j] - value) ** 2 / BATCH_SIZE
    return loss + LAMBDA * (np.sum(lMatrix**2) + np.sum(rMatrix**2))


def grad(params, X, Y):
    lMatrix, rMatrix = params
    lGradSum, gradients = np.zeros_like(lMatrix), np.zeros_like(rMatrix)
    for (rowIdx, colIdx), value in zip(X, Y):
        lVec, rVec = lMatrix[rowIdx], rMatrix[colIdx]
        error = lVec.dot(rVec) - value
        lGrad = rVec * (error / BATCH_SIZE)
        lGrad += LAMBDA * lVec
        lGrad *= 2.0
        rGrad = lVec * (error / BATCH_SIZE)
        rGrad += LAMBDA * rVec
        rGrad *= 2.0
        lGradSum[rowIdx] += lGrad
        gradients[colIdx] += rGrad
    return [lGradSum, gradients]


def repaired(params, X, Y):
    lMatrix, rMatrix = params
    lGradSum, gradients = 2.0 * LAMBDA * lMatrix, 2.0 * LAMBDA * rMatrix
    for (rowIdx, colIdx), value in zip(X, Y):
        lVec, rVec = lMatrix[rowIdx], rMatrix[colIdx]
        error = lVec.dot(rVec) - value
        lGradSum[rowIdx] += rVec * (2.0 * error / BATCH_SIZE)
        gradients[colIdx] += lVec * (2.0 * error / BATCH_SIZE)
    return [lGradSum, gradients]
