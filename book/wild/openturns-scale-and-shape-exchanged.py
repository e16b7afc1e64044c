"""A Weibull density's derivatives with respect to scale and shape stand in each other's place."""

import numpy as np

SOURCE = "https://github.com/openturns/openturns/issues/1556"
THREAD = "openturns/openturns #1556, commit 418cec2f3"
DATE = "2020-07"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"g = (\partial p / \partial \alpha,\; \partial p / \partial \beta,\; \partial p / \partial \gamma)"
RIGHT = (
    r"g = (\partial p / \partial \beta,\; \partial p / \partial \alpha,\; \partial p / \partial \gamma),\; "
    r"p = \frac{\alpha}{\beta} y^{\alpha - 1} e^{-y^\alpha},\; y = (x - \gamma) / \beta"
)
READ = "code"
LAYER = [1]
NAMES = [{"order"}]
NET = None  # the likelihood of Weibull distributions
BLOCKS = ["theta[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """Scale, shape and location."""
    return np.array([rng.uniform(0.5, 1.5), rng.uniform(1.5, 3.0), -rng.uniform(0.3, 0.6)])


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.uniform(0.0, 2.0, SAMPLES)


class WeibullMin:
    def __init__(self, beta, alpha, gamma):
        self.beta_, self.alpha_, self.gamma_ = beta, alpha, gamma

    def computePDF(self, point):
        return np.exp(self.computeLogPDF(point))

    def computeLogPDF(self, point):
        x = point - self.gamma_
        y = x / self.beta_
        return np.log(self.alpha_) + (self.alpha_ - 1.0) * np.log(y) - np.log(self.beta_) - y**self.alpha_

    def computePDFGradient(self, point):
        x = point - self.gamma_
        pdfGradient = np.zeros(3)
        if x <= 0.0:
            return pdfGradient
        powX = (x / self.beta_) ** self.alpha_
        factor = powX / x * np.exp(-powX)
        pdfGradient[0] = factor * (1.0 + (1.0 - powX) * np.log(powX))
        pdfGradient[1] = factor * (powX - 1.0) * self.alpha_ * self.alpha_ / self.beta_
        pdfGradient[2] = factor * (1.0 - self.alpha_ + self.alpha_ * powX) / x * self.alpha_
        return pdfGradient

    def computeLogPDFGradient(self, point):
        return self.computePDFGradient(point) / self.computePDF(point)


class WeibullMinLater(WeibullMin):
    def computePDFGradient(self, point):
        x = point - self.gamma_
        pdfGradient = np.zeros(3)
        if x <= 0.0:
            return pdfGradient
        powX = (x / self.beta_) ** self.alpha_
        factor = powX / x * np.exp(-powX)
        pdfGradient[0] = factor * (powX - 1.0) * self.alpha_ * self.alpha_ / self.beta_
        pdfGradient[1] = factor * (1.0 + (1.0 - powX) * np.log(powX))
        pdfGradient[2] = factor * (1.0 - self.alpha_ + self.alpha_ * powX) / x * self.alpha_
        return pdfGradient


def cost(theta, X, Y):
    distribution = WeibullMin(*theta)
    return -sum(distribution.computeLogPDF(point) for point in Y) / len(Y)


def grad(theta, X, Y):
    distribution = WeibullMin(*theta)
    return -sum(distribution.computeLogPDFGradient(point) for point in Y) / len(Y)


def repaired(theta, X, Y):
    distribution = WeibullMinLater(*theta)
    return -sum(distribution.computeLogPDFGradient(point) for point in Y) / len(Y)
