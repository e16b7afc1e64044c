"""Repeats the comparison of article A for thirty seeds, on moons and on the breast-cancer data, instead of for one lucky number.

Run with `python benchmarks/sklearn_seeds.py`; it writes book/measurements/sklearn_seeds.json, which the chapter
"Against scikit-learn" reads. On moons the data are the article's own and the seed sets the starting weights and the order of the samples;
on breast cancer it sets the split as well, and the features are standardised with the mean and deviation of the training rows alone.
"""

import sys

from timing import store  # before NumPy, whose threads it sets; it makes bpcore importable

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler
from sklearn_ladder import PUBLISHED, by_epochs, take
from sklearn_long import moons, networks, right, start, train

SEEDS = range(30)
STRAIGHT_LINE = (
    90  # on moons, fewer than this many of the 100 test rows right means: not past the best straight line yet
)
LIKE_FOR_LIKE = {
    **PUBLISHED,
    "hidden_layer_sizes": (4, 4),
    "alpha": 0,
    "momentum": 0,
    "batch_size": 1,
    "shuffle": False,
}


def published(sizes, X, X_test, labels, labels_test, seed):
    clf = MLPClassifier(**{**PUBLISHED, "hidden_layer_sizes": sizes}, max_iter=1000, random_state=seed).fit(X, labels)
    return {
        "epochs": clf.n_iter_,
        "cost": float(f"{clf.loss_:.6g}"),
        "train_right": int((clf.predict(X) == labels).sum()),
        "test_right": int((clf.predict(X_test) == labels_test).sum()),
    }


def by_hand(net, theta, X, X_test, labels, labels_test, seed, lengths):
    history, thetas = train(net, theta, X, labels, max(lengths), seed, lengths)
    return {
        length: {
            "cost": float(f"{history[length]:.6g}"),
            "train_right": right(net, thetas[length], X, labels),
            "test_right": right(net, thetas[length], X_test, labels_test),
        }
        for length in lengths
    }, thetas


def one_seed_on_moons(seed):
    data = moons()
    X, X_test, labels, labels_test = data
    nets = networks((2, 4, 4, 1))
    theta = start(nets["repair"], seed)
    row = {
        "seed": seed,
        "scikit-learn (4,)": published((4,), *data, seed),
        "scikit-learn (4, 4)": published((4, 4), *data, seed),
    }
    for name, net in nets.items():
        results, thetas = by_hand(net, theta, *data, seed, (20, 100, 400))
        if name == "repair" and results[400]["test_right"] < STRAIGHT_LINE:
            results |= by_hand(net, theta, *data, seed, (1000,))[0]
        row |= {f"{name} {length}": result for length, result in results.items()}
        if name == "repair":
            ours = thetas[100]
    clf, _ = by_epochs(LIKE_FOR_LIKE, X, labels, 100, nets["repair"], theta, np.random.default_rng(seed))
    theirs = take(clf, nets["repair"])
    row["like for like 100"] = {
        "train_right": int((clf.predict(X) == labels).sum()),
        "test_right": int((clf.predict(X_test) == labels_test).sum()),
        "largest_gap_of_weights": float(f"{np.abs(theirs - ours).max():.3g}"),
    }
    return row


def one_seed_on_breast_cancer(seed):
    table, malignant_is_0 = load_breast_cancer(return_X_y=True)
    X, X_test, labels, labels_test = train_test_split(
        table, malignant_is_0, test_size=0.2, random_state=seed, stratify=malignant_is_0
    )
    scaler = StandardScaler().fit(X)
    data = scaler.transform(X), scaler.transform(X_test), labels, labels_test
    nets = networks((30, 4, 4, 1))
    theta = start(nets["repair"], seed)
    row = {
        "seed": seed,
        "scikit-learn (4,)": published((4,), *data, seed),
        "scikit-learn (4, 4)": published((4, 4), *data, seed),
    }
    for name, net in nets.items():
        results, _ = by_hand(net, theta, *data, seed, (20, 100))
        row |= {f"{name} {length}": result for length, result in results.items()}
    return row


def main():
    rows = {"moons": [], "breast cancer": []}
    for seed in SEEDS:
        for name, one_seed in ("moons", one_seed_on_moons), ("breast cancer", one_seed_on_breast_cancer):
            rows[name].append(one_seed(seed))
        print(
            seed,
            {name: [r[-1][key]["test_right"] for key in r[-1] if key != "seed"] for name, r in rows.items()},
            file=sys.stderr,
        )
    store(
        "sklearn_seeds",
        "article A's program (defect), its repair, and scikit-learn with the article's settings, for thirty seeds: samples on the right side "
        "of 1/2 and training cost, after 20, 100 and (moons) 400 epochs by hand, after 1000 where the repair was not past the straight line by then, after as many as scikit-learn's stopping rule allows; and scikit-learn like for like "
        "with the repair over 100 epochs",
        tested={"moons": 100, "breast cancer": 114},
        trained={"moons": 400, "breast cancer": 455},
        rows=rows,
    )


if __name__ == "__main__":
    main()
