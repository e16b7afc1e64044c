"""What the checkup sees in the inputs: equal rows, and columns of an awkward scale."""

import math

import numpy as np

from .limits import CONFLICT, HUNDREDFOLD, REACH
from .targets import columns_of, losses, without_far_rows


def look_at_rows(patient):
    X, Y = patient.X, patient.Y
    distinct, group, sizes = np.unique(X, axis=0, return_inverse=True, return_counts=True)
    group, twice = group.reshape(-1), int((sizes > 1).sum())
    if len(distinct) == 1 < len(X):
        patient.find(
            3,
            "rows-all-equal",
            "X",
            f"All {len(X)} rows of X are equal, so all answers are.",
            "Look at how X was read: a loop that overwrites one row, or a scaling by a zero deviation.",
        )
        return
    said = f"rows: {len(X)}" + f", of which {len(distinct)} are different" * (len(X) > 1)
    if not twice:
        patient.looked.append(said + ".")
        return
    if Y is None or not np.isfinite(patient.constant):
        patient.looked.append(said + "; whether equal rows have equal targets needs targets of the right form.")
        return
    means = np.zeros((len(distinct), Y.shape[1]))
    np.add.at(means, group, Y)
    means /= sizes[:, None]
    low, high = REACH.get(patient.output, (-np.inf, np.inf))
    spread = np.zeros(len(distinct))
    np.maximum.at(spread, group, abs(Y - means[group]).max(axis=1))
    conflict = spread > 1e-12 * max(1.0, abs(Y).max())
    rows = int(sizes[conflict].sum())
    if not rows:
        patient.looked.append(said + "; equal rows have equal targets, which is harmless.")
        return
    nearest = np.where(conflict[group, None], means[group], Y)
    patient.floor = floor = float(losses(patient.net, np.clip(nearest, low, high), Y).mean())
    evidence = (
        f"{rows} of {len(X)} rows ({int(conflict.sum())} different ones) come again with another target: "
        f"no network can bring the cost below {floor:.4g}"
    )
    if floor >= CONFLICT * patient.constant:
        first = np.flatnonzero(conflict[group])[0]
        patient.find(
            2,
            "rows-conflict",
            f"row {first} and {rows - 1} others",
            evidence + f"; a constant answer costs {patient.constant:.4g}.",
            "Were X and Y shuffled apart, or a column of X lost or rounded? If the data are like this, take the "
            "floor for the goal.",
        )
    else:
        patient.looked.append(evidence + ", which is little.")


def look_at_columns(patient):
    X = patient.X
    # of columns around 1, since squares overflow; a power of two changes no digit
    scale = np.ldexp(1.0, np.frexp(abs(X).max(axis=0))[1] - 1)
    Z = X / scale
    mean, deviation, size = (scale * each for each in (Z.mean(axis=0), Z.std(axis=0), np.sqrt((Z * Z).mean(axis=0))))
    constant = np.ptp(X, axis=0) == 0

    def furthest(which, by):
        order = np.flatnonzero(which)[np.argsort(-by[which], kind="stable")]
        few = "; ".join(f"column {j}: mean {mean[j]:.4g}, deviation {deviation[j]:.4g}" for j in order[:3])
        return columns_of("X", order), f"{len(order)} of {X.shape[1]} columns; the furthest: {few}"

    standardise = "(X - X.mean(axis=0)) / X.std(axis=0), with the mean and deviation of the training set for all data."
    large = size > HUNDREDFOLD
    if large.any():
        near = without_far_rows(patient, "X", np.flatnonzero(large), X)
        large &= (X[near] ** 2).mean(axis=0) > HUNDREDFOLD**2  # of what is left, if a few rows made it large
    if large.any():
        where, said = furthest(large, size)
        square = f"{size.max() ** 2:.2g}" if np.isfinite(size.max() ** 2) else f"({size.max():.2g})²"
        patient.find(
            2,
            "inputs-large",
            where,
            f"{said}. The curvature grows with the square of an input: the largest stable rate is about "
            f"{square} times smaller than for inputs around 1.",
            standardise,
        )
    off = ~constant & ~large & (abs(mean) > HUNDREDFOLD * deviation) & (abs(mean) > 1 / HUNDREDFOLD)
    if off.any():
        where, said = furthest(off, abs(mean) / np.where(constant, 1, deviation))
        patient.find(
            2,
            "inputs-off-centre",
            where,
            f"{said}. Such a column is nearly a second bias, and what varies in it is hardly seen.",
            standardise,
        )
    length = math.sqrt(float((X * X).sum(axis=1).mean()))
    if length < 1 / HUNDREDFOLD and not constant.all():
        patient.find(
            2,
            "inputs-small",
            "X",
            f"The rows have a root mean square length of {length:.2g}: the weights of layer 1 see gradients that much "
            f"smaller than its biases do.",
            standardise,
        )
    filled = constant & (X[0] != 0)
    if filled.any() and len(X) > 1 and not constant.all():
        j = int(filled.argmax())
        patient.find(
            1,
            "column-constant",
            columns_of("X", np.flatnonzero(filled)),
            f"{filled.sum()} of {X.shape[1]} columns have the same value in all rows, column {j} the value "
            f"{X[0, j]:.4g}.",
            "Leave it out: each layer has a bias of its own already.",
        )
    zeros = int((constant & ~filled).sum())
    patient.looked.append(
        f"columns: {X.shape[1]}, means {mean.min():.3g} to {mean.max():.3g}, deviations {deviation.min():.3g} to "
        f"{deviation.max():.3g}" + (f"; {zeros} are zero throughout, which is harmless." if zeros else ".")
    )
