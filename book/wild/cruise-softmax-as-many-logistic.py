"""The loss of a softmax regression adds the logarithms of one minus the other classes' probabilities."""

import numpy as np

SOURCE = "https://github.com/snuspl/cruise/commit/2a23a69ee5475d8574f982d16ee8c1f34b5cfa36"
THREAD = "snuspl/cruise #974, PR #975, 2a23a69ee"
DATE = "2017-01"
KIND = "cost"
FORMULA = r"C = -\textstyle\sum_i \Bigl( \log p_{i y_i} + \sum_{k \ne y_i} \log(1 - p_{ik}) \Bigr)"
RIGHT = r"C = -\textstyle\sum_i \log p_{i y_i}"
READ = "reconstruction"  # the program pushes steps against this gradient; here the sum over the instances at one model
LAYER = [1]
NAMES = [{"another-cost"}, {"formula"}]
NET = None  # a softmax regression without biases
BLOCKS = ["models[1]"]
SAMPLES = 6
LAM = 0.0
NUM_CLASSES = 3


def start(rng):
    """One vector for each class."""
    return rng.standard_normal((NUM_CLASSES, 4))


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, NUM_CLASSES, SAMPLES)


def softmax(vector):
    biggest = vector.real.max()
    e = np.exp(vector - biggest)
    return e / e.sum()


class MLRTrainer:
    def __init__(self, models):
        self.models = models

    def predict(self, features):
        predict = np.zeros(NUM_CLASSES, dtype=self.models.dtype)
        for classIndex in range(NUM_CLASSES):
            predict[classIndex] = self.models[classIndex] @ features
        return softmax(predict)

    def computeLoss(self, data, right):
        loss = 0
        for feature, label in data:
            predictions = self.predict(feature)
            if right:
                loss += -np.log(predictions[label])
            else:
                for classIndex in range(NUM_CLASSES):
                    if classIndex == label:
                        loss += -np.log(predictions[classIndex])
                    else:
                        loss += -np.log(1 - predictions[classIndex])
        return loss

    def error(self, feature, label):
        # h(x, w) = softmax(x dot w)
        predictions = self.predict(feature)
        # h(x, w) - y, in the same vector
        predictions[label] = predictions[label] - 1
        return predictions

    def error_by_predictions(self, feature, label):
        """By the scores, through the derivatives by the predictions."""
        predictions = self.predict(feature)
        inner = 1 / (1 - predictions)
        inner[label] = -1 / predictions[label]
        return predictions * (inner - inner @ predictions)

    def updateModel(self, newModels, feature, error):
        for j in range(NUM_CLASSES):
            newModels[j] += error[j] * feature


def cost(models, X, Y):
    return MLRTrainer(models).computeLoss(zip(X, Y), False)


def meant(models, X, Y):
    return MLRTrainer(models).computeLoss(zip(X, Y), True)


def grad(models, X, Y):
    trainer, g = MLRTrainer(models), np.zeros_like(models)
    for feature, label in zip(X, Y):
        trainer.updateModel(g, feature, trainer.error(feature, label))
    return g


def repaired(models, X, Y):
    """The gradient of the loss as it was."""
    trainer, g = MLRTrainer(models), np.zeros_like(models)
    for feature, label in zip(X, Y):
        trainer.updateModel(g, feature, trainer.error_by_predictions(feature, label))
    return g
