"""A likelihood is printed with each gene's dispersion recycled down the columns, over the samples instead of genes."""

import numpy as np
from scipy.special import digamma, gammaln

SOURCE = "https://github.com/drisso/zinbwave/commit/7dc0cbc"
THREAD = "drisso/zinbwave 7dc0cbc"
DATE = "2020-03"
KIND = "cost"
FORMULA = (
    r"C = -\textstyle\sum_{ij} \log \mathrm{NB}(y_{ij}; \mu_{ij}, e^{\zeta_{(i + n j) \bmod J}}) "
    r"+ \tfrac{\epsilon}2 \lVert \beta \rVert^2 + \tfrac{\epsilon_\zeta}2 \operatorname{var} \zeta"
)
RIGHT = (
    r"C = -\textstyle\sum_{ij} \log \mathrm{NB}(y_{ij}; \mu_{ij}, e^{\zeta_j}) "
    r"+ \tfrac{\epsilon}2 \lVert \beta \rVert^2 + \tfrac{\epsilon_\zeta}2 \operatorname{var} \zeta,\; "
    r"\mu = e^{X \beta}"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a negative binomial regression for each gene
BLOCKS = ["beta_mu[1]", "zeta[1]"]
SAMPLES = 6
LAM = 0.0
J, EPSILON_BETA, EPSILON_ZETA = 4, 0.3, 0.5


def start(rng):
    """Two coefficients and the logarithm of a dispersion for each of four genes."""
    return {"beta_mu": 0.5 * rng.standard_normal((2, J)), "zeta": rng.standard_normal(J)}


def data(rng):
    X = np.column_stack([np.ones(SAMPLES), rng.standard_normal(SAMPLES)])
    return X, rng.poisson(3.0, (SAMPLES, J)).astype(float)


def dnbinom(Y, size, mu):
    const = gammaln(Y + size) - gammaln(size) - gammaln(Y + 1)
    return const + size * np.log(size / (size + mu)) + Y * np.log(mu / (size + mu))


def nb_loglik(Y, mu, theta):
    """All three go column by column, the shortest is recycled."""
    Y, mu = Y.ravel(order="F"), mu.ravel(order="F")
    return np.sum(dnbinom(Y, np.resize(theta, Y.shape), mu))


def penalised(params, X, Y, right=False):
    beta_mu, zeta = params["beta_mu"], params["zeta"]
    n = len(X)
    itermu = np.exp(X @ beta_mu)
    pen = np.sum(EPSILON_BETA * beta_mu**2) / 2 + EPSILON_ZETA * np.var(zeta, ddof=1) / 2
    if right:
        return nb_loglik(Y, itermu, np.repeat(np.exp(zeta), n)) - pen
    return nb_loglik(Y, itermu, np.exp(zeta)) - pen


def nb_loglik_regression_gradient(beta, Y, A_mu, C_theta, epsilon):
    theta = np.exp(C_theta)
    mu = np.exp(A_mu @ beta)
    wres_mu = Y - mu * (Y + theta) / (mu + theta)
    return A_mu.T @ wres_mu - epsilon * beta


def nb_loglik_dispersion_gradient(zeta, Y, mu):
    theta = np.exp(zeta)
    return theta * (digamma(Y + theta) - digamma(theta) + zeta - np.log(mu + theta) + 1 - (Y + theta) / (mu + theta))


def gradients(params, X, Y, zeta):
    """The gradient of the penalised likelihood where each count has the dispersion of the matrix zeta."""
    beta_mu = params["beta_mu"]
    right_factors = [
        nb_loglik_regression_gradient(beta_mu[:, j], Y[:, j], X, zeta[:, j], EPSILON_BETA) for j in range(J)
    ]
    dispersions = nb_loglik_dispersion_gradient(zeta, Y, np.exp(X @ beta_mu))
    return np.column_stack(right_factors), dispersions


def of_penalty(zeta):
    return EPSILON_ZETA * (zeta - zeta.mean()) / (J - 1)


def cost(params, X, Y):
    return -penalised(params, X, Y)


def meant(params, X, Y):
    return -penalised(params, X, Y, right=True)


def grad(params, X, Y):
    """What the two optimisations go by."""
    zeta = params["zeta"]
    beta, dispersions = gradients(params, X, Y, np.tile(zeta, (len(X), 1)))
    return {"beta_mu": -beta, "zeta": -(dispersions.sum(0) - of_penalty(zeta))}


def repaired(params, X, Y):
    """The gradient of the number printed."""
    zeta = params["zeta"]
    whose = np.resize(np.arange(J), Y.size).reshape(Y.shape, order="F")
    beta, dispersions = gradients(params, X, Y, zeta[whose])
    return {"beta_mu": -beta, "zeta": -(np.bincount(whose.ravel(), dispersions.ravel(), J) - of_penalty(zeta))}
