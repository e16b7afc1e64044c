"""Deltas that are rarely written: products and quotients of up to three arrays in scope, and sums of two of these."""

import functools
import itertools
from dataclasses import dataclass

import numpy as np

from . import expressions as x
from .expressions import Expression
from .fillings.exchanges import Exchange, Filling, price, sup
from .fillings.outputs import loss_slope
from .keys import key_of
from .operands import MATRICES

FACTORS = 3  # of a product, counting those below the line
ARRIVING = 4  # of what can come down, the cheapest
NUMBERS, MOST = 4000, 20_000  # of an array at all places: beyond, there is one factor less; and nothing is tried
EQUATIONS = 40  # that a formula is held against before it is checked in full
COARSE = 1e-8  # what those equations leave, squared and relative
TRIED = 30
NESTED = (x.SIGMOID, x.TANH, x.ONE_MINUS, x.ONE_MINUS_SIGMOID, x.SIGMOID_SLOPE, x.TANH_SLOPE)
CLIPS = (0.01, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0)
SUM = "a sum of two products"


@dataclass(frozen=True)
class Product:
    """A product of arrays, some of them below the line; ``value`` is (places, n_l, m)."""

    above: tuple
    below: tuple
    value: np.ndarray

    @property
    def size(self):
        return len(self.above) + len(self.below)

    def formula(self, without=()):
        """As a tree, one factor the less for each of those that are left out."""
        rest, one = list(self.above), x.written_as(np.ones_like(self.value), "1")
        for factor in without:
            del rest[next(k for k, other in enumerate(rest) if other is factor)]
        top = functools.reduce(x.times, rest) if rest else one
        return x.divided(top, functools.reduce(x.times, self.below)) if self.below else top


def leaves(layer):
    """The arrays that such a delta of this layer is made of, all of (places, n_l, m)."""
    s, l = layer.s, layer.l
    a, z = s.a[l], s.z[l]
    yield a
    yield z
    for function, of in ((x.ONE_MINUS, a), (x.ONE_PLUS, a), (x.EXPONENTIAL, z), (x.EXPONENTIAL, x.negative(z))):
        yield function.of(of)
    if s.slope[l] is not None and s.sloped(l):
        yield s.slope[l]
        yield x.own_slopes(s.f[l])[0].of(a)
    if l < s.L:
        cheap = sorted((h for h in layer.heads if price(h.exchanges) <= 1.2), key=lambda h: price(h.exchanges))
        yield from (h.formula for h in cheap[:ARRIVING])
        return
    yield s.e
    yield s.y
    yield x.ONE_MINUS.of(s.y)
    yield x.minus(x.ONE_MINUS.of(s.y), a)  # the error, had the two labels changed places
    if not s.net.loss.link:  # otherwise it is made of the ones before
        yield loss_slope(s)
    if s.sizes[l] > 1:
        powers = np.exp(z.value)
        total, all_of_them = (powers.sum(axes, keepdims=True) + 0 * z.value for axes in (1, (1, 2)))
        yield x.written_as(total, f"Σₖ exp(z{sup(l)})", numpy=f"np.exp(z[{l}]).sum(axis=1, keepdims=True)")
        yield x.written_as(all_of_them, f"Σᵢₖ exp(z{sup(l)})", numpy=f"np.exp(z[{l}]).sum()")


def products(some, most):
    """All products of at most so many factors, each of them above or below the line, the shortest first."""
    shape = some[0].value.shape
    made, seen, last = [], set(), [Product((), (), np.ones(shape))]
    for _ in range(most):
        longer = []
        # of two products of one value the first is kept: what is above the line comes first
        for side, product, (k, leaf) in itertools.product(("above", "below"), last, enumerate(some)):
            mine, other = (product.above, product.below)[:: 1 if side == "above" else -1]
            if any(leaf is factor for factor in other) or mine and _place(some, mine[-1]) > k:
                continue
            value = product.value * leaf.value if side == "above" else product.value / leaf.value
            key = key_of(value / (abs(value).max() or 1), 9)
            if key in seen or not np.isfinite(value).all() or not value.any():
                continue
            seen.add(key)
            parts = {"above": product.above, "below": product.below, side: (*mine, leaf)}
            longer.append(Product(**parts, value=value))
        made, last = made + longer, longer
    return made


def _place(some, leaf):
    return next(k for k, other in enumerate(some) if other is leaf)


def bases(layer):
    """The arrays of which a mean, a clip or another function may be taken, all of (places, n_l, m)."""
    s, l = layer.s, layer.l
    yield layer.right_formula
    yield from (s.a[l], s.z[l])
    if s.slope[l] is not None and s.sloped(l):
        yield s.slope[l]
    yield from (s.e, s.y) if l == s.L else (layer.right_head,)


def transformed(u, s):
    """An array with its entries averaged, summed, moved, cut off or without their signs."""
    v, written = u.value, u.written("text", 5)
    full = np.zeros_like(v)
    means = [x.sample_mean(u), x.written_as(v.mean(1, keepdims=True) + full, f"meanⱼ({u})")]
    yield from means
    yield x.written_as(v.mean((1, 2), keepdims=True) + full, f"mean({u})")
    yield Expression(x.UNIT_SUM, (u,), v.sum(1, keepdims=True) + full)
    yield from (x.minus(u, mean) for mean in means)
    for unit, which in ((0, "first"), (-1, "last")):
        if v.shape[1] > 1:
            yield x.written_as(v[:, [unit]] + full, f"({u} of the {which} unit)")
    for moved, where in (
        (v[:, :, ::-1], "in reverse order"),
        (np.roll(v, 1, axis=2), "of the sample before"),
        (np.roll(v, -1, axis=2), "of the sample after"),
    ):
        if s.m > 1:
            yield x.written_as(moved, f"({u} {where})")
    yield from (function.of(u) for function in (x.ABSOLUTE, x.RELU, x.SIGN, x.STEP))
    yield from (outer.of(inner.of(u)) for outer, inner in itertools.product(NESTED, NESTED))
    for size, text in (
        (np.sqrt((v * v).sum((1, 2), keepdims=True)), f"‖{u}‖"),
        (np.linalg.norm(v, axis=1, keepdims=True), f"‖{u}‖ of its sample"),
        (np.linalg.norm(v, axis=2, keepdims=True), f"‖{u}‖ of its unit"),
        (v.std(2, keepdims=True), "its standard deviation over the samples"),
        (abs(v).max((1, 2), keepdims=True), f"max |{u}|"),
        (abs(v).sum(1, keepdims=True), f"Σⱼ |{u}|"),
    ):
        if size.shape != v.shape:
            yield x.written_as(v / np.where(size > 0, size, 1), f"{written} / {text}", binding=4)
    if v.shape[1] > 1:
        yield x.written_as((v == v.max(1, keepdims=True)) * 1.0, f"[{u} is the largest of its sample]")
    for c in CLIPS:
        for unit, before in ((1.0, ""), (s.unit, "(1/m) ")):
            if (abs(unit * v) > c).any():
                yield x.written_as(np.clip(unit * v, -c, c), f"clip({before}{u}, −{c:g}, {c:g})")


def arrivals(layer):
    """What may come down through another matrix, or of another delta."""
    s, up = layer.s, layer.l + 1
    if up > s.L:
        return
    delta, W = s.delta(up, layer.state.deltas[up]), s.W[up]
    for text, function in MATRICES:
        matrix = x.written_as(np.swapaxes(function(W.value), 1, 2), f"({text.format(W)})ᵀ", kind=x.MATRIX)
        yield x.product(matrix, delta)
    for other in transformed(delta, s):
        yield x.product(x.transpose(W), other)


def deltas(layer):
    """Fillings of a whole delta that fit some sums of dW, the shortest first; each is still to be checked in full."""
    if layer.right_delta.size > MOST:
        return
    some, large, (sums, t) = _usable(layer, leaves(layer)), layer.right_delta.size > NUMBERS, _sums_of_dW(layer)
    if len(t) < 5:
        return
    with np.errstate(all="ignore"):
        made = products(some, FACTORS - large)
        found, kind = _that_fit(made, sums, t), "another formula"
        if not found and not large:
            found = _of_transformed(layer, some, sums, t)
        if not found:
            F = sums @ np.array([product.value.ravel() for product in made]).T
            short = [k for k, product in enumerate(made) if product.size < FACTORS]
            single = [k for k in short if made[k].size == 1]
            found = [*_added(layer, made, F, t, short, short), *_added(layer, made, F, t, range(len(made)), single)]
            kind = SUM
    for size, *_, formula in sorted(found, key=lambda row: (row[0] + row[1] / 2, row[2]))[:TRIED]:
        yield Filling(formula, (Exchange(f"{kind} stands for the delta", 1.5 + size / 4),))


def _of_transformed(layer, some, sums, t):
    """As ``_that_fit``: products of one array that something has been done to, with one or two others as they are."""
    others = _usable(layer, (*(other for u in bases(layer) for other in transformed(u, layer.s)), *arrivals(layer)))
    first = layer.s.e if layer.l == layer.s.L else layer.right_head  # beside a third, the usual one
    pairs = [Product((first, leaf), (), first.value * leaf.value) for leaf in some if leaf is not first]
    beside = [Product((), (), np.ones_like(layer.right_delta)), *products(some, 1), *pairs]
    values, found = np.array([product.value.ravel() for product in beside]), []
    for k, other in enumerate(others):
        for i in _fitting(sums @ (values * other.value.ravel()).T, t):
            product = Product((other, *beside[i].above), beside[i].below, other.value * beside[i].value)
            found.append((product.size, len(product.below), k, product.formula()))
    return found


def _usable(layer, some):
    """Those of some arrays that are of a delta's shape, finite and not all one number."""
    with np.errstate(all="ignore"):
        return [
            leaf
            for leaf in some
            if leaf.value.shape == layer.right_delta.shape and np.isfinite(leaf.value).all() and np.ptp(leaf.value) > 0
        ]


def _that_fit(made, sums, t):
    """Of each product that fits: its factors, those below the line, its place, its formula."""
    fitting = _fitting(sums @ np.array([product.value.ravel() for product in made]).T, t)
    return [(made[k].size, len(made[k].below), k, made[k].formula()) for k in fitting]


def _fitting(F, t):
    """Which columns, times a number, make the sums."""
    squares, along = (F * F).sum(0), t @ F
    with np.errstate(all="ignore"):
        return np.flatnonzero(1 - along * along / (squares * (t @ t)) < COARSE)


def _added(layer, made, F, t, first, second):
    """Sums of two products, with small numbers before the second: (factors, of them below the line, place, formula)."""
    s, first, second = layer.s, np.array(first), np.array(second)
    A, B = F[:, first], F[:, second]
    aa, bb, ab, at, bt = (A * A).sum(0)[:, None], (B * B).sum(0), A.T @ B, (A.T @ t)[:, None], B.T @ t
    with np.errstate(all="ignore"):
        determinant = aa * bb - ab * ab
        r, q = (bb * at - ab * bt) / determinant, (aa * bt - ab * at) / determinant
        left = 1 - (r * at + q * bt) / (t @ t)
        good = (abs(left) < COARSE) & (determinant > 1e-9 * aa * bb)
        share = q / r
    numbers = [(1.0, ""), (2.0, "2"), (0.5, "½"), (s.m, "m"), (1 / s.m, "(1/m)"), (s.K, "K"), (1 / s.K, "(1/K)")]
    for i, k in np.argwhere(good):
        for number, text in numbers:
            if abs(abs(share[i, k]) / number - 1) < 1e-4:
                one, other = made[first[i]], made[second[k]]
                formula = _sum(one, other, (number, text), plus=share[i, k] > 0, turned=r[i, k] < 0)
                yield one.size + other.size + bool(text), 0, int(first[i]), formula
                break


def _sum(one, other, number, plus, turned):
    """Two products added, or subtracted in one order or the other, with what they share before the brackets."""
    shared = [factor for factor in dict.fromkeys(one.above) if any(factor is twin for twin in other.above)]
    parts = [product.formula(without=shared) for product in (one, other)]
    times, text = number
    parts[1] = x.scaled(text, Expression(parts[1].operator, parts[1].operands, times * parts[1].value))
    total = x.plus(*parts) if plus else x.minus(*parts[:: -1 if turned else 1])
    return functools.reduce(x.times, [*shared, total])


def _sums_of_dW(layer):
    """Sums of dW's entries with random weights, place by place: a matrix that makes them of a delta, and the sums."""
    s, l = layer.s, layer.l
    rest = s.dW[l].value - s.penalty(l)
    rng, n, V = np.random.default_rng(7), *rest.shape[1:]
    count = min(n * V, -(-EQUATIONS // s.places))
    size = np.linalg.norm(rest.reshape(s.places, -1), axis=1)
    weight = 1 / np.where(size > 0, size, size.max(initial=0) or 1)
    u, v = rng.standard_normal((count, n)), rng.standard_normal((count, V))
    sums = np.zeros((s.places, count, s.places, n, s.m))
    for p in range(s.places):
        sums[p, :, p] = weight[p] * np.einsum("cj,ck,km->cjm", u, v, s.a[l - 1].value[p])
    target = weight[:, None] * np.einsum("cj,pjk,ck->pc", u, rest, v)
    return sums.reshape(s.places * count, -1), target.ravel()


def factors(s):
    """Numbers of a whole pass, (places, 1, 1), that may multiply a gradient: how each is written, and in words."""
    losses = np.stack([s.net.loss.value(a.T, y.T) for a, y in zip(s.a[-1].value, s.y.value)])
    known = [(s.unit * losses.sum(1), "C", "the cost")]
    if s.decay:
        squares = sum((W.value * W.value).sum((1, 2)) for W in s.W[1:])
        known += [(s.decay / 2 * squares, "R", "the penalty's value")]
        known += [(known[0][0] + known[1][0], "(C + R)", "the cost with its penalty")]
    known += [(abs(s.e.value).mean((1, 2)), "mean |a − y|", "the mean absolute error")]
    for number, text, words in known:
        if np.isfinite(number).all():
            yield number[:, None, None], text, f"the gradient is multiplied by {words}"
            yield 1 + number[:, None, None], f"(1 + {text})", f"the gradient times {words} is added to it"


def other_sums(s, l, data):
    """What can stand for dW beside a multiple of the data's: (columns, a function that writes it, words)."""
    outer = f"δ{sup(l)} (a{sup(l - 1)})ᵀ"
    for factor, text, words in factors(s):
        yield [factor * data], lambda before, numbers, text=text: f"{text} {before} {outer}".replace("  ", " "), words
    W = s.W[l]
    for function in (x.ITSELF, x.ABSOLUTE, x.SQUARE, x.SIGN):
        of_weights = function.of(W)
        for value, text in ((of_weights.value, f"{of_weights}"), (1 - of_weights.value, f"(1 − {of_weights})")):
            words = f"{text} stands as a factor beside each entry"
            yield [value * data], lambda before, numbers, text=text: f"{before} {outer} ⊙ {text}", words
    squares = (s.a[l].value ** 2).sum(2)[:, :, None] * W.value  # Oja's rule
    yield (
        [data, squares],
        lambda before, numbers: f"{before} {outer} + {numbers[1]:.4g} Σᵢ (a{sup(l)} ⊙ a{sup(l)}) ⊙ {W}".replace(
            "-", "−"
        ),
        "the weights come times the squared outputs beside it, as in Oja's rule",
    )
    for k in range(1, s.L + 1):
        if k != l and s.W[k].value.shape == s.W[l].value.shape:

            def written(before, numbers, k=k):
                known = abs(numbers[1] - s.decay) <= 1e-6 * abs(s.decay)
                return f"{before} {outer} + {s.decay_text if known else f'{numbers[1]:.4g}'} {s.W[k]}"

            yield [data, s.W[k].value], written, f"the penalty's gradient of layer {k} is added"


def inputs(s, l):
    """What may rarely stand for the input of dW: (filling, in words), of (places, n_(l-1), m)."""
    a = s.a[l - 1]
    functions = (x.ONE_MINUS, x.ONE_PLUS, x.EXPONENTIAL, x.SQUARE, x.ABSOLUTE, x.SIGN)
    some = [*(function.of(a) for function in functions), *transformed(a, s)]
    if l > 1:
        some += [*transformed(s.z[l - 1], s), *(function.of(s.z[l - 1]) for function in functions)]
    for formula in some:
        if np.isfinite(formula.value).all():
            yield Filling(formula, (Exchange(f"{formula} stands for the input", 1.5),))


def sums(delta, unit):
    """What may rarely stand for the sum over the samples of a delta: its value (places, n_l), how it is written."""
    v = delta.value
    known = (v.max(2), "maxᵢ"), (v.min(2), "minᵢ"), (np.median(v, 2), "medianᵢ"), (v.std(2), "the deviation over i of")
    for value, text in known:
        yield value, f"{text} {delta}"
    yield abs(v).sum(2), f"Σᵢ |{delta}|"
    yield (v * v).sum(2), f"Σᵢ ({delta})²"
    yield np.linalg.norm(v, axis=2), f"‖{delta}‖ over i"
    yield np.prod(unit * v, 2), f"the product over i of (1/m) {delta}"
