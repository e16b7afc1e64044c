"""A tail probability's derivative with respect to a shared shape uses the digamma of the first count for all counts."""

import math

import numpy as np

SOURCE = "https://github.com/stan-dev/math/issues/1662"
THREAD = "stan-dev/math #1662"
DATE = "2020-01"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\partial_\alpha I_i = \bigl( \partial_\alpha B_{p_i}(\alpha, n_i + 1) "
    r"- B_{p_i}(\alpha, n_i + 1) (\psi(\alpha) - \psi(n_1 + \alpha + 1)) \bigr) / B(\alpha, n_i + 1)"
)
RIGHT = (
    r"\partial_\alpha I_i = \bigl( \partial_\alpha B_{p_i}(\alpha, n_i + 1) "
    r"- B_{p_i}(\alpha, n_i + 1) (\psi(\alpha) - \psi(n_i + \alpha + 1)) \bigr) / B(\alpha, n_i + 1)"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the log of a negative binomial's tail probabilities
BLOCKS = ["alpha[1]", "beta[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """One shape for all counts, and an inverse scale for each."""
    return {"alpha": rng.uniform(1.5, 3.0, 1), "beta": rng.uniform(0.5, 1.5, SAMPLES)}


def data(rng):
    """The counts."""
    return np.array([1, 4, 0, 6, 2])[:, None], np.zeros((SAMPLES, 1))


def digamma(x):
    result = 0.0
    while x < 12:
        result -= 1 / x
        x += 1
    return result + math.log(x) - 1 / (2 * x) - 1 / (12 * x**2) + 1 / (120 * x**4) - 1 / (252 * x**6)


def beta_function(n, a):
    """B(a, n + 1) for a whole number n."""
    product = math.factorial(n)
    for k in range(n + 1):
        product = product / (a + k)
    return product


def inc_beta_unregularized(a, n, z):
    return sum(math.comb(n, k) * (-1) ** k * z ** (a + k) / (a + k) for k in range(n + 1))


def inc_beta(a, n, z):
    return inc_beta_unregularized(a, n, z) / beta_function(n, a)


def grad_inc_beta(a, n, z):
    """By the first argument."""
    return sum(
        math.comb(n, k) * (-1) ** k * z ** (a + k) * (np.log(z) / (a + k) - 1 / (a + k) ** 2) for k in range(n + 1)
    )


def grad_reg_inc_beta(a, n, z, digammaA, digammaSum, betaAB):
    dBda = grad_inc_beta(a, n, z)
    b1 = inc_beta_unregularized(a, n, z)
    return (dBda - b1 * (digammaA - digammaSum)) / betaAB


def seq_view(v, i):
    """The i-th entry, or the only one."""
    return v[i] if len(v) > 1 else v[0]


def neg_binomial_lccdf(n, alpha, beta, partials=None, right=False):
    P = 0.0
    size = max(len(n), len(alpha), len(beta))
    if partials is not None:
        size_sum = size if right else len(alpha)
        digammaAlpha_vec = [0.0] * len(alpha)
        digammaSum_vec = [0.0] * size_sum
        for i in range(len(alpha)):
            digammaAlpha_vec[i] = digamma(alpha[i])
        for i in range(size_sum):
            n_dbl = seq_view(n, i)
            alpha_dbl = seq_view(alpha, i)
            digammaSum_vec[i] = digamma(n_dbl + alpha_dbl + 1)

    for i in range(size):
        n_dbl = int(seq_view(n, i))
        alpha_dbl = seq_view(alpha, i)
        beta_dbl = seq_view(beta, i)
        p_dbl = beta_dbl / (1.0 + beta_dbl)
        d_dbl = 1.0 / ((1.0 + beta_dbl) * (1.0 + beta_dbl))
        Pi = 1.0 - inc_beta(alpha_dbl, n_dbl, p_dbl)
        beta_func = beta_function(n_dbl, alpha_dbl)

        P = P + np.log(Pi)

        if partials is not None:
            g1 = grad_reg_inc_beta(
                alpha_dbl, n_dbl, p_dbl, seq_view(digammaAlpha_vec, i), seq_view(digammaSum_vec, i), beta_func
            )
            partials["alpha"][i if len(alpha) > 1 else 0] -= g1 / Pi
            partials["beta"][i if len(beta) > 1 else 0] -= (
                d_dbl * (1 - p_dbl) ** n_dbl * p_dbl ** (alpha_dbl - 1) / (beta_func * Pi)
            )
    return P


def cost(params, X, Y):
    return -neg_binomial_lccdf(X.ravel(), params["alpha"], params["beta"])


def gradients(params, X, right):
    partials = {name: np.zeros_like(value) for name, value in params.items()}
    neg_binomial_lccdf(X.ravel(), params["alpha"], params["beta"], partials, right)
    return {name: -value for name, value in partials.items()}


def grad(params, X, Y):
    return gradients(params, X, False)


def repaired(params, X, Y):
    return gradients(params, X, True)
