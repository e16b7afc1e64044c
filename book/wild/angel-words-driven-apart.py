"""The error of a pair of words is label minus probability, and the step of a descent takes it off."""

import numpy as np

SOURCE = "https://github.com/Angel-ML/angel/commit/62f1c5c18"
THREAD = "Angel-ML/angel 62f1c5c18"
DATE = "2019-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial u_i = (t - p)\, c_j,\; \partial C / \partial c_j = (t - p)\, u_i"
RIGHT = (
    r"\partial C / \partial u_i = (p - t)\, c_j,\; \partial C / \partial c_j = (p - t)\, u_i,\; "
    r"p = \sigma(u_i \cdot c_j)"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
NODES, DIMENSION, ALPHA = 5, 3, 0.05
NET = None  # an embedding of words
BLOCKS = ["layers[1]"]
SAMPLES = 14
LAM = 0.0


def start(rng):
    """Each word's context embedding, and its own, one behind the other."""
    return rng.standard_normal(NODES * DIMENSION * 2)


def data(rng):
    """Pairs of words, and whether they stand together."""
    return rng.integers(0, NODES, (SAMPLES, 2)), rng.integers(0, 2, SAMPLES)


def offsets(src, dst):
    return src * DIMENSION * 2 + DIMENSION, dst * DIMENSION * 2


def probability(layers, src_offset, dst_offset):
    wc = 0.0
    for c in range(DIMENSION):
        wc += layers[c + src_offset] * layers[c + dst_offset]
    return 1 / (1 + np.exp(-wc))


def cost(layers, X, Y):
    sum_loss = 0.0
    for (src, dst), label in zip(X, Y):
        prob = probability(layers, *offsets(src, dst))
        if label == 0:
            sum_loss -= np.log(1 - prob)
        else:
            sum_loss -= np.log(prob)
    return sum_loss


def step(layers, src, dst, label):
    src_offset, dst_offset = offsets(src, dst)
    prob = probability(layers, src_offset, dst_offset)
    g = (label - prob) * ALPHA
    for c in range(DIMENSION):
        tmp = layers[c + src_offset]
        layers[c + src_offset] -= g * layers[c + dst_offset]
        layers[c + dst_offset] -= g * tmp


def step_later(layers, src, dst, label):
    src_offset, dst_offset = offsets(src, dst)
    prob = probability(layers, src_offset, dst_offset)
    g = -(label - prob) * ALPHA
    for c in range(DIMENSION):
        tmp = layers[c + src_offset]
        layers[c + src_offset] -= g * layers[c + dst_offset]
        layers[c + dst_offset] -= g * tmp


def from_steps(params, X, Y, step):
    """What each pair's step moves, all taken at one place, divided by the rate."""
    total = np.zeros_like(params)
    for (src, dst), label in zip(X, Y):
        layers = params.copy()
        step(layers, src, dst, label)
        total += (params - layers) / ALPHA
    return total


def grad(params, X, Y):
    return from_steps(params, X, Y, step)


def repaired(params, X, Y):
    return from_steps(params, X, Y, step_later)
