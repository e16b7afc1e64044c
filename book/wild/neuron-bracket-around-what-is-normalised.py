"""A bracket of a normalisation closes too late, so that the sum is multiplied where it should be taken off."""

import numpy as np

SOURCE = "https://github.com/wvabrinskas/Neuron/commit/a1406d27"
THREAD = "wvabrinskas/Neuron a1406d27"
DATE = "2022-02"
KIND = "gradient"
FORMULA = (
    r"\delta_j = \frac{1}{n s} \Bigl(n h_j - \bigl(\textstyle\sum_k h_k - \hat x_j\bigr) "
    r"\textstyle\sum_k h_k \hat x_k\Bigr),\; h = \gamma g"
)
RIGHT = (
    r"\delta_j = \frac{1}{n s} \Bigl(n h_j - \textstyle\sum_k h_k - \hat x_j "
    r"\textstyle\sum_k h_k \hat x_k\Bigr),\; h = \gamma g"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # a normalisation over the units
BLOCKS = ["W[1]", "b[1]", "gamma[2]", "beta[2]", "W[3]", "b[3]"]
SAMPLES = 7
LAM = 0.0

EPSILON = 0.00005


def start(rng):
    return {
        "W": rng.standard_normal((SIZES[0], SIZES[1])),
        "b": rng.standard_normal(SIZES[1]),
        "gamma": rng.uniform(0.5, 1.5, 1),
        "beta": rng.standard_normal(1),
        "V": rng.standard_normal((SIZES[1], SIZES[2])),
        "c": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class BatchNormalizer:
    """It normalises the activations of one sample."""

    def __init__(self, gamma, beta):
        self.gamma, self.beta = gamma, beta

    def normalize(self, activations):
        mean = activations.sum() / len(activations)
        diff_var = activations - mean
        self.standard_deviation = np.sqrt(np.sum(diff_var**2) / len(activations) + EPSILON)
        self.normalized = diff_var / self.standard_deviation
        return self.gamma * self.normalized + self.beta

    def backward(self, gradient, right):
        n = len(gradient)
        dx_norm = gradient * self.gamma
        combined_sum = np.sum(self.normalized * dx_norm)
        dx_norm_sum = dx_norm.sum()
        t = dx_norm * n
        if right:
            dx = (t - dx_norm_sum - self.normalized * combined_sum) * ((1 / n) / self.standard_deviation)
        else:
            dx = (t - (dx_norm_sum - self.normalized) * combined_sum) * ((1 / n) / self.standard_deviation)
        return dx, np.sum(gradient * self.normalized), gradient.sum()


def forward(params, x):
    normalizer = BatchNormalizer(params["gamma"], params["beta"])
    a = np.tanh(normalizer.normalize(x @ params["W"] + params["b"]))
    return normalizer, a, a @ params["V"] + params["c"]


def cost(params, X, Y):
    return 0.5 * sum(np.sum((forward(params, x)[-1] - y) ** 2) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    total = {name: np.zeros_like(value) for name, value in params.items()}
    for x, y in zip(X, Y):
        normalizer, a, out = forward(params, x)
        e = (out - y) / len(X)
        d, d_gamma, d_beta = normalizer.backward(params["V"] @ e * (1 - a**2), right)
        parts = dict(W=np.outer(x, d), b=d, gamma=d_gamma, beta=d_beta, V=np.outer(a, e), c=e)
        for name, part in parts.items():
            total[name] += part
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
