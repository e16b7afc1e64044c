"""Trains networks on sin(x) over ten half-periods: article B's second program, its causes of failure, and a cure.

Run with `python benchmarks/sine.py` (some ten minutes on two cores); it writes book/measurements/sine.json, which the
chapter on the sine reads. With names such as `published` behind it, it renews these parts alone. The chapter repeats
the first epochs itself. Each run has a seed of its own for the start and for the order of the samples: the published
runs make the program's own draws, with one order for all epochs, the others have a new order in every epoch. Where
several learning rates are tried, all are kept, and the one with the lowest median cost is named.
"""

import json
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor

from timing import ROOT, store  # before NumPy, whose threads it sets; it makes bpcore importable

import numpy as np

from bpcore import Network, adam, leaky_relu, schedules, sgd
from bpcore.articles import b
from bpcore.articles.layouts import theta_from_columns

RESULT = ROOT / "book" / "measurements" / "sine.json"
HALF = 5 * np.pi
X_RAW = np.arange(-HALF, HALF, 0.1)[:, None]
Y = np.sin(X_RAW)
LEAKY = "leaky_relu(0.5)"

ARTICLE = {"width": [2, 4, 2], "hidden": "sigmoid", "output": "sigmoid", "input": "raw", "start": "standard_normal"}
CURE = {"width": [50, 50], "hidden": "tanh", "output": "identity", "input": "scaled", "start": "standard_normal"}
GLOROT = {"start": "glorot_uniform"}
AS_PUBLISHED = "as published"
PUBLISHED = {
    "sigmoid": (dict(hidden="sigmoid", output="sigmoid"), 1.5),
    "ReLU": (dict(hidden="relu", output="relu"), 1.5),
    "leaky ReLU, slope 0.5": (dict(hidden=LEAKY, output=LEAKY), 1.5),
    "leaky ReLU, slope 0.5, lower rate": (dict(hidden=LEAKY, output=LEAKY), 0.03),
    "sigmoid, linear output": (dict(hidden="sigmoid", output="identity"), 0.3),
    "tanh, linear output": (dict(hidden="tanh", output="identity"), 0.05),
}
ALONE = {
    "the article's network": {},
    "linear output": {"output": "identity"},
    "scaled input": {"input": "scaled"},
    "50-50 hidden units": {"width": [50, 50]},
    "Glorot's start": GLOROT,
    "tanh in the hidden layers": {"hidden": "tanh"},
}
PUT_BACK = {
    "all cures": {},
    "sigmoid output": {"output": "sigmoid"},
    "raw input": {"input": "raw"},
    "2-4-2 hidden units": {"width": [2, 4, 2]},
    "Glorot's start": GLOROT,
    "sigmoid in the hidden layers": {"hidden": "sigmoid"},
}
RATES = (0.01, 0.03, 0.1, 0.3, 1.5)
SHORT = 300  # epochs, against the published 5000
LEARNER = {"rule": "adam", "lr": 0.01, "epochs": 2000, "batch_size": 63, "power": 0.25}
ADAM = {name: LEARNER[name] for name in ("rule", "epochs", "batch_size", "power")}
PAGES = (0, 10, 30, 100, 300, 600, 1000, 2000)


def network(about):
    hidden, output = (leaky_relu(0.5) if name == LEAKY else name for name in (about["hidden"], about["output"]))
    return Network((1, *about["width"], 1), hidden, output, "half_squared")


def inputs(about, x=X_RAW):
    return x / HALF if about["input"] == "scaled" else x


def as_published(net, seed):
    """Start, inputs and targets as the second program draws them after np.random.seed(seed): one order, then W, b."""
    rng = np.random.RandomState(seed)
    X, Y = (np.array(column)[:, None] for column in zip(*b.data(rng)))
    return theta_from_columns(*b.start(net.sizes, rng)), X, Y


def train(about, rule="sgd", lr=1.5, epochs=500, batch_size=5, power=0.25, seed=0, kept=()):
    """One run: costs at the start and after each epoch, the parameters at the end and after the epochs in ``kept``.

    It ends early where the cost is no longer finite, or where the gradient is exactly zero: then nothing changes again.
    """
    net = network(about)
    if about["start"] == AS_PUBLISHED:
        theta, X, targets = as_published(net, seed)
    else:
        theta, X, targets = net.init(seed, about["start"]), inputs(about), Y
    thetas, ended = {0: theta}, {}

    def watch(epoch, theta, cost):
        if epoch in kept:
            thetas[epoch] = theta
        if epoch % 10 == 0 and not net.grad(theta, X, targets).any():
            ended["gradient zero"] = epoch
        return ended

    options = dict(
        lr=lr,
        epochs=epochs,
        batch_size=batch_size,
        seed=seed,
        shuffle=about["start"] != AS_PUBLISHED,
        callback=watch,
        schedule=schedules.polynomial_decay(power) if power else None,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the runs that diverge are noted here
        fit = (adam if rule == "adam" else sgd)(net, theta, X, targets, **options)
    if not np.isfinite(fit.history[-1]):
        ended["overflow"] = len(fit.history) - 1
    return fit.history, fit.theta, thetas, ended


def short(value, digits=6):
    return float(f"{value:.{digits}g}") if np.isfinite(value) else None


def summary(task):
    """What is kept of a run: cost after some epochs, the lowest and highest output, and why it ended."""
    about, options = task
    history, theta, _, ended = train(about, **options)
    epochs = options["epochs"]
    steps = sorted({*range(6), *np.unique(np.geomspace(1, epochs, 60).astype(int)).tolist()})
    cost = [short(history[min(step, len(history) - 1)]) for step in steps]
    finite = "overflow" not in ended
    out = network(about).predict(theta, inputs(about))[:, 0] if finite else np.full(len(Y), np.nan)
    return {
        "seed": options["seed"],
        "ended": ended,
        "epoch": steps,
        "cost": cost,
        "final": cost[-1],
        "lowest": short(out.min()),
        "highest": short(out.max()),
        "fit": [short(a, 4) for a in out[::2]] if finite else None,
    }


def best_of(pool, about, rates, seeds, **options):
    """Runs for each rate and seed, all final costs, and the runs at the rate of the lowest median (overflow: ∞)."""
    tasks = [(about, dict(options, lr=lr, seed=seed)) for lr in rates for seed in seeds]
    runs = list(pool.map(summary, tasks))
    by_rate = {lr: runs[k * len(seeds) : (k + 1) * len(seeds)] for k, lr in enumerate(rates)}
    finals = {lr: [run["final"] for run in part] for lr, part in by_rate.items()}
    lr = min(rates, key=lambda lr: np.median([np.inf if final is None else final for final in finals[lr]]))
    return {
        "about": about,
        "options": options,
        "lr": lr,
        "tried": {str(lr): costs for lr, costs in finals.items()},
        "runs": by_rate[lr],
    }


def median_only(row):
    """Of the fits, keep that of the run in the middle; of the curves, what the chapter draws or verifies."""
    order = sorted(row["runs"], key=lambda run: np.inf if run["final"] is None else run["final"])
    middle = order[len(order) // 2]
    for run in row["runs"]:
        run["fit"] = run["fit"] if run is middle else None
        run["first"] = run["cost"][:6]
    row["fit"] = middle["fit"]
    row["fit_seed"] = middle["seed"]
    for run in row["runs"]:
        del run["fit"]
    return row


def without_curves(row):
    for run in row["runs"]:
        del run["epoch"], run["cost"]
    return row


def rms(net, theta, about, x):
    return short(np.sqrt(((net.predict(theta, inputs(about, x)) - np.sin(x)) ** 2).mean()))


def learner(seed):
    """The cured network, measured on its points, between them, and outside."""
    net = network(CURE)
    history, theta, thetas, _ = train(CURE, **LEARNER, seed=seed, kept=PAGES)
    between = X_RAW[:-1] + 0.05
    outside = np.arange(HALF, 2 * HALF, 0.1)[:, None]
    result = {
        "seed": seed,
        "final": short(history[-1]),
        "first": [short(cost, 10) for cost in history[:51]],
        "cost": [short(cost) for cost in history[::20]],
        "on the points": rms(net, theta, CURE, X_RAW),
        "between": rms(net, theta, CURE, between),
        "largest between": short(abs(net.predict(theta, inputs(CURE, between)) - np.sin(between)).max()),
        "one half-period outside": rms(net, theta, CURE, outside[outside[:, 0] < HALF + np.pi]),
        "outside, 5π to 10π": rms(net, theta, CURE, outside),
    }
    if seed == 0:
        result["theta"] = [short(value, 9) for value in theta]
        result["pages"] = {
            str(epoch): [short(a, 4) for a in net.predict(kept, inputs(CURE))[::2, 0]] for epoch, kept in thetas.items()
        }
        result["page cost"] = {str(epoch): short(net.cost(kept, inputs(CURE), Y), 4) for epoch, kept in thetas.items()}
    return result


def learners(pool):
    return {"about": CURE, **LEARNER, "runs": list(pool.map(learner, range(5)))}


def causes(pool):
    found = {
        name: {
            label: without_curves(median_only(best_of(pool, {**base, **change}, RATES, range(5), epochs=SHORT)))
            for label, change in changes.items()
        }
        for name, base, changes in (("alone", ARTICLE, ALONE), ("put back", CURE, PUT_BACK))
    }
    found["put back, Adam"] = {
        label: without_curves(median_only(best_of(pool, {**CURE, **change}, (LEARNER["lr"],), range(5), **ADAM)))
        for label, change in PUT_BACK.items()
    }
    return found


def published(pool):
    """The second program's draws and its loop as the commented-out lines have it, at a constant rate; its variants."""
    return {
        label: median_only(
            best_of(
                pool,
                {**ARTICLE, "start": AS_PUBLISHED, **change},
                (lr,),
                range(5 if label == "sigmoid" else 3),
                epochs=5000,
                power=None,  # the line of the decay is commented out twice
            )
        )
        for label, (change, lr) in PUBLISHED.items()
    }


PARTS = {"published": published, "causes": causes, "learner": learners}


def main():
    wanted = sys.argv[1:] or list(PARTS)
    content = {name: part for name, part in json.loads(RESULT.read_text(encoding="utf-8")).items() if name in PARTS}
    with ProcessPoolExecutor(2) as pool:
        for name in wanted:
            content[name] = PARTS[name](pool)
            print(name, file=sys.stderr, flush=True)
    store(
        "sine",
        "networks trained on sin(x), 315 points over ten half-periods, half squared error: "
        "costs after training, a row for each setting, "
        "each with the seeds named in it",
        **content,
    )


if __name__ == "__main__":
    main()
