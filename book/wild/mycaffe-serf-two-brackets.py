"""Serf's slope has one where it should have both terms under the root of pi, and its value is added to the delta."""

import math

import numpy as np

SOURCE = "https://github.com/MyCaffe/MyCaffe/commit/1f33bd58"
THREAD = "MyCaffe/MyCaffe 1f33bd58"
DATE = "2021-12"
KIND = "gradient"
FORMULA = (
    r"\delta^1 = (\delta^2 W^{2 \top}) \odot \frac{2 z e^{z - \log^2(1 + e^z)}}{1 + e^z \sqrt\pi} + "
    r"\operatorname{erf}(\log(1 + e^z))"
)
RIGHT = (
    r"\delta^1 = (\delta^2 W^{2 \top}) \odot \Bigl( \frac{2 z e^{z - \log^2(1 + e^z)}}{(1 + e^z) \sqrt\pi} + "
    r"\operatorname{erf}(\log(1 + e^z)) \Bigr)"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a network with Serf, z erf(log(1 + exp(z)))
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def serf_fwd(in_data):
    out_data = np.zeros_like(in_data)
    for i in np.ndindex(in_data.shape):
        x = in_data[i]
        out_data[i] = x * math.erf(math.log1p(math.exp(x)))
    return out_data


def serf_bwd(in_diff, in_data):
    out_diff = np.zeros_like(in_data)
    for i in np.ndindex(in_data.shape):
        x = in_data[i]
        fx = math.erf(math.log1p(math.exp(x)))
        expX = math.exp(x)
        log1pexpX = math.log1p(expX)
        log1pexpXsq = log1pexpX * log1pexpX
        num = 2 * expX * math.exp(-log1pexpXsq) * x
        den = 1 + expX * math.sqrt(math.pi)
        grad = num / den
        out_diff[i] = in_diff[i] * grad + fx
    return out_diff


def serf_bwd_later(in_diff, in_data):
    out_diff = np.zeros_like(in_data)
    for i in np.ndindex(in_data.shape):
        x = in_data[i]
        expX = math.exp(x)
        log1pexpX = math.log1p(expX)
        fx = math.erf(log1pexpX)
        log1pexpXsq = log1pexpX * log1pexpX
        num = 2 * math.exp(x - log1pexpXsq) * x
        den = (1 + expX) * math.sqrt(math.pi)
        grad = (num / den) + fx
        out_diff[i] = in_diff[i] * grad
    return out_diff


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((serf_fwd(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def gradients(params, X, Y, backward):
    W1, b1, W2, b2 = params
    z = X @ W1 + b1
    h = serf_fwd(z)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = backward(d2 @ W2.T, z)
    return [X.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)]


def grad(params, X, Y):
    return gradients(params, X, Y, serf_bwd)


def repaired(params, X, Y):
    return gradients(params, X, Y, serf_bwd_later)
