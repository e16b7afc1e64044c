"""The likelihood of a Gaussian process is derived by the noise's logarithm, and the step is one of the noise itself."""

import numpy as np

SOURCE = "https://github.com/shogun-toolbox/shogun/commit/c1e2e276e"
THREAD = "shogun-toolbox/shogun c1e2e276e"
DATE = "2012-06"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \sigma = \sigma^2 \operatorname{tr} Q,\; Q = (K + \sigma^2 I)^{-1} - \alpha \alpha^\top"
)
RIGHT = (
    r"\partial C / \partial \sigma = \sigma \operatorname{tr} Q,\; Q = (K + \sigma^2 I)^{-1} - \alpha \alpha^\top,\; "
    r"\alpha = (K + \sigma^2 I)^{-1} y"
)
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = []
NET = None  # a Gaussian process
BLOCKS = ["width[1]", "sigma[2]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {"width": 1 + rng.random(1), "sigma": 0.4 + 0.3 * rng.random(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.standard_normal(SAMPLES)


def distances(X):
    return np.sum((X[:, None] - X[None]) ** 2, axis=2)


def covariance(params, X):
    kernel_matrix = np.exp(-distances(X) / params["width"])
    return kernel_matrix, kernel_matrix + params["sigma"] ** 2 * np.eye(len(X))


def cost(params, X, Y):
    """The negative logarithm of the marginal likelihood."""
    C = covariance(params, X)[1]
    return 0.5 * Y @ np.linalg.solve(C, Y) + 0.5 * np.log(np.linalg.det(C)) + 0.5 * len(X) * np.log(2 * np.pi)


def get_marginal_likelihood_derivatives(params, X, Y, right):
    """The mean is zero and has no parameters."""
    kernel_matrix, C = covariance(params, X)
    m_sigma = params["sigma"][0]
    m_alpha = np.linalg.solve(C, Y)
    Q = np.linalg.inv(C) - np.outer(m_alpha, m_alpha)
    gradient = {}
    deriv = kernel_matrix * distances(X) / params["width"] ** 2
    total = 0
    for i in range(len(Q)):
        for j in range(len(Q)):
            total += Q[i, j] * deriv[i, j]
    total /= 2.0
    gradient["width"] = np.array([total])
    total = (m_sigma if right else m_sigma * m_sigma) * np.trace(Q)
    gradient["sigma"] = np.array([total])
    return gradient


def grad(params, X, Y):
    return get_marginal_likelihood_derivatives(params, X, Y, right=False)


def repaired(params, X, Y):
    return get_marginal_likelihood_derivatives(params, X, Y, right=True)
