"""The slope that a program uses, measured: at parameters where a whole layer has one pre-activation, it can be read."""

import itertools
from dataclasses import dataclass

import numpy as np

from . import expressions as x
from .familiar import FAMILIES
from .fillings.exchanges import price, sup
from .least_squares import exact_sum

ROUNDING = 1e-13  # of the largest value of a function beside it: less is what least squares leave of a zero
EQUAL = 1e-8  # how well a measured slope has to predict a block
VALUES = 60  # pre-activations of one place that are asked
ASKED = 1500  # gradients in all
HEADS = 40  # that are tried before the slope
FEW = 6  # values of the targets
SHOWN = (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0)


def of_layer(text, l):
    """A text with the layer's own letters."""
    return text.replace("{z}", f"z{sup(l)}").replace("{a}", f"a{sup(l)}")


@dataclass
class Slope:
    """A slope that was measured in one layer: how it is written, and what it is at a scope's places.

    In ``words``, "{z}" and "{a}" stand for those of the layer that is asked about.
    """

    words: str
    make: object
    whole: bool = False  # it is the whole delta of the output, and no slope
    unnamed: bool = False  # only some of its values are known

    def said(self, l):
        return of_layer(self.words, l)

    def of(self, s, l):
        """The slope at the places of a ``Scope``, as a formula."""
        return self.make(s, l)


class Probe:
    """Asks a gradient at parameters where all units of layer l have the same pre-activation for all samples.

    There the slope is one number, and dW says which: dW = (1/m) s Σᵢ h (a^{l-1})ᵀ, where h is what stands before it.

    Parameters
    ----------
    gradient : callable
        ``gradient(theta)``, the program's.
    above : callable
        ``above(thetas, gradients, l)`` returns the ``Layer`` of the grammar at these places, with its ``heads``.
    net : Network
    place : ndarray
        A theta at which nothing is saturated.
    biases : bool
        Whether layer l has biases.
    """

    def __init__(self, gradient, above, net, place, l, biases):
        self.gradient, self.above, self.net, self.place, self.l = gradient, above, net, place, l
        self.biases, self.asked, self.known, self.head = biases, 0, {}, None

    def _with(self, change):
        theta = self.place.copy()
        p = self.net.params(theta)
        change(p.W[self.l], p.b[self.l])
        return theta

    def _ask(self, thetas):
        self.asked += len(thetas)
        return [np.array(self.gradient(theta), float) for theta in thetas]

    def slope(self):
        """Find what stands before the slope, and the slope's values; True if they predict the gradient at ``place``."""
        net, l = self.net, self.l
        n, n_in = net.sizes[l], net.sizes[l - 1]
        if net.activations[l].df is None or n * n_in < 2:
            return False
        here = self._ask([self.place])[0]
        z = self.above([self.place], [here], l, heads=False).s.z[l].value[0]  # (n, m)
        m = z.shape[1]
        units = list(range(max(1, min(n, VALUES // m)))) if m <= VALUES else []
        if not units:
            return False
        if self.biases:
            thetas = [self._constant(t) for t in z[units].ravel()]
        elif n * n_in > m:
            thetas = [self._with(lambda W, b, j=j: W.__setitem__(slice(None), W[j].copy())) for j in units]
        else:
            return False
        gradients = self._ask(thetas)
        if not all(np.isfinite(g).all() for g in gradients):
            return False
        layer = self.above([*thetas, self.place], [*gradients, here], l)
        s, heads = layer.s, sorted(layer.heads, key=lambda h: price(h.exchanges))
        target, inputs = s.dW[l].value - s.penalty(l), s.a[l - 1].value
        for head in heads[:HEADS]:
            found = self._measured(s.unit * head.value[:-1], inputs[:-1], target[:-1], len(units), m)
            if found is None:
                continue
            slopes = found.reshape(len(units), m)
            h, a = s.unit * np.broadcast_to(head.value[-1], s.z[l].value[-1].shape)[units], inputs[-1]
            came, off = target[-1][units], (h * slopes) @ a.T
            if np.linalg.norm(off - came) <= EQUAL * np.linalg.norm(came) and np.linalg.norm(came) > 0:
                self.head = (str(head.formula), head.exchanges)
                self.known.update(zip(z[units].ravel().tolist(), slopes.ravel().tolist()))
                return True
        return False

    def _constant(self, t):
        def change(W, b):
            W[...], b[...] = 0, t

        return self._with(change)

    def _measured(self, h, a, target, units, m):
        """The slopes of these places, where one number (or one a sample) explains each block; None where none does."""
        if self.biases:
            G = h @ np.swapaxes(a, 1, 2)
            square = (G * G).sum((1, 2))
            if not (square > 0).all():
                return None
            slopes = (G * target).sum((1, 2)) / square
            off = np.linalg.norm((target - slopes[:, None, None] * G).reshape(len(G), -1), axis=1)
            size = np.linalg.norm(target.reshape(len(G), -1), axis=1)
            return slopes if (off <= EQUAL * size + 1e-12 * np.sqrt(square)).all() else None
        found = []
        h = np.broadcast_to(h, (len(target), target.shape[1], m))
        for h_, a_, t in zip(h, a, target):
            A = np.einsum("jm,km->jkm", h_, a_).reshape(-1, m)
            slopes, _, rank, _ = np.linalg.lstsq(A, t.ravel(), rcond=1e-10)
            if rank < m or np.linalg.norm(A @ slopes - t.ravel()) > EQUAL * np.linalg.norm(t):
                return None
            found.append(slopes)
        return np.array(found).ravel()

    def at(self, z):
        """The slope at these pre-activations, asked one by one where biases can be set; NaN where it cannot be."""
        new = [t for t in dict.fromkeys(z.ravel().tolist()) if t not in self.known]
        if new and (not self.biases or self.asked + len(new) > ASKED):
            return np.full(z.shape, np.nan)
        for some in (new[k : k + VALUES] for k in range(0, len(new), VALUES)):
            thetas = [self._constant(t) for t in some]
            gradients = self._ask(thetas)
            layer = self.above(thetas, gradients, self.l)
            s = layer.s
            head = next((h for h in layer.heads if (str(h.formula), h.exchanges) == self.head), None)
            if head is None:
                return np.full(z.shape, np.nan)
            target = s.dW[self.l].value - s.penalty(self.l)
            found = self._measured(s.unit * head.value, s.a[self.l - 1].value, target, 1, s.m)
            if found is None:
                return np.full(z.shape, np.nan)
            self.known.update(zip(some, found.tolist()))
        return np.array([self.known[t] for t in z.ravel().tolist()]).reshape(z.shape)


# What the numbers are.


def _cosh(t):
    return np.cosh(np.clip(t, -300, 300))


OUTER = (  # text with {0} for the argument, and the function
    ("{0}", lambda t: t),
    ("(1 − {0})", lambda t: 1 - t),
    ("(1 + {0})", lambda t: 1 + t),
    ("{0}²", lambda t: t * t),
    ("(1 − {0}²)", lambda t: 1 - t * t),
    ("(1 + {0}²)", lambda t: 1 + t * t),
    ("{0} (1 − {0})", lambda t: t * (1 - t)),
    ("{0}³", lambda t: t**3),
    ("exp({0})", lambda t: np.exp(np.minimum(t, 300))),
    ("exp(−{0})", lambda t: np.exp(np.minimum(-t, 300))),
    ("exp(−{0}²)", lambda t: np.exp(-t * t)),
    ("sech({0})", lambda t: 1 / _cosh(t)),
    ("sech²({0})", lambda t: 1 / _cosh(t) ** 2),
    ("cos({0})", np.cos),
    ("sin({0})", np.sin),
    ("tan({0})", np.tan),
    ("(1 − tan²({0}))", lambda t: 1 - np.tan(t) ** 2),
    ("(1 + tan²({0}))", lambda t: 1 + np.tan(t) ** 2),
    ("σ({0})", x.sigmoid),
    ("σ′({0})", lambda t: x.sigmoid(t) * (1 - x.sigmoid(t))),
    ("(1 − σ({0}))", lambda t: 1 - x.sigmoid(t)),
    ("tanh({0})", np.tanh),
    ("[{0} > 0]", lambda t: (t > 0) * 1.0),
    ("|{0}|", abs),
    ("√|{0}|", lambda t: np.sqrt(abs(t))),
    ("1/{0}", lambda t: 1 / t),
    ("log |{0}|", lambda t: np.log(abs(t))),
    ("1/(1 + {0}²)", lambda t: 1 / (1 + t * t)),
    ("1/(1 + |{0}|)", lambda t: 1 / (1 + abs(t))),
)


def _candidates(net, l, z):
    """(text, values) of functions of z that could be a slope; ``{z}`` and ``{a}`` stand for the layer's own."""
    f = net.activations[l]
    a = np.asarray(f.f(z[:, None].copy()), float)[:, 0]
    slope = np.asarray(f.df(z[:, None], a[:, None]), float)[:, 0] * np.ones_like(z)
    own = x.letter(f)[0] + "′({z})"
    yield "1", np.ones_like(z)
    yield own, slope
    inner = [("{z}", z), ("{a}", a), ("σ({z})", x.sigmoid(z)), ("tanh({z})", np.tanh(z))]
    with np.errstate(all="ignore"):
        plain = [
            (text.replace("{0}", what), function(values))
            for (what, values), (text, function) in itertools.product(inner, OUTER)
        ]
        yield from plain
        yield (
            x.letter(f)[0] + "′({a})",
            np.asarray(f.df(a[:, None], f.f(a[:, None].copy())), float)[:, 0] * np.ones_like(z),
        )
        for family in FAMILIES:
            for start in family.starts:
                record = family.with_constants(*start)
                yield record.name + "({z})", record.f(z)
                yield record.name + "′({z})", record.df(z, None) * np.ones_like(z)
        for text, values in plain:
            yield f"{own} ⊙ {text}", slope * values


def _number(c):
    return f"{c:.6g}".replace("-", "−")


def _listed(letter, arguments, values):
    """Values of a function as text, what is rounding beside the largest of them as zero."""
    values = np.where(abs(values) < 1e-12 * abs(values).max(), 0.0, values)
    return ", ".join(f"{letter}({_number(t)}) = {_number(v)}" for t, v in zip(arguments, values))


def _term(c, text):
    if text == "1":
        return _number(c)
    return text if abs(c - 1) < 1e-6 else "−" + text if abs(c + 1) < 1e-6 else f"{_number(c)} {text}"


def _simplest(candidates, t, part):
    """(text, [(number, index)]) of what makes the numbers ``t[part]``: nothing, a multiple, or that and a constant."""
    if not part.any() or not abs(t[part]).max() > 1e-12 * abs(t).max():
        return "0", []
    for k, (text, values) in enumerate(candidates):
        c = exact_sum(values[part, None], t[part], 10 * EQUAL)
        if c is not None:
            return _term(c[0], text), [(c[0], k)]
    if part.sum() < 5:
        return None
    for k, (text, values) in enumerate(candidates[1:], start=1):
        c = exact_sum(np.stack([candidates[0][1][part], values[part]], 1), t[part], 10 * EQUAL)
        if c is not None:
            return f"({_term(c[1], text)} {'−' if c[0] < 0 else '+'} {_number(abs(c[0]))})", [(c[0], 0), (c[1], k)]
    return None


THRESHOLDS = (0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 2.5, -2.5, 6.0, 0.1, -0.1)


def _steps(z, slopes):
    """(text, function of a z) of slopes that have one value below a threshold and another above; None for others."""
    order = np.argsort(z)
    low, high, largest = slopes[order[0]], slopes[order[-1]], abs(slopes).max()
    at_low = abs(slopes[order] - low) <= 10 * EQUAL * largest
    k = int(at_low.sum())
    if not at_low[:k].all() or not 2 <= k <= z.size - 2 or (abs(slopes[order[k:]] - high) > 10 * EQUAL * largest).any():
        return None
    below, above = z[order[k - 1]], z[order[k]]
    border = next((t for t in THRESHOLDS if below <= t <= above), None)
    if border is None:
        border = float(f"{(below + above) / 2:.2g}")
        border = border if below <= border <= above else (below + above) / 2
    low, high = (0.0 if abs(v) < EQUAL * largest else float(f"{v:.9g}") for v in (low, high))
    if low == 0 or high == 0:
        sign = ("≥" if above == border else ">") if low == 0 else ("<" if above == border else "≤")
        text = _term(low or high, f"[{{z}} {sign} {_number(border)}]")
    else:
        text = f"({_number(high)} where {{z}} > {_number(border)}, {_number(low)} elsewhere)"
    return text, lambda values: np.where((values > border) | ((values == border) & (above == border)), high, low)


def closed_form(net, l, z, slopes):
    """(text, function of a z) of the measured slopes, where a short formula has them; None where none does."""
    if steps := _steps(z, slopes):
        return steps
    candidates = list(_candidates(net, l, z))
    everywhere = np.ones(z.size, bool)
    whole = _simplest(candidates, slopes, everywhere)
    if whole is None:
        left, right = (_simplest(candidates, slopes, part) for part in (z <= 0, z > 0))
        if left is None or right is None or min((z > 0).sum(), (z <= 0).sum()) < 3:
            return None
        text = f"({right[0]} where {{z}} > 0, {left[0]} elsewhere)"
    else:
        text, left, right = whole[0], whole, whole

    def function(values):
        flat, out = values.ravel(), np.zeros(values.size)
        others = list(_candidates(net, l, flat))
        for part, (_, terms) in ((flat <= 0, left), (flat > 0, right)):
            for c, k in terms:
                out[part] += c * others[k][1][part]
        return out.reshape(values.shape)

    return text, function


def measured_slope(gradient, above, net, places, l, biases):
    """The slope that a program uses in layer l instead of the right one, or None where it is no function of z^l."""
    for place in places[:2]:
        probe = Probe(gradient, above, net, place, l, biases)
        if not probe.slope():
            continue
        z, slopes = (np.array(v) for v in zip(*sorted(probe.known.items())))
        if biases:
            more = np.array(SHOWN)
            shown = probe.at(more)
            if np.isfinite(shown).all():
                z, slopes = np.concatenate([z, more]), np.concatenate([slopes, shown])
        found = closed_form(net, l, z, slopes)
        if found:
            text, function = found

            def make(s, l, function=function, text=text):
                values = np.stack([function(v) for v in s.z[l].value])
                return x.written_as(values, of_layer(text, l), binding=4)

            return Slope(f"the slope is {text}", make)
        if not biases:
            return None
        listed = _listed("s", more, shown)

        def make(s, l, probe=probe):
            return x.written_as(probe.at(s.z[l].value), f"s(z{sup(l)})")

        return Slope(f"the slope is another function of z, with {listed}", make, unnamed=True)
    return None


# The whole delta of the output, where there are two kinds of targets.


class DeltaProbe:
    """Asks for the output's delta as a function of z^L and of a target that has one of a few values.

    Where all weights of the output are zero, z^L is its bias, and dW^L = (1/m) Σᵢ φ(b, yᵢ) (a^{L-1}_i)ᵀ, and db^L
    is the same without a. There are more equations than values of φ, or nothing is said.
    """

    def __init__(self, gradient, above, net, place):
        self.gradient, self.above, self.net, self.place = gradient, above, net, place
        self.known, self.asked = {}, 0

    def _scope(self, thetas):
        self.asked += len(thetas)
        gradients = [np.array(self.gradient(theta), float) for theta in thetas]
        return self.above(thetas, gradients, self.net.L, heads=False).s

    def at(self, ts):
        """Learn φ at these pre-activations; False where no φ makes the gradient."""
        new, L = [t for t in dict.fromkeys(ts) if t not in self.known], self.net.L
        if self.asked + len(new) > ASKED:
            return False
        for some in (new[k : k + VALUES] for k in range(0, len(new), VALUES)):
            thetas = []
            for t in some:
                theta = self.place.copy()
                p = self.net.params(theta)
                p.W[L][...], p.b[L][...] = 0, t
                thetas.append(theta)
            s = self._scope(thetas)
            y = s.y.value[0]
            kinds = np.unique(y)
            masks = np.stack([(y == kind) * 1.0 for kind in kinds])
            for k, t in enumerate(some):
                target = (s.dW[L].value - s.penalty(L))[k]
                G = s.unit * np.einsum("vkm,jm->vkj", masks, s.a[L - 1].value[k])
                counts = s.unit * masks.sum(2)
                A = np.concatenate([G.reshape(len(kinds), -1).T, counts.T])
                b = np.concatenate([target.ravel(), s.db[L].value[k]])
                phi, _, rank, _ = np.linalg.lstsq(A, b, rcond=1e-10)
                off = np.linalg.norm(A @ phi - b)
                if rank < len(kinds) or b.size <= len(kinds) or off > EQUAL * np.linalg.norm(b) + 1e-13:
                    return False
                phi[abs(phi) <= ROUNDING * abs(phi).max()] = 0
                self.known[t] = phi
        return True

    def values(self, z, y):
        """φ at the places of a scope; NaN where it cannot be asked."""
        if not self.at(z.ravel().tolist()):
            return np.full(z.shape, np.nan)
        kinds = np.unique(y)
        which = np.searchsorted(kinds, y)
        return np.array([self.known[t][v] for t, v in zip(z.ravel().tolist(), which.ravel())]).reshape(z.shape)


def measured_delta(gradient, above, net, places):
    """The delta of the output that a program computes, as a function of z^L and y; None where it is none."""
    L = net.L
    if net.activations[L].df is None:
        return None
    probe = DeltaProbe(gradient, above, net, places[0])
    s = probe._scope([places[0]])
    kinds = np.unique(s.y.value)
    if not 2 <= len(kinds) <= FEW or s.z[L].value.size > VALUES:
        return None
    delta = probe.values(s.z[L].value, s.y.value)
    if not np.isfinite(delta).all():
        return None
    came, found = s.dW[L].value - s.penalty(L), s.unit * delta @ np.swapaxes(s.a[L - 1].value, 1, 2)
    if not np.linalg.norm(found - came) <= EQUAL * np.linalg.norm(came):
        return None
    shown = list(SHOWN)
    if not probe.at(shown):
        return None
    z = np.array(sorted(probe.known))
    parts = []
    for v, kind in enumerate(kinds):
        form = closed_form(net, L, z, np.array([probe.known[t][v] for t in z.tolist()]))
        if form:
            text = of_layer(form[0], L)
        else:
            text = "a function with " + _listed("φ", shown, np.array([probe.known[t][v] for t in shown]))
        parts.append(f"{text} where y = {_number(kind)}")
    written = "; ".join(parts)

    def make(s, l, probe=probe):
        return x.written_as(probe.values(s.z[l].value, s.y.value), f"φ(z{sup(l)}, y)")

    return Slope(f"the delta of the output is {written}", make, whole=True)
