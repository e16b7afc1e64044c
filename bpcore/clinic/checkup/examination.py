"""Looks at data, parameters, step and cost of a network whose gradient is right and which still does not learn."""

import warnings
from collections.abc import Mapping

import numpy as np

from ... import arguments
from ...network import Network
from ...training import Fit
from .inputs import look_at_columns, look_at_rows
from .layers import look_at_deltas, look_at_units
from .patient import Patient
from .predictions import look_at_predictions
from .report import Checkup
from .steps import look_at_penalty, look_at_step
from .targets import look_at_classes, look_at_reach, targets_of
from .training import look_at_history


def checkup(net, X, Y, theta=None, lr=None, fit=None, *, momentum=0.0, batch_size=None, lam=0.0, accuracy=None):
    """Look for what keeps a network from learning although its gradient is right (for that, see ``check_gradient``).

    Looked at are the targets, the inputs, the units and deltas of each layer at theta, the step against the curvature
    of the cost, the costs of the training, and the predictions. Each part that needs something which was not given is
    named in the result. The limits, with the reasons for them, are the constants of ``bpcore.clinic.checkup.limits``.

    Parameters
    ----------
    net : Network
    X, Y : array_like
        As for ``Network.cost``. Class labels in the place of one-hot rows, labels that count from 1, labels -1 and 1
        for a sigmoid, a vector for one output: these are findings, and the checkup goes on with repaired targets.
    theta : ndarray, optional
        The parameters to look at: those of the start, or those that training ended with. None takes ``fit.theta``.
        Where training diverged give the start: what is left at its end is not examined.
    lr : float, optional
        The learning rate of gradient descent (of ``sgd``); it is compared with 2(1 + momentum)/λ_max at theta, and
        tried for a hundred steps or more, in whole epochs. Leave it out for Adam, which has no such limit.
    fit : Fit or sequence of float, optional
        What training returned, or the cost before the first epoch and after each one.
    momentum, lam
        As for ``sgd``.
    batch_size : int, optional
        From 1 to m; None means m.
    accuracy : float, optional
        What a program of one's own says that the accuracy is, to be compared with the predictions: a share, or above 1
        a percentage.

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
    patient = Patient(net, np.asarray(X, float))
    m = len(patient.X)
    patient.lr = None if lr is None else arguments.number("lr", lr, 0, above=True)
    patient.momentum = arguments.number("momentum", momentum, 0, below=1)
    patient.lam = arguments.number("lam", lam, 0)
    patient.batch_size = m if batch_size is None else arguments.whole("batch_size", batch_size, 1, m)
    patient.accuracy = None if accuracy is None else arguments.number("accuracy", accuracy, 0)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        patient.Y = targets_of(patient, Y)
        _place(patient, theta, fit)
        for check in (
            look_at_reach,
            look_at_classes,
            look_at_rows,
            look_at_columns,
            look_at_units,
            look_at_penalty,
            look_at_deltas,
            look_at_step,
            look_at_history,
            look_at_predictions,
        ):
            check(patient)
    worst_first = sorted(
        patient.findings, key=lambda finding: -finding.severity
    )  # causes before effects: sort is stable
    return Checkup(tuple(worst_first), tuple(patient.looked), tuple(patient.skipped))


def _place(patient, theta, fit):
    """Where to look: theta, or that of the fit; and which of them the training ended with."""
    net = patient.net
    if fit is not None:
        costs, expected = fit.history if isinstance(fit, Fit) else fit, "a Fit, or the cost after each epoch"
        if isinstance(costs, (Mapping, str)) or not hasattr(costs, "__len__"):
            raise arguments.wrong_type("fit", fit, f"{expected}: a list of numbers, as history['loss'] of a dict is")
        patient.costs = arguments.numeric("fit", costs, expected, ndim=1).astype(float)
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
    if not np.isfinite(patient.cost):
        patient.find(
            3,
            "cost-not-finite",
            "theta",
            f"The cost at theta is {patient.cost}: the parameters go up to {abs(patient.theta).max():.3g} and the "
            f"inputs up to {abs(patient.X).max():.3g}, whose products overflow.",
            "Standardise the inputs where they are large, and begin from net.init(seed).",
        )
    if isinstance(fit, Fit) and np.isfinite(fit.theta).all():
        patient.trained = fit.theta.astype(float)
    elif patient.costs is not None and patient.costs.size > 1:
        here = net.cost(patient.theta, patient.X, patient.Y, patient.lam)
        if abs(here - patient.costs[-1]) <= abs(here - patient.costs[0]):  # it belongs to the end, not to the start
            patient.trained = patient.theta
