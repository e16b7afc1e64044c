"""A reader finds halves at the variances' derivatives and none at the means', where the two has cancelled it."""

import numpy as np

SOURCE = "https://github.com/RuiShu/cvae/issues/1"
THREAD = "RuiShu/cvae #1"
DATE = "2016-06"
KIND = "right"
FORMULA = (
    r"\partial C / \partial \mu_2 = (\mu_2 - \mu_1) / v_2,\; "
    r"\partial C / \partial \log v_2 = \tfrac12 \bigl(1 - v_1 / v_2 - (\mu_1 - \mu_2)^2 / v_2\bigr)"
)
RIGHT = r"C = \tfrac12 \sum \bigl(\log v_2 - \log v_1 - 1 + v_1 / v_2 + (\mu_2 - \mu_1)^2 / v_2\bigr)"
READ = "code"
LAYER = []
NAMES = []
NET = None  # the divergence of two normal distributions
BLOCKS = ["mu2[1]", "logv2[1]", "mu1[1]", "logv1[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {name: rng.standard_normal((SAMPLES, 2)) for name in ("mu2", "logv2", "mu1", "logv1")}


def data(rng):
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


class KLDCriterion:
    """KL(target || input)."""

    def updateOutput(self, input, target):
        mu1, logv1 = target
        mu2, logv2 = input
        v1 = np.exp(logv1)
        v2 = np.exp(logv2)
        output = logv2 - logv1 - 1 + v1 / v2 + (mu2 - mu1) ** 2 / v2
        return output.sum() * 0.5

    def updateGradInput(self, input, target):
        mu1, logv1 = target
        mu2, logv2 = input
        v1 = np.exp(logv1)
        v2 = np.exp(logv2)
        diff12 = mu1 - mu2
        dmu1 = diff12 / v2
        dmu2 = -diff12 / v2
        div12 = v1 / v2
        dlogv1 = (div12 - 1) / 2
        dlogv2 = (-div12 + 1 - diff12**2 / v2) / 2
        # the input first
        return [dmu2, dlogv2, dmu1, dlogv1]


def cost(params, X, Y):
    input, target = (params["mu2"], params["logv2"]), (params["mu1"], params["logv1"])
    return KLDCriterion().updateOutput(input, target)


def grad(params, X, Y):
    input, target = (params["mu2"], params["logv2"]), (params["mu1"], params["logv1"])
    return dict(zip(("mu2", "logv2", "mu1", "logv1"), KLDCriterion().updateGradInput(input, target)))


repaired = grad
