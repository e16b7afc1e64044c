"""The function that should return the negative gradient of a boosting's exponential loss returns the positive one."""

import numpy as np

SOURCE = "https://github.com/scikit-learn/scikit-learn/issues/9666"
THREAD = "scikit-learn/scikit-learn #9666, PR #22050"
DATE = "2021-12"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"-\partial C / \partial f_i = \tfrac1m\, s_i\, e^{s_i f_i},\; s_i = -(2 y_i - 1)"
RIGHT = r"-\partial C / \partial f_i = -\tfrac1m\, s_i\, e^{s_i f_i},\; s_i = -(2 y_i - 1)"
READ = "code"
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # the predictions of a boosting, one for each sample
BLOCKS = ["raw_predictions[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return rng.standard_normal(SAMPLES)


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.integers(0, 2, SAMPLES).astype(float)


class ExponentialLoss:
    def __call__(self, y, raw_predictions, sample_weight=None):
        raw_predictions = raw_predictions.ravel()
        if sample_weight is None:
            return np.mean(np.exp(-(2.0 * y - 1.0) * raw_predictions))
        else:
            return (1.0 / sample_weight.sum()) * np.sum(sample_weight * np.exp(-(2 * y - 1) * raw_predictions))

    def negative_gradient(self, y, raw_predictions):
        y_ = -(2.0 * y - 1.0)
        return y_ * np.exp(y_ * raw_predictions.ravel())


class ExponentialLossNew(ExponentialLoss):
    def negative_gradient(self, y, raw_predictions):
        y_ = -(2.0 * y - 1.0)
        return -y_ * np.exp(y_ * raw_predictions.ravel())


def cost(raw_predictions, X, Y):
    return ExponentialLoss()(Y, raw_predictions)


def grad(raw_predictions, X, Y):
    """The negative of what the trees are fitted to, by the mean."""
    return -ExponentialLoss().negative_gradient(Y, raw_predictions) / len(Y)


def repaired(raw_predictions, X, Y):
    return -ExponentialLossNew().negative_gradient(Y, raw_predictions) / len(Y)
