"""The noise's derivative stands behind the kernel's first one, where the parameters have it behind all of them."""

import numpy as np

SOURCE = "https://github.com/yuki-koyama/mathtoolbox/commit/8cbd991"
THREAD = "yuki-koyama/mathtoolbox 8cbd991"
DATE = "2019-12"
KIND = "gradient"
FORMULA = r"\nabla C = (\partial_{\sigma_f^2} C, \partial_{\sigma_n^2} C, \partial_{l_1} C, \ldots, \partial_{l_D} C)"
RIGHT = r"\nabla C = (\partial_{\sigma_f^2} C, \partial_{l_1} C, \ldots, \partial_{l_D} C, \partial_{\sigma_n^2} C)"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"order"}]
NET = None  # the likelihood of a Gaussian process in its hyperparameters
BLOCKS = ["x[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The kernel's variance, a length scale for each dimension, and the noise's variance."""
    return np.concatenate([rng.uniform(0.6, 1.4, 1), rng.uniform(0.5, 1.5, 3), rng.uniform(0.1, 0.4, 1)])


def data(rng):
    """A point a column, as the author has them."""
    return rng.standard_normal((3, SAMPLES)), rng.standard_normal(SAMPLES)


def GetArdSquaredExpKernel(x_a, x_b, theta):
    sigma_squared_f = theta[0]
    length_scales = theta[1:]
    diff = x_a - x_b
    r_squared = diff @ np.diag(1 / length_scales**2) @ diff
    return sigma_squared_f * np.exp(-0.5 * r_squared)


def GetArdSquaredExpKernelThetaIDerivative(x_a, x_b, theta, index):
    length_scales = theta[1:]
    if index == 0:
        diff = x_a - x_b
        r_squared = diff @ np.diag(1 / length_scales**2) @ diff
        return np.exp(-0.5 * r_squared)
    i = index - 1
    k = GetArdSquaredExpKernel(x_a, x_b, theta)
    r = x_a[i] - x_b[i]
    return k * (r * r) / (length_scales[i] * length_scales[i] * length_scales[i])


def CalcLargeKF(X, kernel_hyperparams):
    N = X.shape[1]
    K_f = np.zeros((N, N), kernel_hyperparams.dtype)
    for i in range(N):
        for j in range(i, N):
            value = GetArdSquaredExpKernel(X[:, i], X[:, j], kernel_hyperparams)
            K_f[i, j] = value
            K_f[j, i] = value
    return K_f


def CalcLargeKY(X, sigma_squared_n, kernel_hyperparams):
    return CalcLargeKF(X, kernel_hyperparams) + sigma_squared_n * np.eye(X.shape[1])


def CalcLargeKYDerivKernelHyperparamsI(X, kernel_hyperparams, index):
    N = X.shape[1]
    K_y_deriv = np.zeros((N, N))
    for i in range(N):
        for j in range(i, N):
            value = GetArdSquaredExpKernelThetaIDerivative(X[:, i], X[:, j], kernel_hyperparams, index)
            K_y_deriv[i, j] = value
            K_y_deriv[j, i] = value
    return K_y_deriv


def CalcLogLikelihood(X, y, sigma_squared_n, kernel_hyperparams):
    K_y = CalcLargeKY(X, sigma_squared_n, kernel_hyperparams)
    term1 = -0.5 * y @ np.linalg.solve(K_y, y)
    term2 = -0.5 * np.log(np.linalg.det(K_y))
    term3 = -0.5 * X.shape[1] * np.log(2.0 * np.pi)
    return term1 + term2 + term3


def CalcLogLikelihoodDeriv(X, y, sigma_squared_n, kernel_hyperparams, right=False):
    D = len(X)
    K_y = CalcLargeKY(X, sigma_squared_n, kernel_hyperparams)
    K_y_inv_y = np.linalg.solve(K_y, y)

    def deriv(K_deriv):
        term1 = 0.5 * K_y_inv_y @ K_deriv @ K_y_inv_y
        term2 = -0.5 * np.trace(np.linalg.solve(K_y, K_deriv))
        return term1 + term2

    sigma_squared_f = deriv(CalcLargeKYDerivKernelHyperparamsI(X, kernel_hyperparams, 0))
    noise = deriv(np.eye(X.shape[1]))
    length_scales = np.zeros(D)
    for i in range(D):
        length_scales[i] = deriv(CalcLargeKYDerivKernelHyperparamsI(X, kernel_hyperparams, i + 1))
    if right:
        return np.concatenate([[sigma_squared_f], length_scales, [noise]])
    return np.concatenate([[sigma_squared_f, noise], length_scales])


def cost(x, X, Y):
    """The author maximises the likelihood."""
    return -CalcLogLikelihood(X, Y, x[-1], x[:-1])


def grad(x, X, Y):
    return -CalcLogLikelihoodDeriv(X, Y, x[-1], x[:-1])


def repaired(x, X, Y):
    return -CalcLogLikelihoodDeriv(X, Y, x[-1], x[:-1], right=True)
