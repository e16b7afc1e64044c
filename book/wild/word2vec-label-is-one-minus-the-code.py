"""A reader wants the code itself for a label in word2vec's hierarchical softmax, where it is one minus the code."""

import numpy as np

SOURCE = "https://github.com/dav/word2vec/issues/34"
THREAD = "dav/word2vec #34"
DATE = "2024-08"
KIND = "right"
FORMULA = r"g = 1 - c_d - \sigma(v \cdot u_d)"
RIGHT = r"C = -\sum_d (1 - c_d) \log \sigma(v \cdot u_d) + c_d \log(1 - \sigma(v \cdot u_d))"
READ = "code"
LAYER = []
NAMES = []
NET = None  # word vectors
BLOCKS = ["syn0[1]", "syn1[1]"]
SAMPLES = 7
LAM = 0.0
LAYER1_SIZE = 2
CODE = [[0], [1, 0], [1, 1, 0], [1, 1, 1]]  # of each word in a Huffman tree
POINT = [[2], [2, 1], [2, 1, 0], [2, 1, 0]]  # the nodes on its way


def start(rng):
    return {"syn0": rng.standard_normal((4, LAYER1_SIZE)), "syn1": rng.standard_normal((3, LAYER1_SIZE))}


def data(rng):
    """Words of the context, and the words beside them."""
    return rng.integers(0, 4, (SAMPLES, 1)), rng.integers(0, 4, SAMPLES)


def sigmoid(f):
    """Without the table of the program."""
    return 1 / (1 + np.exp(-f))


def cost(params, X, Y):
    total = 0.0
    for last_word, word in zip(X[:, 0], Y):
        for d in range(len(CODE[word])):
            f = sigmoid(np.sum(params["syn0"][last_word] * params["syn1"][POINT[word][d]]))
            total -= (1 - CODE[word][d]) * np.log(f) + CODE[word][d] * np.log(1 - f)
    return total


def train(params, X, Y):
    """What is added to the vectors, divided by the rate, all of it at one place."""
    syn0, syn1 = params["syn0"], params["syn1"]
    step0, step1 = np.zeros_like(syn0), np.zeros_like(syn1)
    for last_word, word in zip(X[:, 0], Y):
        neu1e = np.zeros(LAYER1_SIZE)
        for d in range(len(CODE[word])):
            f = 0.0
            l2 = POINT[word][d]
            for c in range(LAYER1_SIZE):
                f += syn0[last_word, c] * syn1[l2, c]
            f = sigmoid(f)
            g = 1 - CODE[word][d] - f
            for c in range(LAYER1_SIZE):
                neu1e[c] += g * syn1[l2, c]
            for c in range(LAYER1_SIZE):
                step1[l2, c] += g * syn0[last_word, c]
        step0[last_word] += neu1e
    return {"syn0": step0, "syn1": step1}


def grad(params, X, Y):
    return {name: -step for name, step in train(params, X, Y).items()}


repaired = grad
