"""Measures the steps that article D's fourth experiment takes to leave the best line, by activation and start."""

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

import datetime
import json
import platform
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from bpcore import Network, sgd
from bpcore.articles import d
from bpcore.articles.layouts import theta_from_rows

RESULT = ROOT / "book" / "measurements" / "activations_swaps.json"
ACTIVATIONS = "relu", "leaky_relu", "tanh", "sigmoid"
STARTS = {"0.1": (1, 0.1), "1": (10, 0.0)}  # factor of the article's weights, whose deviation is 0.1, and the bias
SEEDS, SHORT, LONG = 20, 300, 10_000


def setting(seed, factor, bias):
    """The article's points and the start, drawn as its program draws them."""
    X, Y, *layers = d.setting("iv", np.random.RandomState(seed))
    W, b = ([None] + [layer[name] for layer in layers] for name in "wb")
    return X, Y, theta_from_rows([None] + [factor * W_l for W_l in W[1:]], [None] + [0 * b_l + bias for b_l in b[1:]])


def floor(X, Y, degree):
    """The mean squared error of the least-squares polynomial."""
    powers = X ** np.arange(degree + 1)
    return float(((powers @ np.linalg.lstsq(powers, Y, rcond=None)[0] - Y) ** 2).mean())


def run(activation, factor, bias, seed):
    """The cost after SHORT steps, and the step at which it is half-way from the best line's to the best parabola's.

    None stands for a run that overflows, and for one that does not come so far within LONG steps.
    """
    X, Y, theta = setting(seed, factor, bias)
    half_way = (floor(X, Y, 1) + floor(X, Y, 2)) / 2
    net = Network((1, 10, 1), hidden=activation, output="identity", loss="mse")
    with np.errstate(all="ignore"):  # some runs overflow, which is a result
        fit = sgd(
            net,
            theta,
            X,
            Y,
            lr=0.01 * len(X),
            epochs=LONG,
            callback=lambda epoch, theta, cost: not np.isfinite(cost) or (epoch >= SHORT and cost < half_way),
        )
    if not np.isfinite(fit.history[-1]):
        return None, None
    below = np.flatnonzero(fit.history < half_way)
    return float(fit.history[SHORT]), int(below[0]) if len(below) else None


def main():
    rows = []
    for activation in ACTIVATIONS:
        for start, (factor, bias) in STARTS.items():
            costs, steps = zip(*(run(activation, factor, bias, seed) for seed in range(SEEDS)))
            rows.append(
                {"activation": activation, "start": start, "cost_after_short": costs, "steps_to_half_way": steps}
            )
            print(activation, start, sorted(steps, key=lambda s: s or LONG), file=sys.stderr)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(
        json.dumps(
            {
                "what": "Article D's fourth experiment (y = x² + noise, 30 points, 1-10-1, full batch, lr 0.01 on "
                "the sum) with four activations, from two starts "
                "(the article's, weights of standard deviation 0.1 with biases 0.1, and the same weights times ten "
                "with biases 0): cost after the article's 300 steps, and the step at which "
                "the cost first falls half-way from the best line's to the best parabola's (null: not within 10000; "
                "a null cost: overflow), for seeds 0 to 19",
                "date": datetime.date.today().isoformat(),
                "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python "
                f"{platform.python_version()}, NumPy {np.__version__}, one thread",
                "short": SHORT,
                "long": LONG,
                "rows": rows,
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
