"""The squared loss is taken of a clipped prediction and is flat beyond the clip, where its derivative goes on."""

import numpy as np

SOURCE = "https://github.com/VowpalWabbit/vowpal_wabbit/commit/89623cc956843f80e4e884ef52c0dfccecb31f9e"
THREAD = "VowpalWabbit/vowpal_wabbit 89623cc95"
DATE = "2011-09"
KIND = "cost"
FORMULA = (
    r"C = \textstyle\sum_i c_i\, (\bar p_i - y_i)^2 + \tfrac{r}2 \lVert w \rVert^2,\; "
    r"\bar p = \text{clip}(w \cdot x, y_\text{min}, y_\text{max})"
)
RIGHT = (
    r"C = \textstyle\sum_i c_i\, \bigl((\bar p_i - y_i)^2 + 2 (\bar p_i - y_i)(p_i - \bar p_i)\bigr) "
    r"+ \tfrac{r}2 \lVert w \rVert^2,\; p = w \cdot x"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a linear regression whose predictions are clipped
BLOCKS = ["w[1]"]
SAMPLES = 8
LAM = 0.0
REGULARIZATION = 0.3


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    """The importance of each example, and its features."""
    X = np.column_stack([rng.uniform(0.5, 1.5, SAMPLES), rng.standard_normal((SAMPLES, 4))])
    return X, rng.uniform(-0.8, 0.8, SAMPLES)


class SquaredLoss:
    def __init__(self, labels, right):
        self.min_label, self.max_label, self.right = labels.min(), labels.max(), right

    def getLoss(self, prediction, label):
        if not self.right or self.min_label <= prediction.real <= self.max_label:
            return (prediction - label) * (prediction - label)
        elif prediction.real < self.min_label:
            if label == self.min_label:
                return 0.0
            return (label - self.min_label) * (label - self.min_label) + 2.0 * (label - self.min_label) * (
                self.min_label - prediction
            )
        else:
            if label == self.max_label:
                return 0.0
            return (self.max_label - label) * (self.max_label - label) + 2.0 * (self.max_label - label) * (
                prediction - self.max_label
            )

    def first_derivative(self, prediction, label):
        if self.right:
            if prediction < self.min_label:
                prediction = self.min_label
            elif prediction > self.max_label:
                prediction = self.max_label
        return 2.0 * (prediction - label)

    def finalize_prediction(self, ret):
        if ret.real > self.max_label:
            return self.max_label
        if ret.real < self.min_label:
            return self.min_label
        return ret


def predict_and_gradient(loss, weights, first, ec, label, flat):
    raw_prediction = weights @ ec[1:]
    fp = raw_prediction if loss.right else loss.finalize_prediction(raw_prediction)
    if first is not None:
        loss_grad = loss.first_derivative(fp, label) * ec[0]
        if flat and fp != raw_prediction:
            loss_grad = 0.0
        for f in range(len(weights)):
            first[f] += loss_grad * ec[1 + f]
    return fp


def add_regularization(weights, first, regularization):
    ret = 0.0
    for i in range(len(weights)):
        if first is not None:
            first[i] += regularization * weights[i]
        ret += 0.5 * regularization * weights[i] * weights[i]
    return ret


def bfgs_pass(weights, X, Y, first=None, right=False, flat=False):
    """One pass over the examples; first collects the derivative."""
    loss = SquaredLoss(Y, right)
    loss_sum = 0.0
    for ec, label in zip(X, Y, strict=True):
        final_prediction = predict_and_gradient(loss, weights, first, ec, label, flat)
        loss_sum += loss.getLoss(final_prediction, label) * ec[0]
    return loss_sum + add_regularization(weights, first, REGULARIZATION)


def cost(w, X, Y):
    return bfgs_pass(w, X, Y)


def meant(w, X, Y):
    return bfgs_pass(w, X, Y, right=True)


def grad(w, X, Y):
    first = np.zeros_like(w)
    bfgs_pass(w, X, Y, first)
    return first


def repaired(w, X, Y):
    """The gradient of the loss as it was."""
    first = np.zeros_like(w)
    bfgs_pass(w, X, Y, first, flat=True)
    return first
