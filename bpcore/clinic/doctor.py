"""The doctor: a wrong gradient leaves a fingerprint, and the fingerprint says which mistake made it."""

import textwrap
import warnings
from dataclasses import dataclass, field

import numpy as np

from .. import arguments
from ..checking import EPS, one_number, relative_error
from ..network import Network
from .costs import PLACES, CostFormula, cost_formula, drawn
from .defects import DEFECTS
from .explanations import DIGITS, by_pattern, rank
from .grammar import explain, layer_below
from .probing import measured_delta, measured_slope
from .recognise import kind, layers_of, layers_of_blocks
from .scope import Scope
from .truth import derivative, slopes_along
from .whole import of_whole_gradient, one_by_one

LOOSE = 2e-5  # the digits that single precision leaves
LARGE = 300  # from so many parameters on, the derivative is that of the cost's formula, checked along a few directions
HUGE = 2000  # from so many on, a cost that follows no formula is asked along directions first
DIRECTIONS = 8
OTHERS = {  # findings that are no defect of the table: title and cure
    "factor": (
        "The gradient is a multiple of the cost's",
        "Look for a factor that stands in one of the two and not in the other.",
    ),
    "penalty": (
        "The gradient differs by a multiple of the parameters",
        "Compare the penalty in the cost with its derivative: λ, n, the ½, and which blocks.",
    ),
    "order": (
        "The right numbers in the wrong places",
        "Unroll the gradient in the order in which theta is rolled up, block by block and row by row.",
    ),
    "another-cost": (
        "The gradient is that of another cost",
        "Decide which of the two is meant, and make the other agree.",
    ),
    "not-repeatable": (
        "The same call gives another answer",
        "Draw random numbers and pick batches outside the two functions, and keep nothing from one call to the next.",
    ),
    "kink": (
        "No derivative to compare with: a kink, or a rough cost",
        "Move theta a little, by a hundredth or so, and ask again.",
    ),
    "shape": ("The gradient has another shape than theta", "Return one vector, laid out as theta."),
    "not-finite": (
        "The gradient has entries that are no numbers",
        "Look for the logarithm of zero, a division by zero, or the exponential of a large number.",
    ),
    "formula": ("One formula stands for another", "Compare the two formulas, and write the right one."),
    "another-network": (
        "The cost is that of another network",
        "Decide which of the two is meant: the network that you named, or the one that the program computes.",
    ),
    "clipped": (
        "The gradient is clipped or rescaled",
        "Check the gradient before it is clipped or normalised, and do that in the update.",
    ),
    "one-by-one": (
        "The weights move from sample to sample",
        "Add up the gradients of all samples at one theta, or check one sample at a time.",
    ),
    "momentum": (
        "What is returned is a running sum of gradients",
        "Return the gradient alone, and keep the velocity in the update.",
    ),
    "dropout": (
        "The cost drops units",
        "Check the gradient without dropout, or with masks that are drawn once and used by cost and gradient alike.",
    ),
    "recurrent": (
        "The cost is that of a recurrent network",
        "Check one time step first, and then add up over the steps, from the last to the first.",
    ),
    "batch-norm": (
        "The cost normalises a layer over the batch",
        "Check the layers apart: a Network has no batch normalisation.",
    ),
    "unknown": (
        "Wrong, and no formula explains it",
        "Compute by hand, for one sample, the wrong part that is computed first, and compare.",
    ),
}


@dataclass(frozen=True)
class Diagnosis:
    """What the doctor found; its repr is the whole story.

    Attributes
    ----------
    names : tuple of str
        What is wrong, all of it at once: keys of ``bpcore.clinic.defects.DEFECTS`` or ``bpcore.clinic.doctor.OTHERS``.
        Empty where nothing wrong was found; ("unknown",) for a wrong gradient that nothing explains.
    where : str
        The layers or blocks.
    sure : str
        "certain": one explanation predicts every entry, and the next best is far off;
        "one of several": the ``alternatives`` predict the same; "likely": little to go by; "unknown".
    explanation : str
        What it looks like.
    cure : str
        What to change.
    evidence : tuple of str
        What was measured, a sentence each.
    alternatives : tuple of tuple of str
        Other names under which the gradient would be the same.
    formulas : tuple of bpcore.clinic.grammar.Formula
        Where a network was given: what the program computes in a layer, beside what it should; from the output down.
    """

    names: tuple
    where: str
    sure: str
    explanation: str
    cure: str
    evidence: tuple = ()
    alternatives: tuple = ()
    formulas: tuple = ()

    def __repr__(self):
        rows = [
            *(("or", _titles(names)) for names in self.alternatives),
            ("where", self.where),
            *((f"layer {formula.layer}", str(formula) + ".") for formula in self.formulas),
            ("why", self.explanation),
            ("cure", self.cure),
            *(("evidence", text) for text in self.evidence),
        ]
        return "\n".join(
            [f"{_titles(self.names) or 'Nothing wrong found'} ({self.sure})"]
            + [
                textwrap.fill(text, 82, initial_indent=f"  {label:<10}", subsequent_indent=" " * 12)
                for label, text in rows
                if text
            ]
        )


def _entry(name):
    return (DEFECTS[name].title, DEFECTS[name].cure) if name in DEFECTS else OTHERS[name]


def _titles(names):
    return " + ".join(dict.fromkeys(_entry(name)[0] for name in names))


def diagnosis(names, where, sure, *texts, evidence=(), alternatives=(), formulas=()):
    return Diagnosis(
        names,
        where,
        sure,
        " ".join(filter(None, texts)),
        " ".join(dict.fromkeys(_entry(name)[1] for name in names)),
        tuple(evidence),
        alternatives,
        formulas,
    )


@dataclass
class Case:
    """All that is known of one gradient: the functions, the place, and then the gradient ``g`` and the truth ``t``."""

    cost: object
    grad: object
    theta: np.ndarray
    blocks: list
    facts: dict
    net: object = None
    X: np.ndarray = None
    Y: np.ndarray = None
    g: np.ndarray = None
    rounding: float = 0.0
    t: np.ndarray = None
    tolerance: np.ndarray = None
    judged: np.ndarray = None
    evidence: list = field(default_factory=list)
    places: np.ndarray = None  # other thetas
    formula: CostFormula | None = None
    biases: tuple = ()  # of each layer, whether the cost depends on its biases
    shared: tuple = ()  # and whether one bias serves all its units

    def allowed(self, t):
        """How far from t a right gradient may be: nine digits of each block's largest entry, and rounding."""
        allowed = np.empty(t.size)
        for _, block in self.blocks:
            allowed[block] = DIGITS * abs(t[block]).max() + 1e-13 * abs(t).max() + self.rounding
        return allowed

    def near(self, t):
        return (abs(self.g - t) <= self.allowed(t)).all()

    def off(self, prediction, loose=1.0):
        """The entries that can be judged and are not as predicted."""
        scale = loose * max(1.0, abs(self.g).max() / (abs(self.t).max() or 1.0))
        return self.judged & ~(abs(self.g - prediction) <= scale * self.tolerance)

    def misfit(self, prediction):
        """The largest relative error of a block that weighs something beside the whole."""
        parts = [block[self.judged[block]] for _, block in self.blocks]
        floor = max(1e-6 * np.linalg.norm(self.g), 1e-300)
        return max(
            np.linalg.norm(self.g[i] - prediction[i])
            / max(np.linalg.norm(self.g[i]), np.linalg.norm(prediction[i]), floor)
            for i in parts
        )

    def where(self, part):
        """The names of the blocks that the entries lie in."""
        if len(self.blocks) == 1:
            inside = np.flatnonzero(part)
            return (
                "everywhere"
                if inside.size >= np.count_nonzero(self.t)
                else f"theta[{inside[0]}] to theta[{inside[-1]}]"
            )
        touched = [name for name, block in self.blocks if part[block].any()]
        alive = [name for name, block in self.blocks if part[block].any() or self.t[block].any() or self.g[block].any()]
        return "everywhere" if touched == alive and len(touched) > 1 else ", ".join(touched)


# The visit.


def examine(cost, grad, theta, *, net=None, X=None, Y=None, lam=0.0, n=None, blocks=None, shared=None):
    """``diagnose`` for a vector that is laid out as the network's theta, or as ``blocks`` say; returns a Diagnosis.

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
    case = Case(cost, grad, theta.astype(float), _blocks(theta.size, net, blocks), facts, net, X, Y)
    case.shared = shared or (False,) * (net.L if net else 1)
    data = [(name, value, before) for name, value, before in given if isinstance(value, np.ndarray)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of a network's own arithmetic at places that the doctor chose
        return _by_calling(case, theta, data)


def _blocks(size, net, shapes):
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
    if g.shape != theta.shape or g.dtype.kind not in "iuf":
        came = (
            f"a {type(first).__name__} of {len(first)}"
            if isinstance(first, (list, tuple, dict))
            else f"{g.dtype} of shape {g.shape}"
        )
        return diagnosis(
            ("shape",), "grad", "certain", f"grad returned {came}; theta is {theta.dtype} of shape {theta.shape}."
        )
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
        inward, nearby, _ = (
            [_anywhere(case, theta / 10), _anywhere(case, theta / 100)],
            np.array(case.grad(beside), float),
            _anywhere(case, away),
        )
    third = np.array(call("grad", case.grad, theta), float)
    natural = max(
        abs(at[np.isfinite(at)]).max(initial=0) for at in (case.g, *inward)
    )  # of a gradient where nothing is saturated
    case.rounding = min(30 * abs(nearby - case.g).max(), 1e-10 * natural) + 32 * EPS * natural
    same = DIGITS + (64 * float(np.finfo(g.dtype).eps) if g.dtype.kind == "f" else 0)
    if max(relative_error(again, case.g), relative_error(third, again)) > same:
        case.t = derivative(case.cost, case.theta, lambda t: True)[0]
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


def _anywhere(case, at):
    """The gradient after the cost, at a place that need not suit them."""
    try:
        return np.array((case.cost(at.astype(float)), case.grad(at))[1], float)
    except Exception:
        return np.array([np.nan])


def _by_numbers(case, changed, dtype):
    """Compare the gradient with the cost's derivative, and where they differ look for the formula that it computes."""
    said_of_cost = _look_at_the_cost(case) if case.net else ""
    if (at_a_glance := _too_large(case)) is not None:
        return at_a_glance
    case.t, error, case.judged, how = _derivative(case)
    case.tolerance, case.evidence = case.allowed(case.t) + 10 * error, [f"The cost's derivative comes from {how}."]
    case.facts["rough"] = max(1e-6, float(10 * case.tolerance.max() / max(abs(case.t).max(), 1e-300)))
    wrong, seen, who = case.off(case.t), ("argument-changed",) * bool(changed), sorted({name for name, _ in changed})
    said = [f"{' and '.join(who)} changed what {'they were' if len(who) > 1 else 'it was'} given."] if changed else []
    if changed and wrong.any() and changed[0][1] is not None:
        left = changed[0][1]
        t, error, judged, _ = derivative(case.cost, left, case.near)
        if (abs(case.g - t) <= case.allowed(t) + 10 * error)[judged].all():
            said.append(
                "The gradient is right for the theta that was left behind, and wrong for the one that was given."
            )
            return diagnosis(seen, case.where(left != case.theta), "certain", *said, evidence=case.evidence)
    said.append(said_of_cost)
    if not wrong.any():
        return _nothing_wrong(case, wrong, seen, said, dtype)
    if case.net and not case.off(case.net.grad(case.theta, case.X, case.Y, case.facts["lam"], case.facts["n"])).any():
        read = _by_grammar(case, dtype) if case.formula is not None and case.formula.net is case.net else None
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
    read = _by_grammar(case, dtype) if case.net else None
    if read is not None and not read.complete and dtype.itemsize >= 8:
        read = _with_measured_slopes(case, dtype, read)
    follows = case.formula is not None and read is not None and read.net is case.formula.net
    if read is not None and read.complete and (read.names or read.loose or not follows):
        return _explained(case, read, seen, said, wrong)
    special = _whole_gradient(case) if case.net else None
    if special is not None:
        names, text = special
        return diagnosis((*seen, *names), case.where(wrong), "certain", *said, text, evidence=case.evidence)
    fits = lambda finding: not case.off(finding.gradient, loose).any()
    findings = sorted((finding for finding in by_pattern(case, wrong) if finding.names), key=rank)
    fitting = list(filter(fits, findings))
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
    sure = "one of several" if others else "likely" if best.few or loose > 1 else "certain"
    return diagnosis(
        (*seen, *best.names, *(("float32",) if loose > 1 else ())),
        best.where,
        sure,
        *said,
        best.text[:1].upper() + best.text[1:] + "." * (best.text[-1:] != "."),
        evidence=case.evidence,
        alternatives=others,
    )


def _look_at_the_cost(case):
    """Which formula the cost computes, at this theta and at others; a sentence where it is not net.cost."""
    net, lam, n = case.net, case.facts["lam"], case.facts["n"]
    case.biases = _with_biases(case)
    case.places = drawn(net, case.theta, case.X, PLACES, biases=case.biases, shared=case.shared)
    here = np.concatenate([case.theta[None], case.places])
    case.formula = cost_formula(case.cost, net, here[:PLACES], case.X, case.Y, lam, n)
    if case.formula is None:
        return (
            "The cost is not net.cost, nor a multiple of it, nor one with another loss or activation that I know: "
            "is theta laid out as the network's?"
        )
    if not case.formula.words:
        return ""
    said = f"The cost is not net.cost with λ = {lam:g}: {', '.join(case.formula.words)}."
    if case.formula.text != case.formula.right:
        said += f" It is {case.formula.text}, and net.cost {case.formula.right}."
    return said


def _with_biases(case):
    """Of each layer, whether the cost depends on its biases at all: a program may have none."""
    here = float(one_number(case.cost, case.theta.copy()))

    def matter(l):
        moved = case.theta.copy()
        b = case.net.params(moved).b[l]
        b += 0.3 * np.cos(np.arange(b.size))  # a constant for all units would be lost in a softmax
        try:
            return float(one_number(case.cost, moved)) != here
        except Exception:  # which need not suit this place
            return True

    found = tuple(matter(l) for l in range(1, case.net.L + 1))
    asleep = [not case.net.params(case.theta.copy()).b[l].any() for l in range(1, case.net.L + 1)]
    return tuple(alive or not zero for alive, zero in zip(found, asleep))


def _derivative(case):
    """The derivative at theta; of a large network by the formula that the cost follows, checked along directions."""
    formula = case.formula
    if case.theta.size <= LARGE or formula is None or formula.net is None or not formula.exact:
        return derivative(case.cost, case.theta, case.near)
    t = _gradient_of(case, formula, case.theta)
    along, error, directions = slopes_along(case.cost, case.theta, 3)
    if (abs(directions @ t - along) <= 100 * error + 1e-8 * abs(along).max()).all():
        how = f"the formula that the cost follows at {PLACES} places, and {len(along)} slopes along random directions"
        return t, np.zeros(t.size), np.ones(t.size, bool), how
    return derivative(case.cost, case.theta, case.near)


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
        flush=True,
    )
    return None


def _gradient_of(case, formula, theta):
    """The gradient of a cost that follows this formula."""
    g = formula.scale * formula.net.grad(theta, case.X, case.Y)
    parts, params = formula.net.params(g), formula.net.params(theta.copy())
    for l in range(1, formula.net.L + 1):
        parts.W[l][...] += formula.decay * params.W[l]
        parts.b[l][...] += formula.decay_b * params.b[l]
        if not case.biases[l - 1]:
            parts.b[l][...] = 0
        if case.shared[l - 1]:
            parts.b[l][...] = parts.b[l].mean()
    return g


def _nothing_wrong(case, wrong, seen, said, dtype):
    """The gradient is right where it can be judged: say so, and what the cost is where it is another."""
    differs = ~case.judged & (abs(case.g - case.t) > 1e-6 * abs(case.t).max())
    if differs.any():
        said.append(
            f"At {differs.sum()} of {wrong.size} entries the slopes of the cost to the left and to the right differ "
            f"however small the step, or it is too rough to tell. At the others the gradient is right."
        )
        read = _by_grammar(case, dtype) if case.net else None
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
        if forward and not formula.names:
            names = (*seen, "another-network")
    if case.net and not names and not faint and case.judged.all():
        read = _by_grammar(case, dtype)
        if read is not None and read.complete and read.names and not read.loose:
            said.append("At this theta the gradient is right; at others it is not.")
            return _explained(case, read, seen, said, wrong)
    recognised = _recognised(case) if case.net and formula is None else None
    if recognised:
        return diagnosis((*seen, recognised[0]), "", "likely", recognised[1], evidence=case.evidence)
    return diagnosis(
        names,
        "theta" if seen else "the cost and the gradient" if names else "",
        "likely" if faint or not case.judged.all() else "certain",
        *said,
        f"Gradient and cost agree at {case.judged.sum()} of {wrong.size} entries.",
        evidence=case.evidence,
    )


# What the grammar finds, in words.


@dataclass
class Read:
    """What the grammar says of a gradient at several places."""

    explanations: list
    nearest: dict
    places: int
    loose: bool
    net: object

    @property
    def best(self):
        return self.explanations[0]

    @property
    def complete(self):
        return self.best.complete

    @property
    def names(self):
        return self.best.names()


def _with_measured_slopes(case, dtype, read):
    """The formulas once more, with slopes that are measured in layers that are not explained, from the output down."""
    measured, asked = {}, set()
    while not read.complete and case.formula is not None and read.net is case.formula.net:
        l = max(map(_layer, read.best.open))
        if l in asked or case.theta.size > LARGE:
            break
        asked.add(l)
        formula = case.formula

        def above(thetas, gradients, l, heads=True, formula=formula, measured=measured):
            given = formula.scale, formula.decay, formula.decay_b, case.biases, DIGITS
            given += {k: v for k, v in measured.items() if k > l}, case.shared
            s = Scope(formula.net, np.array(thetas), case.X, case.Y, np.array(gradients), *given)
            return layer_below(s, l, case.facts["n"], heads=heads)

        gradient = lambda theta: _anywhere(case, theta)
        with np.errstate(all="ignore"):
            found = measured_slope(gradient, above, formula.net, case.places, l, case.biases[l - 1])
            if found is None and l == formula.net.L and case.biases[l - 1]:
                found = measured_delta(gradient, above, formula.net, case.places)
        if found is None:
            break
        measured[l] = found
        again = _by_grammar(case, dtype, measured)
        if again.complete or (len(again.best.open), again.best.price) < (len(read.best.open), read.best.price):
            read = again
    return read


def _by_grammar(case, dtype, measured=None):
    """The formulas of the gradient at theta and at other places, for the network that the cost follows."""
    places = 3 if min(b.size for _, b in case.blocks) > 2 else 5
    thetas, gradients = [case.theta], [case.g]
    for v in case.places:
        with np.errstate(all="ignore"):
            g = _anywhere(case, v.astype(case.theta.dtype))
        if g.shape == case.g.shape and np.isfinite(g).all():
            thetas.append(v)
            gradients.append(g)
        if len(thetas) > places:
            break
    formula, reads = case.formula, []
    meant = dict(net=case.net, scale=1.0, decay=case.facts["lam"] / case.facts["n"], decay_b=0.0)
    if formula is not None and formula.net is not None:
        follows = dict(net=formula.net, scale=formula.scale, decay=formula.decay, decay_b=formula.decay_b)
        choices = [follows] if formula.net is case.net else [follows, meant]
    else:
        choices = [meant]
    for tolerance in (DIGITS, LOOSE):
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
                    **given,
                )
                read = Read(found, nearest, len(thetas[kept]), tolerance > DIGITS, given["net"])
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


def _explained(case, read, seen, said, wrong):
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
    others = [e for e in read.explanations[1:] if e.complete and e.price < best.price + 0.01]
    alternatives = tuple(dict.fromkeys(e.names() for e in others if set(e.names()) != set(best.names())))
    digits = "five" if read.loose else "nine"
    case.evidence.append(
        f"This predicts every entry to {digits} digits of its block's largest, at {read.places} places."
    )
    if read.nearest:
        l, (left, words) = max(read.nearest.items())
        case.evidence.append(
            f"The next best explanation of layer {l}, {words}, misses it by {100 * left:.3g} per cent."
        )
    texts = [DEFECTS[name].symptom for name in names if name in DEFECTS]
    for rate in sorted({f"{rate:.4g}" for rate in best.rates.values()}):
        texts.append(f"The learning rate that fits: {rate}.")
    return diagnosis(
        (*seen, *names, *extra),
        _where(case, read, names, wrong),
        "one of several" if alternatives else "likely" if read.loose or read.places < 3 else "certain",
        *said,
        *texts,
        "Computed in single precision." * read.loose,
        evidence=case.evidence,
        alternatives=alternatives,
        formulas=best.formulas,
    )


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


def _whole_gradient(case):
    """Functions of the whole gradient, or a walk from sample to sample: names and a sentence, or None."""
    formula = case.formula
    if formula is None or formula.net is None or case.theta.size > 2000:
        return None
    thetas, came = [case.theta], [case.g]
    for v in case.places[:5]:
        g = _anywhere(case, v.astype(case.theta.dtype))
        if g.shape == case.g.shape and np.isfinite(g).all():
            thetas.append(v)
            came.append(g)
    right = np.array([_gradient_of(case, formula, v) for v in thetas])
    text = of_whole_gradient(np.array(came), right, case.blocks)
    if text:
        return ("clipped",), text
    m, net = len(case.X), formula.net

    def alone(theta, i):
        g = net.grad(theta, case.X[i : i + 1], case.Y[i : i + 1])
        parts, params = net.params(g), net.params(theta)
        for l in range(1, net.L + 1):
            parts.W[l][...] += formula.decay / formula.scale * params.W[l]
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
        label = finding.label or _titles(finding.names)
        yield f"{which} explanation ({label}) misses some block by {100 * misfit:.3g} per cent."


def _single_precision(case, wrong, dtype):
    """In words, if all differences are of the size that float32 makes."""
    distance, eps = abs(case.g - case.t), float(np.finfo(np.float32).eps)
    if (
        dtype.kind == "f"
        and dtype.itemsize < 8
        and (distance <= 1e3 * float(np.finfo(dtype).eps) * abs(case.t).max()).all()
    ):
        return f"grad returns {dtype}; apart from that it is right."
    if (distance <= 0.51 * eps * abs(case.t) + case.tolerance)[wrong].all():
        return "Every entry is the right one rounded to float32."
    return ""


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
        t_before, t_after = (derivative(case.cost, case.theta + s * step, lambda t: False)[0] for s in (-1, 1))
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
        top = max(map(_layer, read.best.open))
        there = ", ".join(block for block in read.best.open if _layer(block) == top)
        said.append(f"The open block nearest to the output is in layer {top}: {there}.")
        if top in read.nearest:
            left, words = read.nearest[top]
            case.evidence.append(
                f"The nearest explanation of layer {top}, {words}, leaves {100 * left:.3g} per cent unexplained."
            )
    recognised = _recognised(case) if case.formula is None else None
    if recognised:
        names = (recognised[0],)
        said.append(recognised[1])
    return diagnosis(
        (*seen, *names, "unknown"), case.where(wrong), "unknown", *said, evidence=case.evidence, formulas=formulas
    )


DIGIT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _layer(block):
    return int("".join(c for c in block.translate(DIGIT) if c.isdigit()))
