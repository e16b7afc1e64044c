"""Takes the differences between article A's scikit-learn run and its own program away, one at a time, for 100 epochs.

Run with `python benchmarks/sklearn_ladder.py`; it writes book/measurements/sklearn_ladder.json, which the chapter
"Against scikit-learn" reads. tests/book/test_against_sklearn.py repeats the first epochs. The start is the article's;
the order of the samples is that of bpcore.sgd with seed 0, whose curve can be read in scikit-learn's way.
"""

import sys

from timing import store  # before NumPy, whose threads it sets; it makes bpcore importable

# isort: split
import numpy as np
from sklearn.neural_network import MLPClassifier
from sklearn_long import rounded

from bpcore import Network, sgd
from bpcore.articles import a
from bpcore.articles.layouts import theta_from_rows

EPOCHS = 100
PUBLISHED = {name: a.SKLEARN[name] for name in a.SKLEARN if name not in ("max_iter", "random_state")}
RUNGS = (
    ("as published", {}),
    ("two hidden layers", {"hidden_layer_sizes": (4, 4)}),
    ("no early stop", {}),
    ("no penalty", {"alpha": 0}),
    ("no momentum", {"momentum": 0}),
    ("one sample per step", {"batch_size": 1}),
    ("the same start", {}),
    ("the same order", {"shuffle": False}),
)


def give(clf, net, theta):
    """Put the parameters of ``theta`` into scikit-learn's documented attributes."""
    p = net.params(theta)
    clf.coefs_ = [W.T.copy() for W in p.W[1:]]
    clf.intercepts_ = [b.copy() for b in p.b[1:]]


def take(clf, net):
    """scikit-learn's parameters as one flat vector of ``net``."""
    theta = np.empty(net.n_params)
    p = net.params(theta)
    for l in range(1, net.L + 1):
        p.W[l][...] = clf.coefs_[l - 1].T
        p.b[l][...] = clf.intercepts_[l - 1]
    return theta


def by_fit(settings, X, labels):
    """One call of fit, with the stopping rule in force."""
    clf = MLPClassifier(**settings, max_iter=1000, random_state=42).fit(X, labels)
    return clf, clf.loss_curve_


def by_epochs(settings, X, labels, epochs, net=None, theta=None, order=None):
    """One call of partial_fit per epoch, no stopping rule; from ``theta`` and in the order of ``order`` where given."""
    clf = MLPClassifier(**settings, random_state=np.random.RandomState(42))
    if theta is not None:
        clf.partial_fit(X, labels, classes=[0, 1])
        give(clf, net, theta)
    curve = []
    for _ in range(epochs):
        rows = np.arange(len(X)) if order is None else order.permutation(len(X))
        clf.partial_fit(X[rows], labels[rows], classes=[0, 1])
        curve.append(clf.loss_)
    return clf, curve


def main():
    X, X_test, Y, Y_test = a.data()
    labels, labels_test, net = Y[:, 0], Y_test[:, 0], Network(a.SIZES)
    theta = theta_from_rows(*a.start()[:2])
    ours = sgd(net, theta, X, Y, lr=0.01, epochs=EPOCHS, batch_size=1, seed=0, history="running")
    settings, rungs = dict(PUBLISHED), []
    for place, (taken_away, change) in enumerate(RUNGS):
        settings.update(change)
        if place < 2:
            clf, curve = by_fit(settings, X, labels)
        else:
            clf, curve = by_epochs(
                settings,
                X,
                labels,
                EPOCHS,
                net,
                theta if place >= 6 else None,
                np.random.default_rng(0) if place == 7 else None,
            )
        common = min(EPOCHS, len(curve))
        gap = np.abs(np.array(curve[:common]) - ours.history[1 : common + 1])
        same_shape = place > 0 and len(curve) == EPOCHS
        rungs.append(
            {
                "taken_away": taken_away,
                "epochs": len(curve),
                "curve": rounded(curve[:common], 17),
                "largest_gap_of_curves": float(f"{gap.max():.3g}"),
                "largest_gap_of_weights": float(f"{np.abs(take(clf, net) - ours.theta).max():.3g}")
                if same_shape
                else None,
                "train_right": int((clf.predict(X) == labels).sum()),
                "test_right": int((clf.predict(X_test) == labels_test).sum()),
            }
        )
        print(
            taken_away,
            rungs[-1]["epochs"],
            rungs[-1]["largest_gap_of_curves"],
            rungs[-1]["largest_gap_of_weights"],
            file=sys.stderr,
        )
    store(
        "sklearn_ladder",
        "scikit-learn's MLPClassifier against bpcore.sgd (moons, 2-4-4-1, per-sample descent, lr 0.01): "
        "the differences taken away one at a time and kept away; largest gap of the loss curves (each epoch's mean of "
        "the batch costs) and of the parameters over 100 epochs, or as many as the stopping rule left",
        ours=rounded(ours.history[1:], 17),
        rungs=rungs,
    )


if __name__ == "__main__":
    main()
