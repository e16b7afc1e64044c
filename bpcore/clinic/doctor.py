"""The doctor: a wrong gradient leaves a fingerprint, and the fingerprint says which mistake made it."""

import contextlib
import functools
import sys
import warnings

import numpy as np

from .. import arguments
from ..checking import EPS, METHODS, one_number, relative_error
from ..network import Network
from .case import Case, anywhere, gradient_of
from .cost_notes import CONSTANT, STAIRCASE, cost_beside, is_a_staircase, is_constant, is_the_networks, look_at_the_cost
from .costs import PLACES
from .diagnosis import OTHERS, Diagnosis, diagnosis, titles
from .explanations import DIGITS, by_pattern, rank
from .expressions import written_as
from .fillings.exchanges import sup
from .grammar import Formula
from .measured import UNKNOWN, TooManyCalls
from .naming import per_cent
from .readers import EVERYWHERE, LARGE, by_grammar, explained, layer_of, whole_gradient, with_measured_slopes
from .recognise import kind, layers_of, layers_of_blocks
from .slips import layer_in
from .structures import in_words
from .truth import are_slopes, derivative, ladder, slopes_along

__all__ = ["OTHERS", "Diagnosis", "diagnosis", "examine"]
HUGE = 2000  # from so many on, a cost that follows no formula is asked along directions first
DIRECTIONS = 8
QUOTIENT = METHODS["central"].tolerance  # as far as central differences judge a gradient
SEVEN = (
    "This predicts every entry to seven digits of its block's largest, which is as much as a gradient check asks: "
    "is a small number, such as 1e-8, added to a denominator?"
)
GROWN = 1e8  # times as large as it is, or as 1, the cost of a network may be with smaller weights
INWARD = (10, 100, 1e5, 1e6)  # by which parameters are divided, to see how large a gradient is towards zero
ZEROS = {"layer-forgotten", "no-gradient", "bias-missing"}  # names that a gradient of zeros has


# The visit.


def examine(cost, grad, theta, *, net=None, X=None, Y=None, lam=0.0, n=None, blocks=None, shared=None, formula=None,
            likely=None, progress=False):  # fmt: skip
    """``diagnose`` for a vector that is laid out as the network's theta, or as ``blocks`` say; returns a Diagnosis.

    ``formula`` is what the cost computes, where that is known already; ``likely`` is what it computes where no other
    formula is found.
    ``shared`` says of each layer whether one bias serves all its units, in equal shares.
    """
    theta = arguments.finite(
        "params", arguments.real("params", arguments.vector("params", theta, getattr(theta, "size", 0), "the function"))
    ).copy()
    if theta.size == 0:
        raise ValueError("params is empty: expected at least one parameter")
    facts = {"lam": arguments.number("lam", lam, 0)}
    given = [
        (name, value, np.array(arguments.numeric(name, value, "real numbers, one sample a row")))
        for name, value in (("X", X), ("Y", Y))
        if value is not None
    ]
    if net is not None:
        arguments.instance("net", net, Network, "a Network, or None")
        if len(given) < 2 or blocks is not None:
            raise TypeError(
                "net comes without X and Y, or with blocks: expected diagnose(cost, grad, params, net=net, X=X, Y=Y)"
            )
        if theta.size != net.n_params:
            came = f"params has shape {theta.shape}, but the network has {net.n_params} parameters"
            raise ValueError(f"{came}: expected ({net.n_params},)")
        _, X, Y = net.checked(theta.astype(float), given[0][2], given[1][2])
        facts["loss"] = net.loss.name
    facts.update(m=len(np.atleast_1d(given[-1][2]))) if given else None
    facts["K"] = Y.shape[1] if getattr(Y, "ndim", 0) == 2 else 1
    facts["n"] = arguments.number("n", facts.get("m", 1) if n is None else n, 0, above=True)
    case = Case(cost, grad, theta.astype(float), blocks_of(theta.size, net, blocks), facts, net, X, Y)
    case.formula, case.likely, case.progress = formula, likely, progress
    case.shared = shared or (False,) * (net.L if net else 1)
    data = [(name, value, before) for name, value, before in given if isinstance(value, np.ndarray)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of a network's own arithmetic at places that the doctor chose
        return _by_calling(case, theta, data)


def blocks_of(size, net, shapes):
    """Pairs: the name of a block, and its places in theta, in the shape of the block."""
    if net is not None:
        p = net.params(np.arange(float(net.n_params)))
        return [
            (f"{letter}[{l}]", part[l].astype(int))
            for l in range(1, net.L + 1)
            for letter, part in (("b", p.b), ("W", p.W))
        ]
    shapes = (
        {"theta": (size,)}
        if shapes is None
        else arguments.instance("blocks", shapes, dict, 'name → shape, such as {"W1": (2, 4), "b1": (4,)}')
    )
    try:
        ends = np.cumsum([0, *(int(np.prod(shape)) for shape in shapes.values())])
        parts = [
            (str(name), np.arange(start, end).reshape(shape))
            for (name, shape), start, end in zip(shapes.items(), ends, ends[1:])
        ]
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"blocks={arguments.shown(shapes)} holds something that is no shape ({error}): expected tuples like (2, 4)"
        ) from None
    if ends[-1] != size or not all(part.size for _, part in parts):
        raise ValueError(
            f"blocks hold {ends[-1]} entries in all, and theta {size}: expected the shape of every block, in order"
        )
    return parts


def _by_calling(case, theta, data):
    """What the functions do when they are called, apart from returning numbers; then the numbers."""
    value, changed = float(one_number(case.cost, case.theta.copy())), []
    if not np.isfinite(value):
        raise ValueError(f"cost returned {value}: expected a finite number; take a theta at which it is one")

    def call(name, function, at):
        handed = at.copy()
        result = function(handed)
        if not np.array_equal(handed, at):
            changed.append((name, handed.astype(float)))
        return result

    if abs(float(one_number(lambda at: call("cost", case.cost, at), case.theta)) - value) > 1e-12 * abs(value):
        return diagnosis(
            ("not-repeatable",),
            "cost",
            "certain",
            "Two calls of cost at the same theta return two numbers, so it has no derivative: "
            "masks of dropout, a batch, or noise that is drawn anew?",
        )
    first = call("grad", case.grad, theta)
    try:
        g = np.asarray(first)
    except (TypeError, ValueError):  # arrays of several shapes
        g = np.array(None)
    if g.shape != theta.shape or g.dtype.kind not in "iuf" or isinstance(first, np.ma.MaskedArray):
        expected = f"theta is {theta.dtype} of shape {theta.shape}"
        return diagnosis(("shape",), "grad", "certain", f"grad returned {in_words(first)}; {expected}.")
    case.g = case.t = g.astype(float)
    if not np.isfinite(case.g).all():
        return diagnosis(
            ("not-finite",),
            case.where(~np.isfinite(case.g)),
            "certain",
            f"{(~np.isfinite(g)).sum()} of {g.size} entries are NaN or infinite.",
        )
    again, rng = np.array(call("grad", case.grad, theta), float), np.random.default_rng(0)
    away = theta + (0.5 * np.maximum(abs(theta), 1) * rng.standard_normal(theta.size)).astype(theta.dtype)
    beside = (theta * (1 + 4 * EPS * rng.choice([-1, 1], theta.size))).astype(theta.dtype)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        inward = [_where_the_cost_is_ordinary(case, theta / times, value) for times in INWARD]
        nearby, _ = np.array(case.grad(beside), float), anywhere(case, away)
    third = np.array(call("grad", case.grad, theta), float)
    natural = max(abs(case.g).max(), _size_of_nothing_saturated(inward))
    case.rounding = min(30 * abs(nearby - case.g).max(), 1e-10 * natural) + 32 * EPS * natural
    same = DIGITS + (64 * float(np.finfo(g.dtype).eps) if g.dtype.kind == "f" else 0)
    if max(relative_error(again, case.g), relative_error(third, again)) > same:
        case.t = derivative(case.cost, case.theta, lambda t: True, case.progress)[0]
        extra, part = again - case.g, abs(again - case.g) > same * abs(case.g).max()
        if (
            part.any()
            and min(relative_error(extra[part], case.t[part]), relative_error(extra[part], case.g[part])) < 1e-6
        ):
            return diagnosis(
                ("accumulated",),
                case.where(part),
                "certain",
                "A second call at the same theta returns the first one's answer plus the gradient once more.",
            )
        if part.any() and (memory := _running_sum(case, case.g, again)):
            return diagnosis(("momentum",), case.where(part), "certain", memory)
        return diagnosis(
            ("not-repeatable",),
            "grad",
            "certain",
            "Two calls in a row at the same theta differ."
            if part.any()
            else "The answer at theta differs after a call at another theta: something is kept between the calls.",
        )
    spoilt = [(name, None) for name, value, before in data if not np.array_equal(value, before)]
    return _by_numbers(case, changed + spoilt, g.dtype)


def _where_the_cost_is_ordinary(case, at, value):
    """The gradient at a place; no number where the cost is none, or larger than a network's that unlearns everything.

    Particles that come close have forces of any size, and say nothing about those of particles that are apart.
    """
    g, cost = anywhere(case, at), np.nan
    with contextlib.suppress(Exception):
        cost = float(one_number(case.cost, at.astype(float)))
    return g if abs(cost) <= GROWN * max(1.0, abs(value)) else np.full(g.shape, np.nan)


def _size_of_nothing_saturated(inward):
    """The largest entry of gradients on the way to zero, where no unit is saturated; 0 where they grow without bound.

    Those of a network have a limit; those of forces, of logarithms and of quotients have none, and say nothing about
    how large the numbers are that a gradient elsewhere is made of.
    """
    near, far = inward[:2], inward[2:]
    before, last = (abs(at).max(initial=0) for at in far)
    if not last <= 3 * before:  # or no number
        return 0.0
    return max(abs(at[np.isfinite(at)]).max(initial=0) for at in near)


def _running_sum(case, first, second):
    """In words, if the second answer at the same theta is the first one times 1 + μ, as a velocity's is."""
    square = first @ first
    times = float(second @ first / square) if square else 0.0
    if not 1 < times < 2 or relative_error(second, times * first) > 1e-9:
        return ""
    mu, share = times - 1, float(first @ case.t / max(case.t @ case.t, 1e-300))
    said = f"The second call in a row at the same theta returns {times:.6g} times the first"
    if abs(share - (1 - mu)) < 1e-6 and relative_error(first, share * case.t) < 1e-6:
        return f"{said}, which is {share:.6g} times the gradient: a running mean, v ← {mu:.6g} v + {1 - mu:.6g} g."
    return f"{said}: a velocity, v ← {mu:.6g} v + g."


def _by_numbers(case, changed, dtype):
    """Compare the gradient with the cost's derivative, and where they differ look for the formula that it computes."""
    said_of_cost = look_at_the_cost(case) if case.net else ""
    if (at_a_glance := _too_large(case)) is not None:
        return at_a_glance
    case.t, error, case.judged, how = _derivative(case)
    case.tolerance, case.evidence = case.allowed(case.t) + 10 * error, [f"The cost's derivative comes from {how}."]
    case.facts["rough"] = max(1e-6, float(10 * case.tolerance.max() / max(abs(case.t).max(), 1e-300)))
    wrong = case.off(case.t)
    if wrong.any() and _nothing_but_rounding(case):
        said = "Cost and gradient are flat here, to rounding: ask again at another theta."
        return diagnosis((), "", "likely", said, evidence=case.evidence)
    if wrong.any() and not case.t.any():
        said = STAIRCASE if is_a_staircase(case) else CONSTANT if is_constant(case) else ""
        if said:
            return diagnosis(("another-cost",), case.where(wrong), "certain", said, evidence=case.evidence)
    seen, who = ("argument-changed",) * bool(changed), sorted({name for name, _ in changed})
    said = [f"{' and '.join(who)} changed what {'they were' if len(who) > 1 else 'it was'} given."] if changed else []
    if changed and wrong.any() and changed[0][1] is not None:
        left = changed[0][1]
        t, error, judged, _ = derivative(case.cost, left, case.near, case.progress)
        if (abs(case.g - t) <= case.allowed(t) + 10 * error)[judged].all():
            said.append(
                "The gradient is right for the theta that was left behind, and wrong for the one that was given."
            )
            return diagnosis(seen, case.where(left != case.theta), "certain", *said, evidence=case.evidence)
    said.append(said_of_cost)
    if not wrong.any():
        return _nothing_wrong(case, wrong, seen, said, dtype)
    if case.net and _within_its_calls(is_the_networks, case):
        read = by_grammar(case, dtype) if case.formula is not None and case.formula.net is case.net else None
        return diagnosis(
            (*seen, "another-cost"),
            case.where(wrong),
            "certain",
            *said,
            (_recognised(case) or ("", ""))[1] if case.formula is None else "",
            "The gradient is that of net.cost.",
            evidence=case.evidence,
            formulas=read.best.formulas if read is not None and read.complete else (),
        )
    single, loose = _single_precision(case, wrong, dtype), 1.0 if dtype.itemsize >= 8 else 1e-5 / DIGITS
    if single:
        return diagnosis((*seen, "float32"), case.where(wrong), "certain", *said, single, evidence=case.evidence)
    if dtype.itemsize >= 8 and _as_right_as_a_quotient(case):
        said.append("It is right to seven digits: as far as a difference quotient goes, or single precision inside.")
        return diagnosis(seen, "", "likely", *said, evidence=case.evidence)
    if rate := _rate_of_a_step(case):
        what = f"What is returned is θ − {rate:.6g} ∂C/∂θ."
        return diagnosis((*seen, "after-a-step"), case.where(wrong), "certain", *said, what, evidence=case.evidence)
    read = _within_its_calls(by_grammar, case, dtype) if case.net else None
    patterns = functools.cache(lambda: sorted((each for each in by_pattern(case, wrong) if each.names), key=rank))
    if dtype.itemsize >= 8 and not (read and read.complete) and (nearly := _nearly(case, patterns())):
        case.evidence.append(SEVEN)
        said.append(nearly.text[:1].upper() + nearly.text[1:] + ", to seven digits.")
        return diagnosis((*seen, *nearly.names), nearly.where, "likely", *said, evidence=case.evidence)
    unmeasured = read is not None and (read.net.loss.name != UNKNOWN or read.net.L == 1)  # which is asked at few places
    if unmeasured and not read.complete and dtype.itemsize >= 8:
        read = _within_its_calls(with_measured_slopes, case, dtype, read) or read
    follows = case.formula is not None and read is not None and read.net is case.formula.net
    if read is not None and read.complete and (read.names or read.loose or not follows):
        return explained(case, read, seen, said, wrong)
    special = _within_its_calls(whole_gradient, case) if case.net else None
    if special is not None:
        names, text = special
        return diagnosis((*seen, *names), case.where(wrong), "certain", *said, text, evidence=case.evidence)
    findings = patterns()
    fits = lambda finding: not case.off(finding.gradient, loose).any()
    held = {id(finding): [_elsewhere(case, law) for law in finding.laws] for finding in findings if fits(finding)}
    fitting = [finding for finding in findings if fits(finding) and None not in held[id(finding)]]
    if not fitting:
        return _unknown(case, wrong, seen, said, findings, read)
    best = fitting[0]
    equals = [other for other in fitting if (len(other.names), other.few) == (len(best.names), best.few)]
    others = tuple(dict.fromkeys(other.names for other in equals if set(other.names) != set(best.names)))
    case.evidence.append(
        f"This predicts every entry to {'five' if loose > 1 else 'nine'} digits of its block's largest."
    )
    rest = [other for other in findings if not fits(other) and not set(other.names) & set(best.names)]
    case.evidence += _nearest(case, rest, "The next best")
    seen_elsewhere = bool(held[id(best)]) and all(held[id(best)])
    sure = "one of several" if others else "likely" if best.few and not seen_elsewhere or loose > 1 else "certain"
    return diagnosis(
        (*seen, *best.names, *(("float32",) if loose > 1 else ())),
        best.where,
        sure,
        *said,
        best.text[:1].upper() + best.text[1:] + "." * (best.text[-1:] != "."),
        evidence=case.evidence,
        alternatives=others,
        formulas=_zeros(case, wrong)
        if {*best.names} <= ZEROS
        else _of_turns(case, best.turns) + _of_laws(case, wrong, best.laws),
    )


def _within_its_calls(look, *values):
    """What a look finds; None where its formulas hold what is measured, and the cost was asked as often as may be."""
    try:
        return look(*values)
    except TooManyCalls:
        return None


def _nearly(case, findings):
    """The first multiple of the cost's gradient that has a name and is no more off than a gradient check allows.

    That may be all that a small number in a denominator leaves of a slip; None where even less is left, or more.
    """
    for finding in findings:
        off, nearly_off = (case.off(finding.gradient, loose).any() for loose in (1.0, QUOTIENT / DIGITS))
        if off and not nearly_off and {*finding.names} <= EVERYWHERE - {"factor"}:
            if finding.laws and None not in [_elsewhere(case, law) for law in finding.laws]:
                return finding
    return None


def _another_place(theta, spread, rng):
    """Parameters that are moved by about this share of their size, or of 1 where they are smaller."""
    return theta + spread * np.maximum(abs(theta), 1) * rng.standard_normal(theta.size)


def _elsewhere(case, law):
    """At how many of two other places the law holds too, of those where that can be seen; None where it does not."""
    rng, count = np.random.default_rng(4), 0
    for spread in (0.3, 0.1):
        place = _another_place(case.theta, spread, rng)
        g, direction = anywhere(case, place), np.where(law.part, rng.standard_normal(case.theta.size), 0.0)
        with np.errstate(all="ignore"):
            scaled = direction * (law.of(place) if law.of else 1)
        try:
            along, error, kink = ladder(lambda s: case.cost(place + s * scaled), np.zeros(1), (3, 4, 5, 6, 7))
        except (ArithmeticError, ValueError):  # a cost need not be defined there
            continue
        if g.shape != place.shape or not np.isfinite(g).all() or kink[0] or not np.isfinite(along[0] + error[0]):
            continue
        came, predicted = direction @ g, law.factor * along[0] + law.multiple * (direction @ place)
        if abs(came - predicted) > 100 * abs(law.factor) * error[0] + 1e-5 * max(abs(came), abs(predicted)):
            return None
        count += 1
    return count


def _of_laws(case, wrong, laws):
    """Formulas of the blocks that are wrong, where a factor and a multiple of the block explain each as a whole."""
    formulas = []
    for name, block in case.blocks:
        for law in laws if wrong[block].any() else ():
            if not law.part[block].any():
                continue
            shown = _written(name, case.net)
            if not (law.part | (case.t == 0))[block].all():
                entries = np.flatnonzero(law.part[block]) if block.ndim == 1 else ()
                shown = f"{name}[{entries[0]}]" if len(entries) == 1 else ""
            if not law.factor or not shown:
                return ()
            text = _times(law.factor, case.facts.get("m", 1)) + f"∂C/∂{shown}"
            if law.of:
                text += f" ⊙ {law.text.format(shown)}"
            if law.multiple:
                text += f" {'−' if law.multiple < 0 else '+'} {abs(law.multiple):.4g} {shown}"
            formulas.append(
                Formula(
                    layer_in(name, dict(case.blocks)),
                    f"d{shown}",
                    written_as(None, text),
                    written_as(None, f"∂C/∂{shown}"),
                    "",
                )
            )
    return tuple(formulas)


def _of_turns(case, turns):
    """Formulas of blocks whose entries stand elsewhere, if they do so at another place too."""
    if not turns or case.theta.size > LARGE:
        return ()
    place = _another_place(case.theta, 0.3, np.random.default_rng(5))
    g, (t, error, judged, _) = anywhere(case, place), derivative(case.cost, place, lambda t: True, case.progress)
    formulas = []
    for name, words, block, turned in turns:
        off = abs(g[block] - t[turned]) if g.shape == t.shape else np.array([np.inf])
        if not judged[block].all() or off.max() > 1e-6 * abs(t[block]).max() + 10 * error.max():
            return ()
        shown = _written(name, case.net)
        computed, right = written_as(None, f"∂C/∂{shown}, {words}"), written_as(None, f"∂C/∂{shown}")
        formulas.append(Formula(layer_in(name, dict(case.blocks)), f"d{shown}", computed, right, ""))
    return tuple(formulas)


def _written(name, net):
    """The name of a block in a formula: that of the owner, or the book's."""
    return name if net is None else name[0] + sup(int(name[2:-1]))


def _times(factor, m):
    """A factor as text before what it multiplies."""
    for text, value in (("", 1), ("2 ", 2), ("½ ", 0.5), ("m ", m), ("(1/m) ", 1 / m), ("(2/m) ", 2 / m)):
        if abs(abs(factor) - value) < 1e-6 * value:
            return "−" * (factor < 0) + text
    return f"{factor:.6g} ".replace("-", "−")


def _zeros(case, wrong):
    """Formulas of whole blocks whose gradient is zero, here and at two other places."""
    zero = lambda block: not any(np.nan_to_num(g[block], nan=1.0).any() for g in (case.g, *elsewhere) if g.size > 1)
    rng = np.random.default_rng(2)
    elsewhere = [anywhere(case, _another_place(case.theta, 0.5, rng)) for _ in range(2)]
    blocks = [(name, block) for name, block in case.blocks if wrong[block].any()]
    if not all(zero(block) for _, block in blocks):
        return ()
    return tuple(
        Formula(
            layer_in(name, dict(case.blocks)), f"d{shown}", written_as(None, "0"), written_as(None, f"∂C/∂{shown}"), ""
        )
        for name, shown in ((name, _written(name, case.net)) for name, _ in blocks)
    )


def _derivative(case):
    """The derivative at theta; of a large network by the formula that the cost follows, checked along directions."""
    formula = case.formula
    if case.theta.size <= LARGE or formula is None or formula.net is None or not formula.exact:
        return derivative(case.cost, case.theta, case.near, case.progress)
    t = gradient_of(case, formula, case.theta)
    along, error, directions = slopes_along(case.cost, case.theta, 3)
    if (abs(directions @ t - along) <= 100 * error + 1e-8 * abs(along).max()).all():
        how = f"the formula that the cost follows at {PLACES} places, and {len(along)} slopes along random directions"
        return t, np.zeros(t.size), np.ones(t.size, bool), how
    return derivative(case.cost, case.theta, case.near, case.progress)


def _nothing_but_rounding(case):
    """Whether the gradient that came and the cost's derivative are both smaller than the cost's own rounding."""
    largest = max(abs(case.g).max(), abs(case.t).max())
    return largest < 1e-12 and largest <= 16 * EPS * abs(float(one_number(case.cost, case.theta.copy())))


def _too_large(case):
    """A diagnosis along random directions, for a large vector whose cost follows no formula that is known."""
    if case.theta.size <= HUGE or case.formula is not None and case.formula.net is not None and case.formula.exact:
        return None
    along, error, directions = slopes_along(case.cost, case.theta, DIRECTIONS)
    off = abs(directions @ case.g - along) > 100 * error + 1e-6 * abs(along).max()
    if not off.any():
        said = f"Gradient and cost agree along {DIRECTIONS} random directions; the entries were not asked one by one."
        return diagnosis((), "", "likely", said, evidence=case.evidence)
    calls = 10 * case.theta.size
    print(
        f"The gradient is wrong along {off.sum()} of {DIRECTIONS} directions; now {calls} costs, entry by entry …",
        file=sys.stderr,
        flush=True,
    )
    case.progress = True
    return None


def _rate_of_a_step(case):
    """The learning rate, where a function returns the parameters after a step; None where it does not."""
    places = [(case.theta, case.g, case.t)]
    if case.theta.size < 3 or not case.judged.all():
        return None
    for theta, g, t in places:
        step, square = theta - g, t @ t
        rate = step @ t / square if square > 0 else 0
        if not (rate > 0 and (abs(step - rate * t) <= DIGITS * (abs(theta) + abs(g))).all()):
            return None
        if len(places) == 1:  # it may be so at one place by luck
            there = 1.1 * case.theta + 0.1
            places.append((there, anywhere(case, there.copy()), derivative(case.cost, there, lambda t: True)[0]))
    return rate


def _nothing_wrong(case, wrong, seen, said, dtype):
    """The gradient is right where it can be judged: say so, and what the cost is where it is another."""
    differs = ~case.judged & (abs(case.g - case.t) > 1e-6 * abs(case.t).max())
    if not case.judged.any():
        differs = ~case.judged
    if differs.any():
        said.append(
            f"At {differs.sum()} of {wrong.size} entries the slopes of the cost to the left and to the right differ "
            f"however small the step, or it is too rough to tell."
            + " At the others the gradient is right."
            * bool(case.judged.any())
        )
        read = by_grammar(case, dtype) if case.net else None
        if read is not None and read.complete and read.loose and not read.names:
            case.evidence.append("To five digits it is the formula of backpropagation at all places.")
            said.append("Cost and gradient are computed in single precision.")
            return diagnosis((*seen, "float32"), case.where(differs), "likely", *said, evidence=case.evidence)
        return diagnosis((*seen, "kink"), case.where(differs), "unknown", *said, evidence=case.evidence)
    faint = bool(abs(case.t).max() < 1e3 * case.rounding)
    said += ["The gradient is hardly larger than rounding here: ask again at another theta."] * faint
    names, formula = seen, case.formula
    if case.net and formula is not None:
        names = (*seen, *formula.names)
        forward = [words for words in formula.words if not words.startswith(("the loss is", "it is", "its penalty"))]
        forward = forward if formula.forward is None else formula.forward and formula is not case.likely
        if forward and not formula.names:
            names = (*seen, "another-network")
    if case.net and not names and not faint and case.judged.all():
        read = by_grammar(case, dtype)
        if read is not None and read.complete and read.names and not read.loose and _wrong_elsewhere(case):
            said.append("At this theta the gradient is right; at others it is not.")
            return explained(case, read, seen, said, wrong)
    recognised = _recognised(case) if case.net and formula is None else None
    if recognised:
        return diagnosis((*seen, recognised[0]), "", "likely", recognised[1], evidence=case.evidence)
    # a multiple of the network's cost is a matter of taste, such as a sum in the place of a mean
    other_cost = case.net is not None and (
        formula is None or any(not words.startswith("it is") for words in formula.words)
    )
    return diagnosis(
        names,
        "theta" if seen else "the cost and the gradient" if names else "",
        "likely" if faint or not case.judged.all() else "certain",
        *said,
        f"Gradient and cost agree at {case.judged.sum()} of {wrong.size} entries.",
        evidence=case.evidence,
        formulas=cost_beside(formula),
        other_cost=other_cost,
    )


def _wrong_elsewhere(case):
    """Whether the gradient is not the cost's slope along a direction at one of the other places."""
    return any(are_slopes(case.cost, anywhere(case, place), place, 2, 1e-6) is False for place in case.places)


def _recognised(case):
    """What kind of program the cost is, where no plain network has it: a name and a sentence, or None."""
    chain = (layers_of(case.net), None) if case.net else layers_of_blocks(case.blocks)
    if chain is None:
        return None
    return kind(case.cost, case.theta, *chain)


def _nearest(case, findings, which):
    findings = [finding for finding in findings if finding.names != ("order",)]  # which is far off by nature, or right
    if findings:
        misfit, finding = min(
            ((case.misfit(finding.gradient), finding) for finding in findings), key=lambda pair: pair[0]
        )
        label = finding.label or titles(finding.names)
        yield f"{which} explanation ({label}) misses some block by {per_cent(misfit)}."


def _single_precision(case, wrong, dtype):
    """In words, if all differences are of the size that float32 makes."""
    distance, eps = abs(case.g - case.t), float(np.finfo(np.float32).eps)
    if (
        dtype.kind == "f"
        and dtype.itemsize < 8
        and (distance <= 1e3 * float(np.finfo(dtype).eps) * abs(case.t).max()).all()
    ):
        return f"grad returns {dtype}; apart from that it is right."
    rounded = np.array_equal(case.g[wrong].astype(np.float32), case.g[wrong])
    if rounded and (distance <= 0.51 * eps * abs(case.t) + case.tolerance)[wrong].all():
        return "Every entry is the right one rounded to float32."
    return ""


def _as_right_as_a_quotient(case):
    """Whether all differences are of the size that a difference quotient makes, or single precision inside."""
    apart, eps = np.linalg.norm(case.g - case.t), float(np.finfo(np.float32).eps)
    return apart <= eps * np.linalg.norm(case.t) and (abs(case.g - case.t) <= 8 * eps * abs(case.t).max()).all()


def _unknown(case, wrong, seen, said, findings, read):
    """Wrong, and nothing predicts it: unless it is rounding, say what is known about the place."""
    apart, size = abs(case.g - case.t), abs(case.t).max()
    if apart.max() < 1e-4 * size:
        step = 1e-6 * np.cos(np.arange(wrong.size)) * np.maximum(abs(case.theta), 1)
        before, after = (np.array(case.grad(case.theta + s * step), float) for s in (-1, 1))
        if abs(before + after - 2 * case.g).max() > 0.1 * apart.max():
            return diagnosis(
                (*seen, "float32"),
                case.where(wrong),
                "likely",
                *said,
                "The gradient is rough: so much rounding comes from single precision inside.",
                evidence=case.evidence,
            )
        t_before, t_after = (
            derivative(case.cost, case.theta + s * step, lambda t: False, case.progress)[0] for s in (-1, 1)
        )
        if abs(before - t_before - after + t_after).max() > 0.1 * apart.max():
            return diagnosis(
                seen,
                "",
                "likely",
                *said,
                f"The cost is rounded too coarsely here to judge the gradient beyond "
                f"{apart.max() / size:.0e}; as far as that it is right.",
                evidence=case.evidence,
            )
    formulas, names = (), ()
    if len(case.blocks) > 1:
        good = [name for name, block in case.blocks if not wrong[block].any() and case.t[block].any()]
        case.evidence.append(f"Right: {', '.join(good) or 'no block'}.")
    else:
        case.evidence.append(f"Right: {wrong.size - wrong.sum()} of {wrong.size} entries.")
    if read is None:
        case.evidence += _nearest(case, findings, "The best")
    else:
        formulas, names = (
            read.best.formulas,
            tuple(name for name in read.names if len(read.best.open) < 2 * case.net.L - 1),
        )
        top = max(map(layer_of, read.best.open))
        there = ", ".join(block for block in read.best.open if layer_of(block) == top)
        said.append(f"The open block nearest to the output is in layer {top}: {there}.")
        if top in read.nearest:
            left, words = read.nearest[top]
            case.evidence.append(
                f"The nearest explanation of layer {top}, {words}, leaves {per_cent(left)} unexplained."
            )
    recognised = _recognised(case) if case.formula is None else None
    if recognised:
        names = (recognised[0],)
        said.append(recognised[1])
    return diagnosis(
        (*seen, *names, "unknown"), case.where(wrong), "unknown", *said, evidence=case.evidence, formulas=formulas
    )
