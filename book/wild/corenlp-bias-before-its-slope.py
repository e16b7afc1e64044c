"""The biases of a parser's cubic units get what comes down to the cubes, without the slope that the weights get too."""

import numpy as np

SOURCE = "https://github.com/stanfordnlp/CoreNLP/commit/fddee1a"
THREAD = "stanfordnlp/CoreNLP fddee1afb"
DATE = "2014-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial b_1 = W_2^T (p - y)"
RIGHT = r"\partial C / \partial b_1 = W_2^T (p - y) \odot 3 z^2,\; a = z^3,\; z = W_1 e + b_1"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-missing"}, {"formula"}]
NET = None  # the units are cubes of the weighted sums, the inputs are embeddings, and some labels are ruled out
BLOCKS = ["W1[1]", "b1[1]", "W2[2]", "E[1]"]
SAMPLES = 7
LAM = 0.0
NUM_TOKENS, EMBEDDING_SIZE, HIDDEN_SIZE, NUM_LABELS, WORDS = 2, 2, 4, 3, 5


def start(rng):
    return {
        "W1": 0.7 * rng.standard_normal((HIDDEN_SIZE, NUM_TOKENS * EMBEDDING_SIZE)),
        "b1": 0.7 * rng.standard_normal(HIDDEN_SIZE),
        "W2": 0.7 * rng.standard_normal((NUM_LABELS, HIDDEN_SIZE)),
        "E": rng.standard_normal((WORDS, EMBEDDING_SIZE)),
    }


def data(rng):
    """Words, and for each label 1 (right), 0 (wrong) or -1 (impossible)."""
    labels = np.eye(NUM_LABELS, dtype=int)[rng.integers(0, NUM_LABELS, SAMPLES)]
    labels[0] = [1, -1, 0]
    labels[1] = [0, 1, -1]
    return rng.integers(0, WORDS, (SAMPLES, NUM_TOKENS)), labels


class CostFunction:
    """No dropout, no precomputed units and no penalty."""

    def __init__(self, params, right=False):
        self.W1, self.b1, self.W2, self.E = (params["W1"], params["b1"], params["W2"], params["E"])
        self.right = right

    def process(self, features, labels, batch_size):
        kind = np.result_type(self.W1, self.b1, self.W2, self.E)
        self.gradW1 = np.zeros(self.W1.shape, kind)
        self.gradb1 = np.zeros(self.b1.shape, kind)
        self.gradW2 = np.zeros(self.W2.shape, kind)
        self.gradE = np.zeros(self.E.shape, kind)
        cost = 0.0
        for feature, label in zip(features, labels):
            scores = np.zeros(NUM_LABELS, kind)
            hidden = np.zeros(HIDDEN_SIZE, kind)
            ls = range(HIDDEN_SIZE)
            offset = 0
            for j in range(NUM_TOKENS):
                tok = feature[j]
                for nodeIndex in ls:
                    for k in range(EMBEDDING_SIZE):
                        hidden[nodeIndex] += self.W1[nodeIndex, offset + k] * self.E[tok, k]
                offset += EMBEDDING_SIZE
            hidden = hidden + self.b1
            hidden3 = hidden**3

            optLabel = -1
            for i in range(NUM_LABELS):
                if label[i] >= 0:
                    for nodeIndex in ls:
                        scores[i] += self.W2[i, nodeIndex] * hidden3[nodeIndex]
                    if optLabel < 0 or scores[i].real > scores[optLabel].real:
                        optLabel = i
            sum1, sum2 = 0.0, 0.0
            maxScore = scores[optLabel]
            for i in range(NUM_LABELS):
                if label[i] >= 0:
                    scores[i] = np.exp(scores[i] - maxScore)
                    if label[i] == 1:
                        sum1 += scores[i]
                    sum2 += scores[i]
            cost += (np.log(sum2) - np.log(sum1)) / batch_size

            gradHidden3 = np.zeros(HIDDEN_SIZE, kind)
            for i in range(NUM_LABELS):
                if label[i] >= 0:
                    delta = -(label[i] - scores[i] / sum2) / batch_size
                    for nodeIndex in ls:
                        self.gradW2[i, nodeIndex] += delta * hidden3[nodeIndex]
                        gradHidden3[nodeIndex] += delta * self.W2[i, nodeIndex]
            gradHidden = np.zeros(HIDDEN_SIZE, kind)
            for nodeIndex in ls:
                gradHidden[nodeIndex] = gradHidden3[nodeIndex] * 3 * hidden[nodeIndex] * hidden[nodeIndex]
                self.gradb1[nodeIndex] += gradHidden[nodeIndex] if self.right else gradHidden3[nodeIndex]
            offset = 0
            for j in range(NUM_TOKENS):
                tok = feature[j]
                for nodeIndex in ls:
                    for k in range(EMBEDDING_SIZE):
                        self.gradW1[nodeIndex, offset + k] += gradHidden[nodeIndex] * self.E[tok, k]
                        self.gradE[tok, k] += gradHidden[nodeIndex] * self.W1[nodeIndex, offset + k]
                offset += EMBEDDING_SIZE
        return cost


def cost(params, X, Y):
    return CostFunction(params).process(X, Y, len(X))


def gradients(params, X, Y, right):
    function = CostFunction(params, right)
    function.process(X, Y, len(X))
    return {"W1": function.gradW1, "b1": function.gradb1, "W2": function.gradW2, "E": function.gradE}


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
