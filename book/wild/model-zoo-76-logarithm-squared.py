"""The divergence of an autoencoder has the square of a logarithm where that of a square belongs."""

import numpy as np

SOURCE = "https://github.com/FluxML/model-zoo/pull/76"
THREAD = "FluxML/model-zoo PR #76"
DATE = "2018-12"
KIND = "cost"
FORMULA = r"D = \tfrac12 \textstyle\sum [\sigma^2 + \mu^2 - 1 + (\log \sigma)^2]"
RIGHT = r"D = \tfrac12 \textstyle\sum [\sigma^2 + \mu^2 - 1 - 2 \log \sigma]"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZE, HIDDEN, CODES = 4, 3, 2
NET = None  # an autoencoder that draws its code
BLOCKS = [
    "A[1]",
    "A_bias[1]",
    "mean[2]",
    "mean_bias[2]",
    "deviation[2]",
    "deviation_bias[2]",
    "decoder[3]",
    "decoder_bias[3]",
]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """A layer below, the mean and the logarithm of the deviation above it, and a decoder."""
    return {
        "A": rng.standard_normal((HIDDEN, SIZE)),
        "A_bias": rng.standard_normal(HIDDEN),
        "mean": rng.standard_normal((CODES, HIDDEN)),
        "mean_bias": rng.standard_normal(CODES),
        "deviation": 0.3 * rng.standard_normal((CODES, HIDDEN)),
        "deviation_bias": 0.3 * rng.standard_normal(CODES),
        "decoder": rng.standard_normal((SIZE, CODES)),
        "decoder_bias": rng.standard_normal(SIZE),
    }


def data(rng):
    """The noise that was drawn stands beside the inputs; the targets are the inputs again."""
    X, noise = rng.uniform(0, 1, (SAMPLES, SIZE)), rng.standard_normal((SAMPLES, CODES))
    return np.hstack([X, noise]), X.copy()


def forward(params, X):
    hidden = np.tanh(X[:, :SIZE] @ params["A"].T + params["A_bias"])
    mean, log_deviation = (hidden @ params[k].T + params[f"{k}_bias"] for k in ("mean", "deviation"))
    code = mean + np.exp(log_deviation) * X[:, SIZE:]
    return hidden, mean, log_deviation, code, 1 / (1 + np.exp(-(code @ params["decoder"].T + params["decoder_bias"])))


def total(params, X, Y, term):
    """Of all samples' losses; the last term of the divergence is handed in."""
    _, mean, log_deviation, _, out = forward(params, X)
    again = -np.sum(Y * np.log(out) + (1 - Y) * np.log(1 - out))
    return (again + 0.5 * np.sum(np.exp(2 * log_deviation) + mean**2 - 1 + term(log_deviation))) / len(X)


def cost(params, X, Y):
    return total(params, X, Y, lambda s: s**2)


def meant(params, X, Y):
    return total(params, X, Y, lambda s: -2 * s)


def grad(params, X, Y):
    hidden, mean, s, code, out = forward(params, X)
    above = (out - Y) / len(X)
    by_code = above @ params["decoder"]
    by_mean = by_code + mean / len(X)
    by_s = by_code * np.exp(s) * X[:, SIZE:] + (np.exp(2 * s) + s) / len(X)
    below = (by_mean @ params["mean"] + by_s @ params["deviation"]) * (1 - hidden**2)
    parts = {
        "A": (below, X[:, :SIZE]),
        "mean": (by_mean, hidden),
        "deviation": (by_s, hidden),
        "decoder": (above, code),
    }
    grads = {name: delta.T @ seen for name, (delta, seen) in parts.items()}
    return {name: parts[name[:-5]][0].sum(0) if name.endswith("_bias") else grads[name] for name in params}


repaired = grad  # it is that of the cost as it is
