"""What a line of an update rule may speak of: every symbol's number for every parameter, step by step."""

import math

import numpy as np

from .neighbours import CLIPS, OVER, TURNED

MOST_OVER = 200  # parameters of an update whose sums over entries are tried
ANY_ENTRY = 60  # parameters, of which any may stand for a wrong one


def scope(seen, settings):
    """All that a rule may use, step by step, for every parameter: a list of symbol → number or array."""
    place = np.concatenate([np.full(part.stop - part.start, k) for k, (_, part) in enumerate(seen.arrays)])
    parts = [part for _, part in seen.arrays]
    each = lambda f, g: np.concatenate([np.full(part.stop - part.start, f(g[part])) for part in parts])
    turned = lambda by: np.concatenate([np.roll(np.arange(part.start, part.stop), by) for part in parts])
    left, right = turned(1), turned(-1)
    matrices, over = _turned(parts, seen.shapes), _over(parts, seen.shapes)
    beside = _beside(parts, seen.shapes) if len(parts) > 1 else {}
    old = np.vstack([seen.start, seen.path[:-1]])
    steps = []
    with np.errstate(all="ignore"):
        for k, g in enumerate(seen.gradients):
            norm = np.linalg.norm(g)
            norms = each(np.linalg.norm, g)
            known = {
                **{name: settings[name] for name in ("lr", "mu", "eps", "wd") if name in settings},
                **{
                    "b1": settings["beta1"],
                    "b2": settings["beta2"],
                    "t": k + 1.0,
                    "steps": k + 1.0,
                    "t!": float(math.factorial(k + 1)),
                },
                **over,
                "entries": each(np.size, g),
                **{
                    "raw": g,
                    "raw0": seen.gradients[k - 1] if k else 0 * g,
                    "total": seen.gradients[: k + 1].sum(axis=0),
                },
                **{"normed": g / norm, "mean": each(np.mean, g), "sum": each(np.sum, g)},
                **{"g2_sum": each(np.sum, g * g), "g2_mean": each(np.mean, g * g), "left": g[left], "right": g[right]},
                **{f"cut {most:g}": g * min(1.0, most / norm) for most in CLIPS},
                **{"start": seen.start, "theta0": old[k], "thetap": old[max(k - 1, 0)]},
                **{"theta_left": old[k][left], "theta_right": old[k][right]},
            }
            if any(len(shape) == 2 for shape in seen.shapes):
                known |= {how: g[places] for how, places in matrices.items()}
            known["backwards"] = g[np.concatenate([np.arange(part.stop - 1, part.start - 1, -1) for part in parts])]
            if len(parts) > 1:
                known["calls"] = k * len(parts) + place + 1.0
                known["normed_each"] = g / norms
                known |= {f"cut each {most:g}": g * np.minimum(1.0, most / norms) for most in CLIPS}
                known |= {name: g[places] for name, places in beside.items()}
            for j in range(g.size) if g.size <= ANY_ENTRY else ():
                known |= {f"raw@{j}": np.full(g.size, g[j]), f"theta@{j}": np.full(g.size, old[k][j])}
            steps.append(known)
    return steps


def _beside(parts, shapes):
    """Where the entries of the array before or after lie, for each entry; nothing where none fits, as a row does."""
    found = {}
    for name, by in (("before", -1), ("after", 1)):
        places = []
        for k, shape in enumerate(shapes):
            other = (k + by) % len(parts)
            own = np.arange(parts[other].start, parts[other].stop).reshape(shapes[other])
            try:
                places.append(np.broadcast_to(own, shape).ravel())
            except ValueError:
                places.append(np.arange(parts[k].start, parts[k].stop))
        if not np.array_equal(np.concatenate(places), np.arange(parts[-1].stop)):
            found[name] = np.concatenate(places)
    return found


def _turned(parts, shapes):
    """Where the entries of each matrix come from when it is turned; other arrays stay as they are."""
    found = {how: [] for how in TURNED if how != "backwards"}
    for part, shape in zip(parts, shapes):
        places = np.arange(part.start, part.stop).reshape(shape)
        turned = dict.fromkeys(found, places)
        if len(shape) == 2:
            if shape[0] == shape[1]:
                turned["transposed"] = places.T
            turned["by_columns"] = places.T.reshape(shape)
            turned["into_columns"] = part.start + np.argsort(places.T.ravel())
            turned["rows_back"], turned["columns_back"] = places[::-1], places[:, ::-1]
        for how, own in turned.items():
            found[how].append(own.ravel())
    return {how: np.concatenate(places) for how, places in found.items()}


def _over(parts, shapes):
    """For each kind of sum or mean the matrix that makes it; nothing where there are too many parameters."""
    size = parts[-1].stop
    if size > MOST_OVER:
        return {}
    made = {kind: np.eye(size) for kind in OVER}
    made["all_sum"] = np.ones((size, size))
    for part, shape in zip(parts, shapes):
        made["array_sum"][part, part] = 1.0
        if len(shape) == 2:
            made["rows_sum"][part, part] = np.kron(np.ones((shape[0],) * 2), np.eye(shape[1]))
            made["columns_sum"][part, part] = np.kron(np.eye(shape[0]), np.ones((shape[1],) * 2))
    for kind in [kind for kind in OVER if kind.endswith("mean")]:
        whole = made[kind.replace("mean", "sum")]
        made[kind] = whole / whole.sum(axis=0)
    absent = ("all",) * (len(parts) < 2) + ("rows", "columns") * all(len(shape) != 2 for shape in shapes)
    return {kind: matrix for kind, matrix in made.items() if not kind.startswith(absent)}
