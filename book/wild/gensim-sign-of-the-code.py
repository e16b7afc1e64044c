"""The running loss of hierarchical softmax takes the logarithm for the other branch at each node of a word's path."""

import numpy as np

SOURCE = "https://github.com/piskvorky/gensim/pull/3397"
THREAD = "piskvorky/gensim PR #3397, c93eb0b64"
DATE = "2022-10"
KIND = "cost"
FORMULA = r"C = -\textstyle\sum_b \log \sigma(-s_b\, v \cdot u_b),\; s_b = (-1)^{\text{code}_b}"
RIGHT = r"C = -\textstyle\sum_b \log \sigma(s_b\, v \cdot u_b),\; s_b = (-1)^{\text{code}_b}"
READ = "code"  # the sigmoid and its logarithm are computed where the author looks them up in tables of 1000 entries
LAYER = [1, 2]
NAMES = [{"another-cost"}]
NET = None  # word vectors and a tree of sigmoids
BLOCKS = ["syn0[1]", "syn1[2]"]
SAMPLES = 9
LAM = 0.0
MAX_EXP = 6
# The Huffman tree of five words: the nodes on the way to each, and the turns taken there.
WORD_POINT = [[3, 1], [3, 1], [3, 2], [3, 2, 0], [3, 2, 0]]
WORD_CODE = [[0, 0], [0, 1], [1, 1], [1, 0, 0], [1, 0, 1]]


def start(rng):
    return {"syn0": rng.standard_normal((5, 3)), "syn1": rng.standard_normal((4, 3))}


def data(rng):
    """The word whose vector is trained, and the one that it is to predict."""
    return rng.integers(0, 5, SAMPLES), rng.integers(0, 5, SAMPLES)


def exp_table(f_dot):
    return np.exp(f_dot) / (np.exp(f_dot) + 1)


def w2v_fast_sentence_sg_hs(word_point, word_code, syn0, syn1, word2_index, alpha, loss, moved, right, of_loss=False):
    """What would be added to the vectors is collected in moved, and they stay."""
    work = np.zeros_like(syn0[0])
    row1 = word2_index
    for b in range(len(word_code)):
        row2 = word_point[b]
        f_dot = np.sum(syn0[row1] * syn1[row2])
        if f_dot.real <= -MAX_EXP or f_dot.real >= MAX_EXP:
            continue
        f = exp_table(f_dot)
        g = (1 - word_code[b] - f) * alpha
        if of_loss:
            g = (word_code[b] - f) * alpha

        sgn = (-1) ** word_code[b]  # ch function: 0-> 1, 1 -> -1
        lprob = sgn * f_dot if right else -1 * sgn * f_dot
        if lprob.real <= -MAX_EXP or lprob.real >= MAX_EXP:
            continue
        lprob = np.log(exp_table(lprob))
        loss = loss - lprob

        work = work + g * syn1[row2]
        if moved is not None:
            moved["syn1"][row2] += g * syn0[row1]
    if moved is not None:
        moved["syn0"][row1] += work
    return loss


def train(params, X, Y, moved=None, right=False, of_loss=False, alpha=0.025):
    running_training_loss = 0.0
    for word2, word in zip(X, Y):
        running_training_loss = w2v_fast_sentence_sg_hs(
            WORD_POINT[word],
            WORD_CODE[word],
            params["syn0"],
            params["syn1"],
            word2,
            alpha,
            running_training_loss,
            moved,
            right,
            of_loss,
        )
    return running_training_loss


def cost(params, X, Y):
    return train(params, X, Y)


def meant(params, X, Y):
    return train(params, X, Y, right=True)


def moves(params, X, Y, of_loss):
    moved = {name: np.zeros_like(p) for name, p in params.items()}
    train(params, X, Y, moved, of_loss=of_loss, alpha=1.0)
    return {name: -m for name, m in moved.items()}


def grad(params, X, Y):
    """The moves of the vectors turned round, for a rate of 1."""
    return moves(params, X, Y, False)


def repaired(params, X, Y):
    """The gradient of the loss as it was."""
    return moves(params, X, Y, True)
