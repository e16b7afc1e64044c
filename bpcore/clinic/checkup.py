"""Looks at data, parameters, step and cost of a network whose gradient is right and which still does not learn."""

import math
import textwrap
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .. import arguments
from ..network import Network
from ..training import Fit, sgd
from .curvature import largest_curvature, largest_rate

# What counts as a finding. Each limit is a factor that a reader can check by hand, and each has a test on both sides.

HUNDREDFOLD = 10.0
"""The curvature of the first layer grows with the square of an input, and the largest stable rate falls with it:
a column of root mean square 10 costs a factor of 100 against one of root mean square 1, and so does a mean that is
ten deviations away from zero."""
LARGE_TARGET = 100.0
"""A linear output begins near 0 and moves by about lr for each unit of error: targets above 100 are a long way."""
UNFINISHED = 0.5
"""A network whose cost is at least half of what a constant answer costs has most of its work before it. Only there are
dead or saturated units, small deltas or a still cost a complaint: a network that has learnt can do with few units."""
SHALLOW = 0.05
"""A unit is saturated where its mean slope is below 5 % of the largest: the deltas behind it shrink twentyfold."""
MOST_OF_A_LAYER = 0.5
"""Some dead or saturated units are usual; a finding begins at half of a layer."""
THOUSANDFOLD = 1e3
"""A delta that is a thousand times smaller in layer 1 than at the output: what the output learns in one epoch, layer 1
learns in a thousand. The same number the other way round is called exploding."""
FLAT = 0.01
"""Predictions that vary by less than 1 % of what the targets do answer the same to everything."""
SLOW = 1e-3
"""A cost that falls by less than a thousandth of itself in an epoch needs more than a thousand epochs."""
CONFLICT = 0.01
"""Equal rows with different targets are a finding where they keep at least 1 % of the cost of a constant answer."""
PULL = 0.03
"""The penalty is too strong where its curvature λ/n is at least 3 % of the largest one of the mean loss: all directions
but the stiffest are then pulled to zero more than they are held. A tanh network on the moons, trained with that much,
ends with ten times the cost that it reaches without; digits end with more than a hundred times."""
SWING = 0.05
"""A cost oscillates where, in the second half, it rises in a quarter of the epochs, and half of the rises are above 5 %
of what a constant answer costs."""
STILL = 0.01
"""A cost stands still where the last quarter of the epochs, and at least ten, change it by less than 1 %."""
TRIAL = 100  # steps of the trial run with the given rate

REACH = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "relu": (0.0, np.inf), "softmax": (0.0, 1.0)}
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0}

TITLES = {
    "labels-not-one-hot": "Y holds class labels, but the network has an output for each class",
    "labels-from-one": "The labels count from 1",
    "labels-out-of-range": "There are more labels than outputs",
    "labels-in-one-column": "One output for several classes",
    "labels-signed": "Labels -1 and 1 for an output from 0 to 1",
    "target-shape": "Y is a row of numbers, and the network's output is a column",
    "target-columns": "Y has another number of columns than the network has outputs",
    "rows-not-distributions": "Rows of Y are no probabilities that sum to 1",
    "rows-all-zero": "Some rows of Y are all zero",
    "class-absent": "A class never occurs",
    "target-out-of-reach": "Targets that the output cannot reach",
    "targets-constant": "All targets are equal",
    "targets-large": "Large targets for a linear output",
    "rows-all-equal": "All rows of X are equal",
    "rows-conflict": "Equal rows of X have different targets",
    "inputs-large": "Inputs of large scale",
    "inputs-off-centre": "Inputs far from zero, compared with how much they vary",
    "inputs-small": "Inputs of small scale",
    "column-constant": "A column of X is constant",
    "theta-not-finite": "The parameters are no numbers any more",
    "symmetric-units": "Units that are copies of each other",
    "dead-units": "Units that are zero for every sample",
    "saturated-units": "Saturated units",
    "saturated-output": "Outputs that are wrong and saturated",
    "deltas-vanish": "The deltas vanish on the way back",
    "deltas-explode": "The deltas explode on the way back",
    "penalty-large": "The penalty outweighs the data",
    "step-too-large": "The learning rate is too large",
    "step-too-small": "The learning rate is far too small",
    "cost-not-finite": "The cost is no number any more",
    "cost-rises": "The cost rises",
    "cost-oscillates": "The cost swings up and down",
    "cost-stalls": "The cost stands still",
    "predictions-constant": "The network answers the same to everything",
    "majority-only": "Every sample is put in the same class",
    "accuracy-computed": "The accuracy is computed in another way",
}


@dataclass(frozen=True)
class Finding:
    """One thing that keeps a network from learning.

    Attributes
    ----------
    name : str
        A key of ``bpcore.clinic.checkup.TITLES``.
    where : str
        Which columns, rows, layers or epochs.
    evidence : str
        What was measured, with numbers.
    cure : str
        What to change.
    severity : int
        3: it cannot learn like this. 2: it learns slowly, or not all of it. 1: worth a look.
    """

    name: str
    where: str
    evidence: str
    cure: str
    severity: int

    @property
    def title(self):
        """The finding in a few words."""
        return TITLES[self.name]

    def __repr__(self):
        rows = [("where", self.where), ("evidence", self.evidence), ("cure", self.cure)]
        return "\n".join([f"{self.title} ({self.name})", *(_row(label, text) for label, text in rows if text)])


@dataclass(frozen=True, repr=False)
class Checkup(Sequence):
    """The findings, worst first: a sequence of ``Finding``; its repr is the whole story.

    Attributes
    ----------
    findings : tuple of Finding
    looked : tuple of str
        What was looked at, with what was measured.
    skipped : tuple of str
        What was not looked at, and what it would need.
    """

    findings: tuple
    looked: tuple
    skipped: tuple

    def __getitem__(self, index):
        return self.findings[index]

    def __len__(self):
        return len(self.findings)

    @property
    def names(self):
        """The names of the findings, worst first."""
        return tuple(finding.name for finding in self.findings)

    def __repr__(self):
        count = {0: "Nothing found", 1: "1 finding"}.get(len(self), f"{len(self)} findings, worst first")
        lines = [count, *(f"{k}. {finding!r}" for k, finding in enumerate(self, start=1))]
        lines += [_row("looked at", text) for text in self.looked] + [_row("not", text) for text in self.skipped]
        return "\n".join(lines)


def _row(label, text):
    return textwrap.fill(text, 82, initial_indent=f"  {label:<11}", subsequent_indent=" " * 13)


@dataclass
class _Patient:
    """All that is known of one network, and what has been noticed so far."""

    net: Network
    X: np.ndarray
    Y: np.ndarray | None = None  # None where no targets could be made of what was given
    theta: np.ndarray | None = None
    trained: np.ndarray | None = None  # what the training ended with, where that is known
    costs: np.ndarray | None = None
    lr: float | None = None
    momentum: float = 0.0
    batch_size: int | None = None
    lam: float = 0.0
    accuracy: float | None = None
    constant: float = math.nan  # the cost of the best constant answer
    cost: float = math.nan  # at theta, without penalty
    findings: list = field(default_factory=list)
    looked: list = field(default_factory=list)
    skipped: list = field(default_factory=list)

    def find(self, severity, name, where, evidence, cure):
        self.findings.append(Finding(name, where, evidence, cure, severity))

    @property
    def unfinished(self):
        return self.cost >= UNFINISHED * self.constant

    @property
    def output(self):
        return self.net.activations[-1].name


def checkup(net, X, Y, theta=None, lr=None, fit=None, *, momentum=0.0, batch_size=None, lam=0.0, accuracy=None):
    """Look for what keeps a network from learning although its gradient is right (for that, see ``check_gradient``).

    Looked at are the targets, the inputs, the units and deltas of each layer at theta, the step against the curvature
    of the cost, the costs of the training, and the predictions. Each part that needs something which was not given is
    named in the result. The limits, with the reasons for them, are the constants of ``bpcore.clinic.checkup``.

    Parameters
    ----------
    net : Network
    X, Y : array_like
        As for ``Network.cost``. Class labels in the place of one-hot rows, labels that count from 1, labels -1 and 1
        for a sigmoid, a vector for one output: these are findings, and the checkup goes on with repaired targets.
    theta : ndarray, optional
        The parameters to look at: those of the start, or those that training ended with. None takes ``fit.theta``.
    lr : float, optional
        The learning rate of gradient descent (of ``sgd``); it is held against 2(1 + momentum)/λ_max at theta, and tried
        for a hundred steps. Leave it out for Adam, which has no such limit.
    fit : Fit or sequence of float, optional
        What training returned, or the cost before the first epoch and after each one.
    momentum, batch_size, lam
        As for ``sgd``.
    accuracy : float, optional
        What a program of one's own says that the accuracy is, to be held against the predictions.

    Returns
    -------
    Checkup
        The findings, worst first; empty where there is none.

    Raises
    ------
    TypeError, ValueError
        For what ``Network.cost`` refuses and no finding explains: other types, NaN, X and Y of different lengths;
        and for another argument of another type or range.
    """
    arguments.instance("net", net, Network, "a Network; the order is (net, X, Y)")
    net.predict(np.zeros(net.n_params), X)  # raises for an X that is none
    patient = _Patient(net, np.asarray(X, float))
    m = len(patient.X)
    patient.lr = None if lr is None else arguments.number("lr", lr, 0, above=True)
    patient.momentum = arguments.number("momentum", momentum, 0, below=1)
    patient.lam = arguments.number("lam", lam, 0)
    patient.batch_size = m if batch_size is None else arguments.whole("batch_size", batch_size, 1, m)
    patient.accuracy = None if accuracy is None else arguments.number("accuracy", accuracy, 0)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        patient.Y = _targets(patient, Y)
        _place(patient, theta, fit)
        for check in _reach, _classes, _rows, _columns, _layers, _penalty, _step, _history, _predictions:
            check(patient)
    worst_first = sorted(
        patient.findings, key=lambda finding: -finding.severity
    )  # causes before effects: sort is stable
    return Checkup(tuple(worst_first), tuple(patient.looked), tuple(patient.skipped))


def _place(patient, theta, fit):
    """Where to look: theta, or that of the fit; and which of them the training ended with."""
    net = patient.net
    if fit is not None:
        costs = fit.history if isinstance(fit, Fit) else fit
        patient.costs = arguments.numeric("fit", costs, "a Fit, or the cost after each epoch", ndim=1).astype(float)
    if theta is None and isinstance(fit, Fit):
        theta = fit.theta
        patient.looked.append("theta: the one of the fit.")
    if theta is None:
        return
    net.params(theta)  # raises for a theta that is none
    broken = ~np.isfinite(theta)
    if broken.any():
        names = net.params(theta)
        patient.find(
            3,
            "theta-not-finite",
            f"{names.name_of(int(broken.argmax()))} and others"
            if broken.sum() > 1
            else names.name_of(int(broken.argmax())),
            f"{broken.sum()} of {theta.size} parameters are NaN or infinite.",
            "Training has blown up: begin anew from net.init(seed), with a tenth of the learning rate, and give the "
            "checkup that start and the learning rate.",
        )
        return
    patient.theta = theta.astype(float)
    if patient.Y is None:
        return
    patient.cost = float(net.cost(patient.theta, patient.X, patient.Y))
    if isinstance(fit, Fit) and np.isfinite(fit.theta).all():
        patient.trained = fit.theta.astype(float)
    elif patient.costs is not None and patient.costs.size > 1:
        here = net.cost(patient.theta, patient.X, patient.Y, patient.lam)
        if abs(here - patient.costs[-1]) <= abs(here - patient.costs[0]):  # it belongs to the end, not to the start
            patient.trained = patient.theta


# Targets.


def _whole(values):
    return bool((values == np.round(values)).all())


def _targets(patient, Y):
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
            f"Network(({', '.join(map(str, net.sizes[:-1]))}, {Y.shape[1]}), …), or one_hot(labels, {K}) where "
            "the columns are classes.",
        )
        return None
    elif Y.ndim != 2:
        refused()
    return _accepted(patient, Y)


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
            f"Y holds the whole numbers {_some(sorted(int(v) for v in values))}; the one sigmoid output stays below 1.",
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
                f"{bad.sum()} of {m} rows are not from 0 to 1 with sum 1; row {row} is {_some(Y[row].tolist())}."
                + (f" {empty} of them are all zero, as labels out of range make them." if empty else ""),
                "one_hot(labels, K) makes the rows, and refuses labels out of range.",
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


def _columns_of(name, columns):
    shown = ", ".join(map(str, columns[:3])) + (" and others" if len(columns) > 3 else "")
    return f"column{'s' * (len(columns) > 1)} {shown} of {name}"


def _some(values, most=6):
    shown = ", ".join(f"{v:.4g}" for v in values[:most])
    return shown + (", …" if len(values) > most else "")


def _losses(net, A, Y):
    """One loss for each sample of answers A; 0·log 0 is 0."""
    if net.loss.link:
        A = np.clip(A, 1e-300, 1 - 1e-16)
    return net.loss.value(A, Y)


def _reach(patient):
    net, Y = patient.net, patient.Y
    if Y is None:
        patient.skipped.append("reach of the output, cost and predictions: they need targets of the right form.")
        return
    low, high = REACH.get(patient.output, (-np.inf, np.inf))
    nearest = np.clip(Y, low, high)
    answer = np.clip(Y.mean(axis=0), low, high)  # for all losses of the book the best constant is the mean
    patient.constant = float(_losses(net, np.broadcast_to(answer, Y.shape), Y).mean())
    K, known = Y.shape[1], ""
    for number, letters in ((math.log(2), "log 2"), (math.log(K), f"log {K}")):
        if number and abs(patient.constant / number - 1) < 1e-3:
            known = f", which is {letters}"
            break
    patient.looked.append(f"targets: the best constant answer costs {patient.constant:.4g}{known}.")
    if np.ptp(Y, axis=0).max() == 0:
        patient.find(
            3,
            "targets-constant",
            "Y",
            f"All {len(Y)} rows of Y are {_some(Y[0].tolist())}.",
            "Look at how Y was made: there is nothing to learn.",
        )
    outside = nearest != Y
    if outside.any():
        floor = float(_losses(net, nearest, Y).mean())
        columns = np.flatnonzero(outside.any(axis=0)).tolist()
        patient.find(
            3,
            "target-out-of-reach",
            _columns_of("Y", columns),
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
            "one_hot rows, or sigmoid outputs where several classes can hold at once.",
        )
    size = math.sqrt(float((Y * Y).mean()))
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


def _labels(Y):
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


def _classes(patient):
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
            _columns_of("Y", absent),
            f"{absent.size} of {Y.shape[1]} classes occur in none of {len(Y)} samples.",
            "Labels that count from 1 leave column 0 empty; a selection of the data may have lost a class; else take "
            "fewer outputs.",
        )
    counts = Y.sum(axis=0)
    if (sums == 1).all():
        patient.looked.append(f"classes: {int(counts.min())} to {int(counts.max())} samples of each of {Y.shape[1]}.")


# Inputs.


def _rows(patient):
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
    said = f"rows: {len(X)}, of which {len(distinct)} are different"
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
    floor = float(_losses(patient.net, np.clip(nearest, low, high), Y).mean())
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


def _columns(patient):
    X = patient.X
    mean, deviation, size = X.mean(axis=0), X.std(axis=0), np.sqrt((X * X).mean(axis=0))
    constant = np.ptp(X, axis=0) == 0

    def furthest(which, by):
        order = np.flatnonzero(which)[np.argsort(-by[which], kind="stable")]
        few = "; ".join(f"column {j}: mean {mean[j]:.4g}, deviation {deviation[j]:.4g}" for j in order[:3])
        return _columns_of("X", order), f"{len(order)} of {X.shape[1]} columns; the furthest: {few}"

    standardise = "(X - X.mean(axis=0)) / X.std(axis=0), with the mean and deviation of the training set for all data."
    large = size > HUNDREDFOLD
    if large.any():
        where, said = furthest(large, size)
        patient.find(
            2,
            "inputs-large",
            where,
            f"{said}. The curvature grows with the square of an input: the largest stable rate is about "
            f"{(size.max() ** 2):.2g} times smaller than for inputs around 1.",
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
            _columns_of("X", np.flatnonzero(filled)),
            f"{filled.sum()} of {X.shape[1]} columns have the same value in all rows, column {j} the value "
            f"{X[0, j]:.4g}.",
            "Leave it out: each layer has a bias of its own already.",
        )
    zeros = int((constant & ~filled).sum())
    patient.looked.append(
        f"columns: {X.shape[1]}, means {mean.min():.3g} to {mean.max():.3g}, deviations {deviation.min():.3g} to "
        f"{deviation.max():.3g}" + (f"; {zeros} are zero throughout, which is harmless." if zeros else ".")
    )


# Units and deltas.


def _layers(patient):
    net, theta, X = patient.net, patient.theta, patient.X
    if theta is None:
        patient.skipped.append("units, deltas and predictions: they need theta, or a fit with finite parameters.")
        return
    p, t = net.params(theta), net.forward(theta, X)
    for l in range(1, net.L):
        _twins(patient, p, l)
    for l in range(1, net.L + 1):
        _slopes(patient, t, l)
    if patient.Y is not None:
        _deltas(patient, net.backward(theta, t, patient.Y))


def _twins(patient, p, l):
    """Hidden units of equal incoming and outgoing weights get equal gradients, and stay equal for ever."""
    arms = np.column_stack([p.Theta[l], p.W[l + 1].T])
    scale = np.maximum(abs(arms).max(axis=0), 1e-300)
    _, group, sizes = np.unique(np.round(arms / scale, 12), axis=0, return_inverse=True, return_counts=True)
    twins, different = int(sizes[sizes > 1].sum()), len(sizes)
    if len(arms) == 1 or not twins:
        return
    all_equal = different == 1
    patient.find(
        3 if all_equal else 2,
        "symmetric-units",
        f"layer {l}",
        f"{twins} of {len(arms)} units have a copy with the same incoming and outgoing weights"
        + (", all zero" if not arms.any() else "")
        + f": equal weights get equal gradients, so the layer is no more than {different} "
        f"unit{'s' * (different > 1)} wide, for ever.",
        "Draw the weights at random: net.init(seed), with scheme='glorot_uniform' or, for ReLU, 'he_normal'.",
    )


def _slopes(patient, t, l):
    net, f = patient.net, patient.net.activations[l]
    if f.df is None:
        return
    slope = abs(f.df(t.z[l], t.a[l]) * np.ones_like(t.a[l]))
    n, last = slope.shape[1], l == net.L
    dead = (slope == 0).all(axis=0) & (t.a[l] == 0).all(axis=0)
    if last and patient.Y is not None:
        dead &= (patient.Y != 0).any(axis=0)  # an output that has to be zero may be
    many = dead.sum() >= MOST_OF_A_LAYER * n and (patient.unfinished or dead.all())
    if f.kink and dead.any() and (last or many):
        patient.find(
            3 if last or dead.all() else 2,
            "dead-units",
            f"layer {l}" + (", the output" if last else ""),
            f"{dead.sum()} of {n} {f.name} units are zero for all {len(slope)} samples; their slope is zero, so "
            "they get no "
            f"gradient and stay as they are.",
            ("A linear output (identity), or targets that need none; else " if last else "")
            + "begin anew with scheme='he_normal' and a smaller learning rate, or use leaky_relu.",
        )
    if f.name not in STEEPEST or patient.Y is None or not patient.unfinished:
        return
    share = slope / STEEPEST[f.name]
    if not last:
        flat = share.mean(axis=0) < SHALLOW
        if flat.sum() >= MOST_OF_A_LAYER * n:
            patient.find(
                2,
                "saturated-units",
                f"layer {l}",
                f"{flat.sum()} of {n} {f.name} units have a mean slope below {SHALLOW:.0%} of the largest; the "
                "|z| of this "
                f"layer have a root mean square of {math.sqrt((t.z[l] ** 2).mean()):.3g}.",
                "Smaller inputs or smaller first weights: |z| around 1. net.init(seed) fits inputs of deviation 1.",
            )
    elif not net.loss.link:
        stuck = (share < SHALLOW) & (abs(t.a[l] - patient.Y) > 0.5)
        if stuck.mean() >= 0.1:
            patient.find(
                2,
                "saturated-output",
                f"layer {l}, the output",
                f"{stuck.sum()} of {stuck.size} outputs are off by more than a half and have a slope below "
                f"{SHALLOW:.0%} of the "
                f"largest: with {net.loss.name} the worst samples teach least.",
                "The loss that belongs to the output, where δ = a - y: binary_cross_entropy for sigmoid; or "
                "smaller first weights.",
            )


def _deltas(patient, t):
    net = patient.net
    sizes = [math.sqrt(float((t.delta[l] ** 2).mean())) for l in range(1, net.L + 1)]
    chain = ", ".join(f"{size:.2g}" for size in sizes)
    patient.looked.append(
        f"root mean square of δ in layers 1 to {net.L}: {chain}; the cost at theta is {patient.cost:.4g}."
    )
    if net.L < 2 or not patient.unfinished or sizes[-1] == 0 or not np.isfinite(sizes).all():
        return
    if sizes[0] == 0 and any(finding.name in ("symmetric-units", "dead-units") for finding in patient.findings):
        return  # which is why
    ratio = sizes[0] / sizes[-1]
    each = f"{ratio ** (1 / (net.L - 1)):.2g} for each layer"
    if ratio < 1 / THOUSANDFOLD:
        patient.find(
            2,
            "deltas-vanish",
            f"layers 1 to {net.L}",
            f"From the output to layer 1 the root mean square of δ falls from {sizes[-1]:.2g} to {sizes[0]:.2g}, "
            "a factor of "
            f"{ratio:.2g} ({each}): {chain}.",
            "ReLU with scheme='he_normal', tanh instead of sigmoid, fewer layers, or Adam, whose steps do not "
            "shrink with the gradient.",
        )
    elif ratio > THOUSANDFOLD:
        patient.find(
            2,
            "deltas-explode",
            f"layers 1 to {net.L}",
            f"From the output to layer 1 the root mean square of δ grows from {sizes[-1]:.2g} to {sizes[0]:.2g}, "
            "a factor of "
            f"{ratio:.2g} ({each}): {chain}.",
            "Smaller first weights: scheme='glorot_uniform' or 'he_normal', which keep the scale from layer to layer.",
        )


# Penalty and step.


def _penalty(patient):
    net, theta, m = patient.net, patient.theta, len(patient.X)
    if theta is None or patient.Y is None or not patient.lam:
        return
    decay = patient.lam / m
    data = largest_curvature(net, theta, patient.X, patient.Y, tolerance=1e-3, most=100).value
    said = f"λ/n = {patient.lam:g}/{m} = {decay:.3g}, and the largest curvature of the mean loss is {data:.3g}"
    if decay >= PULL * data and patient.unfinished:
        patient.find(
            2,
            "penalty-large",
            "lam",
            said
            + f": the penalty pulls the weights to zero with {decay / data:.2g} of the largest force that holds them.",
            f"lam below {0.001 * data * m:.2g}; and divide λ by the number of samples once, not by 1 and not by "
            "the batch.",
        )
    else:
        patient.looked.append(f"penalty: {said}.")


def _step(patient):
    net, theta, X, Y, lr, mu = patient.net, patient.theta, patient.X, patient.Y, patient.lr, patient.momentum
    if lr is None or theta is None or Y is None:
        wants = [
            name for name, value in (("lr", lr), ("theta", theta), ("targets of the right form", Y)) if value is None
        ]
        patient.skipped.append(f"the step against the curvature: it needs {' and '.join(wants)}.")
        return
    m, batch = len(X), patient.batch_size
    curvature = lambda X, Y: (
        largest_curvature(net, theta, X, Y, patient.lam * len(X) / m, tolerance=1e-3, most=100).value
    )
    sharpest, of = curvature(X, Y), "λ_max"
    if batch < m:
        order = np.random.default_rng(0).permutation(m)
        batches = [order[k : k + batch] for k in range(0, m, batch)][:8]
        sharpest = max(sharpest, *(curvature(X[rows], Y[rows]) for rows in batches))
        of = f"λ_max (the largest of {len(batches)} batches)"
    limit = largest_rate(sharpest, mu)
    formula = "2/λ_max" if not mu else f"2(1 + {mu:g})/λ_max"
    said = f"lr = {lr:g} is {lr / limit:.3g} times {formula} = {limit:.3g}, with {of} = {sharpest:.3g} at theta"
    start, end, steps = _trial(patient)
    risen = not end <= max(1.1 * start, patient.constant if batch < m else 0.0)  # NaN has risen
    if risen:
        scaled = ""
        if "inputs-large" in [finding.name for finding in patient.findings]:
            columns = (X - X.mean(axis=0)) / np.where(X.std(axis=0) > 0, X.std(axis=0), 1)
            scaled = f" With standardised columns the limit would be {largest_rate(curvature(columns, Y), mu):.3g}."
        patient.find(
            3,
            "step-too-large",
            "lr",
            f"{said}. In a trial of {steps} steps the cost went from {start:.4g} to {end:.4g}."
            + (f" With momentum, the steps add up to {1 / (1 - mu):.3g} times lr." if mu else "")
            + scaled,
            f"lr = {min(lr, limit) / 4:.1g}, and from there up as long as the cost falls"
            + ("; standardise the inputs first." if scaled else "."),
        )
        return
    g = net.grad(theta, X, Y, patient.lam)
    square, cost, rate = float(g @ g), net.cost(theta, X, Y, patient.lam), lr / (1 - mu)
    gain = rate * square * math.ceil(m / batch) / cost
    possible = square / max(sharpest, 1e-300) / cost
    if patient.unfinished and lr < 0.01 * limit and gain < SLOW < possible:
        patient.find(
            2,
            "step-too-small",
            "lr",
            f"{said}. One epoch lowers the cost {cost:.4g} by about lr·‖∇C‖²·steps = {gain * cost:.2g}: "
            f"{1 / gain:.2g} epochs for what is left.",
            f"lr = {0.25 * limit:.1g}, a quarter of the limit.",
        )
        return
    over = ", above the limit of a quadratic cost; a trial lowers the cost all the same" if lr > limit else ""
    patient.looked.append(f"step: {said}{over}; {steps} steps take the cost from {start:.4g} to {end:.4g}.")


def _trial(patient):
    """The cost before, and the mean of the last quarter, of about a hundred steps with the given rate."""
    each = math.ceil(len(patient.X) / patient.batch_size)
    epochs = math.ceil(TRIAL / each)
    try:
        fit = sgd(
            patient.net,
            patient.theta,
            patient.X,
            patient.Y,
            lr=patient.lr,
            epochs=epochs,
            batch_size=patient.batch_size,
            momentum=patient.momentum,
            lam=patient.lam,
        )
    except ArithmeticError:  # where training refuses to go on without numbers
        return patient.cost, math.inf, epochs * each
    tail = fit.history[-max(1, epochs // 4) :]
    return float(fit.history[0]), float(tail.mean()), epochs * each


# The costs of the training.


def _history(patient):
    costs = patient.costs
    if costs is None:
        patient.skipped.append("the course of the cost: it needs fit, or the list of costs.")
        return
    if costs.size < 2:
        patient.skipped.append("the course of the cost: it needs at least two costs.")
        return
    rate = "a tenth of the learning rate" + (f" (lr = {patient.lr / 10:.1g})" if patient.lr else "")
    if "step-too-large" in [finding.name for finding in patient.findings]:
        rate = "the learning rate that is given for the step"
    broken = ~np.isfinite(costs)
    if broken.any():
        k = int(broken.argmax())
        before = f"; before that it was {costs[k - 1]:.4g}" if k else ""
        patient.find(
            3,
            "cost-not-finite",
            f"epoch {k}",
            f"The cost is {costs[k]} since epoch {k}{before}.",
            ("The first cost already is: look at the data and the start." if k == 0 else f"Begin anew with {rate}")
            + (
                ""
                if k == 0
                else ", and standardise large inputs; a logarithm of one's own needs a loss from the logits."
            ),
        )
        return
    constant = patient.constant
    scale = constant if np.isfinite(constant) and constant > 0 else abs(costs[0])
    first, last = costs[0], costs[-max(1, costs.size // 4) :].mean()
    low = int(costs.argmin())
    patient.looked.append(f"cost: {costs[0]:.4g} → {costs[-1]:.4g} in {costs.size - 1} epochs.")
    if last > first + 1e-9 * abs(first) or (last > 2 * costs[low] and last - costs[low] > 0.1 * scale):
        patient.find(
            3,
            "cost-rises",
            f"since epoch {low}",
            f"The cost is {costs[0]:.4g} before the first epoch, {costs[low]:.4g} at its lowest after epoch {low}, and "
            f"{last:.4g} on average over the last quarter"
            + (f"; a constant answer costs {constant:.4g}." if np.isfinite(constant) else "."),
            f"Begin anew with {rate}"
            + (", or with less momentum." if patient.momentum else ".")
            + " If it rises with every rate, the sign of the step is wrong: see check_update.",
        )
        return
    half = costs[costs.size // 2 :]
    rises = np.diff(half)[np.diff(half) > 0]
    if half.size >= 5 and rises.size >= 0.25 * (half.size - 1) and np.median(rises) > SWING * scale:
        patient.find(
            2,
            "cost-oscillates",
            f"epochs {costs.size - half.size} to {costs.size - 1}",
            f"{rises.size} of {half.size - 1} epochs raise the cost, by a median of {np.median(rises):.3g}; the "
            "mean cost is "
            f"{half.mean():.4g}.",
            "A third of the learning rate, a schedule that lowers it (bpcore.schedules), or larger batches.",
        )
        return
    _still(patient, costs, scale)


def _still(patient, costs, scale):
    """A cost that no longer falls and is still high; how high is told by the constant answer."""
    window, last = max(10, costs.size // 4), costs[-1]
    if costs.size <= window or not np.isfinite(patient.constant) or last < (UNFINISHED - STILL) * scale:
        return
    if abs(costs[-1 - window] - last) > STILL * abs(last):
        return
    inside = abs(costs - last) <= STILL * abs(last)
    since = costs.size - int((~inside[::-1]).argmax()) if not inside.all() else 0
    share = last / patient.constant
    none = 0.98 <= share <= 1.02
    known = next(
        (f" (log {k})" for k in (2, patient.net.sizes[-1]) if k > 1 and abs(patient.constant / math.log(k) - 1) < 1e-3),
        "",
    )
    patient.find(
        3 if none else 2,
        "cost-stalls",
        f"since epoch {since}",
        f"The cost stays within 1 % of {last:.4g} from epoch {since} to {costs.size - 1}. "
        + (
            f"That is no better than a constant answer, which costs {patient.constant:.4g}{known}."
            if none
            else f"A constant answer costs {patient.constant:.4g}{known}, so this is {share:.0%} of it."
        ),
        "Where nothing else is found: another seed, a larger learning rate, more units, or inputs that say more "
        "about the targets.",
    )


# Predictions.


def _predictions(patient):
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
    elif varies.any() and (spread[varies] < FLAT * wanted[varies]).all():
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
    labels = _labels(Y)
    if labels is None:
        if patient.accuracy is not None:
            patient.skipped.append("the accuracy: it needs targets that are classes.")
        return
    truth, decide = labels
    found = decide(A)
    right, majority = float((found == truth).mean()), float(np.bincount(truth).max() / len(truth))
    patient.looked.append(f"accuracy: {right:.4g}; the largest class alone gives {majority:.4g}.")
    if patient.trained is not None and len(np.unique(found)) == 1:
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
