"""The doctor: a wrong gradient leaves a fingerprint, and the fingerprint says which mistake made it."""

import itertools
import textwrap
import warnings
from dataclasses import dataclass, field

import numpy as np

from .. import arguments
from ..activations import ACTIVATIONS, Activation
from ..checking import EPS, numerical_gradient, one_number, relative_error
from ..network import Network
from .defects import DEFECTS

DIGITS = 1e-9  # an explanation has to be right to this, relative to each block
SEEN_BY_CALLING = {
    "accumulated",
    "argument-changed",
    "float32",
}  # defects that show by other things than what they predict
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
    "unknown": (
        "Wrong, and nothing I know",
        "Begin with the wrong layer that is nearest to the output, and compute its delta for one sample by hand.",
    ),
}


@dataclass(frozen=True)
class Diagnosis:
    """What the doctor found; its repr is the whole story.

    Attributes
    ----------
    names : tuple of str
        What is wrong, all of it at once: keys of ``bpcore.clinic.defects.DEFECTS`` or of ``bpcore.clinic.diagnosis.OTHERS``.
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
        Other names under which the gradient at this theta would be the same.
    """

    names: tuple
    where: str
    sure: str
    explanation: str
    cure: str
    evidence: tuple = ()
    alternatives: tuple = ()

    def __repr__(self):
        rows = [
            *(("or", _titles(names)) for names in self.alternatives),
            ("where", self.where),
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
    return " + ".join(_entry(name)[0] for name in names)


def _diagnosis(names, where, sure, *texts, evidence=(), alternatives=()):
    return Diagnosis(
        names,
        where,
        sure,
        " ".join(filter(None, texts)),
        " ".join(_entry(name)[1] for name in names),
        tuple(evidence),
        alternatives,
    )


@dataclass
class _Finding:
    """One explanation: its names, where it is, a sentence, the gradient that it predicts; ``few`` where it rests on few entries."""

    names: tuple
    where: str
    text: str
    gradient: np.ndarray
    few: bool = False
    label: str = ""
    planted: bool = False


@dataclass
class _Case:
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


# The numerical truth.


def _ladder(cost, theta, rungs):
    """Central differences at steps that shrink fivefold, extrapolated: derivative, error, and where left and right never agree."""
    h = 0.1 * 5.0 ** -np.asarray(rungs, float)[:, None] * np.maximum(abs(theta), 1)
    right, left = theta + h, theta - h

    def at(k, value):
        point = theta.copy()
        point[k] = value
        try:
            return float(one_number(cost, point))
        except (ArithmeticError, ValueError):  # a tenth away a cost may not be defined
            return np.nan

    with np.errstate(all="ignore"):
        here = float(one_number(cost, theta.copy()))
        up, down = (np.array([[at(k, value) for k, value in enumerate(row)] for row in end]) for end in (right, left))
        tiny = np.cos(np.arange(theta.size)) * np.maximum(abs(theta), 1)
        flat = [one_number(cost, theta + s * tiny) == here for s in (1e-12, 1e-11, 1e-10, 1e-6, 3e-6)]
        coarse = all(flat[:3]) and not all(flat)  # as a cost in float32 is
        noise = (
            4 * np.finfo(np.float32 if coarse else float).eps * np.maximum(abs(here), np.maximum(abs(up), abs(down)))
        )
        slope, bend = (
            (up - down) / (right - left),
            (up - 2 * here + down) / h,
        )  # bend: the slope to the right minus that to the left
        better = (25 * slope[1:] - slope[:-1]) / 24
        change = abs(np.diff(better, axis=0))
        error = np.maximum(np.vstack([change[:1], change]), np.vstack([change, change[-1:]])) + noise[1:] / h[1:]
        seen = abs(bend[:-1]) > 100 * noise[1:] / h[1:]  # on these rungs a smooth bend would be seen to shrink fivefold
        stays = seen & (abs(bend[1:]) > 0.5 * abs(bend[:-1]))  # and here it does not
        error += np.where(stays, abs(bend[1:]), 0)
        error[np.isnan(error)] = np.inf
        best, k = error.argmin(axis=0), np.arange(theta.size)
        kink = stays[len(seen) - 1 - seen[::-1].argmax(axis=0), k]
    return better[best, k], error[best, k], kink


def _truth(cost, theta, near):
    """The cost's derivative, its error, which entries can be trusted, and how it was found; ``near`` says whether to be content at once."""
    certain = np.zeros(theta.size)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            t = numerical_gradient(cost, theta, "complex")
    except Exception:  # a cost need not be written for complex numbers
        t = np.array([np.nan])
    if np.isfinite(t).all():
        if near(t):
            return t, certain, certain == 0, "the complex step"
        agrees = lambda t, central, error, kink: (abs(t - central) <= 100 * error + 1e-6 * abs(t).max())[
            ~kink
        ].all()  # it is analytic
        across = [wave(np.arange(1, theta.size + 1)) * np.maximum(abs(theta), 1) for wave in (np.cos, np.sin)]
        along = [_ladder(lambda s, v=v: cost(theta + s * v), np.zeros(1), (4, 5, 6, 7)) for v in across]
        if all(
            not kink[0] and agrees(np.array([t @ v]), central, error, kink)
            for v, (central, error, kink) in zip(across, along)
        ):
            return t, certain, certain == 0, "the complex step"
        central, error, kink = _ladder(cost, theta, (5, 6, 7))
        if agrees(t, central, error, kink):
            return t, certain, ~kink, "the complex step"
    central, error, kink = _ladder(cost, theta, range(13))
    return central, error, ~kink & (error <= max(1e-4 * abs(central).max(), 1e-8)), "central differences"


# Explanations that need no network.


def _factor(value, facts):
    """The names of a constant factor, and the factor in words."""
    m, K, loss, sign = facts.get("m", 1), facts.get("K", 1), facts.get("loss"), ("sign",) if value < 0 else ()
    known = [
        (1, "minus one", ()),
        (m, "m", ("mean-missing",)),
        (1 / m, "1/m", ("mean-twice",)),
        (2, "2", ("two-too-many",) if loss == "half_squared" else ("factor",)),
        (0.5, "½", ("two-missing",) if loss == "mse" else ("factor",)),
        (K, "K", ("outputs-not-averaged",) if loss == "mse" else ("factor",)),
        *(
            (number, letter, ("factor",))
            for number, letter in (
                (1 / K, "1/K"),
                (2 / K, "2/K"),
                (K / 2, "K/2"),
                (2 * m, "2m"),
                (0.5 / m, "1/2m"),
                (m / 2, "m/2"),
                (2 / m, "2/m"),
            )
        ),
    ]
    for number, letter, names in known:
        if abs(abs(value) / number - 1) < facts["rough"] and (number != 1 or not names):
            return (
                (*sign, *names),
                "it has the wrong sign"
                if number == 1
                else f"it is {'minus ' if sign else ''}{letter} = {abs(value):.6g} times the cost's",
            )
    return (*sign, "factor"), f"it is {value:.6g} times the cost's"


def _patterns(case, part):
    """What turns the truth into the gradient at the entries ``part``: a factor, a multiple of theta, another order."""
    g, t, theta, where, few = case.g[part], case.t[part], case.theta[part], case.where(part), part.sum() < 4

    def found(names, text, values):
        prediction = case.t.copy()
        prediction[part] = values
        return _Finding(names, where, text, prediction, few, "a constant factor" if "factor" in names else "")

    if t @ t:
        factor = float(g @ t / (t @ t))
        names, text = _factor(factor, case.facts)
        if abs(factor) < DIGITS:
            only_biases = all(name[0] == "b" for name, block in case.blocks if part[block].any())
            names, text = ("bias-missing" if only_biases else "layer-forgotten",), "it is zero where the cost's is not"
        if part.sum() > 1 or "factor" not in names:
            yield found(names, text, factor * t)
    if theta @ theta and part.sum() > 1:
        multiple, lam = (g - t) @ theta / (theta @ theta), case.facts["lam"]
        decay = lam / case.facts["n"]
        known = {"penalty-missing": -decay, "penalty-undivided": lam - decay, "bias-regularised": decay}
        names = next(
            ((name,) for name, value in known.items() if abs(multiple - value) < 1e-6 * abs(value)), ("penalty",)
        )
        yield found(names, f"it is the cost's plus {multiple:.4g} times theta", t + multiple * theta)
    if part.sum() > 2:
        yield found(("order",), "the same numbers stand in another order", t[t.argsort()][g.argsort().argsort()])
    for name, block in case.blocks:
        if block.ndim == 2 and min(block.shape) > 1 and not np.delete(part, block).any():
            yield found(
                ("transposed-block",) if block.shape[0] == block.shape[1] else ("order",),
                f"{name} is written column by column",
                case.t[block.T.ravel()][np.searchsorted(block.ravel(), np.flatnonzero(part))],
            )


def _by_pattern(case, wrong):
    """One pattern for all wrong entries, or one for each block that has some."""
    yield from _patterns(case, wrong)
    prediction, found = case.t.copy(), []
    for _, block in case.blocks:
        part = np.isin(np.arange(wrong.size), block) & wrong
        fits = (
            [finding for finding in _patterns(case, part) if not (case.off(finding.gradient) & part).any()]
            if part.any()
            else []
        )
        if part.any() and not fits:
            return
        for finding in sorted(fits, key=_rank)[:1]:
            prediction[part] = finding.gradient[part]
            found.append(finding)
    yield _Finding(
        tuple(dict.fromkeys(name for finding in found for name in finding.names)),
        ", ".join(finding.where for finding in found),
        "; ".join(f"{finding.where}: {finding.text}" for finding in found),
        prediction,
        any(finding.few for finding in found),
    )


def _rank(finding):
    return finding.few, len(finding.names), not set(finding.names) <= set(DEFECTS), not finding.planted


# Explanations by the defects of the table, made on the network itself.


def _understood(case):
    """The cost's gradient as κ times that of net's mean loss, plus multiples of W and of b, or None; and a sentence where it is not net.cost."""
    p, lam, n = case.net.params(case.theta.copy()), case.facts["lam"], case.facts["n"]
    for W in p.W[1:]:
        W[...] = 0
    data, b, w = case.net.grad(case.theta, case.X, case.Y), p.theta, case.theta - p.theta
    off = lambda t: (case.judged & (abs(t - case.t) > 2 * case.tolerance)).any()
    if not off(data + lam / n * w):
        return (1.0, lam / n, 0.0, data, w, b), ""
    columns = np.stack([data, w, b], axis=1)
    sizes = np.maximum(np.linalg.norm(columns, axis=0), 1e-300)
    found = np.linalg.lstsq((columns / sizes)[case.judged], case.t[case.judged], rcond=None)[0]
    found = np.where(abs(found) * abs(columns / sizes).max(axis=0) > case.tolerance.max(), found, 0) / sizes
    if found[0] == 0 or case.theta.size < 8 or off(columns @ found):
        return (
            None,
            "The cost is not net.cost, nor a multiple of it, nor differs by its penalty alone: is theta laid out as the network's?",
        )
    return (*found.tolist(), data, w, b), (
        f"The cost is not net.cost with λ = {lam:g}: its gradient is {found[0]:.6g} times that of the mean loss, "
        f"plus {found[1]:.4g} W and {found[2]:.4g} b."
    )


def _planted(case, reference, all_choices):
    """Each defect of the table, in every layer, in single layers and, if ``all_choices``, in all other sets of layers."""
    kappa, beta, gamma, data, _, b = reference
    lam, tiny, top = beta * len(case.X) / kappa, case.tolerance.min(), case.net.L
    if not all_choices:
        yield from _fitted(case, reference, (), "everywhere", kappa * data)
    for name, defect in DEFECTS.items():
        if not defect.gradient or name in SEEN_BY_CALLING:
            continue

        def broken(layers, **more):
            try:
                return kappa * defect.broken(case.net, case.theta.copy(), case.X, case.Y, layers=layers, **more)
            except ValueError:  # it cannot be made there
                return None

        single = {(l,): gradient for l in range(1, top + 1) if (gradient := broken([l])) is not None}
        possible = tuple(l for (l,) in single)
        choices = [
            layers for size in range(2, min(len(possible), 5)) for layers in itertools.combinations(possible, size)
        ]
        known = [kappa * data]
        for layers in choices if all_choices else dict.fromkeys([*single, possible]) if possible else ():
            more, wrong = {}, single.get(layers) if layers in single and name != "stale-weights" else broken(layers)
            if name == "stale-weights":  # the wrong delta of the highest such layer is linear in the learning rate
                block = dict(case.blocks)[f"W[{layers[-1]}]"].ravel()
                moved = (broken(layers, lr=1.0) - kappa * data)[block]
                more["lr"] = float((case.g - case.t)[block] @ moved / max(moved @ moved, 1e-300))
                wrong = broken(layers, **more)
            where = _layers(layers)
            text = f"{defect.symptom} The learning rate that fits: {more['lr']:.4g}." if more else defect.symptom
            if abs(wrong - known[0]).max() <= tiny:  # a mistake in the penalty alone, if any
                yield _Finding(
                    (name,), where, text, broken(layers, lam=lam) + gamma * b, label=defect.title, planted=True
                )
            elif all(abs(wrong - other).max() > tiny for other in known):
                known.append(wrong)
                yield from _fitted(case, reference, (name,), where, wrong, text)

    if not all_choices:
        for where, text, wrong in _other_slopes(case.net):
            yield from _fitted(
                case,
                reference,
                ("slope-of-wrong-function",),
                where,
                kappa * wrong.grad(case.theta, case.X, case.Y),
                text,
            )


def _other_slopes(net):
    """The network with the slope of another activation in one layer, or in all that have a slope: taken of z, or of the layer's own a."""
    sloped = [l for l in range(1, net.L + (net.loss.link is None)) if net.activations[l].df]
    for other, layers in itertools.product(
        ACTIVATIONS.values(), dict.fromkeys([(l,) for l in sloped] + [tuple(sloped)] * bool(sloped))
    ):
        if not other.df or other.name == "identity":  # whose slope is none: a defect of the table
            continue
        for slope, of in (
            (lambda z, a, df=other.df: df(z, a), "the layer's own a"),
            (lambda z, a, df=other.df, f=other.f: df(z, f(z)), "z"),
        ):
            records = [
                Activation(f.name, f.f, df=slope) if l in layers else f for l, f in enumerate(net.activations) if l
            ]
            yield (
                _layers(layers),
                f"The slope in use is that of {other.name}, taken of {of}.",
                Network(net.sizes, records[:-1], records[-1], net.loss),
            )


def _layers(layers):
    return f"layer{'s' * (len(layers) > 1)} {', '.join(map(str, layers))}"


def _fitted(case, reference, names, where, wrong, text=""):
    """The gradient as a multiple of a data part, plus multiples of W and of b: whatever is not as in the cost is named."""
    kappa, beta, gamma, _, w, b = reference
    columns = [wrong] + [column for column in (w, b) if column.any() and case.theta.size > 7]
    sizes = [max(np.linalg.norm(column), 1e-300) for column in columns]
    solution = (
        np.linalg.lstsq((np.stack(columns, axis=1) / sizes)[case.judged], case.g[case.judged], rcond=None)[0] / sizes
    )
    found = {id(column): float(value) for column, value in zip(columns, solution)}
    factor, of_w, of_b = found[id(wrong)], found.get(id(w), beta), found.get(id(b), gamma)
    same = lambda x, y, column: abs(x - y) * abs(column).max() <= 3 * case.tolerance.max()
    of_w, of_b = (0.0 if same(x, 0, column) else x for x, column in ((of_w, w), (of_b, b)))
    label, parts = _titles(names) or "a factor and a penalty", [text]
    if abs(factor - 1) > 0.1 * case.facts["rough"]:
        more, words = _factor(factor, case.facts)
        names, parts = (*more, *names), [*parts, f"Of the data's part: {words}."]
    if not any(same(of_w, s * beta, w) and same(of_b, s * gamma, b) for s in (1, factor)):
        weights = (
            ()
            if same(of_w, beta, w)
            else ("penalty-missing",)
            if same(of_w, 0, w)
            else ("penalty-undivided",)
            if same(of_w, case.facts["n"] * beta, w)
            else ("penalty",)
        )
        biases = (
            ()
            if same(of_b, gamma, b)
            else ("bias-regularised",)
            if same(of_b, beta, b) or same(of_b, of_w, b)
            else ("penalty",)
        )
        where = where if names else "the weights" if not biases else "the biases" if not weights else where
        names = tuple(dict.fromkeys((*names, *weights, *biases)))
        parts.append(
            f"It adds {of_w:.4g} W and {of_b:.4g} b where the cost's gradient adds {beta:.4g} W and {gamma:.4g} b."
        )
    yield _Finding(
        names, where, " ".join(filter(None, parts)), np.stack(columns, axis=1) @ solution, label=label, planted=True
    )


# The visit.


def diagnose(cost, grad, theta, *, net=None, X=None, Y=None, lam=0.0, n=None, blocks=None):
    """Say what is wrong with a gradient, in which layer, and how sure that is.

    The gradient is held against the numerical derivative of the cost. Where the two differ, the gradient is compared with
    what known mistakes would make of it: a factor, a sign, a multiple of theta, zeros, another order; and, where ``net``,
    ``X`` and ``Y`` are given, each gradient defect of ``bpcore.clinic.defects.DEFECTS`` in each choice of layers,
    alone or beside a factor and a mistake in the penalty. A mistake is named when it predicts every entry to nine digits.

    Parameters
    ----------
    cost : callable
        Your own ``cost(theta)``, one number. Each call gets a copy of theta.
        It is evaluated up to 33 times for each parameter: take a small network and a few samples.
    grad : callable
        Your own ``grad(theta)``, a vector laid out as theta. Each call gets a copy of theta.
    theta : ndarray, shape (P,)
        Where to look. Not modified. Take biases that are not zero, and layers of unequal sizes.
    net : Network, optional
        The network that the two functions are meant to be; theta is then laid out as the network's.
    X : array_like, shape (m, n_0), optional
        Their data, one sample a row. X and Y without ``net`` only tell the factors m and K from others.
    Y : array_like, shape (m, n_L), optional
    lam : float
        λ of the cost.
    n : float, optional
        What λ is divided by; None means m.
    blocks : dict, optional
        In the place of ``net``: name → shape of each block of theta, in order, such as ``{"W1": (2, 4), "b1": (4,)}``.

    Returns
    -------
    Diagnosis
        With no ``names`` where nothing wrong was found.

    Raises
    ------
    TypeError, ValueError
        For arguments of the wrong kind, shape or range, and for a cost that is no finite number. What ``cost`` and ``grad`` raise comes through.
    """
    for name, function in ("cost", cost), ("grad", grad):
        if not callable(function):
            raise TypeError(
                f"{name} is a {type(function).__name__}: expected a function of theta alone, "
                f"such as lambda theta: net.{name}(theta, X, Y)"
            )
    theta = arguments.finite(
        "theta", arguments.real("theta", arguments.vector("theta", theta, getattr(theta, "size", 0), "the function"))
    ).copy()
    if theta.size == 0:
        raise ValueError("theta is empty: expected at least one parameter")
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
                "net comes without X and Y, or with blocks: expected diagnose(cost, grad, theta, net=net, X=X, Y=Y)"
            )
        _, X, Y = net.checked(theta.astype(float), given[0][2], given[1][2])
        facts["loss"] = net.loss.name
    facts.update(m=len(np.atleast_1d(given[-1][2]))) if given else None
    facts["K"] = Y.shape[1] if getattr(Y, "ndim", 0) == 2 else 1
    facts["n"] = arguments.number("n", facts.get("m", 1) if n is None else n, 0, above=True)
    case = _Case(cost, grad, theta.astype(float), _blocks(theta.size, net, blocks), facts, net, X, Y)
    return _by_calling(
        case, theta, [(name, value, before) for name, value, before in given if isinstance(value, np.ndarray)]
    )


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
            f"blocks={arguments.shown(shapes)} holds something that is no shape ({error}): expected tuples such as (2, 4)"
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
        return _diagnosis(
            ("not-repeatable",),
            "cost",
            "certain",
            "Two calls of cost at the same theta return two numbers, so it has no derivative.",
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
        return _diagnosis(
            ("shape",), "grad", "certain", f"grad returned {came}; theta is {theta.dtype} of shape {theta.shape}."
        )
    case.g = case.t = g.astype(float)
    if not np.isfinite(case.g).all():
        return _diagnosis(
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
        case.t = _truth(case.cost, case.theta, lambda t: True)[0]
        extra, part = again - case.g, abs(again - case.g) > same * abs(case.g).max()
        if (
            part.any()
            and min(relative_error(extra[part], case.t[part]), relative_error(extra[part], case.g[part])) < 1e-6
        ):
            return _diagnosis(
                ("accumulated",),
                case.where(part),
                "certain",
                "A second call at the same theta returns the first one's answer plus the gradient once more.",
            )
        return _diagnosis(
            ("not-repeatable",),
            "grad",
            "certain",
            "Two calls in a row at the same theta differ."
            if part.any()
            else "The answer at theta differs after a call at another theta: something is kept from one call to the next.",
        )
    spoilt = [(name, None) for name, value, before in data if not np.array_equal(value, before)]
    return _by_numbers(case, changed + spoilt, g.dtype)


def _anywhere(case, at):
    """The gradient after the cost, at a place that need not suit them."""
    try:
        return np.array((case.cost(at.astype(float)), case.grad(at))[1], float)
    except Exception:
        return np.array([np.nan])


def _by_numbers(case, changed, dtype):
    """Compare the gradient with the cost's derivative, and where they differ with every explanation there is."""
    case.t, error, case.judged, how = _truth(case.cost, case.theta, case.near)
    case.tolerance, case.evidence = case.allowed(case.t) + 10 * error, [f"The cost's derivative comes from {how}."]
    case.facts["rough"] = max(1e-6, float(10 * case.tolerance.max() / max(abs(case.t).max(), 1e-300)))
    wrong, seen, who = case.off(case.t), ("argument-changed",) * bool(changed), sorted({name for name, _ in changed})
    said = [f"{' and '.join(who)} changed what {'they were' if len(who) > 1 else 'it was'} given."] if changed else []
    if changed and wrong.any() and changed[0][1] is not None:
        left = changed[0][1]
        t, error, judged, _ = _truth(case.cost, left, case.near)
        if (abs(case.g - t) <= case.allowed(t) + 10 * error)[judged].all():
            said.append(
                "The gradient is right for the theta that was left behind, and wrong for the one that was given."
            )
            return _diagnosis(seen, case.where(left != case.theta), "certain", *said, evidence=case.evidence)
    reference, note = _understood(case) if case.net else (None, "")
    said.append(note)
    if not wrong.any():
        differs = ~case.judged & (abs(case.g - case.t) > 1e-6 * abs(case.t).max())
        if differs.any():
            said.append(
                f"At {differs.sum()} of {wrong.size} entries the slopes of the cost to the left and to the right differ however small "
                f"the step, or it is too rough to tell. At the others the gradient is right."
            )
            return _diagnosis((*seen, "kink"), case.where(differs), "unknown", *said, evidence=case.evidence)
        faint = bool(abs(case.t).max() < 1e3 * case.rounding)
        said += ["The gradient is hardly larger than rounding here: ask again at another theta."] * faint
        return _diagnosis(
            seen,
            "theta" if seen else "",
            "likely" if faint or not case.judged.all() else "certain",
            *said,
            f"Gradient and cost agree at {case.judged.sum()} of {wrong.size} entries.",
            evidence=case.evidence,
        )
    if case.net and not case.off(case.net.grad(case.theta, case.X, case.Y, case.facts["lam"], case.facts["n"])).any():
        return _diagnosis(
            (*seen, "another-cost"),
            case.where(wrong),
            "certain",
            *said,
            "The gradient is that of net.cost.",
            evidence=case.evidence,
        )
    single, loose = _single_precision(case, wrong, dtype), 1.0 if dtype.itemsize >= 8 else 1e-5 / DIGITS
    if single:
        return _diagnosis((*seen, "float32"), case.where(wrong), "certain", *said, single, evidence=case.evidence)
    fits = lambda finding: not case.off(finding.gradient, loose).any()
    findings = [*_by_pattern(case, wrong), *(_planted(case, reference, False) if reference else ())]
    if reference and not any(map(fits, findings)):
        findings += _planted(case, reference, True)
    findings = sorted((finding for finding in findings if finding.names), key=_rank)
    fitting = list(filter(fits, findings))
    if not fitting:
        return _unknown(case, wrong, seen, said, findings)
    best = fitting[0]
    equals = [
        other
        for other in fitting
        if (len(other.names), other.planted, other.few) == (len(best.names), best.planted, best.few)
    ]
    others = tuple(dict.fromkeys(other.names for other in equals if set(other.names) != set(best.names)))
    case.evidence.append(
        f"This predicts every entry to {'five' if loose > 1 else 'nine'} digits of its block's largest."
    )
    rest = [other for other in findings if not fits(other) and not set(other.names) & set(best.names)]
    case.evidence += _nearest(case, rest, "The next best")
    sure = "one of several" if others else "likely" if best.few or loose > 1 else "certain"
    return _diagnosis(
        (*seen, *best.names, *(("float32",) if loose > 1 else ())),
        best.where,
        sure,
        *said,
        best.text[:1].upper() + best.text[1:] + "." * (best.text[-1:] != "."),
        evidence=case.evidence,
        alternatives=others,
    )


def _nearest(case, findings, which):
    findings = [finding for finding in findings if finding.names != ("order",)]  # which is far off by nature, or right
    if findings:
        misfit, finding = min(
            ((case.misfit(finding.gradient), finding) for finding in findings), key=lambda pair: pair[0]
        )
        yield f"{which} explanation ({finding.label or _titles(finding.names)}) misses some block by {100 * misfit:.3g} per cent."


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


def _unknown(case, wrong, seen, said, findings):
    """Wrong, and nothing predicts it: unless it is rounding, say what is known about the place."""
    apart, size = abs(case.g - case.t), abs(case.t).max()
    if apart.max() < 1e-4 * size:
        step = 1e-6 * np.cos(np.arange(wrong.size)) * np.maximum(abs(case.theta), 1)
        before, after = (np.array(case.grad(case.theta + s * step), float) for s in (-1, 1))
        if abs(before + after - 2 * case.g).max() > 0.1 * apart.max():
            return _diagnosis(
                (*seen, "float32"),
                case.where(wrong),
                "likely",
                *said,
                "The gradient is rough: so much rounding comes from single precision inside.",
                evidence=case.evidence,
            )
        t_before, t_after = (_truth(case.cost, case.theta + s * step, lambda t: False)[0] for s in (-1, 1))
        if abs(before - t_before - after + t_after).max() > 0.1 * apart.max():
            return _diagnosis(
                seen,
                "",
                "likely",
                *said,
                f"The cost is rounded too coarsely here to judge the gradient beyond "
                f"{apart.max() / size:.0e}; as far as that it is right.",
                evidence=case.evidence,
            )
    good = [name for name, block in case.blocks if not wrong[block].any() and case.t[block].any()]
    case.evidence += [f"Right: {', '.join(good) or 'no block'}.", *_nearest(case, findings, "The best")]
    if case.net:
        blocks, top = dict(case.blocks), max(l for l in range(1, case.net.L + 1) if wrong[[*_flat(case, l)]].any())
        biases, weights = (wrong[blocks[f"{letter}[{top}]"]].any() for letter in "bW")
        alone = "biases" if biases else "weights"
        said.append(
            f"The wrong layer nearest to the output is layer {top}: "
            + (
                "biases and weights, so its delta is the first suspect."
                if biases and weights
                else f"its {alone} alone, so its delta is right, and the step from the delta to the {alone} is not."
            )
        )
    return _diagnosis((*seen, "unknown"), case.where(wrong), "unknown", *said, evidence=case.evidence)


def _flat(case, l):
    return np.concatenate([block.ravel() for name, block in case.blocks if name in (f"b[{l}]", f"W[{l}]")])
