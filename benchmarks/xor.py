"""Measures how fast six ways of stepping learn XOR at several rates, and where networks that have not learnt it stay.

Run with `python benchmarks/xor.py`; it writes book/measurements/xor.json, which the chapter on XOR reads.

Rates: a 2-4-1 sigmoid network starts from weights uniform on [0, 1). Counted are the epochs until the mean squared
error is below 0.05, at most CAP. Each way of stepping is tried at every rate of its list from the SEARCH seeds; the
rate with the smallest median is then run from the TEST seeds, which had no part in the choice. Of runs that have not
learnt after CAP epochs, the mean squared error is kept.

Patience: 200 networks for each number of hidden units and each kind of start, at article E's rate, for 10 000 and
50 000 epochs.
"""

import sys

from timing import store  # before NumPy, whose threads it sets; it makes bpcore importable

import numpy as np

from bpcore import Network, adam, sgd
from bpcore.schedules import polynomial_decay

X, Y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
CAP, SEARCH, TEST = 10_000, range(20), range(20, 60)
ALONG, SMALL = [0.4, 1, 4, 10, 30, 100], [0.1, 0.3, 1, 3, 10, 30, 100]
WAYS = {
    "full batch": (sgd, {}, ALONG),
    "two at a time": (sgd, {"batch_size": 2}, SMALL),
    "one at a time": (sgd, {"batch_size": 1}, SMALL),
    "full batch, momentum 0.9": (sgd, {"momentum": 0.9}, [0.1, 0.4, 1, 4, 10, 30]),
    "full batch, decaying rate": (sgd, {"schedule": polynomial_decay(0.25)}, ALONG),
    "Adam, full batch": (adam, {}, [0.001, 0.01, 0.03, 0.1, 0.3, 1]),
}


def epochs_to_learn(train, options, lr, seed):
    """Epochs until the mean squared error is below 0.05, or CAP; and the mean squared error then."""
    net = Network((2, 4, 1), loss="half_squared")
    reached = []

    def stop(epoch, theta, cost):
        if 2 * cost < 0.05:
            reached.append(epoch)
        return reached

    fit = train(net, net.init(seed, scheme="uniform"), X, Y, lr=lr, epochs=CAP, seed=seed, callback=stop, **options)
    return reached[0] if reached else CAP, 2 * fit.history[-1]


def summary(runs):
    epochs, errors = zip(*runs)
    low, median, high = np.quantile(epochs, [0.25, 0.5, 0.75])
    return {
        "low": float(low),
        "median": float(median),
        "high": float(high),
        "not_learnt": sum(e == CAP for e in epochs),
        "errors_left": sorted(round(float(error), 3) for e, error in runs if e == CAP),
    }


def many_errors(hidden, scheme, epochs, runs=200, lr=0.1):
    """The mean squared errors of ``runs`` networks trained side by side, after 10 000 epochs and after ``epochs``."""
    net = Network((2, hidden, 1), loss="half_squared")
    start = np.array([net.init(seed, scheme=scheme) for seed in range(runs)])
    T1, T2 = (
        start[:, : 3 * hidden].reshape(runs, hidden, 3).copy(),
        start[:, 3 * hidden :].reshape(runs, 1, hidden + 1).copy(),
    )
    A0, A1, errors = np.vstack([np.ones(4), X.T]), np.ones((runs, hidden + 1, 4)), []
    for epoch in range(epochs + 1):
        A1[:, 1:] = 1 / (1 + np.exp(-(T1 @ A0)))
        A2 = 1 / (1 + np.exp(-(T2 @ A1)))
        if epoch in (10_000, epochs):
            solved = ((A2[:, 0] > 0.5) == (Y[:, 0] > 0.5)).all(axis=1)
            errors.append((int(solved.sum()), ((A2 - Y.T) ** 2).mean(axis=(1, 2))))
        D2 = (A2 - Y.T) * A2 * (1 - A2)
        D1 = (T2[:, :, 1:].transpose(0, 2, 1) @ D2) * A1[:, 1:] * (1 - A1[:, 1:])
        T2 -= lr * D2 @ A1.transpose(0, 2, 1)
        T1 -= lr * D1 @ A0.T
    return errors


def main():
    ways = []
    for name, (train, options, rates) in WAYS.items():
        tried = {lr: summary([epochs_to_learn(train, options, lr, seed) for seed in SEARCH]) for lr in rates}
        best = min(rates, key=lambda lr: tried[lr]["median"])
        tested = summary([epochs_to_learn(train, options, best, seed) for seed in TEST])
        ways.append(
            {"way": name, "tried": [{"lr": lr, **row} for lr, row in tried.items()], "best_lr": best, "tested": tested}
        )
        print(f"{name}: best rate {best}, {tested['median']:.0f} epochs", file=sys.stderr)
    patience = []
    for scheme in ("uniform", "standard_normal", "glorot_uniform"):
        for hidden in (2, 3, 4):
            (at_first, _), (later, errors) = many_errors(hidden, scheme, 50_000)
            left = np.sort(errors)[later:]
            patience.append(
                {
                    "start": scheme,
                    "hidden": hidden,
                    "solved_10000": at_first,
                    "solved_50000": later,
                    "errors_left": [round(float(e), 3) for e in left],
                }
            )
            print(patience[-1], file=sys.stderr)
    store(
        "xor",
        "epochs until a 2-4-1 sigmoid network has a mean squared error below 0.05 on XOR, median and quartiles "
        f"over 20 seeds for each rate and over 40 others for the best rate, at most {CAP}; and how many of 200 "
        "networks have learnt XOR after 10 000 and 50 000 full-batch epochs at article E's rate; each time with "
        "the errors of those that have not",
        seeds="0 to 19 for the rates, 20 to 59 for the best rate, 0 to 199 for patience",
        ways=ways,
        patience=patience,
    )


if __name__ == "__main__":
    main()
