"""A focal loss is derived by the probability and not by the score, and a negative's first term lacks a factor 1 - p."""

import math

import numpy as np

SOURCE = "https://github.com/rahowa/catboost_focal_loss/issues/2"
THREAD = "rahowa/catboost_focal_loss #2"
DATE = "2023-09"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"-\partial C / \partial a = -(1 - p)^{\gamma - 1} (\gamma p \log p + p - 1) / p \text{ if } y = 1,\; "
    r"p^{\gamma - 1} (\gamma \log (1 - p) - p) / (1 - p) \text{ else}"
)
RIGHT = (
    r"-\partial C / \partial a = p (1 - p) \cdot "
    r"\bigl(-(1 - p)^{\gamma - 1} (\gamma p \log p + p - 1) / p \text{ if } y = 1,\; "
    r"p^{\gamma - 1} (\gamma (1 - p) \log (1 - p) - p) / (1 - p) \text{ else}\bigr)"
)
READ = "code"
LAYER = [1]
NAMES = [{"output-slope-forgotten"}]
NET = None  # the objective of boosted trees, whose sums for each sample are the parameters
BLOCKS = ["approxes[1]"]
SAMPLES = 9
LAM = 0.0
GAMMA = 2.0


def start(rng):
    """A sum of leaves for each sample."""
    return rng.standard_normal(SAMPLES)


def data(rng):
    """Weights of the samples, and targets."""
    targets = np.array([0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0])
    return rng.uniform(0.5, 1.5, (SAMPLES, 1)), targets


class FocalLossObjective:
    """The second derivatives are left out."""

    right = False

    def calc_ders_range(self, approxes, targets, weights):
        gamma = GAMMA
        assert len(approxes) == len(targets)
        if weights is not None:
            assert len(weights) == len(approxes)

        exponents = []
        for index in range(len(approxes)):
            exponents.append(math.exp(approxes[index]))

        result = []
        for index in range(len(targets)):
            p = exponents[index] / (1 + exponents[index])

            if targets[index] > 0.0:
                der1 = -((1 - p) ** (gamma - 1)) * (gamma * math.log(p) * p + p - 1) / p
            elif self.right:
                der1 = (p ** (gamma - 1)) * (gamma * math.log(1 - p) * (1 - p) - p) / (1 - p)
            else:
                der1 = (p ** (gamma - 1)) * (gamma * math.log(1 - p) - p) / (1 - p)

            if self.right:
                der1 *= p * (1 - p)

            if weights is not None:
                der1 *= weights[index]

            result.append(der1)

        return result


class RepairedObjective(FocalLossObjective):
    """The issue wants p (1 - p); the factor of the logarithm follows from the loss."""

    right = True


def cost(approxes, X, Y):
    """The loss that the formulas are of; the program evaluates the logarithmic loss alone."""
    p = 1 / (1 + np.exp(-approxes))
    loss = np.where(Y > 0, -((1 - p) ** GAMMA) * np.log(p), -(p**GAMMA) * np.log(1 - p))
    return np.sum(X[:, 0] * loss)


def grad(approxes, X, Y):
    """The library climbs: its first derivatives are those of the loss turned round."""
    return -np.array(FocalLossObjective().calc_ders_range(approxes, Y, X[:, 0]))


def repaired(approxes, X, Y):
    return -np.array(RepairedObjective().calc_ders_range(approxes, Y, X[:, 0]))
