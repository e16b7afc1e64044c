"""What the checkup sees in the costs of a training run: one that rises, swings or stands still."""

import math

import numpy as np

from .limits import FALLING, STILL, SWING, UNFINISHED


def look_at_history(patient):
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
    _falling(patient, costs, scale)


def _falling(patient, costs, scale):
    """A cost that is still high at the end, and on its way down."""
    window = max(2, costs.size // 4)
    if costs.size < 2 * window or "step-too-small" in [finding.name for finding in patient.findings]:
        return
    then, halfway, last = costs[-1 - window], costs[-1 - window // 2], costs[-1]
    if last >= UNFINISHED * scale and then > halfway > last and then - last >= FALLING * scale:
        patient.find(
            1,
            "cost-still-falls",
            f"epochs {costs.size - 1 - window} to {costs.size - 1}",
            f"The last {window} of {costs.size - 1} epochs lower the cost from {then:.4g} to {last:.4g}, by "
            f"{(then - last) / scale:.0%} of "
            + ("what a constant answer costs." if scale == patient.constant else "its first value."),
            "Train longer: go on from where the training ended, until the cost no longer falls.",
        )


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
    explained = any(finding.severity > 1 for finding in patient.findings)  # a cause comes before its effect
    patient.find(
        3 if none and not explained else 2,
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
