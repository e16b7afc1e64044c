"""The negative log likelihood of a gamma regression has a one in the place of the prediction's logarithm."""

import numpy as np

SOURCE = "https://github.com/dmlc/xgboost/issues/7273"
THREAD = "dmlc/xgboost #7273, PR #7275, d8cb39538"
DATE = "2021-09"
KIND = "cost"
FORMULA = r"C = \dfrac1{\sum_i w_i} \textstyle\sum_i w_i \bigl( y_i e^{-z_i} + 1 \bigr),\; z = X \beta + b"
RIGHT = r"C = \dfrac1{\sum_i w_i} \textstyle\sum_i w_i \bigl( y_i e^{-z_i} + z_i \bigr)"
READ = "reconstruction"  # metric and objective are the program's; the linear booster below them is cut short
LAYER = [1]
NAMES = [{"another-cost"}, {"derivative"}, {"line"}]
NET = None  # a gamma regression with an exponential
BLOCKS = ["weight[1]", "bias[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {"weight": 0.5 * rng.standard_normal(4), "bias": 0.3 * rng.standard_normal(1)}


def data(rng):
    """Features with the row's weight in the first column, and positive labels."""
    X = np.column_stack([rng.uniform(0.5, 2.0, SAMPLES), rng.standard_normal((SAMPLES, 4))])
    return X, rng.uniform(0.3, 3.0, SAMPLES)


class EvalGammaNLogLik:
    def __init__(self, right):
        self.right = right

    def EvalRow(self, y, py):
        # hardcoded dispersion
        kPsi = 1.0
        theta = -1.0 / py
        a = kPsi
        if self.right:
            b = -np.log(-theta)
        else:
            b = 1.0
        # log(y) - log(y) - log(gamma(1))
        c = 0
        # general form for exponential family
        return -((y * theta - b) / a + c)

    def GetFinal(self, esum, wsum):
        return esum if wsum == 0 else esum / wsum


class GammaRegression:
    def GetGradient(self, preds, labels, weights):
        out_gpair = np.zeros(len(preds))
        for _idx in range(len(preds)):
            p = preds[_idx]
            w = weights[_idx]
            y = labels[_idx]
            out_gpair[_idx] = (1 - y / np.exp(p)) * w
        return out_gpair

    def PredTransform(self, preds):
        return np.exp(preds)


class GammaRegressionOfMetric(GammaRegression):
    def GetGradient(self, preds, labels, weights):
        return -labels / np.exp(preds) * weights


def margins(params, X):
    return X[:, 1:] @ params["weight"] + params["bias"][0]


def reduce_metric(params, X, Y, right):
    policy = EvalGammaNLogLik(right)
    preds = GammaRegression().PredTransform(margins(params, X))
    residue_sum = 0
    weights_sum = 0
    for wt, label, pred in zip(X[:, 0], Y, preds):
        residue_sum += policy.EvalRow(label, pred) * wt
        weights_sum += wt
    return policy.GetFinal(residue_sum, weights_sum)


def cost(params, X, Y):
    return reduce_metric(params, X, Y, False)


def meant(params, X, Y):
    return reduce_metric(params, X, Y, True)


def sums(params, X, Y, objective):
    """The rows' gradients for the booster, over the sum of the weights as in the metric."""
    gpair = objective.GetGradient(margins(params, X), Y, X[:, 0]) / X[:, 0].sum()
    return {"weight": X[:, 1:].T @ gpair, "bias": np.array([gpair.sum()])}


def grad(params, X, Y):
    return sums(params, X, Y, GammaRegression())


def repaired(params, X, Y):
    """The gradient of the metric as it was."""
    return sums(params, X, Y, GammaRegressionOfMetric())
