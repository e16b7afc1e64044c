"""A loss's gradient by a logistic model's inputs adds up all classes but the true one, each less their mean."""

import numpy as np

SOURCE = "https://github.com/Trusted-AI/adversarial-robustness-toolbox/issues/1064"
THREAD = "Trusted-AI/adversarial-robustness-toolbox #1064, PR #1065, 6893cecdf"
DATE = "2021-04"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\partial C / \partial x = \textstyle\sum_c (1 - y_c) (w_c - \bar w),\; \bar w = \sum_c p_c w_c"
RIGHT = r"\partial C / \partial x = \tfrac1K \textstyle\sum_c (p_c - y_c)\, w_c"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the parameters are the inputs, that an attack is to move
BLOCKS = ["x[1]"]
SAMPLES = 6
LAM = 0.0
NB_FEATURES, NB_CLASSES = 3, 4


def start(rng):
    """A row for each sample."""
    return rng.standard_normal((SAMPLES, NB_FEATURES))


def data(rng):
    """The fitted model, a row of coefficients and an intercept for each class, and the one-hot targets."""
    return rng.standard_normal((NB_CLASSES, NB_FEATURES + 1)), np.eye(NB_CLASSES)[rng.integers(0, NB_CLASSES, SAMPLES)]


class LogisticRegression:
    """The fitted model of the other library."""

    def __init__(self, fitted):
        self.coef_, self.intercept_ = fitted[:, :-1], fitted[:, -1]
        self.classes_ = np.arange(NB_CLASSES)
        self.class_weight = None

    def predict_proba(self, X):
        e = np.exp(X @ self.coef_.T + self.intercept_)
        return e / np.sum(e, axis=1)[:, None]


class ScikitlearnLogisticRegression:
    """The case of two classes, and weights of classes, are left out."""

    def __init__(self, model):
        self.model = model
        self.nb_classes = len(model.classes_)

    def loss_gradient(self, x, y):
        num_samples, _ = x.shape
        gradients = np.zeros(x.shape)

        class_weight = np.ones(self.nb_classes)

        y_pred = self.model.predict_proba(X=x)
        weights = self.model.coef_

        w_weighted = np.matmul(y_pred, weights)

        for i_sample in range(num_samples):
            for i_class in range(self.nb_classes):
                gradients[i_sample, :] += (
                    class_weight[i_class]
                    * (1.0 - y[i_sample, i_class])
                    * (weights[i_class, :] - w_weighted[i_sample, :])
                )
        return gradients


class MendedClassifier(ScikitlearnLogisticRegression):
    def loss_gradient(self, x, y):
        class_weight = np.ones(self.nb_classes)

        y_pred = self.model.predict_proba(X=x)
        weights = self.model.coef_

        errors = class_weight * (y_pred - y)

        gradients = (errors @ weights) / self.model.classes_.size
        return gradients


def cost(x, X, Y):
    """Each sample's cross-entropy over the number of classes, by which the mended gradient is divided."""
    model = LogisticRegression(X)
    return -np.sum(Y * np.log(model.predict_proba(x))) / model.classes_.size


def grad(x, X, Y):
    return ScikitlearnLogisticRegression(LogisticRegression(X)).loss_gradient(x, Y)


def repaired(x, X, Y):
    return MendedClassifier(LogisticRegression(X)).loss_gradient(x, Y)
