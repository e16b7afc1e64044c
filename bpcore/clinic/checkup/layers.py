"""What the checkup sees in the layers at theta: twins, dead and saturated units, and the size of the deltas."""

import math

import numpy as np

from .limits import MOST_OF_A_LAYER, SHALLOW, SMALL_WEIGHTS, STEEPEST, THOUSANDFOLD, TWINS
from .patient import WRECK


def look_at_units(patient):
    net, theta, X = patient.net, patient.theta, patient.X
    if theta is None:
        patient.skipped.append("units, deltas and predictions: they need theta, or a fit with finite parameters.")
        return
    if patient.wreck:
        patient.skipped.append(f"units, deltas and predictions: {WRECK}")
        return
    p, t = net.params(theta), net.forward(theta, X)
    for l in range(1, net.L):
        _twins(patient, p, l)
    for l in range(1, net.L + 1):
        _slopes(patient, t, l)


def _twins(patient, p, l):
    """Hidden units of equal incoming and outgoing weights get equal gradients, and stay equal for ever."""
    arms = np.column_stack([p.Theta[l], p.W[l + 1].T])
    scale = np.maximum(abs(arms).max(axis=0), 1e-300)
    _, group, sizes = np.unique(np.round(arms / scale, TWINS), axis=0, return_inverse=True, return_counts=True)
    twins, different = int(sizes[sizes > 1].sum()), len(sizes)
    if len(arms) == 1 or not twins:
        return
    all_equal = different == 1
    patient.find(
        3 if all_equal else 2,
        "symmetric-units",
        f"layer {l}",
        f"{twins} of {len(arms)} units have a copy with the same bias and the same incoming and outgoing weights"
        + (", all zero" if not arms.any() else "")
        + f": equal units get equal gradients, so the layer is no more than {different} "
        f"unit{'s' * (different > 1)} wide, for ever.",
        "Draw the weights at random: net.init(seed), with scheme='glorot_uniform' or, for ReLU, 'he_normal'.",
    )


def _slopes(patient, t, l):
    net, f, last = patient.net, patient.net.activations[l], l == patient.net.L
    if f.df is None:  # a softmax
        if last and patient.Y is not None and patient.unfinished and not net.loss.link and t.a[l].shape[1] > 1:
            stuck = (4 * t.a[l] * (1 - t.a[l]) < SHALLOW) & (abs(t.a[l] - patient.Y) > 0.5)
            rows = stuck.any(axis=1)
            _stuck(patient, rows, "samples have outputs that are", "cross_entropy for softmax")
        return
    slope = abs(f.df(t.z[l], t.a[l]) * np.ones_like(t.a[l]))
    n = slope.shape[1]
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
        cure = "binary_cross_entropy for sigmoid" if f.name == "sigmoid" else "sigmoid with binary_cross_entropy"
        _stuck(patient, stuck, "outputs are", cure)


def _stuck(patient, stuck, which, loss):
    """Outputs that are wrong, and so saturated that a loss without a link of its own hardly moves them."""
    if stuck.mean() < 0.1:
        return
    patient.find(
        2,
        "saturated-output",
        f"layer {patient.net.L}, the output",
        f"{stuck.sum()} of {stuck.size} {which} off by more than a half and have a slope below {SHALLOW:.0%} of the "
        f"largest: with {patient.net.loss.name} the worst samples teach least.",
        f"The loss that belongs to the output, where δ = a - y: {loss}; or smaller first weights.",
    )


def look_at_deltas(patient):
    """After the penalty, which makes deltas vanish by pulling the weights to zero."""
    net, theta = patient.net, patient.theta
    if theta is None or patient.Y is None or patient.wreck:
        return
    t = net.backward(theta, net.forward(theta, patient.X), patient.Y)
    sizes = [math.sqrt(float((t.delta[l] ** 2).mean())) for l in range(1, net.L + 1)]
    chain = ", ".join(f"{size:.2g}" for size in sizes)
    patient.looked.append(
        f"root mean square of δ in layers 1 to {net.L}: {chain}; the cost at theta is {patient.cost:.4g}."
    )
    if net.L < 2 or not patient.unfinished or patient.learnt or sizes[-1] == 0 or not np.isfinite(sizes).all():
        return
    if sizes[0] == 0 and any(finding.name in ("symmetric-units", "dead-units") for finding in patient.findings):
        return  # which is why
    ratio = sizes[0] / sizes[-1]
    each = f"{ratio ** (1 / (net.L - 1)):.2g} for each layer"
    if ratio < 1 / THOUSANDFOLD:
        cure = _cure_of_small_deltas(patient)
        patient.find(
            2,
            "deltas-vanish",
            f"layers 1 to {net.L}",
            f"From the output to layer 1 the root mean square of δ falls from {sizes[-1]:.2g} to {sizes[0]:.2g}, "
            "a factor of "
            f"{ratio:.2g} ({each}): {chain}.",
            cure,
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


def _cure_of_small_deltas(patient):
    """Larger weights where these are small for their layer; else what the network does not have yet."""
    net, p = patient.net, patient.net.params(patient.theta)
    small = {}
    for l in range(2, net.L + 1):  # the deltas go back through these
        size = math.sqrt(float((p.W[l] ** 2).mean()))
        if size < SMALL_WEIGHTS * math.sqrt(2 / sum(p.W[l].shape)):
            small[l] = size
    if small:
        said = ", ".join(f"W[{l}] has root mean square {size:.2g}" for l, size in small.items())
        if "penalty-large" in [finding.name for finding in patient.findings]:
            return f"A smaller lam, which does not pull the weights to zero: {said}."
        return f"Larger first weights: net.init(seed), without a small factor; {said}."
    hidden = {f.name for f in net.activations[1:-1]}
    cures = [] if hidden & {"relu", "leaky_relu"} else ["ReLU"]
    cures = [" ".join([*cures, "with scheme='he_normal'" if cures else "scheme='he_normal'"])]
    cures += ["tanh instead of sigmoid"] * ("sigmoid" in hidden) + ["fewer layers"] * (net.L > 2)
    return ", ".join(cures) + ", or Adam, whose steps do not shrink with the gradient."
