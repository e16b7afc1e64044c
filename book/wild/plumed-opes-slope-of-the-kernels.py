"""The derivative of a sum of Gaussian kernels lacks the minus of the exponent, and so the free energy's force too."""

import numpy as np

SOURCE = "https://github.com/plumed/plumed2/commit/763899df2215ba5a013f5e9ba05fc42f7ae2842c"
THREAD = "plumed/plumed2 763899df2"
DATE = "2020-10"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"F'(s) = -\tfrac{k T}{P(s)} \textstyle\sum_k h_k \tfrac{s - c_k}{\sigma_k^2} e^{-(s - c_k)^2 / 2 \sigma_k^2}"
RIGHT = r"F'(s) = \tfrac{k T}{P(s)} \textstyle\sum_k h_k \tfrac{s - c_k}{\sigma_k^2} e^{-(s - c_k)^2 / 2 \sigma_k^2}"
READ = (
    "reconstruction"  # the sum of the free energy over the points; the kernels' cutoff is so wide that it does nothing
)
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # a free energy from kernels
BLOCKS = ["cv_grid[1]"]
SAMPLES = 8
LAM = 0.0
KBT, EPSILON, CUTOFF = 1.3, 1e-3, 8.0


def start(rng):
    """The points at which the free energy is wanted."""
    return np.linspace(-1.7, 1.9, 7) + rng.uniform(-0.1, 0.1, 7)


def data(rng):
    """Center, sigma and height of each kernel."""
    center = rng.uniform(-1.5, 1.5, SAMPLES)
    sigma = rng.uniform(0.4, 0.8, SAMPLES)
    return np.column_stack([center, sigma, rng.uniform(0.5, 1.5, SAMPLES)]), np.zeros((SAMPLES, 1))


def build_fes(cv_grid, c, s, h, calc_der=True, right=False):
    nker = len(c)
    val_at_cutoff = np.exp(-0.5 * CUTOFF**2)
    prob = np.zeros(len(cv_grid))
    der_prob = np.zeros(len(cv_grid))
    for x in range(len(cv_grid)):
        dist = (cv_grid[x] - c) / s
        prob[x] = np.sum(h * np.maximum(np.exp(-0.5 * dist**2) - val_at_cutoff, 0))
        if calc_der:
            u = -dist if right else dist
            der_prob[x] = np.sum(u / s * h * np.maximum(np.exp(-0.5 * dist**2) - val_at_cutoff, 0))
    Zed = 0
    for j in range(nker):
        dist = (c[j] - c) / s
        Zed += np.sum(h * np.maximum(np.exp(-0.5 * dist**2) - val_at_cutoff, 0))
    Zed /= nker
    prob = prob / Zed + EPSILON
    der_prob /= Zed
    norm = 1
    return 0 - KBT * np.log(prob / norm), 0 - KBT / prob * der_prob


def cost(cv_grid, X, Y):
    return np.sum(build_fes(cv_grid, *X.T, calc_der=False)[0])


def grad(cv_grid, X, Y):
    return build_fes(cv_grid, *X.T)[1]


def repaired(cv_grid, X, Y):
    return build_fes(cv_grid, *X.T, right=True)[1]
