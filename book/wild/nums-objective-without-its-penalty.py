"""A logistic regression has its penalty in the gradient and in the Hessian, and not in the objective."""

import numpy as np

SOURCE = "https://github.com/nums-project/nums/commit/af5cad7"
THREAD = "nums-project/nums af5cad7"
DATE = "2021-11"
KIND = "cost"
FORMULA = r"C = -\textstyle\sum_i \bigl(y_i \log \mu_i + (1 - y_i) \log (1 - \mu_i)\bigr)"
RIGHT = (
    r"C = -\textstyle\sum_i \bigl(y_i \log \mu_i + (1 - y_i) \log (1 - \mu_i)\bigr) "
    r"+ \tfrac{\lambda}2 \lVert \beta \rVert^2,\; \mu = \sigma(X \beta)"
)
READ = "code"
LAYER = [1]
NAMES = [{"penalty"}, {"another-cost"}]
NET = None  # one vector of parameters, the intercept is the last of them; the losses are summed
BLOCKS = ["beta[1]"]
SAMPLES = 8
LAM = 0.0
C = 0.7


def start(rng):
    return rng.standard_normal(5)


def data(rng):
    """The inputs without their column of ones."""
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, 2, SAMPLES).astype(float)


class GLM:
    def __init__(self, penalty="none", C=1.0):
        self._penalty = None if penalty == "none" else penalty
        self._lambda = 1.0 / C
        self._lambda_vec = None

    def prepare(self, X, beta):
        """What fit does before it calls its solver."""
        X = np.concatenate([X, np.ones((X.shape[0], 1))], axis=1)
        if self._penalty == "l2":
            self._lambda_vec = np.ones(beta.shape) * self._lambda
        return X

    def forward(self, X, beta):
        return self.link_inv(X @ beta)


class LogisticRegression(GLM):
    def link_inv(self, eta):
        return 1 / (1 + np.exp(-eta))

    def objective(self, X, y, beta, mu=None):
        mu = self.forward(X, beta) if mu is None else mu
        return -np.sum(y * np.log(mu) + (1 - y) * np.log(1 - mu))

    def gradient(self, X, y, mu, beta=None):
        if self._penalty is None:
            return X.T @ (mu - y)
        else:
            assert beta is not None
            return X.T @ (mu - y) + self._lambda_vec * beta


class LogisticRegressionLater(LogisticRegression):
    """As mended."""

    def objective(self, X, y, beta, mu=None):
        mu = self.forward(X, beta) if mu is None else mu
        if self._penalty is None:
            return -np.sum(y * np.log(mu) + (1 - y) * np.log(1 - mu))
        else:
            return -np.sum(y * np.log(mu) + (1 - y) * np.log(1 - mu)) + 0.5 * self._lambda * beta.T @ beta


def cost(beta, X, Y):
    model = LogisticRegression("l2", C)
    return model.objective(model.prepare(X, beta), Y, beta)


def meant(beta, X, Y):
    model = LogisticRegressionLater("l2", C)
    return model.objective(model.prepare(X, beta), Y, beta)


def gradient_of(model, beta, X, Y):
    X = model.prepare(X, beta)
    return model.gradient(X, Y, model.forward(X, beta), beta=beta)


def grad(beta, X, Y):
    return gradient_of(LogisticRegression("l2", C), beta, X, Y)


def repaired(beta, X, Y):
    """The gradient of the objective as it was."""
    return gradient_of(LogisticRegression("none", C), beta, X, Y)
