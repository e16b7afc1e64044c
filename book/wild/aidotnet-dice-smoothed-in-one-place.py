"""A Dice loss is smoothed by one above and below the line, where the derivative written by hand has no smoothing."""

import numpy as np

SOURCE = "https://github.com/ooples/AiDotNet/commit/cae8af132"
THREAD = "ooples/AiDotNet cae8af132, df62feade"
DATE = "2026-08"
KIND = "cost"
FORMULA = r"C = 1 - \dfrac{2 \sum_i p_i y_i + 1}{\sum_i p_i + \sum_i y_i + 1}"
RIGHT = r"C = 1 - \dfrac{2 \sum_i p_i y_i}{\sum_i p_i + \sum_i y_i}"
READ = "reconstruction"  # the loss is the author's; the layer below it (dense, with a sigmoid) is made up
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a Dice loss
BLOCKS = ["weights[1]", "biases[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return {"weights": rng.standard_normal((3, 4)), "biases": rng.standard_normal(3)}


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, 2, (SAMPLES, 3)).astype(float)


class DiceLoss:
    def CalculateLoss(self, predicted, actual):
        intersection = predicted @ actual
        sumPredicted = 0.0
        sumActual = 0.0
        for i in range(len(predicted)):
            sumPredicted = sumPredicted + predicted[i]
            sumActual = sumActual + actual[i]
        denominator = sumPredicted + sumActual
        diceCoefficient = 2 * intersection / denominator
        return 1 - diceCoefficient

    def CalculateDerivative(self, predicted, actual):
        intersection = predicted @ actual
        sumPredicted = 0.0
        sumActual = 0.0
        for i in range(len(predicted)):
            sumPredicted = sumPredicted + predicted[i]
            sumActual = sumActual + actual[i]
        denominator = sumPredicted + sumActual
        result = np.zeros(len(predicted))
        for i in range(len(predicted)):
            # d(loss)/dp_i = -2 * (a_i * denom - intersection) / denom^2
            numerator = actual[i] * denominator - intersection
            result[i] = -(2.0 * numerator / (denominator * denominator))
        return result

    def ComputeTapeLoss(self, predicted, target):
        # Dice = 1 - (2 * intersection + smooth) / (|pred| + |target| + smooth)
        interSum = np.sum(predicted * target)
        predSum = np.sum(predicted)
        targSum = np.sum(target)
        numerator = interSum * 2.0 + 1
        denominator = predSum + targSum + 1
        return 1 - numerator / denominator

    def TapeDerivative(self, predicted, target):
        """What the tape gives for that."""
        denominator = np.sum(predicted) + np.sum(target) + 1
        return -(2.0 * target * denominator - (np.sum(predicted * target) * 2.0 + 1)) / denominator**2


def predict(params, X):
    return 1 / (1 + np.exp(-(X @ params["weights"].T + params["biases"])))


def cost(params, X, Y):
    return DiceLoss().ComputeTapeLoss(predict(params, X), Y)


def meant(params, X, Y):
    return DiceLoss().CalculateLoss(predict(params, X).ravel(), Y.ravel())


def backward(params, X, Y, derivative):
    p = predict(params, X)
    d = derivative(p.ravel(), Y.ravel()).reshape(p.shape) * p * (1 - p)
    return {"weights": d.T @ X, "biases": d.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, DiceLoss().CalculateDerivative)


def repaired(params, X, Y):
    """The gradient of the tape's loss."""
    return backward(params, X, Y, DiceLoss().TapeDerivative)
