"""What the checkup sees in the predictions: one answer to everything, and another accuracy than was told."""

import numpy as np

from .limits import FLAT
from .targets import labels_of


def look_at_predictions(patient):
    net, Y = patient.net, patient.Y
    theta = patient.trained if patient.trained is not None else patient.theta
    if Y is None or theta is None:
        return
    A = net.predict(theta, patient.X)
    spread, wanted = A.std(axis=0), Y.std(axis=0)
    varies = wanted > 0
    if patient.trained is None:  # at the start many a healthy network answers the same to everything
        patient.skipped.append(
            "whether the trained network answers the same to everything: it needs fit, and its theta."
        )
    elif varies.any() and not patient.wreck and (spread[varies] < FLAT * wanted[varies]).all():
        k = int(np.flatnonzero(varies)[0])
        patient.find(
            2,
            "predictions-constant",
            "output" if A.shape[1] == 1 else f"all {A.shape[1]} outputs",
            f"Over {len(A)} samples output {k} varies by {spread[k]:.2g} around {A[:, k].mean():.4g}, and its "
            "targets by "
            f"{wanted[k]:.2g} around {Y[:, k].mean():.4g}.",
            "Look at the other findings first: this is what equal, dead or saturated units, vanishing deltas, a large "
            "penalty and a small step look like from outside.",
        )
    labels = labels_of(Y)
    if labels is None:
        if patient.accuracy is not None:
            patient.skipped.append("the accuracy: it needs targets that are classes.")
        return
    truth, decide = labels
    found = decide(A)
    right, majority = float((found == truth).mean()), float(np.bincount(truth).max() / len(truth))
    patient.looked.append(f"accuracy: {right:.4g}; the largest class alone gives {majority:.4g}.")
    if patient.trained is not None and not patient.wreck and len(np.unique(found)) == 1:
        patient.find(
            2,
            "majority-only",
            f"class {int(found[0])}",
            f"All {len(found)} samples are put in class {int(found[0])}: accuracy {right:.4g}, which is the share "
            "of that class; "
            f"the largest class has {majority:.4g}.",
            "Look at the other findings first; then train longer, count errors for each class, and where one "
            "class is rare, "
            "look at the probabilities before the decision.",
        )
    if patient.accuracy is not None:
        _accuracy(patient, A, truth, found, right)


def _accuracy(patient, A, truth, found, right):
    """Hold the reader's own accuracy against the right one and against the usual ways of computing another."""
    Y, m = patient.Y, len(truth)
    given = patient.accuracy / 100 if patient.accuracy > 1 else patient.accuracy
    near = lambda value: abs(given - value) <= max(0.5 / m, 5e-4)  # to a sample, or to three printed digits
    if near(right):
        return
    shares = np.bincount(truth) / m
    ways = {
        "argmax without an axis, which is one number for the whole matrix": float(A.argmax() == Y.argmax()),
        "argmax(axis=0), which compares columns": float((A.argmax(axis=0) == Y.argmax(axis=0)).mean()),
        "(m, 1) == (m,), which compares every sample with every other": float(
            (np.bincount(found, minlength=shares.size) / m)[: shares.size] @ shares
        ),
        "the share of equal entries of the matrices instead of equal rows": float((np.round(A) == Y).mean()),
        "labels that are off by one": float((found == truth + 1).mean()),
        "probabilities compared with labels for equality": float((A == Y).all(axis=1).mean()),
    }
    if A.shape[1] == 1:
        del ways["the share of equal entries of the matrices instead of equal rows"]
        ways["argmax(axis=1) of a single column, which is always 0"] = float((truth == 0).mean())
    like = [way for way, value in ways.items() if near(value)]
    patient.find(
        3,
        "accuracy-computed",
        "accuracy",
        f"The predictions are right for {right:.4g} of the samples, and {given:.4g} was told."
        + (f" That is what comes of {', or of '.join(like)}." if like else " No usual slip gives that number."),
        "(A.argmax(axis=1) == Y.argmax(axis=1)).mean()"
        if A.shape[1] > 1
        else "((A > 0.5) == (Y > 0.5)).mean(), both (m, 1)",
    )
