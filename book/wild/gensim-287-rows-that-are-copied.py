"""A reader takes rows chosen by a list for a view, and fears that they have moved before the error is handed down."""

import numpy as np

SOURCE = "https://github.com/piskvorky/gensim/issues/287"
THREAD = "piskvorky/gensim #287"
DATE = "2015-01"
KIND = "right"
FORMULA = r"\Delta h = \alpha \textstyle\sum_d (1 - c_d - \sigma(h \cdot u_d))\, u_d"
RIGHT = r"\Delta h,\; \alpha \textstyle\sum_d (1 - c_d - \sigma(h \cdot u_d))\, (u_d + \Delta u_d)\ \text{is none}"
READ = "code"
LAYER = []
NAMES = []
WORDS, SIZE = 5, 3
POINTS = [[0, 1], [0, 1], [0, 2], [0, 2, 3], [0, 2, 3]]
CODES = [[0, 0], [0, 1], [1, 0], [1, 1, 0], [1, 1, 1]]
NET = None  # word vectors with a tree
BLOCKS = ["syn0[1]", "syn1[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((WORDS, SIZE)), rng.standard_normal((WORDS - 1, SIZE))]


def data(rng):
    """Pairs of a word that is predicted and the word beside it."""
    return rng.integers(0, WORDS, (SAMPLES, 2)), np.zeros(SAMPLES)


def cost(params, X, Y):
    syn0, syn1 = params
    loss = 0.0
    for word, word2 in X:
        sign = 1.0 - 2.0 * np.array(CODES[word])
        loss += np.sum(np.log(1 + np.exp(-sign * (syn1[POINTS[word]] @ syn0[word2]))))
    return loss


def train_sg_pair(syn0, syn1, word, word2, alpha):
    """Both tables are moved in place."""
    l1 = syn0[word2]
    neu1e = np.zeros(l1.shape)
    l2a = syn1[POINTS[word]]
    fa = 1.0 / (1.0 + np.exp(-np.dot(l1, l2a.T)))
    ga = (1 - np.array(CODES[word]) - fa) * alpha
    syn1[POINTS[word]] += np.outer(ga, l1)
    neu1e += np.dot(ga, l2a)
    l1 += neu1e


def grad(params, X, Y):
    """The changes that the pairs ask for, taken together."""
    found = [np.zeros_like(p) for p in params]
    for word, word2 in X:
        moved = [p.copy() for p in params]
        train_sg_pair(*moved, word, word2, 1.0)
        for g, before, after in zip(found, params, moved):
            g -= after - before
    return found


repaired = grad
