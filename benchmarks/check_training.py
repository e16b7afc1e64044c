"""Trains digits by conjugate gradient from 30 starts, with the gradient that zeroes its biases and with its repair.

Run with `python benchmarks/check_training.py`; it writes book/measurements/check_training.json, which the chapter
"What a check cannot see" reads, and whose first start it runs again. The split, the network, λ and the number of
iterations are those of the chapter.
"""

import datetime
import json
import os
import platform
import sys
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"  # before NumPy is imported

import numpy as np
import scipy
from scipy.optimize import minimize
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bpcore import Network, one_hot

STARTS, ITERATIONS, LAM = 30, 30, 1.0
RESULT = ROOT / "book" / "measurements" / "check_training.json"


def start(net, seed):
    """Every entry of Theta, the biases too, uniform in ±sqrt(6 / (units in + units out)), as article C draws it."""
    rng, p = np.random.default_rng(seed), net.params(np.zeros(net.n_params))
    for l in range(1, net.L + 1):
        reach = np.sqrt(6 / (net.sizes[l - 1] + net.sizes[l]))
        p.Theta[l][...] = rng.uniform(-reach, reach, p.Theta[l].shape)
    return p.theta


def main():
    images, digits = load_digits(return_X_y=True)
    X, X_test, labels, labels_test = train_test_split(
        images / 16, digits, test_size=0.3, random_state=0, stratify=digits
    )
    Y, net = one_hot(labels, 10), Network((64, 25, 10))

    def cost(theta):
        return net.cost(theta, X, Y, LAM)

    def repaired(theta):
        return net.grad(theta, X, Y, LAM)

    def zeroing(theta):
        for Theta in net.params(theta).Theta[1:]:
            Theta[:, 0] = 0
        return net.grad(theta, X, Y, LAM)

    runs = {}
    for name, gradient in ("zeroing", zeroing), ("repaired", repaired):
        rows = []
        for seed in range(STARTS):
            fit = minimize(cost, start(net, seed), jac=gradient, method="CG", options={"maxiter": ITERATIONS})
            right = int((net.predict(fit.x, X_test).argmax(axis=1) == labels_test).sum())
            rows.append(
                {
                    "seed": seed,
                    "iterations": int(fit.nit),
                    "gave_up": fit.status == 2,
                    "cost": float(f"{fit.fun:.4g}"),
                    "right": right,
                }
            )
            print(name, rows[-1], file=sys.stderr)
        runs[name] = rows
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(
        json.dumps(
            {
                "what": f"scipy.optimize.minimize(method='CG'), at most {ITERATIONS} iterations, "
                f"on scikit-learn's digits (64-25-10 sigmoid, lambda {LAM}), from {STARTS} starts: iterations made, "
                "whether the line search gave up, cost reached, test images read correctly",
                "date": datetime.date.today().isoformat(),
                "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, "
                f"NumPy {np.__version__}, SciPy {scipy.__version__}",
                "tested": len(labels_test),
                "runs": runs,
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
