"""What the checkup sees in the costs of a training run: one that rises, swings or stands still."""

import math

import numpy as np

from .limits import FALLING, FEW, HUNDREDFOLD, STILL, SWING, UNFINISHED, WORSE


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
    measured = ""
    if patient.wreck:
        measured = " This rate is a first try: give the checkup theta=, the start, and it measures the rate there."
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
                else ", and standardise large inputs; a logarithm of one's own needs a loss from the logits." + measured
            ),
        )
        return
    constant = patient.constant
    scale = constant if np.isfinite(constant) and constant > 0 else abs(costs[0])
    first, last = costs[0], costs[-max(1, costs.size // 4) :].mean()
    low = int(costs.argmin())
    patient.looked.append(f"cost: {costs[0]:.4g} → {costs[-1]:.4g} in {costs.size - 1} epochs.")
    if _never_updated(patient, costs):
        return
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
            + measured
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
    _above_trial(patient, costs, scale)
    _still(patient, costs, scale)
    _falling(patient, costs, scale)


def _never_updated(patient, costs):
    """Costs that are equal to the last digit although the gradient at theta would change them."""
    if costs.size < 3 or np.ptp(costs) > 0 or not patient.begins_here:
        return False
    g = patient.net.grad(patient.theta, patient.X, patient.Y, patient.lam)
    slope = float(g @ g)
    if slope * (patient.lr or 1e-3) <= 1e-6 * abs(costs[0]):  # steps too small to be seen in the cost
        return False
    patient.find(
        3,
        "theta-not-updated",
        f"epochs 0 to {costs.size - 1}",
        f"The cost is {costs[0]:.4g} in all epochs, equal to the last digit, and the gradient at theta has the length "
        f"{math.sqrt(slope):.3g}: a step would change the cost.",
        "Give each epoch the parameters of the last step: theta = theta - lr * gradient, in the loop and not on a "
        "copy. check_update looks at the step itself.",
    )
    return True


def _above_trial(patient, costs, scale):
    """A training that the trial from the same start, with the same rate, leaves far behind."""
    end, epochs = patient.trial
    if not epochs or costs.size <= epochs or costs[-1] < UNFINISHED * scale or not patient.begins_here:
        return
    if costs[epochs:].min() - end < WORSE * scale:
        return
    before, best = costs[epochs], costs[epochs:].min()
    in_order = patient.sorted_by_class and patient.batch_size < len(patient.X)
    patient.find(
        2,
        "cost-above-trial",
        f"epochs {epochs} to {costs.size - 1}",
        f"From the same theta, with the same rate, {epochs} epochs of the checkup's trial bring the cost to {end:.4g}; "
        f"the training is at {before:.4g} then, and never below {best:.4g}."
        + (
            f" The rows are sorted by class: in this order a batch of {patient.batch_size} rows sees hardly more than "
            "one class."
            if in_order
            else ""
        ),
        ("Draw the rows of the batches in a new order in each epoch. " if in_order else "")
        + "The trial is sgd, with batches that are drawn anew in each epoch: what does your step otherwise? See "
        "check_update.",
    )


def _falling(patient, costs, scale):
    """A cost that is still high at the end, and on its way down."""
    window = max(2, costs.size // 4)
    if costs.size < 2 * window or {"step-too-small", "targets-constant"} & {f.name for f in patient.findings}:
        return
    then, halfway, last = costs[-1 - window], costs[-1 - window // 2], costs[-1]
    above = np.isfinite(patient.constant) and last > patient.constant
    enough = then - last >= FALLING * scale or above and costs.size <= FEW  # a few epochs that did not get below it
    if last < UNFINISHED * scale or not then > halfway > last or not enough:
        return
    if above:
        said = f"which is still {last / scale:.3g} times what a constant answer costs."
    else:
        whole = "what a constant answer costs" if scale == patient.constant else "its first value"
        said = f"by {(then - last) / scale:.0%} of {whole}."
    cure = "Train longer: go on from where the training ended, until the cost no longer falls."
    if above and patient.output == "identity" and patient.Y.std() < 1 / HUNDREDFOLD:
        cure = "Standardise small targets, (Y - Y.mean(axis=0)) / Y.std(axis=0): outputs begin far larger. " + cure
    patient.find(
        1,
        "cost-still-falls",
        f"epochs {costs.size - 1 - window} to {costs.size - 1}",
        f"The last {window} of {costs.size - 1} epochs lower the cost from {then:.4g} to {last:.4g}, {said}",
        cure,
    )


def _still(patient, costs, scale):
    """A cost that no longer falls and is still high; how high is told by the constant answer."""
    window, last = max(10, costs.size // 4), costs[-1]
    if costs.size <= window or not np.isfinite(patient.constant) or last < (UNFINISHED - STILL) * scale:
        return
    if abs(costs[-1 - window] - last) > STILL * abs(last):
        return
    share, linear = last / patient.constant, patient.linear
    if share < 0.98 and patient.at_the_only_minimum:
        patient.looked.append(
            f"the cost stays at {last:.4g}, the least that this network can reach: {linear}, so there is a single "
            "minimum, and there the gradient is zero. Only hidden units that bend, or other inputs, get lower."
        )
        return
    inside = abs(costs - last) <= STILL * abs(last)
    since = costs.size - int((~inside[::-1]).argmax()) if not inside.all() else 0
    none = 0.98 <= share <= 1.02
    known = next(
        (f" (log {k})" for k in (2, patient.net.sizes[-1]) if k > 1 and abs(patient.constant / math.log(k) - 1) < 1e-3),
        "",
    )
    explained = any(finding.severity > 1 for finding in patient.findings)  # a cause comes before its effect
    if none:
        said = f"That is no better than a constant answer, which costs {patient.constant:.4g}{known}."
    else:
        said = f"A constant answer costs {patient.constant:.4g}{known}, so this is {share:.0%} of it."
    at_floor = last <= (1 + STILL) * patient.floor
    if at_floor:
        said += f" It is the floor {patient.floor:.4g} that equal rows with different targets set."
    elif share < 0.98:
        said += " It may be stuck, or at its end: where the data are noisy, the two look the same."
    cure = "Where nothing else is found: another seed, a larger learning rate, more units, or inputs that say more "
    cure += "about the targets. Were X and Y sorted or shuffled apart?"
    if linear and not explained:
        said += f" The network is linear: {linear}."
        cure = "Hidden units that bend: a layer of tanh or relu. If it stays: were X and Y sorted or shuffled apart?"
    patient.find(
        1 if share < 0.98 or at_floor else 3 if none and not explained else 2,
        "cost-stalls",
        f"since epoch {since}",
        f"The cost stays within 1 % of {last:.4g} from epoch {since} to {costs.size - 1}. {said}",
        cure,
    )
