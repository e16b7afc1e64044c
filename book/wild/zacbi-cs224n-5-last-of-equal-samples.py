"""A word that is drawn twice as a negative sample gets the gradient of one of the two draws."""

import numpy as np

SOURCE = "https://github.com/ZacBi/CS224n-2019-solutions/issues/5"
THREAD = "ZacBi/CS224n-2019-solutions #5"
DATE = "2019-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial u_w = \sigma(u_w \cdot v_c)\, v_c\ \text{however often}\ w\ \text{was drawn}"
RIGHT = r"\partial C / \partial u_w = n_w\, \sigma(u_w \cdot v_c)\, v_c,\; w\ \text{was drawn}\ n_w\ \text{times}"
READ = "code"
GROUP = "blocks"
LAYER = [2]
NAMES = []
VOCABULARY, DIMENSIONS, K = 5, 3, 5
NET = None  # word vectors
BLOCKS = ["centerWordVectors[1]", "outsideVectors[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    return [rng.standard_normal((VOCABULARY, DIMENSIONS)), rng.standard_normal((VOCABULARY, DIMENSIONS))]


def data(rng):
    """A centre word, a word outside, and the words that are drawn, any but that one, in each row."""
    center, outside = rng.integers(0, VOCABULARY, (2, SAMPLES))
    negative = (outside[:, None] + rng.integers(1, VOCABULARY, (SAMPLES, K))) % VOCABULARY
    return np.column_stack([center, outside, negative]), np.zeros(SAMPLES)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def cost(params, X, Y):
    centerWordVectors, outsideVectors = params
    loss = 0.0
    for center, outside, *negSampleWordIndices in X:
        centerWordVec = centerWordVectors[center]
        loss -= np.log(sigmoid(outsideVectors[outside] @ centerWordVec))
        loss -= np.sum(np.log(sigmoid(-outsideVectors[negSampleWordIndices] @ centerWordVec)))
    return loss / len(X)


def negSamplingGradient(centerWordVec, outsideWordIdx, outsideVectors, negSampleWordIndices):
    gradOutsideVecs = np.zeros(outsideVectors.shape)
    gradCenterVec = np.zeros(centerWordVec.shape)
    z = sigmoid(np.dot(outsideVectors[outsideWordIdx], centerWordVec))
    gradOutsideVecs[outsideWordIdx] += centerWordVec * (z - 1.0)
    gradCenterVec += outsideVectors[outsideWordIdx] * (z - 1.0)
    u_k = outsideVectors[negSampleWordIndices]
    z = sigmoid(-np.dot(u_k, centerWordVec))
    gradCenterVec += np.dot(z - 1, u_k) * (-1)
    gradOutsideVecs[negSampleWordIndices] += np.outer(z - 1, centerWordVec) * (-1)
    return gradCenterVec, gradOutsideVecs


def repairedNegSamplingGradient(centerWordVec, outsideWordIdx, outsideVectors, negSampleWordIndices):
    gradOutsideVecs = np.zeros(outsideVectors.shape)
    gradCenterVec = np.zeros(centerWordVec.shape)
    z = sigmoid(np.dot(outsideVectors[outsideWordIdx], centerWordVec))
    gradOutsideVecs[outsideWordIdx] += centerWordVec * (z - 1.0)
    gradCenterVec += outsideVectors[outsideWordIdx] * (z - 1.0)
    u_k = outsideVectors[negSampleWordIndices]
    z = sigmoid(-np.dot(u_k, centerWordVec))
    gradCenterVec += np.dot(z - 1, u_k) * (-1)
    np.add.at(gradOutsideVecs, negSampleWordIndices, np.outer(z - 1, centerWordVec) * (-1))
    return gradCenterVec, gradOutsideVecs


def skipgram(params, X, gradient):
    centerWordVectors, outsideVectors = params
    gradCenterVecs, gradOutsideVectors = np.zeros_like(centerWordVectors), np.zeros_like(outsideVectors)
    for center, outside, *negative in X:
        gc, go = gradient(centerWordVectors[center], outside, outsideVectors, negative)
        gradCenterVecs[center] += gc / len(X)
        gradOutsideVectors += go / len(X)
    return [gradCenterVecs, gradOutsideVectors]


def grad(params, X, Y):
    return skipgram(params, X, negSamplingGradient)


def repaired(params, X, Y):
    return skipgram(params, X, repairedNegSamplingGradient)
