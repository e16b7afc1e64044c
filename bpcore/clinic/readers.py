"""What the grammar finds in a gradient, at the parameters and at others, and what is said of it."""

from dataclasses import dataclass

import numpy as np

from .case import anywhere, gradient_of
from .defects import DEFECTS
from .diagnosis import diagnosis
from .explanations import DIGITS
from .fillings.exchanges import sup
from .grammar import explain, layer_below
from .measured import MeasuredGradient, is_measured
from .naming import per_cent
from .probing import measured_delta, measured_slope
from .rare import SUM
from .scope import Scope, penalty_slopes
from .whole import looked_ahead, of_whole_gradient, one_by_one

LOOSE = 2e-5  # the digits that single precision leaves
LARGE = 300  # from so many parameters on, the derivative is that of the cost's formula, checked along a few directions


@dataclass
class Read:
    """What the grammar says of a gradient at several places."""

    explanations: list
    nearest: dict
    places: int
    loose: bool
    net: object
    came: np.ndarray  # the gradients, a row for each place

    @property
    def best(self):
        return self.explanations[0]

    @property
    def complete(self):
        return self.best.complete

    @property
    def names(self):
        return self.best.names()


def with_measured_slopes(case, dtype, read):
    """The formulas once more, with slopes that are measured in layers that are not explained, from the output down."""
    measured, asked = {}, set()
    while not read.complete and case.formula is not None and read.net is case.formula.net:
        l = max(map(layer_of, read.best.open))
        if l in asked or case.theta.size > LARGE:
            break
        asked.add(l)
        if case.biases[l - 1] and f"db{sup(l)}" not in read.best.open:
            break  # its delta is known: what is wrong is made of it
        for found in filter(None, _measurements(case, l, measured)):
            again = by_grammar(case, dtype, {**measured, l: found})
            if again.complete or (len(again.best.open), again.best.price) < (len(read.best.open), read.best.price):
                read, measured[l] = again, found
                break
    named = {l: found for l, found in measured.items() if not found.unnamed}
    if not read.complete or len(named) < len(measured):
        again = by_grammar(case, dtype, named, rare=True)
        of_a_sum = any(SUM in words for words in again.best.words())
        if again.complete and not (read.complete and of_a_sum):
            return again
    return read


def _measurements(case, l, measured):
    """Slopes of layer l, and of the output whole deltas, that the program was seen to use."""
    formula = case.formula

    def above(thetas, gradients, l, heads=True):
        given = formula.scale, formula.decay, formula.decay_b, case.biases, DIGITS
        given += {k: v for k, v in measured.items() if k > l}, case.shared, formula.penalty
        s = Scope(formula.net, np.array(thetas), case.X, case.Y, np.array(gradients), *given)
        return layer_below(s, l, case.facts["n"], heads=heads)

    for k, found in measured.items():  # the same mistake may have been made in the layers of one activation
        if k > l and not found.whole and formula.net.activations[k].name == formula.net.activations[l].name:
            yield found
    gradient = lambda theta: anywhere(case, theta)
    with np.errstate(all="ignore"):
        yield measured_slope(gradient, above, formula.net, case.places, l, case.biases[l - 1])
        if l == formula.net.L and case.biases[l - 1]:
            yield measured_delta(gradient, above, formula.net, case.places)
            yield MeasuredGradient(gradient, formula.net, case.X, case.Y, formula.decay_b).slope()


def by_grammar(case, dtype, measured=None, rare=False):
    """The formulas of the gradient at theta and at other places, for the network that the cost follows."""
    places = 3 if min(b.size for _, b in case.blocks) > 2 else 5
    thetas, gradients = [case.theta], [case.g]
    for v in case.places:
        with np.errstate(all="ignore"):
            g = anywhere(case, v.astype(case.theta.dtype))
        if g.shape == case.g.shape and np.isfinite(g).all():
            thetas.append(v)
            gradients.append(g)
        if len(thetas) > places:
            break
    formula, reads = case.formula, []
    meant = dict(net=case.net, scale=1.0, decay=case.facts["lam"] / case.facts["n"], decay_b=0.0)
    if formula is not None and formula.net is not None:
        follows = dict(net=formula.net, scale=formula.scale, decay=formula.decay, decay_b=formula.decay_b)
        follows["penalty"] = formula.penalty
        choices = [follows] if formula.net is case.net else [follows, meant]
    else:
        choices = [meant]
    finest = max(DIGITS, formula.digits) if formula is not None else DIGITS
    for tolerance in (finest, LOOSE):
        for given in choices:
            for kept in (
                slice(None),
                slice(1, None),
            ):  # once more without theta, where units may be asleep or saturated
                if kept.start and len(thetas) < 3:
                    continue
                found, nearest = explain(
                    thetas=np.array(thetas[kept], float),
                    X=case.X,
                    Y=case.Y,
                    gradients=np.array(gradients[kept]),
                    n=case.facts["n"],
                    biases=case.biases,
                    tolerance=tolerance,
                    measured=measured,
                    shared=case.shared,
                    rare=rare,
                    **given,
                )
                read = Read(found, nearest, len(thetas[kept]), tolerance > finest, given["net"], gradients[kept])
                reads.append(read)
                if read.complete:
                    return read
                if not kept.start and not _faint(case):
                    break
        if formula is not None and formula.exact and dtype.itemsize >= 8:
            break
    return min(reads, key=lambda read: (len(read.best.open), read.best.price))


def _faint(case):
    """Whether a block of the gradient at theta is so small beside the others that its digits may be rounding."""
    sizes = [np.linalg.norm(case.t[block]) for _, block in case.blocks]
    return min(sizes) < 1e-5 * max(sizes)


def explained(case, read, seen, said, wrong):
    """A diagnosis of a gradient whose formulas are all known."""
    best, names = read.best, read.names
    extra = ("float32",) if read.loose else ()
    if not names and not extra:
        names = ("another-cost",)
    if (
        read.net is case.net
        and case.formula is not None
        and case.formula.net is not case.net
        and names != ("another-cost",)
    ):
        names = ("another-cost", *names)
    if case.formula is None and names != ("another-cost",):
        names = ("another-cost", *names)
    if case.likely is not None and case.formula is case.likely and case.formula.forward:
        names = ("another-network", *names)
    others = [e for e in read.explanations[1:] if e.complete and e.price < best.price + 0.01]
    alternatives = tuple(dict.fromkeys(e.names() for e in others if set(e.names()) != set(best.names())))
    exact = case.formula is None or case.formula.digits <= DIGITS
    digits = "five" if read.loose else "nine" if exact else "seven"
    case.evidence.append(
        f"This predicts every entry to {digits} digits of its block's largest, at {read.places} places."
    )
    if read.nearest:
        l, (left, words) = max(read.nearest.items())
        case.evidence.append(f"The next best explanation of layer {l}, {words}, misses it by {per_cent(left)}.")
    if still := _held_still(case, np.array(read.came)):
        case.evidence.append(
            f"The gradient of {' and '.join(still)} is the same few-digit number at all places, which many formulas "
            "have: is it clipped, or is a unit saturated?"
        )
    alone = names if len(names) == 1 else ()  # what a slip looks like that is the only one
    texts = [DEFECTS[name].symptom for name in alone if name in DEFECTS]
    for rate in sorted({f"{rate:.4g}" for rate in best.rates.values()}):
        texts.append(f"The learning rate that fits: {rate}.")
    return diagnosis(
        (*seen, *names, *extra),
        _where(case, read, names, wrong),
        "one of several" if alternatives else "likely" if read.loose or read.places < 3 or still else "certain",
        *said,
        *texts,
        "Computed in single precision." * read.loose,
        evidence=case.evidence,
        alternatives=alternatives,
        formulas=best.formulas,
    )


def _held_still(case, came):
    """The names of blocks whose entries are numbers of at most three digits, none of them 0, alike at all places."""
    return [
        name
        for name, block in case.blocks
        if came[:, block].all()
        and np.ptp(came[:, block], axis=0).max() == 0
        and all(float(f"{value:.3g}") == value for value in came[0, block].flat)
    ]


EVERYWHERE = {"sign", "factor", "mean-missing", "mean-twice", "two-too-many", "two-missing", "outputs-not-averaged"}


def _where(case, read, names, wrong):
    """The layers in which something is exchanged."""
    best, L = read.best, case.net.L
    layers = {l for l, exchanges in best.exchanges.items() if any(e.name != "only-there" for e in exchanges)}
    if set(names) & EVERYWHERE:
        layers |= {l for l, factor in best.factors.items() if abs(factor - 1) > 1e-6}
    every = layers == set(range(1, L + 1))
    words = [e.words for exchanges in best.exchanges.values() for e in exchanges]
    if every and set(names) <= EVERYWHERE and not any("in db" in text for text in words):
        return "everywhere"
    if every and names and set(names) <= {"penalty", "penalty-missing", "penalty-undivided", "bias-regularised"}:
        parts = {part for part in ("the weights", "the biases") for text in words if part in text}
        if L > 1 and len(parts) == 1:
            return parts.pop()
    if not layers:
        return case.where(wrong)
    return f"layer{'s' * (len(layers) > 1)} {', '.join(map(str, sorted(layers)))}"


def whole_gradient(case):
    """Functions of the whole gradient, or a walk from sample to sample: names and a sentence, or None."""
    formula = case.formula
    if formula is None or formula.net is None or case.theta.size > 2000:
        return None
    thetas, came = [case.theta], [case.g]
    for v in case.places[:5]:
        g = anywhere(case, v.astype(case.theta.dtype))
        if g.shape == case.g.shape and np.isfinite(g).all():
            thetas.append(v)
            came.append(g)
    right = np.array([gradient_of(case, formula, v) for v in thetas])
    text = of_whole_gradient(np.array(came), right, case.blocks)
    if text:
        return ("clipped",), text
    if is_measured(formula.net):  # at each new place its parts would have to be measured anew
        return None
    ahead = looked_ahead(np.array(came[:3]), thetas[:3], lambda theta: gradient_of(case, formula, theta))
    if ahead:
        rate, factor = ahead
        times = "" if abs(factor - 1) < 1e-7 else f"{factor:.6g} times "
        return (
            "ahead",
        ), f"What came is {times}the gradient at θ − {rate:.6g} ∂C/∂θ, where the weights have moved already."
    m, net = len(case.X), formula.net

    def alone(theta, i):
        g = net.grad(theta, case.X[i : i + 1], case.Y[i : i + 1])
        parts, params = net.params(g), net.params(theta)
        others = penalty_slopes(params, formula.penalty)
        for l in range(1, net.L + 1):
            parts.W[l][...] += (formula.decay * params.W[l] + others[l]) / formula.scale
            if not case.biases[l - 1]:
                parts.b[l][...] = 0
        return g

    found = one_by_one(np.array(came[:3]), thetas[:3], alone, m)
    if found is None:
        return None
    rate, factor = found
    return ("one-by-one",), (
        f"What came is {factor:.6g} times the sum of the samples' gradients, each at the weights that the ones before "
        f"it have moved, with the learning rate {rate:.6g}."
    )


DIGIT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def layer_of(block):
    return int("".join(c for c in block.translate(DIGIT) if c.isdigit()))
