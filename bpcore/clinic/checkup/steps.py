"""What the checkup sees in the step: the penalty and the learning rate against the curvature, and a trial."""

import math

import numpy as np

from ...training import sgd
from ..curvature import largest_curvature, largest_rate
from .limits import PULL, SLOW, TRIAL
from .patient import WRECK


def look_at_penalty(patient):
    net, theta, m = patient.net, patient.theta, len(patient.X)
    if theta is None or patient.Y is None or not patient.lam or patient.wreck or not _is_measurable(patient):
        return
    decay = patient.lam / m
    data = largest_curvature(net, theta, patient.X, patient.Y, tolerance=1e-3, most=100).value
    said = f"λ/n = {patient.lam:g}/{m} = {decay:.3g}, and the largest curvature of the mean loss is {data:.3g}"
    if decay >= PULL * data and patient.unfinished:
        pull = f"with {decay / data:.2g} of the largest force that holds them" if data > 0 else "and nothing holds them"
        below = f"below {0.001 * data * m:.2g}" if data > 0 else "= 0 first, and a small one when the cost falls"
        patient.find(
            2,
            "penalty-large",
            "lam",
            f"{said}: the penalty pulls the weights to zero {pull}.",
            f"lam {below}; and divide λ by the number of samples once, not by 1 and not by the batch.",
        )
    else:
        patient.looked.append(f"penalty: {said}.")


def look_at_step(patient):
    net, theta, X, Y, lr, mu = patient.net, patient.theta, patient.X, patient.Y, patient.lr, patient.momentum
    if lr is None or theta is None or Y is None:
        wants = [
            name for name, value in (("lr", lr), ("theta", theta), ("targets of the right form", Y)) if value is None
        ]
        patient.skipped.append(f"the step against the curvature: it needs {' and '.join(wants)}.")
        return
    if patient.wreck:
        patient.skipped.append(f"the step against the curvature: {WRECK}")
        return
    if not _is_measurable(patient):
        _too_large_to_measure(patient)
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
    start, end, epochs = _trial(patient)
    steps, patient.trial = epochs * math.ceil(m / batch), (end, epochs)
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


def _is_measurable(patient):
    """Whether the curvature can be a number, and its square: it goes with the square of what the gradient goes with."""
    g = patient.net.grad(patient.theta, patient.X, patient.Y, patient.lam)
    return bool(np.isfinite((g @ g) ** 2))


def _too_large_to_measure(patient):
    if not np.isfinite(patient.cost):  # which is a finding of its own
        patient.skipped.append("the step against the curvature: it needs a finite cost at theta.")
        return
    g = patient.net.grad(patient.theta, patient.X, patient.Y, patient.lam)
    patient.find(
        3,
        "step-too-large",
        "lr",
        f"At theta the cost is {patient.cost:.4g}, and the largest entry of its gradient {abs(g).max():.4g}: any step "
        f"along it is too large, and so is that of lr = {patient.lr:g}.",
        "Standardise the inputs where they are large, and begin from net.init(seed).",
    )


def _trial(patient):
    """The cost before, and the mean of the last quarter, of a hundred steps with the given rate; and their epochs."""
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
        return patient.cost, math.inf, epochs
    tail = fit.history[-max(1, epochs // 4) :]
    return float(fit.history[0]), float(tail.mean()), epochs
