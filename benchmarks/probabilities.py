"""Repeats for many splits what the chapter on probabilities does with one: choices, ten sigmoids, calibration.

Run with `python benchmarks/probabilities.py`; it writes book/measurements/probabilities.json, which the chapter
"Using probabilities" reads. The chapter repeats the first split, and one of the calibrations, itself.
"""

import sys

from timing import store  # before NumPy, whose threads it sets; it makes bpcore importable

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn_long import rounded

from bpcore import LOSSES, Network, adam, one_hot

SPLITS, LAMBDAS = range(20), (0, 0.1, 0.3, 1, 3, 10)
CHOICE_SPLITS, FIXED = range(100), 0.1
TRAINING = {"lr": 0.01, "epochs": 60, "batch_size": 64}
CALIBRATED = ((0, 60), (0.3, 60), (3, 60), (30, 60), (0, 400))
SOFTMAX = Network((64, 32, 10), "tanh", "softmax", "cross_entropy")
SIGMOIDS = Network((64, 32, 10), "tanh", "sigmoid", "binary_cross_entropy")
CLINIC = Network((30, 8, 1), "tanh")


def split(labels, seed, size):
    """Places of the training, validation and test rows: two stratified cuts."""
    rest, test = train_test_split(np.arange(len(labels)), test_size=size, random_state=seed, stratify=labels)
    train, validation = train_test_split(rest, test_size=size, random_state=seed, stratify=labels[rest])
    return train, validation, test


def judged(P, labels):
    """Misread rows, and the mean of minus the logarithm of the probability that the true class was given."""
    return {
        "wrong": int((P.argmax(axis=1) != labels).sum()),
        "log_loss": rounded(-np.log(P[np.arange(len(labels)), labels]).mean(), 6)[0],
    }


def fitted(net, X, Y, seed, lam, **changes):
    return adam(net, net.init(seed=seed), X, Y, **{**TRAINING, **changes}, lam=lam, seed=seed, history="none").theta


def choice(table, malignant, seed):
    """Breast cancer: validation and test cost of the λ that the validation rows choose, and of one fixed beforehand."""
    train, validation, test = split(malignant, seed, 114)
    X, Y = (table - table[train].mean(axis=0)) / table[train].std(axis=0), 1.0 * malignant[:, None]
    costs = {}
    for lam in LAMBDAS:
        theta = adam(
            CLINIC, CLINIC.init(seed=0), X[train], Y[train], lam=lam, lr=0.01, epochs=100, batch_size=64, history="none"
        ).theta
        loss = LOSSES["binary_cross_entropy"].from_logits
        costs[lam] = [loss(CLINIC.forward(theta, X[rows]).z[2], Y[rows]).mean() for rows in (validation, test)]
    chosen = min(LAMBDAS, key=lambda lam: costs[lam][0])
    return {"lambda": chosen, "chosen": rounded(costs[chosen], 6), "fixed": rounded(costs[FIXED], 6)}


def digits_split(X, labels, seed):
    train, validation, test = split(labels, seed, 360)
    Y = one_hot(labels, 10)
    thetas = {lam: fitted(SOFTMAX, X[train], Y[train], seed, lam) for lam in LAMBDAS}
    told = {
        lam: [judged(SOFTMAX.predict(theta, X[rows]), labels[rows]) for rows in (validation, test)]
        for lam, theta in thetas.items()
    }
    chosen = min(LAMBDAS, key=lambda lam: told[lam][0]["log_loss"])
    tempting = min(LAMBDAS, key=lambda lam: told[lam][1]["log_loss"])
    linear = LogisticRegression(C=1.0, tol=1e-8, max_iter=5000).fit(X[train], labels[train])
    ten = SIGMOIDS.predict(fitted(SIGMOIDS, X[train], Y[train], seed, chosen), X[test])
    sums = ten.sum(axis=1)
    return {
        "seed": seed,
        "lambda": chosen,
        "validation": told[chosen][0],
        "test": told[chosen][1],
        "chosen_on_the_test": told[tempting][1],
        "linear": judged(linear.predict_proba(X[test]), labels[test]),
        "sigmoids": judged(ten / sums[:, None], labels[test]),
        "sums": rounded([sums.min(), *np.quantile(sums, [0.05, 0.5, 0.95]), sums.max(), abs(sums - 1).mean()], 6),
    }


def out_of_fold(X, labels, lam, epochs):
    """Every image's logits from a network that was trained without it: five folds."""
    Z, Y = np.empty((len(X), 10)), one_hot(labels, 10)
    for fold, (train, held) in enumerate(StratifiedKFold(5, shuffle=True, random_state=0).split(X, labels)):
        Z[held] = SOFTMAX.forward(fitted(SOFTMAX, X[train], Y[train], fold, lam, epochs=epochs), X[held]).z[2]
    return Z


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def calibration(Z, labels):
    """The same numbers at temperature 1, and at the temperature of the smallest log loss."""

    def measured(T):
        P = softmax(Z / T)
        sure, right = P.max(axis=1), P.argmax(axis=1) == labels
        bins = np.minimum((sure * 10).astype(int), 9)
        gaps = sum(abs((right[bins == k] - sure[bins == k]).sum()) for k in range(10)) / len(labels)
        return {
            **judged(P, labels),
            "mean_top": rounded(sure.mean(), 6)[0],
            "ece": rounded(gaps, 6)[0],
            "brier": rounded(((P - one_hot(labels, 10)) ** 2).sum(axis=1).mean(), 6)[0],
        }

    temperatures = np.exp(np.linspace(np.log(0.1), np.log(10), 401))
    best = min(temperatures, key=lambda T: measured(T)["log_loss"])
    return {"plain": measured(1.0), "temperature": rounded(best, 4)[0], "cooled": measured(best)}


def main():
    images, digits = load_digits(return_X_y=True)
    images = images / 16
    rows = []
    for seed in SPLITS:
        rows.append(digits_split(images, digits, seed))
        print(rows[-1], file=sys.stderr)
    table, benign = load_breast_cancer(return_X_y=True)
    calibrations = [
        {"lambda": lam, "epochs": epochs, **calibration(out_of_fold(images, digits, lam, epochs), digits)}
        for lam, epochs in CALIBRATED
    ]
    store(
        "probabilities",
        "digits, for twenty splits into 1077 training, 360 validation and 360 test images: λ chosen on the "
        "validation images, misread test images and mean log loss of the book's network, of a linear softmax model"
        " and of ten sigmoids; breast cancer, for a hundred splits: validation and test cost of the λ chosen and of"
        " a fixed one; digits once more: how well probabilities of images left out of the training (five folds) are"
        " calibrated, for several λ and numbers of epochs",
        lambdas=LAMBDAS,
        tested=360,
        rows=rows,
        choice={"fixed": FIXED, "splits": [choice(table, 1 - benign, seed) for seed in CHOICE_SPLITS]},
        calibration=calibrations,
    )


if __name__ == "__main__":
    main()
