"""What the checkup sees in the targets: their form, their classes, and whether the output can reach them."""

import math

import numpy as np

from ... import arguments
from .limits import FAR, LARGE_TARGET, REACH


def targets_of(patient, Y):
    """Targets that the network takes, made of Y where it is clear how; None where it is not."""
    net, K, m = patient.net, patient.net.sizes[-1], len(patient.X)
    refused = lambda: net.cost(np.zeros(net.n_params), patient.X, Y)  # raises, and says why better than we could
    given = arguments.array("Y", Y, "one row for each row of X")
    if given.dtype.kind not in "biuf" or not np.isfinite(given).all() or given.shape[:1] != (m,) or given.size == 0:
        refused()
    Y = given.astype(float)
    if Y.ndim == 1 and K == 1:
        patient.find(
            3,
            "target-shape",
            "Y",
            f"Y has shape ({m},), the output ({m}, 1). NumPy subtracts one from the other without complaint and makes "
            f"({m}, {m}): every output is then compared with every target.",
            "Y.reshape(-1, 1)",
        )
        Y = Y[:, None]
    elif K > 1 and (Y.ndim == 1 or Y.shape[1:] == (1,)):
        return _from_labels(patient, Y.ravel(), K) if _whole(Y) else refused()
    elif Y.ndim == 2 and Y.shape[1] != K:
        patient.find(
            3,
            "target-columns",
            "Y",
            f"Y has {Y.shape[1]} columns, the network has {K} output{'s' * (K > 1)}.",
            _cure_of_columns(net, Y),
        )
        return None
    elif Y.ndim != 2:
        refused()
    return _accepted(patient, Y)


def _cure_of_columns(net, Y):
    n, K = Y.shape[1], net.sizes[-1]
    sizes = f"({', '.join(map(str, net.sizes[:-1]))}, {n})"
    if K > 1:
        return f"Network({sizes}, …), or one_hot(labels, {K}) where the columns are classes."
    if not (n > 1 and np.isin(Y, (0, 1)).all() and (Y.sum(axis=1) == 1).all()):
        return f"Network({sizes}, …)."
    hidden = [f.name for f in net.activations[1:-1]]
    named = f"hidden={(hidden[0] if len(set(hidden)) == 1 else hidden)!r}, " if hidden else ""
    softmax = f"Network({sizes}, {named}output='softmax', loss='cross_entropy')."
    return "Y[:, 1:], which is 1 for the second class, fits one output; or " * (n == 2) + softmax


def _cure_of_rows(Y):
    """What to do about rows under a softmax that do not sum to 1."""
    if Y.shape[1] == 1:
        return "A softmax of one unit is always 1: output='sigmoid', loss='binary_cross_entropy'."
    if np.isin(Y, (0, 1)).all() and (Y.sum(axis=1) > 1).any():
        return "Several classes hold at once: output='sigmoid', loss='binary_cross_entropy'."
    return "one_hot(labels, K) makes the rows, and refuses labels out of range."


def _whole(values):
    return bool((values == np.round(values)).all())


def _from_labels(patient, labels, K):
    low, high, m = int(labels.min()), int(labels.max()), len(labels)
    seen = f"Y holds {m} whole numbers from {low} to {high}, the network has {K} outputs."
    values = set(labels.tolist())
    if 0 <= low and high < K:
        patient.find(3, "labels-not-one-hot", "Y", seen, f"one_hot(labels, {K}) makes a row for each label.")
        shift = 0
    elif low == 1 and high == K:
        patient.find(3, "labels-from-one", "Y", seen, f"one_hot(labels - 1, {K}): classes count from 0.")
        shift = 1
    elif values == {-1.0, 1.0} and K == 2:
        patient.find(3, "labels-signed", "Y", seen, "one_hot((labels + 1) // 2, 2)")
        labels, shift = (labels + 1) / 2, 0
    elif low and len(values) == high - low + 1 == K:
        shift = f"{'-' if low > 0 else '+'} {abs(low)}"
        patient.find(3, "labels-not-counted", "Y", seen, f"one_hot(labels {shift}, {K}): classes count from 0.")
        shift = low
    elif len(values) <= K:
        cure = "np.unique(labels, return_inverse=True)[1] numbers them from 0"
        cure += f"; or {high + 1} outputs, if the other classes are only missing in Y." if not low else "."
        patient.find(3, "labels-not-counted", "Y", f"{seen} {len(values)} of them are different.", cure)
        return None
    else:
        cure = f"{len(values)} different labels need {len(values)} outputs"
        cure += (
            ", and np.unique(labels, return_inverse=True)[1] numbers them from 0."
            if high >= len(values) or low
            else "."
        )
        patient.find(3, "labels-out-of-range", "Y", seen, cure)
        return None
    return np.eye(K)[labels.astype(int) - shift]


def _accepted(patient, Y):
    """Y where the loss takes it, repaired where it is clear how."""
    net, K, m = patient.net, patient.net.sizes[-1], len(Y)
    values = set(np.unique(Y).tolist()) if Y.size < 1e6 or K == 1 else set()
    if patient.output == "sigmoid" and values == {-1.0, 1.0}:
        patient.find(
            3,
            "labels-signed",
            "Y",
            f"{(Y < 0).sum()} of {Y.size} targets are -1; a sigmoid stays above 0 and can only creep towards them.",
            "(Y + 1) / 2, or a tanh output with half_squared.",
        )
        return (Y + 1) / 2
    if K == 1 and patient.output == "sigmoid" and _whole(Y) and 2 < len(values) <= 100 and Y.max() > 1:
        patient.find(
            3,
            "labels-in-one-column",
            "Y",
            f"Y holds the whole numbers {some(sorted(int(v) for v in values))}; the one sigmoid output stays below 1.",
            f"{len(values)} softmax outputs with cross_entropy, and one_hot rows.",
        )
        return None
    if net.loss.targets and (bad := net.loss.targets(Y)).any():
        row = int(bad.argmax())
        if patient.output == "softmax":
            empty = int((Y == 0).all(axis=1).sum())
            patient.find(
                3,
                "rows-not-distributions",
                f"row {row}" + (f" and {bad.sum() - 1} others" if bad.sum() > 1 else ""),
                f"{bad.sum()} of {m} rows are not from 0 to 1 with sum 1; row {row} is {some(Y[row].tolist())}."
                + (
                    f" {empty} of them are all zero, as labels out of range make them."
                    if empty and K > 1 and Y.sum(axis=1).max() <= 1
                    else ""
                ),
                _cure_of_rows(Y),
            )
        else:
            patient.find(
                3,
                "target-out-of-reach",
                f"row {row}" + (f" and {bad.sum() - 1} others" if bad.sum() > 1 else ""),
                f"{bad.sum()} of {m} rows have targets outside 0 to 1 (from {Y.min():.4g} to {Y.max():.4g}), "
                "which are no "
                f"probabilities.",
                "For numbers of any size: output='identity', loss='half_squared'. For classes: labels 0 and 1.",
            )
        return None
    return Y


def columns_of(name, columns):
    shown = ", ".join(map(str, columns[:3])) + (" and others" if len(columns) > 3 else "")
    return f"column{'s' * (len(columns) > 1)} {shown} of {name}"


def without_far_rows(patient, name, columns, values):
    """Which rows of ``values`` are not far from the rest in one of these columns; those that are become a finding."""
    low, middle, high = np.quantile(values[:, columns], [0.25, 0.5, 0.75], axis=0)
    far = (abs(values[:, columns] - middle) > FAR * (high - low)) & (high > low)
    rows = np.flatnonzero(far.any(axis=1))
    if rows.size:
        k = int(far.sum(axis=0).argmax())
        there = values[far[:, k], columns[k]]
        kinds, counts = np.unique(there, return_counts=True)
        code = f"{kinds[counts.argmax()]:.4g}"
        patient.find(
            2,
            "rows-far",
            f"row {rows[0]}" + (f" and {rows.size - 1} others" if rows.size > 1 else ""),
            f"In column {columns[k]} of {name}, {there.size} of {len(values)} values are more than {FAR:g} times as "
            f"far from the median {middle[k]:.4g} as the quartiles are from each other; the most frequent is {code}.",
            f"Is {code} a code for a missing value, or a slip? Mend or leave out these rows before anything is "
            "standardised: with them, all other rows become nearly equal.",
        )
    return ~far.any(axis=1)


def some(values, most=6):
    shown = ", ".join(f"{v:.4g}" for v in values[:most])
    return shown + (", …" if len(values) > most else "")


def losses(net, A, Y):
    """One loss for each sample of answers A; 0·log 0 is 0."""
    if net.loss.link:
        A = np.clip(A, 1e-300, 1 - 1e-16)
    return net.loss.value(A, Y)


def look_at_reach(patient):
    net, Y = patient.net, patient.Y
    if Y is None:
        patient.skipped.append("reach of the output, cost and predictions: they need targets of the right form.")
        return
    low, high = REACH.get(patient.output, (-np.inf, np.inf))
    nearest = np.clip(Y, low, high)
    answer = np.clip(Y.mean(axis=0), low, high)  # for all losses of the book the best constant is the mean
    patient.constant = float(losses(net, np.broadcast_to(answer, Y.shape), Y).mean())
    K, known = Y.shape[1], ""
    for number, letters in ((math.log(2), "log 2"), (math.log(K), f"log {K}")):
        if number and abs(patient.constant / number - 1) < 1e-3:
            known = f", which is {letters}"
            break
    patient.looked.append(f"targets: the best constant answer costs {patient.constant:.4g}{known}.")
    if np.ptp(Y, axis=0).max() == 0 and len(Y) > 1:  # a single sample is all that one asks for at times
        patient.find(
            3,
            "targets-constant",
            "Y",
            f"All {len(Y)} rows of Y are {some(Y[0].tolist())}.",
            "Look at how Y was made: there is nothing to learn.",
        )
    outside = nearest != Y
    if outside.any():
        floor = float(losses(net, nearest, Y).mean())
        columns = np.flatnonzero(outside.any(axis=0)).tolist()
        patient.find(
            3,
            "target-out-of-reach",
            columns_of("Y", columns),
            f"{outside.sum()} of {Y.size} targets lie outside the reach of {patient.output}, {low:g} to {high:g} "
            f"(they go from {Y.min():.4g} to {Y.max():.4g}): the cost cannot fall below {floor:.4g}.",
            "output='identity' reaches every number; or scale the targets into the reach.",
        )
    elif patient.output == "softmax" and (off := abs(Y.sum(axis=1) - 1) > 1e-6).any():
        patient.find(
            2,
            "rows-not-distributions",
            f"row {int(off.argmax())}" + (f" and {off.sum() - 1} others" if off.sum() > 1 else ""),
            f"{off.sum()} of {len(Y)} rows of Y do not sum to 1, and every row of a softmax does.",
            _cure_of_rows(Y),
        )
    size = math.sqrt(float((Y * Y).mean()))
    if not np.isfinite(high) and size > LARGE_TARGET:
        near = without_far_rows(patient, "Y", np.arange(Y.shape[1]), Y)
        size = math.sqrt(float((Y[near] ** 2).mean()))
    if not np.isfinite(high) and size > LARGE_TARGET:
        patient.find(
            2,
            "targets-large",
            "Y",
            f"The targets have mean {Y.mean():.4g} and deviation {Y.std():.4g}; the output begins near 0, and the "
            "first "
            f"deltas are as large as the targets.",
            "(Y - Y.mean(axis=0)) / Y.std(axis=0), and undo it in the predictions.",
        )


def labels_of(Y):
    """The class of each sample where Y says one, and how answers are turned into classes; else None."""
    if Y is None:
        return None
    if Y.shape[1] > 1:
        one_hot = np.isin(Y, (0, 1)).all() and (Y.sum(axis=1) == 1).all()
        return (Y.argmax(axis=1), lambda A: A.argmax(axis=1)) if one_hot else None
    for low in 0, -1:
        if set(np.unique(Y).tolist()) == {low, 1}:
            return (Y[:, 0] > (low + 1) / 2).astype(int), lambda A: (A[:, 0] > (low + 1) / 2).astype(int)
    return None


def look_at_classes(patient):
    Y = patient.Y
    if Y is None or Y.shape[1] < 2 or not np.isin(Y, (0, 1)).all():
        return
    sums = Y.sum(axis=1)
    empty, absent = sums == 0, np.flatnonzero(Y.sum(axis=0) == 0)
    if 0 < empty.mean() <= 0.5 and (sums <= 1).all():  # more of them are a class of their own, or labels that are rare
        patient.find(
            2,
            "rows-all-zero",
            f"row {int(empty.argmax())}" + (f" and {empty.sum() - 1} others" if empty.sum() > 1 else ""),
            f"{empty.sum()} of {len(Y)} rows are all zero, and each of the others has a single 1: these samples "
            "are of no class.",
            "A label out of range, one too high for instance, leaves such a row; one_hot(labels, K) refuses it.",
        )
    if absent.size and not empty.all():
        patient.find(
            2,
            "class-absent",
            columns_of("Y", absent),
            f"{absent.size} of {Y.shape[1]} classes occur in none of {len(Y)} samples.",
            "Labels that count from 1 leave column 0 empty; a selection of the data may have lost a class; else take "
            "fewer outputs.",
        )
    counts = Y.sum(axis=0)
    if (sums == 1).all():
        patient.looked.append(f"classes: {int(counts.min())} to {int(counts.max())} samples of each of {Y.shape[1]}.")
