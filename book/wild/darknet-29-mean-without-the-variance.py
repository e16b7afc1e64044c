"""A pull request misses the variance in the slope of a batch's mean, where the deviations add up to nothing."""

import numpy as np

SOURCE = "https://github.com/pjreddie/darknet/pull/29"
THREAD = "pjreddie/darknet PR #29 (also #1634, #1723, AlexeyAB/darknet #4605)"
DATE = "2016-12"
KIND = "right"
FORMULA = r"\partial C / \partial \mu = -\textstyle\sum_i \partial C / \partial \hat x_i / \sqrt{v + \epsilon}"
RIGHT = (
    r"\partial C / \partial \mu = -\textstyle\sum_i \partial C / \partial \hat x_i / \sqrt{v + \epsilon} "
    r"- \tfrac{2}{m} \tfrac{\partial C}{\partial v} \sum_i (x_i - \mu),\; \sum_i (x_i - \mu) = 0"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # batch normalisation between two connected layers
BLOCKS = ["weights[1]", "scales[2]", "biases[2]", "weights[3]"]
SAMPLES = 6
LAM = 0.0
INPUTS, FILTERS, SPATIAL, OUTPUTS = 4, 3, 2, 2
EPS = 0.00001  # inside the root everywhere; the program has it outside in one place


def start(rng):
    return {
        "weights1": rng.standard_normal((INPUTS, FILTERS * SPATIAL)),
        "scales": 1 + 0.3 * rng.standard_normal(FILTERS),
        "biases": 0.3 * rng.standard_normal(FILTERS),
        "weights3": rng.standard_normal((FILTERS * SPATIAL, OUTPUTS)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.standard_normal((SAMPLES, OUTPUTS))


def mean_cpu(x):
    return x.sum((0, 2)) / (x.shape[0] * x.shape[2])


def variance_cpu(x, mean):
    return ((x - mean[:, None]) ** 2).sum((0, 2)) / (x.shape[0] * x.shape[2])


def forward_batchnorm(x, scales, biases):
    mean = mean_cpu(x)
    variance = variance_cpu(x, mean)
    x_norm = (x - mean[:, None]) / np.sqrt(variance + EPS)[:, None]
    return mean, variance, x_norm, x_norm * scales[:, None] + biases[:, None]


def mean_delta_cpu(delta, variance):
    return delta.sum((0, 2)) * (-1.0 / np.sqrt(variance + EPS))


def variance_delta_cpu(x, delta, mean, variance):
    return (delta * (x - mean[:, None])).sum((0, 2)) * -0.5 * (variance + EPS) ** -1.5


def normalize_delta_cpu(x, mean, variance, mean_delta, variance_delta, delta):
    batch, filters, spatial = x.shape
    out = np.zeros_like(delta)
    for j in range(batch):
        for f in range(filters):
            for k in range(spatial):
                out[j, f, k] = (
                    delta[j, f, k] / np.sqrt(variance[f] + EPS)
                    + variance_delta[f] * 2.0 * (x[j, f, k] - mean[f]) / (spatial * batch)
                    + mean_delta[f] / (spatial * batch)
                )
    return out


def forward(params, X):
    x = (X @ params["weights1"]).reshape(len(X), FILTERS, SPATIAL)
    mean, variance, x_norm, output = forward_batchnorm(x, params["scales"], params["biases"])
    hidden = np.tanh(output)
    return x, mean, variance, x_norm, hidden, hidden.reshape(len(X), -1) @ params["weights3"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2)


def grad(params, X, Y):
    x, mean, variance, x_norm, hidden, output = forward(params, X)
    d3 = output - Y
    delta = (d3 @ params["weights3"].T).reshape(hidden.shape) * (1 - hidden**2)
    updates = {
        "weights3": hidden.reshape(len(X), -1).T @ d3,
        "scales": (delta * x_norm).sum((0, 2)),
        "biases": delta.sum((0, 2)),
    }
    delta = delta * params["scales"][:, None]
    mean_delta = mean_delta_cpu(delta, variance)
    variance_delta = variance_delta_cpu(x, delta, mean, variance)
    delta = normalize_delta_cpu(x, mean, variance, mean_delta, variance_delta, delta)
    updates["weights1"] = X.T @ delta.reshape(len(X), -1)
    return {key: updates[key] for key in params}


repaired = grad
