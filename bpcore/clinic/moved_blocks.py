"""Gradients of some arrays that are taken where others have been moved already, as after an update in place."""

import numpy as np

from .record import Record
from .slip import Slip, edge, other_slope
from .step_texts import places_in_theta

RATES = (1.0, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001)
ROUNDS = 12  # of Gauss and Newton's method
NEAR = 1e-9
FEWEST = 6  # entries at all places together, beside the two numbers that are fitted


def moved_blocks(cost, records, came, blocks, wrong, number):
    """For each wrong block its name, and in words which others had moved by how much; None where one is not explained.

    Parameters
    ----------
    cost : callable
        Of a vector.
    records, came : list, ndarray
        Records of the cost at several places, and the gradients that came there.
    blocks, wrong : list
        Pairs: the name of a block, and its places in theta; of all blocks, and of those that are wrong.
    number : callable
        Names a factor: its text and its price.
    """
    if len(blocks) < 2:
        return None
    found = []
    for name, block in wrong:
        text = next(
            filter(None, (_moved(cost, records, came, block, some, number) for some in _others(blocks, name))), ""
        )
        if not text:
            return None
        found.append((name, text))
    return found


def _others(blocks, name):
    """Which blocks may have moved before this one is asked: those before it, those after it, all others, or one."""
    names = [other for other, _ in blocks]
    k, seen = names.index(name), []
    for some in (blocks[:k], blocks[k + 1 :], blocks[:k] + blocks[k + 1 :], *([other] for other in blocks)):
        if some and some not in seen and name not in dict(some):
            seen.append(some)
            yield some


def _moved(cost, records, came, block, others, number):
    """In words, with {d} for the derivative, how far the others had moved; empty where no rate fits."""
    places, away = block.ravel(), np.concatenate([part.ravel() for _, part in others])
    if len(places) * len(records) < FEWEST:
        return ""

    def gradient(p, rate):
        theta = records[p].theta.copy()
        theta[away] -= rate * came[p, away]
        return Record(cost, theta).gradient[places]

    def misfit(rate):
        g = gradient(0, rate)
        square = float(g @ g)
        factor = float(g @ came[0, places]) / square if square else 0.0
        return np.linalg.norm(factor * g - came[0, places]), rate, factor

    starts = min((misfit(sign * rate) for rate in RATES for sign in (1, -1)), key=lambda row: row[0])
    if not starts[0] < 0.7 * misfit(0.0)[0]:
        return ""
    fitted = _fitted(gradient, came[0, places], *starts[1:])
    if fitted is None:
        return ""
    rate, factor = fitted
    for p in range(len(records)):
        if abs(factor * gradient(p, rate) - came[p, places]).max() > NEAR * abs(came[p, places]).max():
            return ""
    who, many = " and ".join(name for name, _ in others), len(others) > 1
    said = f"{number(factor)[0]}{{d}}, where {who} {'have' if many else 'has'} moved already, by "
    return f"{said}{-rate:.6g} times what came for {'them' if many else 'it'}".replace("-", "−")


def _fitted(gradient, came, rate, factor):
    """Rate and factor with which the gradient at the first place is what came; None where they are not found."""
    for _ in range(ROUNDS):
        g, h = gradient(0, rate), 1e-5 * max(abs(rate), 1e-3)
        slope = factor * (gradient(0, rate + h) - gradient(0, rate - h)) / (2 * h)
        if not slope.any() or not np.isfinite(slope).all():
            return None
        step = np.linalg.lstsq(np.stack([slope, g], 1), came - factor * g, rcond=None)[0]
        rate, factor = rate + step[0], factor + step[1]
        if abs(step[0]) <= 1e-13 * abs(rate) and abs(step[1]) <= 1e-13 * abs(factor):
            break
    near = [(f"{rate:.6g}", rate), (f"{factor:.6g}", factor)]
    rate, factor = (float(few) if abs(float(few) - v) <= 1e-8 * abs(v) else v for few, v in near)
    return (rate, factor) if rate and factor and np.isfinite([rate, factor]).all() else None


def moved_operands(record, texts, step):
    """Slips of a product in which the other factor has been moved already by a multiple of the gradient that came."""
    if step.name not in ("matmul", "multiply") or record.came is None:
        return
    v, text = step.index, texts.of(step)
    for e, source in enumerate(step.sources):
        others = [operand for operand in step.operands if operand is not source]
        places = places_in_theta(others[0]) if len(others) == 1 else None
        if places is None:
            continue

        def change(r, e=e, places=places):
            made = [_with_other(r, v, e, values[places]) for values in (r.theta, r.came)]
            return edge(r, v, e), made

        other = texts.as_operand(others[0])
        words = f"{other} has moved already in the derivative of {text}: there stands"
        said = (other, f"(what came for {other})")
        yield Slip(1.3, words, v, change, texts=said, tag=("moved", e, len(step.sources)))


def _with_other(record, v, e, value):
    """The edge of a product to its source e with a value in the place of the other factor."""
    step = record.steps[v]
    if step.name == "matmul":
        pull = step.pulls[e]
        return [(step.sources[e].index, lambda bar: pull(bar, value))]
    return other_slope(record, v, e, value)
