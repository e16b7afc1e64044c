"""Layer normalisation's gradient of the variance takes gamma at the number of the sample instead of the feature."""

import numpy as np

SOURCE = "https://github.com/davisking/dlib/pull/3001"
THREAD = "davisking/dlib PR #3001, 4c6e4bd81"
DATE = "2024-08"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\partial C / \partial \sigma^2_n = -\tfrac12 \sigma_n^{-3} \textstyle\sum_i "
    r"\bar y_{ni}\, \gamma_n\, (x_{ni} - \mu_n)"
)
RIGHT = (
    r"\partial C / \partial \sigma^2_n = -\tfrac12 \sigma_n^{-3} \textstyle\sum_i "
    r"\bar y_{ni}\, \gamma_i\, (x_{ni} - \mu_n),\; y_{ni} = \gamma_i (x_{ni} - \mu_n) / \sigma_n + \beta_i"
)
READ = "code"  # the layers before and behind are made up
LAYER = [1]
NAMES = []
NET = None  # a layer normalised over its units
BLOCKS = ["W[1]", "gamma[2]", "beta[2]", "W[3]"]
SAMPLES = 5
LAM = 0.0
EPS = 1e-5


def start(rng):
    return [rng.standard_normal((3, 6)), rng.uniform(0.5, 2.0, 6), rng.standard_normal(6), rng.standard_normal((6, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def layer_normalize(eps, src, gamma, beta):
    num_samples, num = src.shape
    dest = np.zeros_like(src * gamma * beta)
    means, invstds = (np.zeros(num_samples, dest.dtype), np.zeros(num_samples, dest.dtype))
    # compute means, and sum of squares
    for n in range(num_samples):
        for i in range(num):
            val = src[n, i]
            means[n] += val
            invstds[n] += val * val
    means /= num
    invstds /= num
    # compute variances
    for n in range(num_samples):
        var = invstds[n] - means[n] * means[n]
        invstds[n] = 1.0 / np.sqrt(var + eps)
    for n in range(num_samples):
        for i in range(num):
            dest[n, i] = (src[n, i] - means[n]) * invstds[n]
            dest[n, i] = dest[n, i] * gamma[i] + beta[i]
    return dest, means, invstds


def layer_normalize_gradient(eps, gradient_input, means, invstds, src, gamma, right):
    num_samples, num = src.shape
    beta_grad, gamma_grad = np.zeros(num), np.zeros(num)
    src_grad = np.zeros(src.shape)
    dvars, dmeans = np.zeros(num_samples), np.zeros(num_samples)

    for n in range(num_samples):
        for i in range(num):
            x_hat = (src[n, i] - means[n]) * invstds[n]
            beta_grad[i] += gradient_input[n, i]
            gamma_grad[i] += gradient_input[n, i] * x_hat

            if right:
                dx = gradient_input[n, i] * gamma[i]
            else:
                dx = gradient_input[n, i] * gamma[n]

            dvars[n] += dx * (src[n, i] - means[n]) * -0.5 * invstds[n] * invstds[n] * invstds[n]

    invnum = 1.0 / num
    for n in range(num_samples):
        for i in range(num):
            dx = gradient_input[n, i] * gamma[i]
            dmeans[n] += dx * -invstds[n] + dvars[n] * -2 * (src[n, i] - means[n]) * invnum
    for n in range(num_samples):
        for i in range(num):
            dx = gradient_input[n, i] * gamma[i]
            src_grad[n, i] += dx * invstds[n] + dvars[n] * 2 * (src[n, i] - means[n]) * invnum + dmeans[n] * invnum
    return src_grad, gamma_grad, beta_grad


def forward(params, X):
    W1, gamma, beta, W3 = params
    src = X @ W1
    dest, means, invstds = layer_normalize(EPS, src, gamma, beta)
    return src, dest, means, invstds, np.tanh(dest) @ W3


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    W1, gamma, beta, W3 = params
    src, dest, means, invstds, output = forward(params, X)
    error = output - Y
    act = np.tanh(dest)
    gradient_input = error @ W3.T * (1 - act**2)
    src_grad, gamma_grad, beta_grad = layer_normalize_gradient(EPS, gradient_input, means, invstds, src, gamma, right)
    return [X.T @ src_grad, gamma_grad, beta_grad, act.T @ error]


def grad(params, X, Y):
    return backward(params, X, Y, False)


def repaired(params, X, Y):
    return backward(params, X, Y, True)
