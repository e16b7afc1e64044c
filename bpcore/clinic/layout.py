"""The layout of somebody else's parameters: which of their numbers is which weight or bias of the network."""

import functools
import itertools
import warnings
from dataclasses import dataclass, field, replace

import numpy as np

from ..activations import ACTIVATIONS
from ..losses import LOSSES, Loss
from ..network import Network
from . import costs
from .cost_fits import LOG_SOFTMAX, OVER_SAMPLES, Outputs, misfits_of, residual_of, round_numbers
from .cost_neighbours import Neighbours
from .costs import CLOSE, EXACT
from .familiar import FAMILIES, refined
from .measured import CALLS as MEASUREMENTS
from .measured import UNKNOWN, measured_formula
from .naming import per_cent
from .preparations import prepared
from .readings import Reading, readings, rows_of

PLACES, FEWEST = 10, 7  # where the two costs are compared, and how many of these the cost must be finite at
MOST_NUMBERS, MOST_TARGETS = 300_000, 3000  # in X and in Y, up to which thousands of other costs are computed
WIDER = 2.0  # times as far out a formula is asked for again: of a maximum, one part may be all that was seen
CALLS = 24  # of the owner's cost, in search of a symmetry
MEASURED, MEASURABLE = 4, 200  # layouts and parameters in which the parts of a network are measured
MEASURED_WAYS = 10  # that inputs are prepared in, with each of which the parts of a network are measured
REFINED = 8  # activations with constants, of which the best are solved for
ROUNDING = 1e-12  # a misfit that is smaller says nothing: of such fits the first is taken

OTHER_LOSSES = (  # that no Network has, and that a program may
    Loss("log-cosh", lambda a, y: np.log(np.cosh(a - y)).sum(axis=1), lambda a, y: np.tanh(a - y)),
    Loss("absolute error", lambda a, y: abs(a - y).sum(axis=1), lambda a, y: np.sign(a - y)),
    Loss("sum of the outputs", lambda a, y: a.sum(axis=1), lambda a, y: np.ones_like(a)),
)
RARE_LOSSES = tuple(Loss(text, *functions) for text, functions in costs.OTHER_LOSSES.items())


@dataclass(frozen=True)
class Layout:
    """How the owner's vector, the flattened parameters, and the network's theta belong together.

    Attributes
    ----------
    sure : str
        "certain": one layout reproduces the cost to rounding, and the next best is far off;
        "likely": one does, to five digits or more, as where the cost is computed in float32;
        "one of several": ``ties`` do so too;
        "layout alone": none does, but in this one alone hidden units can change places: ``net`` is not the owner's;
        "unknown": none does, or there was no way to tell. Then ``source`` is None, and nothing may be named after it.
    description : str
        The layout in plain words.
    evidence : tuple of str
        What was compared and what came out, a sentence each.
    source : ndarray of int, shape (P,), or None
        ``theta[i]`` is the owner's entry ``source[i]``, and -1 is a bias that the owner does not have.
    start : ndarray
        The owner's vector at the visit: ``from_theta`` takes from it what is no parameter of the network.
    net : Network
        The network that reproduces the cost: the one that was given, or one with another activation or loss.
    X, Y : ndarray
        The data, one sample per row.
    factor, of_weights, of_biases, constant : float
        The cost is factor · mean loss + of_weights · Σ W² + of_biases · Σ b² + constant.
    ties : tuple of Layout
        The others that reproduce the cost as well.
    formula : bpcore.clinic.costs.CostFormula, optional
        Where the parts of the network were measured: what the cost computes.
    names : dict
        The network's block → the owner's name of it: ``names["W[1]"]`` is ``W1`` or ``theta[0:15]``.
    """

    sure: str
    description: str
    evidence: tuple
    source: np.ndarray = None
    start: np.ndarray = None
    structure: object = None
    net: Network = None
    X: np.ndarray = None
    Y: np.ndarray = None
    factor: float = 1.0
    of_weights: float = 0.0
    of_biases: float = 0.0
    constant: float = 0.0
    misfit: float = np.inf
    ties: tuple = ()
    names: dict = field(default_factory=dict)
    formula: costs.CostFormula = None

    def as_formula(self, meant, decay):
        """The cost as ``net`` has it, where that is another than was meant, with the penalty ``decay``; or None."""
        if self.formula is not None or repr(self.net) == repr(meant):
            return None
        numbers = self.factor, 2 * self.of_weights, 2 * self.of_biases
        return costs.formula_of(self.net, meant, numbers, decay, len(self.X), self.misfit < EXACT)

    @functools.cached_property
    def moving(self):
        """Which entries of theta the owner has: a mask (P,). The others are biases that stay zero."""
        return self.source >= 0

    def to_theta(self, vector):
        """The network's theta from the owner's vector."""
        return np.where(self.moving, vector[self.source], 0)

    def from_theta(self, theta):
        """The owner's vector from the network's theta; what the network has no place for stays as at the start.

        A number that stands for several biases is their mean.
        """
        vector = self.start.astype(np.result_type(self.start, theta))
        vector[self.source[self.moving]] = theta[self.moving]
        if (self.copies > 1).any():
            sums = np.zeros_like(vector)
            np.add.at(sums, self.source[self.moving], theta[self.moving])
            vector[self.source[self.moving]] = sums[self.source[self.moving]] / self.copies[self.moving]
        return vector

    def gradient_to_theta(self, gradient):
        """The owner's gradient, a vector, laid out as theta: zero for biases that the owner does not have.

        That of one number that stands for several biases is shared out evenly.
        """
        theta, copies = self.to_theta(gradient), self.copies
        return theta / copies if (copies > 1).any() else theta

    @functools.cached_property
    def copies(self):
        """For how many entries of theta the owner has one number; an array like theta."""
        count = np.bincount(self.source[self.moving], minlength=self.start.size)
        return np.where(self.moving, count[self.source], 1)

    @property
    def shared(self):
        """Of each layer, whether its units share one bias."""
        b = self.net.params(np.zeros(self.net.n_params)).b
        counts = self.net.params(np.array(self.copies, float)).b
        return tuple(bool(counts[l][0] >= b[l].size > 1) for l in range(1, self.net.L + 1))

    def on_theta(self, functions):
        """The owner's cost and grad (a ``structures.OnVectors``) as functions of the network's theta.

        Where they change the vector that they are given, the same change is made to theta.
        """

        def called(function):
            def of_theta(theta):
                vector = self.from_theta(theta)
                before = vector.copy()
                result = function(vector)
                changed = self.moving & ~(vector == before)[self.source]
                if changed.any():
                    theta[changed] = vector[self.source[changed]]
                return result

            return of_theta

        grad = called(functions.grad)
        return called(functions.cost), lambda theta: self.gradient_to_theta(grad(theta))

    def __repr__(self):
        return "\n".join([f"Layout ({self.sure}): {self.description}", *(f"  {text}" for text in self.evidence)])


# The two costs.


class _Places:
    """The owner's cost at random places: called once at each, and at the start before and after them."""

    def __init__(self, cost, start, fixed, width):
        rng, self.calls, self.cost = np.random.default_rng(0), 0, cost
        self.start, self.fixed, self.rng, self.trouble, found = start, fixed, rng, "", {}
        scale = min(0.7, 2.0 / np.sqrt(width))
        again = self._at(start)
        for self.spread in (
            lambda: scale * rng.standard_normal(start.size),
            lambda: start + 0.1 * rng.standard_normal(start.size),
        ):
            found |= self._drawn(PLACES - len(found))
            if len(found) >= FEWEST:
                break
        self.first = self._at(start)
        self.repeats = self.first == again or np.isnan(self.first) and np.isnan(again)
        self.finite = len(found)
        if found:
            self.v, self.c = np.array(list(found.values())), np.array([value for value, _ in found])

    def _drawn(self, count, times=1.0):
        """(cost, number) → place, of those of so many more places where the cost is finite."""
        places = (np.where(self.fixed, self.start, times * self.spread()) for _ in range(count))
        values = ((self._at(at), at) for at in places)
        return {(value, k): at for k, (value, at) in enumerate(values) if np.isfinite(value)}

    def further(self, count, times=1.0):
        """So many more places, or fewer, and the costs there; so many ``times`` as far out."""
        found = self._drawn(count, times)
        places = np.array(list(found.values())).reshape(-1, self.start.size)
        return places, np.array([value for value, _ in found])

    def _at(self, vector):
        self.calls += 1
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                value = np.asarray(self.cost(vector.copy()), float)
            return value.item() if value.size == 1 else np.nan
        except Exception as error:  # which need not suit a random place, and is said
            self.trouble = f"{type(error).__name__}: {error}"
            return np.nan


# The search.


def find_layout(cost, structure, start, net, X, Y, lam=0.0, n=None, guessed=False, measure=lambda: True, thorough=True):
    """Find which of the owner's numbers is which weight or bias of a network, by holding one cost against the other.

    The shapes say which layouts are possible: weights (out, in) or (in, out), biases apart, as the first or last column
    or row, or missing, the blocks of a vector in several orders. At a few random places the owner's cost is computed
    once, and the network's in each of these layouts. The right one reproduces the cost up to a factor and
    a penalty on the squares of weights and biases. Where none does, the other activations and losses are tried as well;
    where that fails, whether the cost stays the same when hidden units change places, which needs no loss at all.

    Parameters
    ----------
    cost : callable
        The owner's cost as a function of the flat vector (``structures.OnVectors.cost``). Called 12 to 40 times, and
        some hundred times more where no network has it.
    structure : Structure
        How the owner keeps the parameters.
    start : ndarray
        The owner's parameters as a vector.
    net : Network
        What the owner means.
    X, Y : array_like
        The data, samples as rows or as columns; where the network has several outputs, Y may hold a label per sample.
    lam, n : float
        As for ``Network.cost``: a penalty of this size goes without saying.
    guessed : bool
        Whether ``net`` is the doctor's own guess, of which only the sizes count.
    measure : callable
        Called where no known activations and losses fit; says whether to measure them, with some thousand calls.
    thorough : bool
        Whether to look for costs that no network of the book has, where none of them fits.

    Returns
    -------
    Layout

    Raises
    ------
    ValueError
        Where X and Y fit the network neither as rows nor as columns.
    """
    data = rows_of(net, X, Y)
    groups = list(readings(structure, net.sizes))
    used = np.zeros(structure.size, bool)
    for reading in itertools.chain(*groups):
        used[[i for i in reading.source() if i >= 0]] = True
    base = Layout("unknown", "", (), None, np.array(start, float), structure, net, *data[0][2:])
    if not used.any():
        return replace(base, description="no layout of this network", evidence=(_shapes_expected(structure, net),))
    places = _Places(cost, base.start, ~used, max(net.sizes))
    if not places.repeats:
        said = "Two calls of cost at the same place return two numbers, so it cannot be held against a network's."
        return replace(base, description="not found", evidence=(said,))
    if places.finite < FEWEST or not places.c.std():
        why = f" ({places.trouble})" if places.trouble else ""
        said = (
            f"Of {places.calls - 2} random places the cost is a finite number at {places.finite}{why}: "
            f"too few to hold it against a network's."
            if places.finite < FEWEST
            else "The cost is the same at every place: it does not read its parameters."
        )
        return replace(base, description="not found", evidence=(said,))
    search = _Search(base, data, places, lam, n)
    for group in groups:
        if found := search.fitting(search.own(group)):
            return search.result([*found, *search.as_good(found[0])], used)
    kept = search.symmetric(groups)
    if found := search.with_absolute_weights(kept):
        return found
    for others in search.others, search.with_rare_parts:
        if found := search.fitting(others(kept)):
            return search.result([*found, *search.as_good(found[0])], used)
    if not thorough:
        return search.nothing(kept)
    neighbour = search.with_neighbours(kept or next(filter(None, groups)), guessed)
    if neighbour is not None and (neighbour.formula.net is not None or not measure()):
        return neighbour
    measured = search.with_measured_parts(kept, next(filter(None, groups)), guessed) if measure() else None
    if neighbour is not None:
        same = measured is not None and measured.source.tobytes() == neighbour.source.tobytes()
        known = {"words": neighbour.formula.words, "text": neighbour.formula.text, "right": neighbour.formula.right}
        return replace(measured, formula=replace(measured.formula, **known)) if same else neighbour
    if measured is not None and measured.formula.net.loss.name != UNKNOWN:
        return measured
    if found := search.fitting(search.with_familiar_activations(kept)):
        return search.result([*found, *search.as_good(found[0])], used)
    return measured or search.nothing(kept)


def _shapes_expected(structure, net):
    layers = [
        f"({k}, {n}) or ({n}, {k}) with ({k},), or ({k}, {n + 1}) or ({n + 1}, {k})"
        for n, k in zip(net.sizes, net.sizes[1:])
    ]
    blocks = ", ".join(f"{name} {shape}" for name, _, shape in structure.blocks[:12])
    return (
        f"The parameters are {blocks}; a network {'-'.join(map(str, net.sizes))} needs weights and biases "
        f"{'; then '.join(layers)}; or a vector of {net.n_params} numbers, "
        f"or of {net.n_params - sum(net.sizes[1:])} without biases."
    )


@dataclass(frozen=True)
class _Fit:
    """One layout with one way to read the data and one network, and how well it reproduces the cost."""

    misfit: float
    coefficients: tuple
    reading: Reading
    source: np.ndarray
    data: tuple
    parts: tuple
    change: str = ""


class _Search:
    """Holds the layouts against the cost."""

    def __init__(self, base, data, places, lam, n):
        self.base, self.data, self.places, self.net = base, data, places, base.net
        self.nearest, self.rest = None, []
        self.penalty = lam / (2 * (len(base.X) if n is None else n))

    def _thetas(self, reading):
        source = reading.source()
        thetas = np.where(source >= 0, self.places.v[:, source], 0.0)
        weights = np.concatenate([np.arange(W.size + len(W)) % (W.shape[1] + 1) > 0 for W in reading.W])
        return source, thetas, ((thetas[:, weights] ** 2).sum(axis=1), (thetas[:, ~weights] ** 2).sum(axis=1))

    def own(self, readings, other=None):
        """Each reading, with the network as it was given, or with the ``other`` one that a fit has found."""
        hidden, output, loss = (
            other.parts if other else (self.net.activations[1:-1], self.net.activations[-1], self.net.loss)
        )
        for reading in readings:
            source, thetas, squares = self._thetas(reading)
            for data in self.data:
                with np.errstate(all="ignore"):
                    mean = Outputs(self.net.sizes, hidden, thetas, data[2]).mean(output, loss, data[3])
                misfit, coefficients = costs.fitted(self.places.c, mean, squares)
                change = other.change if other else ""
                yield _Fit(misfit, coefficients, reading, source, data, (hidden, output, loss), change)

    def others(self, readings):
        """Each reading, with other activations and losses, the nearest to the network's own first."""
        own, K, m = self.net.activations[1:-1], self.net.sizes[-1], len(self.base.Y)
        hiddens = [own]
        for record in ACTIVATIONS.values():
            if own and record.name != "softmax" and [record] * len(own) != own:
                hiddens.append([record] * len(own))
        outputs = dict.fromkeys((self.net.activations[-1], *ACTIVATIONS.values()))
        losses = dict.fromkeys((self.net.loss, *LOSSES.values(), *OTHER_LOSSES))
        pairs = [
            (output, loss)
            for output, loss in itertools.product(outputs, (*losses, *[None] * (K == 1 < m)))
            if (not loss or not loss.link or output.name in ("sigmoid", "softmax"))
            and (K > 1 or output.name != "softmax")
        ]
        for hidden in hiddens:
            found = False
            for reading in readings:
                source, thetas, squares = self._thetas(reading)
                for data in self.data:
                    with np.errstate(all="ignore"), warnings.catch_warnings():
                        warnings.simplefilter("ignore")
                        outs = Outputs(self.net.sizes, hidden, thetas, data[2])
                        means = [outs.mean(output, loss, data[3]) for output, loss in pairs]
                    misfits = misfits_of(self.places.c, means, squares)
                    for k in (
                        np.flatnonzero(misfits < 100 * CLOSE) if (misfits < 100 * CLOSE).any() else [misfits.argmin()]
                    ):
                        misfit, coefficients = costs.fitted(self.places.c, means[k], squares)
                        change = self._change(hidden, *pairs[k])
                        found |= misfit < EXACT
                        yield _Fit(misfit, coefficients, reading, source, data, (hidden, *pairs[k]), change)
            if found:
                return

    def with_rare_parts(self, readings):
        """Each reading, with losses that no Network has, or a softmax over the samples."""
        own, K = self.net.activations[1:-1], self.net.sizes[-1]
        hiddens = [own, *([record] * len(own) for record in ACTIVATIONS.values() if own and record.name != "softmax")]
        outputs = dict.fromkeys((self.net.activations[-1], *ACTIVATIONS.values()))
        pairs = [(output, loss) for output in outputs for loss in RARE_LOSSES if K > 1 or output.name != "softmax"]
        pairs += [(OVER_SAMPLES, loss) for loss in LOSSES.values() if loss.name != "binary_cross_entropy"]
        pairs += [(LOG_SOFTMAX, loss) for loss in LOSSES.values() if not loss.link and K > 1]
        for hidden in hiddens:
            yield from self._screened(readings, [(hidden, *pair) for pair in pairs])

    def _screened(self, readings, parts):
        """The fits of those parts (hidden, output, loss) that come near; all parts have the same hidden ones."""
        for reading in readings:
            source, thetas, squares = self._thetas(reading)
            for data in self.data:
                with np.errstate(all="ignore"), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    outs = Outputs(self.net.sizes, parts[0][0], thetas, data[2])
                    means = [outs.mean(output, loss, data[3]) for _, output, loss in parts]
                misfits = misfits_of(self.places.c, means, squares)
                near = np.flatnonzero(misfits < 100 * CLOSE)
                for k in near if near.size else [misfits.argmin()]:
                    misfit, coefficients = costs.fitted(self.places.c, means[k], squares)
                    yield _Fit(misfit, coefficients, reading, source, data, parts[k], self._change(*parts[k]))

    def with_familiar_activations(self, readings):
        """Each reading, with activations that the package does not have, and constants that are solved for."""
        count, K = len(self.net.activations) - 2, self.net.sizes[-1]
        losses = [loss for loss in LOSSES.values() if not loss.link]
        linked = [(ACTIVATIONS[loss.link], loss) for loss in LOSSES.values() if loss.link]
        plain = [f for f in ACTIVATIONS.values() if f.name in ("identity", "sigmoid", "tanh", "relu", "softmax")]
        plain = [f for f in plain if K > 1 or f.name != "softmax"]
        entropies = [
            Loss(loss.name, loss.value, loss.slope) for loss in LOSSES.values() if loss.link
        ]  # with an output that is not their own
        for reading in readings:
            source, thetas, squares = self._thetas(reading)
            for data in self.data:
                tried = []
                with np.errstate(all="ignore"):
                    own = Outputs(self.net.sizes, self.net.activations[1:-1], thetas, data[2])

                def mean(hidden, output, loss, own=own, data=data):
                    with np.errstate(all="ignore"), warnings.catch_warnings():
                        warnings.simplefilter("ignore")
                        return own.with_hidden(hidden).mean(output, loss, data[3])

                def screen(family, start, make, pairs, tried=tried, own=own, data=data, squares=squares):
                    record = family.with_constants(*start)
                    with np.errstate(all="ignore"), warnings.catch_warnings():
                        warnings.simplefilter("ignore")
                        outs = own.with_hidden(make(record, None)[0])
                        means = [outs.mean(make(record, pair)[1], pair[1], data[3]) for pair in pairs]
                    for misfit, pair in zip(misfits_of(self.places.c, means, squares), pairs):
                        tried.append((float(misfit), len(tried), family, start, make, pair))

                for family, start in [(one, start) for one in FAMILIES for start in one.starts]:
                    if count:
                        pairs = [*linked, *((output, loss) for output in plain for loss in losses)]
                        make = lambda record, pair: ([record] * count, pair and pair[0])
                        screen(family, start, make, [pair for pair in pairs if K > 1 or pair[0].name != "softmax"])
                        make = lambda record, pair: ([record] * count, record)
                        screen(family, start, make, [(None, loss) for loss in (*losses, *entropies, OTHER_LOSSES[2])])
                    for usual in plain[:4] if count else plain[:1]:
                        make = lambda record, pair, usual=usual: ([usual] * count, record)
                        screen(family, start, make, [(None, loss) for loss in (*losses, *entropies)])
                tried.sort(key=lambda row: (max(row[0], ROUNDING), row[1]))
                for misfit, _, family, start, make, pair in tried[:REFINED]:
                    if not np.isfinite(misfit):
                        break

                    def residual(*constants, family=family, make=make, pair=pair, squares=squares, mean=mean):
                        hidden, output = make(family.with_constants(*constants), pair)
                        return residual_of(self.places.c, mean(hidden, output, pair[1]), squares)

                    constants, _ = refined(family, start, residual)
                    constants = round_numbers(constants, residual)
                    hidden, output = make(family.with_constants(*constants), pair)
                    fit, coefficients = costs.fitted(self.places.c, mean(hidden, output, pair[1]), squares)
                    parts = (hidden, output, pair[1])
                    yield _Fit(fit, coefficients, reading, source, data, parts, self._change(*parts))
                    if fit < EXACT:
                        return

    def with_absolute_weights(self, readings):
        """The layout in which the cost is the network's own with a penalty on |W|; None where there is none."""
        c, net = self.places.c, self.net
        for reading in readings:
            source, thetas, _ = self._thetas(reading)
            sums = np.array([sum(abs(W).sum() for W in net.params(v).W[1:]) for v in thetas])
            for data in self.data:
                with np.errstate(all="ignore"):
                    outs = Outputs(net.sizes, net.activations[1:-1], thetas, data[2])
                    mean = outs.mean(net.activations[-1], net.loss, data[3])
                columns = np.stack([mean, sums, np.ones(c.size)], 1)
                if not np.isfinite(columns).all():
                    continue
                numbers = np.linalg.lstsq(columns, c, rcond=None)[0]
                misfit = abs(columns @ numbers - c).max() / c.std()
                if misfit < EXACT and abs(numbers[0]) * mean.std() > 1e-3 * c.std():
                    layout = self._layout(_Fit(misfit, (1.0, 0.0, 0.0, 0.0), reading, source, data, None))
                    scale, factor = (float(f"{v:.9g}") for v in numbers[:2])
                    words = (f"its penalty is {factor:.6g} Σ |W|",)
                    formula = costs.CostFormula(net, scale, 0.0, 0.0, "", "", words, penalty={"Σ |W|": factor})
                    said = "The cost is the network's own, with a penalty on the absolute weights."
                    return replace(layout, sure="certain", evidence=(said, *words), formula=formula)
        return None

    def with_neighbours(self, readings, guessed):
        """The layout in which the cost is the network's own but for one thing; None where there is none."""
        nets, sizes = [self.net], self.net.sizes
        if guessed:  # straight lines, and what is made of them
            linked = [loss for loss in LOSSES.values() if loss.link and (sizes[-1] > 1 or loss.link == "sigmoid")]
            nets = [Network(sizes, output="identity", loss="half_squared")]
            nets = [*nets, *(Network(sizes, output=loss.link, loss=loss) for loss in linked)] if len(sizes) < 3 else []
        for reading in readings:
            source, thetas, _ = self._thetas(reading)
            for data, net in itertools.product(self.data, nets):
                if data[2].size > MOST_NUMBERS or data[3].size > MOST_TARGETS:
                    continue

                def further(count, times=1.0, source=source):
                    v, c = self.places.further(count, times)
                    return np.where(source >= 0, v[:, source], 0.0), c

                given = further, *data[2:], 2 * self.penalty
                formula = Neighbours(net, thetas, self.places.c, *given).found()
                if formula is not None and not (guessed and formula.net is None):
                    X = data[2] if formula.X is None else formula.X
                    fit = _Fit(0.0, (1.0, 0.0, 0.0, 0.0), reading, source, (*data[:2], X, data[3]), None)
                    said = "Held against costs in which one thing is another: this one reproduces yours to rounding."
                    said = (f"{said} It is {formula.text}.", *self._about_biases(fit), *self._about_the_rest(fit))
                    formula = replace(formula, X=None if formula.X is None else data[2])
                    wider = further(PLACES, WIDER)
                    again = Neighbours(net, *wider, *given).found() if len(wider[1]) >= FEWEST else formula
                    sure = "certain" if again is not None and again.text == formula.text else "likely"
                    layout = replace(self._layout(fit), sure=sure, evidence=said, formula=formula)
                    return replace(layout, net=formula.net, formula=replace(formula, words=())) if guessed else layout
        return None

    def with_measured_parts(self, symmetric, readings, guessed):
        """The layout in which activations and loss can be measured, and make the cost's derivative; None where none.

        Where units can change places in no reading, dropout may be why: that is looked for in the first of them.
        """
        found, left = [], MEASUREMENTS
        plain, readings = [*self.data], symmetric or readings[:1]
        others = [(f"{d[0]}, {words}", d[1], v, d[3]) for d in plain[:1] for words, v in prepared(d[2], MEASURED_WAYS)]
        others = others if symmetric else []
        data = list({d[2].tobytes(): d for d in reversed((*plain, *others))}.values())[::-1]
        for reading in readings[:MEASURED] if self.base.start.size <= MEASURABLE else ():
            if any(b is None for b in reading.b):
                continue
            source = reading.source()
            layout = self._layout(_Fit(0.0, (1.0, 0.0, 0.0, 0.0), reading, source, data[0], None))
            of_theta = lambda theta, layout=layout: self.places.cost(layout.from_theta(theta))
            formula, k, left = measured_formula(of_theta, self.net, [d[2:] for d in data], guessed, left)
            if formula is not None:
                layout = self._layout(_Fit(0.0, (1.0, 0.0, 0.0, 0.0), reading, source, data[k], None))
                found.append(replace(layout, net=formula.net, formula=formula))
        if not found:
            return None
        said = (
            "No network that I know has your cost. Its activations and the slope of its loss were measured at places "
            "where weights are zero, and with them backpropagation gives the derivative of your cost.",
            *found[0].formula.words,
        )
        sure = "one of several" if len(found) > 1 else "certain"
        return replace(found[0], sure=sure, evidence=said, ties=tuple(found[1:]))

    def symmetric(self, groups):
        """The readings in which hidden units may change places without a change of the cost, whatever its loss is.

        Those of the first group that has some; where no hidden layer has two units, all of the first group with any.
        """
        if max(self.net.sizes[1:-1], default=1) == 1:
            return next(filter(None, groups))[:CALLS]
        calls = itertools.islice(((k, reading) for k, group in enumerate(groups) for reading in group), CALLS)
        same = [(k, reading) for k, reading in calls if self._symmetric(reading)]
        return [reading for k, reading in same if k == same[0][0]]

    def as_good(self, fit):
        """What reproduces the cost too and was not tried: a square block transposed, or two of a shape exchanged."""
        W, b, words = fit.reading.W, fit.reading.b, fit.reading.words
        near = []
        for l, block in enumerate(W):
            if block.shape[0] == block.shape[1] > 1:
                other = (*W[:l], block.T, *W[l + 1 :])
                near.append(Reading(other, b, f"{words}, but W[{l + 1}] transposed"))
        for k, l in itertools.pairwise(range(len(W))):
            for blocks, letter in ((W, "W"), (b, "b")):
                if blocks[k] is not None and blocks[l] is not None and blocks[k].shape == blocks[l].shape:
                    other = list(blocks)
                    other[k], other[l] = blocks[l], blocks[k]
                    pair = (tuple(other), b) if letter == "W" else (W, tuple(other))
                    near.append(Reading(*pair, f"{words}, but {letter}[{k + 1}] and {letter}[{l + 1}] exchanged"))
        return [other for other in self.own(near, fit) if other.misfit < max(EXACT, 100 * fit.misfit)]

    def _change(self, hidden, output, loss):
        """In words, what is other than in the network as it was given."""
        parts = []
        if list(hidden) != list(self.net.activations[1:-1]):
            parts.append(f"hidden={hidden[0].name!r}")
        if output is not self.net.activations[-1]:
            parts.append(f"output={output.name!r}")
        if loss is None:
            parts.append("the square of every output minus every sample's target, as (m, 1) - (m,) makes it")
        elif loss is not self.net.loss:
            parts.append(f"loss={loss.name!r}" if loss.name in LOSSES else f"the {loss.name} for a loss")
        return " and ".join(parts)

    def fitting(self, fits):
        """The fits that reproduce the cost, best first; to fewer digits only where nothing does better."""
        fits = sorted(fits, key=lambda fit: max(fit.misfit, ROUNDING))
        if fits and fits[0].misfit < (self.nearest.misfit if self.nearest else np.inf):
            self.nearest = fits[0]
        good = [fit for fit in fits if fit.misfit < EXACT]
        if not good and fits and fits[0].misfit < CLOSE:
            good = [fit for fit in fits if fit.misfit < 100 * fits[0].misfit and fit.misfit < CLOSE]
        self.rest = fits[len(good) :]
        return good

    def result(self, good, used):
        """The layout of the best fit, with the others that fit as ties."""
        unique = {}
        for fit in good:
            unique.setdefault((fit.source.tobytes(), fit.data[2].tobytes(), fit.data[3].tobytes()), fit)
        layouts = [self._layout(fit) for fit in unique.values()]
        best, fit = layouts[0], next(iter(unique.values()))
        apart = [other.misfit for other in self.rest if other.source.tobytes() != fit.source.tobytes()]
        tried = len({other.source.tobytes() for other in (*self.rest, *good)})
        digits = "to rounding" if fit.misfit < EXACT else f"to {fit.misfit:.0e} of its spread, no better"
        evidence = [
            f"Held against the network's cost at {len(self.places.c)} random places, in {tried} "
            f"layout{'s' * (tried > 1)} that the shapes allow: this one reproduces your cost {digits}"
            + (f"; the next best misses it by {per_cent(min(apart))}." if apart and np.isfinite(min(apart)) else "."),
            *self._about_the_cost(fit),
        ]
        if len(layouts) > 1:
            evidence.append(
                f"{len(layouts)} layouts reproduce the cost, and it cannot tell them apart: "
                + "; or ".join(layout.description for layout in layouts[:4])
                + "; …" * (len(layouts) > 4)
            )
        evidence += self._about_biases(fit)
        evidence += self._about_the_rest(fit)
        return replace(
            best,
            sure="one of several" if len(layouts) > 1 else "certain" if fit.misfit < EXACT else "likely",
            evidence=tuple(evidence),
            ties=tuple(layouts[1:]),
        )

    def _layout(self, fit):
        net = self.net
        if fit.change:
            hidden, output, loss = fit.parts
            loss = loss or net.loss
            if loss.link and output is not ACTIVATIONS[loss.link]:  # beside another output nothing cancels
                loss = Loss(loss.name, loss.value, loss.slope)
            net = Network(net.sizes, hidden, output, loss)
        rows, columns, X, Y = fit.data
        names = {}
        for l, (W, b) in enumerate(zip(fit.reading.W, fit.reading.b), start=1):
            names[f"W[{l}]"] = _block(self.base.structure, W)
            if b is not None:
                names[f"b[{l}]"] = _block(self.base.structure, b)
        samples = f"samples are {rows} in X and {'in' if columns == rows else columns + ' in'} Y"
        listed = ", ".join(f"{block} is {owner}" for block, owner in names.items())
        factor, of_weights, of_biases, constant = fit.coefficients
        return replace(
            self.base,
            description=f"{fit.reading.words}; {samples}; {listed}",
            source=fit.source,
            net=net,
            X=X,
            Y=Y,
            factor=factor,
            of_weights=of_weights,
            of_biases=of_biases,
            constant=constant,
            misfit=fit.misfit,
            names=names,
        )

    def _about_the_cost(self, fit):
        """In words, where the cost is not that of the network as it was given."""
        (factor, of_weights, of_biases, constant), near = fit.coefficients, 1e-6 if fit.misfit < EXACT else 1e-3
        if fit.change:
            yield f"Your cost is not that of the network that was given: it has {fit.change}."
        if abs(factor - 1) > near:
            yield f"Your cost has {factor:.6g} times the network's mean loss."
        if abs(of_weights - self.penalty) > near * max(self.penalty, abs(of_weights)):
            came = f"adds {of_weights:.4g} Σ W²" if of_weights else "has no penalty Σ W²"
            yield f"Your cost {came}, where lam and n give {self.penalty:.4g} Σ W²."
        if of_biases:
            yield f"Your cost adds {of_biases:.4g} Σ b², which the network never does."
        if abs(constant) > near * abs(self.places.c).max():
            yield f"Your cost adds the constant {constant:.6g}, which no gradient sees."

    def _about_biases(self, fit):
        """In words, where there are none."""
        if (fit.source < 0).any():
            lacking = [f"b[{l}]" for l, b in enumerate(fit.reading.b, start=1) if b is None]
            yield f"No biases ({', '.join(lacking)}): they count as zeros that do not move."

    def _about_the_rest(self, fit):
        """What the network has no place for, and whether the cost depends on it."""
        left = [leaf for leaf in self.base.structure.leaves if leaf.size and not np.isin(leaf.places, fit.source).any()]
        if left:
            moved = self.base.start.copy()
            for leaf in left:
                moved[leaf.places.ravel()] += 0.1
            here, there = self.places.first, self.places._at(moved)
            depends = "depends on it" if here != there else "does not depend on it"
            names = ", ".join(leaf.name for leaf in left)
            yield f"The network has no place for {names}: it stays as it is, and your cost {depends}."

    def nothing(self, readings):
        """No layout reproduces the cost: say how near one comes, and which of them have the network's symmetry."""
        fit, alone = self.nearest, len(readings) == 1 and max(self.net.sizes[1:-1], default=1) > 1
        said = (
            f"Held against the network's cost at {len(self.places.c)} random places, no layout reproduces your cost, "
            f"also with other activations and losses"
        )
        if not alone:
            near = (
                f"; the nearest ({fit.reading.words}) misses it by {per_cent(fit.misfit)} of its spread" if fit else ""
            )
            return replace(self.base, description="none fits", evidence=(f"{said}{near}.",))
        evidence = (
            said + ".",
            "In one layout alone the cost stays the same when hidden units change places, as a network's must: "
            "the blocks are named after it, and nothing else is taken from the network.",
        )
        found = _Fit(np.inf, (np.nan,) * 4, readings[0], readings[0].source(), self.data[0], None)
        return replace(self._layout(found), sure="layout alone", evidence=evidence)

    def _symmetric(self, reading):
        """Whether the cost stays the same when the units of every hidden layer move up by one."""
        v, top = self.places.v[0], len(reading.W) - 1
        moved = v.copy()
        for l, (W, b) in enumerate(zip(reading.W, reading.b)):
            turned = np.roll(W, 1, axis=0) if l < top else W
            moved[W] = v[np.roll(turned, 1, axis=1) if l else turned]
            if b is not None and l < top:
                moved[b] = v[np.roll(b, 1)]
        return (
            not np.array_equal(moved, v)
            and abs(self.places._at(moved) - self.places.c[0]) < CLOSE * self.places.c.std()
        )


def _block(structure, at):
    """The owner's name for a set of entries: a leaf, a slice of one, or the first and last entry."""
    low, high = int(at.min()), int(at.max())
    if low == high:
        return structure.name_of(low)
    leaf = next(leaf for leaf in structure.leaves if leaf.start <= low < leaf.start + leaf.size)
    if high < leaf.start + leaf.size:
        if at.size == leaf.size:
            return leaf.name
        axes = [np.unique(axis) for axis in np.unravel_index(at.ravel() - leaf.start, leaf.shape)]
        if at.size == np.prod([axis.size for axis in axes]) and all((np.diff(axis) == 1).all() for axis in axes):
            cut = [
                ":"
                if axis.size == n
                else str(axis[0])
                if axis.size == 1
                else f"{axis[0] or ''}:{axis[-1] + 1 if axis[-1] + 1 < n else ''}"
                for axis, n in zip(axes, leaf.shape)
            ]
            while cut[-1] == ":":
                cut.pop()
            return f"{leaf.name}[{', '.join(cut)}]"
        if len(leaf.shape) == 1:
            return f"part of {leaf.name}[{low - leaf.start}:{high + 1 - leaf.start}]"
    return f"part of {structure.name_of(low)} to {structure.name_of(high)}"
