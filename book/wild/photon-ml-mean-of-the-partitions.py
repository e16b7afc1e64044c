"""The mean log likelihood of a logistic regression is put together wrongly from the means of the partitions."""

from functools import reduce

import numpy as np

SOURCE = "https://github.com/linkedin/photon-ml/commit/69e5a2e2d55726b6c4efe1210b44d605c5dbf7ce"
THREAD = "linkedin/photon-ml 69e5a2e2"
DATE = "2017-10"
KIND = "cost"
FORMULA = r"C = -\Bigl( \bar\ell_1 + \dfrac{n_2}{n_1 + n_2} \bar\ell_2 + \dfrac{n_3}{n_1 + n_2 + n_3} \bar\ell_3 \Bigr)"
RIGHT = r"C = -\dfrac1n \textstyle\sum_i \bigl( y_i \log p_i + (1 - y_i) \log(1 - p_i) \bigr)"
READ = "reconstruction"  # the sign, and the gradient's division by the count: the program's objective is a sum
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a logistic regression in three partitions, without intercept
BLOCKS = ["coefficients[1]"]
SAMPLES = 9
LAM = 0.0
PARTITIONS = [slice(0, 4), slice(4, 7), slice(7, 9)]
EPSILON = 1e-9


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, 2, SAMPLES).astype(float)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


class LogisticLossFunction:
    @staticmethod
    def lossAndDzLoss(margin, label):
        if label > 0.5:
            return np.log1p(np.exp(-margin)), -sigmoid(-margin)
        return np.log1p(np.exp(margin)), sigmoid(margin)


def logLikelihood(score, label, right):
    logP = np.log(score) if score.real > EPSILON else np.log(EPSILON)
    if score.real > 1 - EPSILON:
        log1mP = np.log(EPSILON) if right else np.log1p(1 - EPSILON)
    else:
        log1mP = np.log1p(-score)
    return label * logP + (1.0 - label) * log1mP


def averageRDD(toAverage):
    means = []
    for part in toAverage:
        # within the partition
        count = 0
        mean = 0.0
        for x in part:
            count += 1
            mean += (x - mean) / count
        means.append((count, mean))

    def merge(a, b):
        countA, meanA = a
        countB, meanB = b
        newCount = countA + countB
        newMean = meanA + (meanB * countB) / newCount
        return newCount, newMean

    return reduce(merge, means)[1]


def averageLogLikelihoodRDD(toAverage):
    pairs = [(x, 1) for part in toAverage for x in part]
    logLikelihoods, count = reduce(lambda a, b: (a[0] + b[0], a[1] + b[1]), pairs)
    return logLikelihoods / float(count)


def likelihoods(coefficients, X, Y, right=False):
    return [[logLikelihood(sigmoid(x @ coefficients), y, right) for x, y in zip(X[p], Y[p])] for p in PARTITIONS]


def cost(coefficients, X, Y):
    return -averageRDD(likelihoods(coefficients, X, Y))


def meant(coefficients, X, Y):
    return -averageLogLikelihoodRDD(likelihoods(coefficients, X, Y, right=True))


def aggregate(coefficients, X, Y, shares):
    """Adds up the samples' derivatives, each with its share."""
    vectorSum = np.zeros_like(coefficients)
    for features, label, share in zip(X, Y, shares):
        _, dz = LogisticLossFunction.lossAndDzLoss(features @ coefficients, label)
        vectorSum += share * dz * features
    return vectorSum


def grad(coefficients, X, Y):
    return aggregate(coefficients, X, Y, np.full(len(Y), 1 / len(Y)))


def repaired(coefficients, X, Y):
    """The gradient of the mean as it was computed."""
    shares = np.zeros(len(Y))
    counted = 0
    for k, p in enumerate(PARTITIONS):
        size = p.stop - p.start
        counted += size
        shares[p] = 1 / size if k == 0 else 1 / counted
    return aggregate(coefficients, X, Y, shares)
