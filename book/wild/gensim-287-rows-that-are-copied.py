"""A reader takes rows chosen by a list for a view, and fears that they have moved before the error is handed down."""

import numpy as np

SOURCE = "https://github.com/piskvorky/gensim/issues/287"
THREAD = "piskvorky/gensim #287"
DATE = "2015-01"
KIND = "right"
FORMULA = r"\Delta h = \alpha \textstyle\sum_w (t_w - \sigma(h \cdot u_w))\, u_w"
RIGHT = r"\Delta h,\; \alpha \textstyle\sum_w (t_w - \sigma(h \cdot u_w))\, (u_w + \Delta u_w)\ \text{is none}"
READ = "code"
LAYER = []
NAMES = []
WORDS, SIZE, NEGATIVE = 6, 3, 3
NET = None  # word vectors
BLOCKS = ["syn0[1]", "syn1neg[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return [rng.standard_normal((WORDS, SIZE)), rng.standard_normal((WORDS, SIZE))]


def data(rng):
    """The word beside another, that other word, and words that are not, each once."""
    chosen = [rng.permutation(WORDS)[: NEGATIVE + 1] for _ in range(SAMPLES)]
    return np.column_stack([rng.integers(0, WORDS, SAMPLES), chosen]), np.zeros(SAMPLES)


NEG_LABELS = np.array([1.0] + NEGATIVE * [0.0])


def cost(params, X, Y):
    syn0, syn1neg = params
    loss = 0.0
    for word2, *word_indices in X:
        sign = 2 * NEG_LABELS - 1
        loss += np.sum(np.log(1 + np.exp(-sign * (syn1neg[word_indices] @ syn0[word2]))))
    return loss


def train_sg_pair(syn0, syn1neg, word2, word_indices, alpha):
    """Both tables are moved in place."""
    l1 = syn0[word2]
    neu1e = np.zeros(l1.shape)
    l2b = syn1neg[word_indices]
    fb = 1.0 / (1.0 + np.exp(-np.dot(l1, l2b.T)))
    gb = (NEG_LABELS - fb) * alpha
    syn1neg[word_indices] += np.outer(gb, l1)
    neu1e += np.dot(gb, l2b)
    l1 += neu1e


def grad(params, X, Y):
    """The changes that the pairs ask for, taken together."""
    found = [np.zeros_like(p) for p in params]
    for word2, *word_indices in X:
        moved = [p.copy() for p in params]
        train_sg_pair(*moved, word2, word_indices, 1.0)
        for g, before, after in zip(found, params, moved):
            g -= after - before
    return found


repaired = grad
