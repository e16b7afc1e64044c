"""The ways to differentiate one step of a cost wrongly, as pulls that go and pulls that come in their place."""

import itertools
from dataclasses import replace

import numpy as np

from .long_products import product_slips, reversed_factors
from .moved_blocks import moved_operands
from .normalisations import normalisation_slips
from .recorded import value_of
from .recorded_functions import einsum_pull
from .slip import Slip, edge, edges, other_slope
from .slopes_elsewhere import other_conditions, other_divisors, slopes_elsewhere, slopes_of_other_outputs
from .softmaxes import softmax_slips
from .step_texts import MOVED

CURVED = ("sqrt", "exp", "log", "tanh", "square", "reciprocal", "log1p", "power")  # also of a single number
OTHER_SLOPES = (  # of an argument, by which a function may be differentiated that is another
    ("{0}", lambda t: t),
    ("1 / ({0})", lambda t: 1 / t),
    ("[{0} > 0]", lambda t: (t > 0) * 1.0),
    ("σ′({0})", lambda t: np.exp(-abs(t)) / (1 + np.exp(-abs(t))) ** 2),
    ("1 − tanh²({0})", lambda t: 1 - np.tanh(t) ** 2),
    ("exp({0})", np.exp),
    ("1 / √(1 + ({0})²)", lambda t: 1 / np.sqrt(1 + t * t)),
    ("1 / √(1 − ({0})²)", lambda t: 1 / np.sqrt(1 - t * t)),
    ("1 / √(({0})² − 1)", lambda t: 1 / np.sqrt(t * t - 1)),
    ("1 / (1 + ({0})²)", lambda t: 1 / (1 + t * t)),
    ("1 / (1 − ({0})²)", lambda t: 1 / (1 - t * t)),
    ("cos({0})", np.cos),
    ("sin({0})", np.sin),
)
LONG = 80  # steps of a record from which on a slip is asked for in all rounds of a loop, or in none
NEAR = 20  # steps apart that may stand for one another
MANY = 4  # rounds from which on a slip in one of them alone is not asked for


class Ways:
    """All slips of a record's steps; ``texts`` names the steps."""

    def __init__(self, record, texts):
        self.record, self.texts = record, texts

    def all(self):
        record, shapes = self.record, {}
        for step in record.steps[1:]:
            shapes.setdefault(step.value.shape, []).append(step.index)
        composites = _composites(record)
        readers = [source.index for step in record.steps for source in step.sources]
        inner = {v: {min(us)} for v, us in composites.items() if us and readers.count(v) > 1}
        rounds, made, many = _rounds(record), {}, MANY if len(record.steps) < LONG else 2
        for step in reversed(record.steps[1:]):
            if step.index not in record.bars:
                continue
            slips = self._of_step(step, shapes, composites, inner)
            if step.index in rounds:
                made[step.index] = list(slips)
                slips = made[step.index] if len(rounds[step.index][0]) < many else ()
            yield from slips
        for group, chained in {group[0]: (group, chained) for group, chained in rounds.values()}.values():
            yield from reversed_factors(record, self.texts, group)
            tagged = [_tagged(made.get(v, ())) for v in group]
            for key in tagged[-1] | tagged[0]:
                first, *others = (slips[key] for slips in tagged if key in slips)
                if others and len(others) >= len(group) - 2:  # the first round may begin with a constant
                    said = others[0].words  # in the first round a constant may stand where another one has a step
                    words = f"in each round {said}" if first.texts else f"{said}, in each round"
                    of_parameter = all(_of_parameters(record, one) for one in (first, *others)) if chained else True
                    yield replace(
                        first,
                        price=first.price + 0.2,
                        words=words,
                        more=tuple(others),
                        chained=chained and not of_parameter,
                    )

    def _of_step(self, step, shapes, composites, inner):
        """All slips at one step."""
        record = self.record
        yield from self._of_sources(step, shapes, inner)
        yield from self._of_moves(step)
        if step.patched:
            return
        yield from self._of_pairs(step, shapes)
        if step.name == "matmul":
            yield from self._of_products(step, shapes)
        if step.name == "einsum":
            yield from self._of_einsum(step)
        for u in sorted(composites[step.index]):
            own = record.pulled_to(u, {step.index: np.ones_like(step.value)})
            if np.ptp(own) > 0 or own.size == 1 and _is_curved(step):
                yield from self._of_function(u, step.index, composites[step.index], shapes)
        if step.slopes is not None and step.value.size > 1:
            yield from other_conditions(record, self.texts, step)
        if step.name == "divide":
            yield from other_divisors(record, self.texts, step)
        if step.name in ("matmul", "multiply"):
            yield from moved_operands(record, self.texts, step)
        if step.name in ("multiply", "divide"):
            yield from product_slips(record, self.texts, step)
        if step.name == "divide":
            yield from softmax_slips(record, self.texts, step)
            yield from normalisation_slips(record, self.texts, step)
        if step.value.size > 1:
            yield from self._of_derivative(step, shapes)
        if step.name == "sum":
            yield from self._of_divisor(step)

    def _of_sources(self, step, alike, inner):
        """What a step hands back to one of its sources counts more or less, or not at all, or is a number."""
        if len(step.sources) == 1 and step.name in MOVED:
            return
        for e, source in enumerate(step.sources):
            words = f"the part through {self.texts.of(source)} in {self.texts.of(step)}"
            same = lambda r, v=step.index, e=e: (edge(r, v, e), [edge(r, v, e)])
            yield Slip(1.0, words, step.index, same, True, tag=("part", _position(step, e)))
            for u in sorted(inner.get(source.index, ())):
                said = f"the part through {self.texts.of(source)} in {self.texts.of(step)} goes past its slope"
                past = lambda r, v=step.index, e=e, u=u: (edge(r, v, e), [[(u, edge(r, v, e)[0][1])]])
                yield Slip(1.5, said, step.index, past, tag=("past", _position(step, e)))
            if step.name in ("add", "subtract") and source.value.ndim:
                yield from self._elsewhere(step, e, words, alike.get(source.value.shape, ()))
            if source.value.ndim == 0 and step.name in ("add", "subtract"):

                def times_theta(r, v=step.index, e=e):
                    rest = r.gradient - r.pulled_from(edge(r, v, e), r.bars[v])
                    return edge(r, v, e), [[(0, lambda bar: rest * r.theta)]]

                yield Slip(
                    1.5,
                    f"the rest times θ stands for {words}",
                    step.index,
                    times_theta,
                    tag=("rest", _position(step, e)),
                )
            for w in (
                alike.get((), ()) if source.value.size > 1 and step.slopes is not None and not step.patched else ()
            ):
                change = lambda r, v=step.index, e=e, w=w: (edge(r, v, e), [other_slope(r, v, e, r.steps[w].value)])
                said = f"the number {self.texts.at(w)} stands for {words}"
                yield Slip(1.9, said, step.index, change, tag=("number", _position(step, e), w))

    def _elsewhere(self, step, e, words, alike):
        """What belongs to one term of a sum goes to another step."""
        for w in alike:
            if 0 < step.index - w < NEAR and w != step.sources[e].index and w in self.record.bars:
                there = lambda r, v=step.index, e=e, w=w: (edge(r, v, e), [[(w, edge(r, v, e)[0][1])]])
                said = f"{words} goes to {self.texts.at(w)}"
                yield Slip(1.6, said, step.index, there, tag=("goes to", _position(step, e), w - step.index))

    def _of_moves(self, step):
        """What is handed back to entries that were only moved, or chosen as the largest, goes elsewhere."""
        v, text = step.index, self.texts.of(step)
        if len(step.sources) != 1:
            return
        source = step.sources[0].value

        def by(back):
            return lambda r: (edges(r, v), [[(r.steps[v].sources[0].index, back)]])

        if step.name == "transpose" and source.ndim == 2 and source.shape[0] == source.shape[1]:
            words = f"the part through {text} is not transposed back"
            yield Slip(1.1, words, v, by(lambda bar: bar))
        if step.name == "getitem":
            places = np.arange(source.size).reshape(source.shape)[step.operands[1]]
            if len(np.unique(places)) < places.size:

                def overwritten(bar):
                    part = np.zeros(source.size)
                    part[places.ravel()] = bar.ravel()
                    return part.reshape(source.shape)

                words = f"in {text} the derivatives of an entry that comes twice are overwritten, not added up"
                yield Slip(1.1, words, v, by(overwritten), tag=("overwritten",))
                for axis in range(np.ndim(step.operands[1])) if np.ndim(step.operands[1]) > 1 else ():
                    lines = [np.take(places, [k], axis) for k in range(places.shape[axis])]

                    def line_by_line(bar, lines=lines, axis=axis):
                        total = np.zeros(source.size)
                        for k, line in enumerate(lines):
                            part = np.zeros(source.size)
                            part[line.ravel()] = np.take(bar, [k], axis).ravel()
                            total += part
                        return total.reshape(source.shape)

                    said = f"{words}, for each place along axis {axis} of the numbers apart"
                    yield Slip(1.3, said, v, by(line_by_line), tag=("overwritten", axis))
        axis = _axis_of_the_chosen(step)
        if axis is not None or step.name in ("max", "min"):
            shape = np.max(source, axis=axis, keepdims=True).shape
            whole = lambda bar: np.broadcast_to(bar.reshape(shape), source.shape)
            words = f"what belongs to the largest entry goes to all entries in {text}"
            yield Slip(1.2, words, v, by(whole))
            others = lambda r: (
                edges(r, v),
                [[(r.steps[v].sources[0].index, lambda bar: whole(bar) - r.steps[v].pulls[0](bar))]],
            )
            yield Slip(1.3, f"what belongs to the largest entry goes to all others in {text}", v, others)
            for which, k in (("first", 0), ("last", -1)):
                if isinstance(axis, int):
                    only = np.zeros(source.shape)
                    only[(slice(None),) * (axis % source.ndim) + (k,)] = 1
                    words = f"what belongs to the largest entry goes to the {which} in {text}"
                    yield Slip(1.3, words, v, by(lambda bar, only=only: only * bar.reshape(shape)))

    def _of_pairs(self, step, shapes):
        """The other factor of a product left out or taken twice, a condition another."""
        v, text = step.index, self.texts
        if step.slopes is None or step.name not in ("multiply", "divide", "where", "maximum", "minimum"):
            return
        if len(step.sources) == 2 and step.name in ("where", "maximum", "minimum"):

            def exchanged(r):
                first, second = r.steps[v].slopes
                return edges(r, v), [[*other_slope(r, v, 0, second), *other_slope(r, v, 1, first)]]

            yield Slip(1.2, f"the two branches of {text.of(step)} are exchanged", v, exchanged, tag=("branches",))
        for e, (source, slope) in enumerate(zip(step.sources, step.slopes)):
            other = text.other(step, source)
            factor = "divisor" if step.name == "divide" and source is step.operands[0] else "factor"
            if step.name in ("multiply", "divide") and other is not None:
                for price, words, made in ((1.2, "is left out", np.ones_like), (1.4, "comes twice", np.square)):
                    said = f"the {factor} {other} of {text.of(step)} {words}"
                    yield Slip(
                        price,
                        said,
                        v,
                        lambda r, e=e, made=made: (edge(r, v, e), [other_slope(r, v, e, made(r.steps[v].slopes[e]))]),
                        tag=("factor", _position(step, e), words),
                    )
            if step.name in ("multiply", "divide") and slope.size > 1:
                for name, array in text.constants(step.value.shape, text.data):
                    words = f"{name} stands for the {factor} {other} in {text.of(step)}"
                    made = lambda r, e=e, array=array: (edge(r, v, e), [other_slope(r, v, e, array)])
                    yield Slip(1.5, words, v, made)
                if not hasattr(next(o for o in step.operands if o is not source), "operands") if other else False:
                    shifted = lambda r, e=e: (
                        edge(r, v, e),
                        [
                            other_slope(r, v, e, r.steps[v].slopes[e]),
                            other_slope(r, v, e, np.ones_like(r.steps[v].slopes[e])),
                        ],
                    )
                    words = f"instead of the {factor} {other} in {text.of(step)} there is"
                    yield Slip(1.6, words, v, shifted, texts=(other, "1"))
            partner = next((operand for operand in step.operands if operand is not source), None)
            varies = other is not None and np.size(value_of(partner)) > 1
            if step.name == "multiply" and varies:
                for w in shapes.get(step.value.shape, []):
                    if abs(w - v) < NEAR and w != v and self.record.steps[w] is not partner:
                        words = f"{text.at(w)} stands for the {factor} {other} in {text.of(step)}"
                        made = lambda r, e=e, w=w: (edge(r, v, e), [other_slope(r, v, e, r.steps[w].value)])
                        yield Slip(1.6, words, v, made, tag=("factor of", _position(step, e), w - v))
            if slope.size > 1 and {*np.unique(slope)} <= {0.0, 1.0}:
                for w in shapes.get(step.value.shape, []):
                    for sign, letter in ((1, ">"), (-1, "<")):
                        made = lambda r, w=w, sign=sign: (sign * r.steps[w].value > 0) * 1.0
                        yield Slip(
                            1.5,
                            f"the condition in {text.of(step)} is {text.at(w)} {letter} 0",
                            v,
                            lambda r, e=e, made=made: (edge(r, v, e), [other_slope(r, v, e, made(r))]),
                            tag=("condition", _position(step, e), w - v, sign),
                        )

    def _of_products(self, step, shapes):
        """Another array in the place of the other factor of a matrix product."""
        v, text = step.index, self.texts
        for e, source in enumerate(step.sources):
            if step.value.ndim > 1 and step.value.shape[-1] == step.value.shape[-2]:
                turned = lambda r, e=e: [
                    (k, lambda bar, pull=pull: pull(np.swapaxes(bar, -1, -2))) for k, pull in edge(r, v, e)
                ]
                words = f"∂C/∂({text.of(step)}) is transposed in what goes to {text.of(source)}"
                yield Slip(1.3, words, v, lambda r, e=e, turned=turned: (edge(r, v, e), [turned(r)]), tag=("turned", e))
            for w in shapes.get(step.value.shape, []):
                if v < w < v + NEAR and w in self.record.bars:
                    of_w = lambda r, e=e, w=w: [
                        (k, lambda bar, pull=pull: pull(r.bars[w])) for k, pull in edge(r, v, e)
                    ]
                    other, own = text.at_beside(w, step), text.of(step)
                    words = f"∂C/∂({other}) stands for ∂C/∂({own}) in what goes to {text.of(source)}"
                    change = lambda r, e=e, of_w=of_w: (edge(r, v, e), [of_w(r)])
                    yield Slip(1.7, words, v, change, tag=("derivative for one", e, w - v))
            partner = [o for o in step.operands if o is not source]
            if len(partner) != 1:
                continue
            shape = np.shape(value_of(partner[0]))

            def with_other(made, e=e):
                return lambda r: (edge(r, v, e), [[(r.steps[v].sources[e].index, _with(r.steps[v].pulls[e], made(r)))]])

            for w in shapes.get(shape, []):
                if self.record.steps[w] is not partner[0] and abs(w - v) < 3 * NEAR:
                    words = f"{text.at_beside(w, partner[0])} stands for {text.of(partner[0])} in {text.of(step)}"
                    other = with_other(lambda r, w=w: r.steps[w].value)
                    yield Slip(1.6, words, v, other, tag=("operand", _position(step, e), w - v))
            if not hasattr(partner[0], "operands"):
                for name, array in text.data:
                    if array.shape == shape and not np.array_equal(array, partner[0]):
                        words = f"{name} stands for {text.of(partner[0])} in {text.of(step)}"
                        yield Slip(1.4, words, v, with_other(lambda r, array=array: array))
            if max(shape, default=1) > 1:
                words = f"{text.of(partner[0])} is turned round in what goes to {text.of(source)}"
                other = with_other(lambda r, e=e: np.flip(_partner(r, v, e)))
                yield Slip(1.4, words, v, other, tag=("turned round", _position(step, e)))
            if len(shape) == 2 and shape[0] == shape[1]:
                words = f"{text.of(partner[0])} is transposed in the derivative of {text.of(step)}"
                other = with_other(lambda r, e=e: np.asarray(_partner(r, v, e)).T)
                yield Slip(1.3, words, v, other, tag=("transposed", _position(step, e)))

    def _of_einsum(self, step):
        """One of the other factors of a sum of products, transposed."""
        pattern, *arrays = step.operands
        for e, source in enumerate(step.sources):
            for k, array in enumerate(arrays):
                shape = np.shape(value_of(array))
                if array is source or len(shape) < 2 or shape[-1] != shape[-2]:
                    continue

                def change(r, e=e, k=k, source=source):
                    there = r.steps[step.index]
                    now = [np.asarray(value_of(a)) for a in there.operands[1:]]
                    now[k] = np.swapaxes(now[k], -1, -2)
                    own = next(j for j, a in enumerate(there.operands[1:]) if a is there.sources[e])
                    return edge(r, step.index, e), [[(source.index, lambda bar: einsum_pull(pattern, now, own, bar))]]

                words = f"{self.texts.of(array)} is transposed in what goes to {self.texts.of(source)}"
                yield Slip(1.3, words, step.index, change, tag=("turned in a sum", e, k))

    def _of_function(self, u, v, sources, shapes):
        """Another slope of a function that works entry by entry, from step u to step v."""
        name, of_u = self.texts.at(v), self.texts.at(u)

        def ways(*makers):
            def change(r):
                own = r.pulled_to(u, {v: np.ones_like(r.bars[v])})
                slopes = [made(r, own) for made in makers]
                return edges(r, v), [[(u, lambda bar, slope=slope: bar * slope)] for slope in slopes]

            return change

        a = lambda r: r.steps[v].value
        yield Slip(
            1.1, f"the slope of {name} is left out", v, ways(lambda r, s: np.ones_like(s)), tag=("no slope", v - u)
        )
        yield Slip(1.2, f"the slope of {name} comes twice", v, ways(lambda r, s: s * s), tag=("twice", v - u))
        of_output = ways(lambda r, s: _slope_at(r, u, v, a(r)))
        yield Slip(1.2, f"the slope of {name} is taken of its output", v, of_output, tag=("output", v - u))
        minus = f"the slope of {name} is taken at −({of_u})"
        yield Slip(1.4, minus, v, ways(lambda r, s: _slope_at(r, u, v, -r.steps[u].value)), tag=("minus", v - u))
        alone = f"the slope of {name} is taken at what comes from above, and stands alone"
        at_bar = lambda r: [(u, lambda bar: _slope_at(r, u, v, bar))]
        yield Slip(1.6, alone, v, lambda r: (edges(r, v), [at_bar(r)]), tag=("alone", v - u))
        squares = ways(lambda r, s: np.ones_like(s), lambda r, s: a(r), lambda r, s: a(r) ** 2)
        whole = u in (min(sources), max(sources)) or self._is_function_of(v, u)
        for text, function in OTHER_SLOPES if whole else ():
            words = f"the slope of {name} is {text.format(of_u)}"
            other = ways(lambda r, s, f=function: f(r.steps[u].value))
            yield Slip(1.6, words, v, other, tag=("slope", text, v - u))
        if whole:
            t = lambda r: r.steps[u].value
            of_argument = ways(lambda r, s: np.ones_like(s), lambda r, s: t(r), lambda r, s: t(r) ** 2)
            said, how = f"with t = {of_u}, the slope of {name} is", ("argument squares", v - u)
            yield Slip(1.3, said, v, of_argument, texts=("1", "t", "t²"), tag=how)
            yield from slopes_elsewhere(self.record, self.texts, u, v, shapes, _slope_at)
            yield from slopes_of_other_outputs(self.record, self.texts, u, v)
        if u == min(sources):
            yield Slip(
                1.2, f"with t = {name}, its slope is", v, squares, texts=("1", "t", "t²"), tag=("squares", v - u)
            )

    def _is_function_of(self, v, u):
        """Whether step v is made of step u, which is read more than once, and of constants alone."""
        steps, waiting, read = self.record.steps, [v], 0
        seen = {v}
        while waiting:
            for source in steps[waiting.pop()].sources:
                read += source.index == u
                if source.index < u:
                    return False
                if source.index > u and source.index not in seen:
                    seen.add(source.index)
                    waiting.append(source.index)
        return read > 1

    def _of_derivative(self, step, shapes):
        """Another array in the place of the derivative by a step, or a factor beside it."""
        v, d = step.index, f"∂C/∂({self.texts.of(step)})"

        def bar_is(made):
            return lambda r: (
                edges(r, v),
                [[(k, lambda bar, pull=pull: pull(made(r, bar))) for k, pull in edges(r, v)]],
            )

        for w in shapes[step.value.shape]:
            name = self.texts.at_beside(w, step)
            if w != v and abs(w - v) < 12:
                other = bar_is(lambda r, bar, w=w: r.steps[w].value)
                yield Slip(1.7, f"{name} stands for {d}", v, other, tag=("value", w - v))
                if w > v and w in self.record.bars:
                    other = bar_is(lambda r, bar, w=w: r.bars[w])
                    yield Slip(1.8, f"∂C/∂({name}) stands for {d}", v, other, tag=("derivative", w - v))
            times = bar_is(lambda r, bar, w=w: bar * r.steps[w].value)
            yield Slip(1.8, f"{d} is multiplied by {name}", v, times, tag=("times", w - v))
        for w in shapes.get((), []):
            words = f"the number {self.texts.at(w)} stands for {d}"
            other = bar_is(lambda r, bar, w=w: np.full(bar.shape, r.steps[w].value))
            yield Slip(1.9, words, v, other, tag=("number", w))
        yield Slip(1.6, f"a constant stands for {d}", v, bar_is(lambda r, bar: np.ones(bar.shape)))
        for name, array in self.texts.constants(step.value.shape):
            yield Slip(1.8, f"{d} is multiplied by {name}", v, bar_is(lambda r, bar, array=array: bar * array))
            yield Slip(1.9, f"{d} is divided by {name}", v, bar_is(lambda r, bar, array=array: bar / array))

    def _of_divisor(self, step):
        """A sum that divides its own terms, as if the targets of these shares always added up to one."""
        divides = [each for each in self.record.steps if each.name == "divide" and each.operands[1] is step]
        if divides:
            v, text = step.index, self.texts.of(step)
            own = lambda r: (
                edges(r, v),
                [[(k, lambda bar, pull=pull: pull(1 / r.steps[v].value)) for k, pull in edges(r, v)]],
            )
            yield Slip(1.6, f"1 / ({text}) stands for ∂C/∂({text})", v, own, tag=("divisor",))


def _axis_of_the_chosen(step):
    """Along which axis a step takes the largest or smallest entry, or one that is chosen; None where it does not."""
    if step.name in ("max", "min"):
        return step.options["axis"]
    if step.name == "take_along_axis":
        before, after = step.sources[0].value.shape, step.value.shape
        axes = [k for k, (n, one) in enumerate(zip(before, after)) if n > 1 and one == 1]
        return axes[0] if len(before) == len(after) and len(axes) == 1 else None
    return None


def _is_curved(step):
    """Whether a step of one number is a curved function of another, by its last operation."""
    return step.name in CURVED or step.name == "divide" and not hasattr(step.operands[0], "operands")


def _position(step, e):
    """Which operand of a step its source e is."""
    return next((k for k, operand in enumerate(step.operands) if operand is step.sources[e]), e)


def _with(pull, other):
    return lambda bar: pull(bar, np.asarray(other))


def _partner(record, v, e):
    step = record.steps[v]
    other = next(o for o in step.operands if o is not step.sources[e])
    return value_of(other)


def _rounds(record):
    """Index of a step → those of the same operation in other rounds of a loop, and if one is made of another."""
    groups, before = {}, {0: 0}
    for step in record.steps[1:]:
        before[step.index] = 0
        for source in step.sources:
            before[step.index] |= before[source.index] | 1 << source.index
        groups.setdefault((step.place, step.name, step.value.shape), []).append(step.index)
    found = {}
    for group in groups.values():
        inside = sum(1 << v for v in group)
        if len(group) > 1:
            chained = any(before[v] & inside for v in group)
            found |= dict.fromkeys(group, (group, chained))
    return found


def _tagged(slips):
    """Slips by what makes them the same in each round; those without a tag are not joined."""
    return {slip.tag: slip for slip in slips if slip.tag}


def _of_parameters(record, slip):
    """Whether a slip is in what goes to the parameters themselves, which is handed on to no other step."""
    old, new = slip.change(record)
    return all(_moved(record.steps[k]) for k, _ in (*old, *itertools.chain.from_iterable(new)))


def _moved(step):
    """Whether a step is theta, or entries of it."""
    return step.index == 0 or len(step.sources) == 1 and step.name in MOVED and _moved(step.sources[0])


def _composites(record):
    """For each step the earlier ones of the same shape of which it is a function entry by entry."""
    of = {0: set()}
    for step in record.steps[1:]:
        of[step.index] = set()
        entry_by_entry = step.slopes is not None and not step.patched and step.sources
        if entry_by_entry and all(s.value.shape == step.value.shape for s in step.sources):
            of[step.index] = set.intersection(*(of[s.index] | {s.index} for s in step.sources))
    return of


def _slope_at(record, u, v, at):
    """The slope of the function from u to v at other arguments."""
    h = 1e-3
    f = lambda moved: record.again(u, v, at + moved)
    return (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)
