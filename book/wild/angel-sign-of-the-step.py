"""The error of pairs of words is label minus probability, and its multiple is taken off both embeddings."""

import numpy as np

SOURCE = "https://github.com/Angel-ML/angel/commit/62f1c5c18"
THREAD = "Angel-ML/angel 62f1c5c18"
DATE = "2019-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial s = (y - p)\, d,\; \partial C / \partial d = (y - p)\, s"
RIGHT = (
    r"\partial C / \partial s = -(y - p)\, d,\; \partial C / \partial d = -(y - p)\, s,\; p = \sigma(s \cdot d),\; "
    r"C = -y \log p - (1 - y) \log(1 - p)"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
NODES, DIMENSION, ALPHA = 4, 2, 0.1
NET = None  # embeddings
BLOCKS = ["layers[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    """Of each node the embedding as a context and then that as a word."""
    return rng.standard_normal(NODES * DIMENSION * 2)


def data(rng):
    return rng.integers(0, NODES, (SAMPLES, 2)), rng.integers(0, 2, SAMPLES)


def probability(layers, src, dst):
    srcOffset = src * DIMENSION * 2 + DIMENSION
    dstOffset = dst * DIMENSION * 2
    wc = 0.0
    for c in range(DIMENSION):
        wc += layers[c + srcOffset] * layers[c + dstOffset]
    return 1 / (1 + np.exp(-wc)), srcOffset, dstOffset


def cost(layers, X, Y):
    sum_loss = 0.0
    for (src, dst), label in zip(X, Y):
        prob = probability(layers, src, dst)[0]
        sum_loss -= np.log(1 - prob) if label == 0 else np.log(prob)
    return sum_loss


def train(layers, src, dst, label):
    layers = layers.copy()
    prob, srcOffset, dstOffset = probability(layers, src, dst)
    g = (label - prob) * ALPHA
    for c in range(DIMENSION):
        tmp = layers[c + srcOffset]
        layers[c + srcOffset] -= g * layers[c + dstOffset]
        layers[c + dstOffset] -= g * tmp
    return layers


def train_repaired(layers, src, dst, label):
    layers = layers.copy()
    prob, srcOffset, dstOffset = probability(layers, src, dst)
    g = -(label - prob) * ALPHA
    for c in range(DIMENSION):
        tmp = layers[c + srcOffset]
        layers[c + srcOffset] -= g * layers[c + dstOffset]
        layers[c + dstOffset] -= g * tmp
    return layers


def grad(layers, X, Y):
    """What each step moves, all taken at one place, divided by the rate."""
    return sum((layers - train(layers, *pair, label)) / ALPHA for pair, label in zip(X, Y))


def repaired(layers, X, Y):
    return sum((layers - train_repaired(layers, *pair, label)) / ALPHA for pair, label in zip(X, Y))
