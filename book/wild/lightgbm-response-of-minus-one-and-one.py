"""A reader misses probability less label in a binary objective whose labels are -1 and 1, and it is the same."""

import numpy as np

SOURCE = "https://github.com/lightgbm-org/LightGBM/issues/2423"
THREAD = "lightgbm-org/LightGBM #2423"
DATE = "2019-09"
KIND = "right"
FORMULA = r"\partial C / \partial s_i = -\omega_i\, y_i \sigma / (1 + e^{y_i \sigma s_i}),\; y_i \in \{-1, 1\}"
RIGHT = (
    r"C = \textstyle\sum_i \omega_i \log (1 + e^{-y_i \sigma s_i}),\; "
    r"\partial C / \partial s_i = \omega_i \sigma \bigl(\tfrac1{1 + e^{-\sigma s_i}} - \tfrac{1 + y_i}2\bigr)"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # the objective of boosted trees, whose sums for each sample are the parameters
BLOCKS = ["score[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    """A sum of leaves for each sample."""
    return 1.5 * rng.standard_normal(SAMPLES)


def data(rng):
    """Weights of the samples, and labels of which more are zero than one."""
    labels = np.array([0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0])
    return rng.uniform(0.5, 1.5, (SAMPLES, 1)), labels


class BinaryLogloss:
    def __init__(self, sigmoid=1.3, is_unbalance=True, scale_pos_weight=1.0):
        self.sigmoid_ = sigmoid
        self.is_unbalance_ = is_unbalance
        self.scale_pos_weight_ = scale_pos_weight

    def is_pos_(self, label):
        return label > 0

    def Init(self, label, weights):
        self.label_ = label
        self.weights_ = weights
        self.num_data_ = len(label)
        cnt_positive = sum(self.is_pos_(value) for value in label)
        cnt_negative = self.num_data_ - cnt_positive
        # use -1 for negative class, and 1 for positive class
        self.label_val_ = [-1, 1]
        self.label_weights_ = [1.0, 1.0]
        # if using unbalance, change the labels weight
        if self.is_unbalance_ and cnt_positive > 0 and cnt_negative > 0:
            if cnt_positive > cnt_negative:
                self.label_weights_[1] = 1.0
                self.label_weights_[0] = cnt_positive / cnt_negative
            else:
                self.label_weights_[1] = cnt_negative / cnt_positive
                self.label_weights_[0] = 1.0
        self.label_weights_[1] *= self.scale_pos_weight_

    def GetGradients(self, score):
        gradients = np.zeros(self.num_data_)
        hessians = np.zeros(self.num_data_)
        for i in range(self.num_data_):
            # get label and label weights
            is_pos = int(self.is_pos_(self.label_[i]))
            label = self.label_val_[is_pos]
            label_weight = self.label_weights_[is_pos]
            # calculate gradients and hessians
            response = -label * self.sigmoid_ / (1.0 + np.exp(label * self.sigmoid_ * score[i]))
            abs_response = abs(response)
            gradients[i] = response * label_weight * self.weights_[i]
            hessians[i] = abs_response * (self.sigmoid_ - abs_response) * label_weight * self.weights_[i]
        return gradients, hessians


def objective(X, Y):
    objective_function = BinaryLogloss()
    objective_function.Init(Y, X[:, 0])
    return objective_function


def cost(score, X, Y):
    """The logarithmic loss, with the weights that the objective has."""
    o, total = objective(X, Y), 0
    for i in range(len(Y)):
        is_pos = int(o.is_pos_(Y[i]))
        prob = 1.0 / (1.0 + np.exp(-o.sigmoid_ * score[i]))
        point = -np.log(prob) if is_pos else -np.log(1.0 - prob)
        total += point * o.label_weights_[is_pos] * X[i, 0]
    return total


def grad(score, X, Y):
    return objective(X, Y).GetGradients(score)[0]


repaired = grad
