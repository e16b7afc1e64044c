"""From the output down: which formula gives exactly the gradient that came, layer by layer."""

import heapq
from dataclasses import dataclass

import numpy as np

from . import expressions as x
from .blocks import UNEXPLAINED, State
from .expressions import Expression
from .fillings.exchanges import ODD, price, sup
from .in_biases import sum_of
from .naming import before_sum
from .one_layer import Layer
from .scope import Scope

BEAM = 3  # how many different deltas of a layer are carried on


@dataclass(frozen=True)
class Formula:
    """What the program computes in one place, beside what belongs there.

    Attributes
    ----------
    layer : int
    quantity : str
        What it is the formula of, such as "δ¹", "dW¹" or "db¹".
    computed : Expression or None
        What the program computes. None: not known.
    right : Expression or None
        What it should compute.
        ``str()`` is the book's notation; ``.written("latex")`` and ``.written("numpy")`` say the same.
    words : str
        What was exchanged.
    """

    layer: int
    quantity: str
    computed: Expression | None
    right: Expression | None
    words: str

    def __str__(self):
        yours = f"your {self.quantity} = {self.computed}" if self.computed else f"your {self.quantity} is not explained"
        should = f"; it should be {self.right}" if self.right else ""
        return f"{yours}{should}" + (f": {self.words}" if self.words else "")


@dataclass
class Explanation:
    """One way to read a gradient: its price, the exchanges by layer, the blocks that stay open, and the formulas."""

    price: float
    exchanges: dict  # layer -> tuple of Exchange
    open: list
    formulas: tuple
    factors: dict
    rates: dict
    throughout: bool = False  # a slope of a in all layers, the output's included although the loss cancels it

    @property
    def complete(self):
        return not self.open

    def words(self):
        return tuple(dict.fromkeys(e.words for l in sorted(self.exchanges, reverse=True) for e in self.exchanges[l]))

    def names(self):
        """Entries of the table, from the output down; "formula" where an exchange is in no table."""
        found = []
        for l in sorted(self.exchanges, reverse=True):
            names = [e.name for e in self.exchanges[l]]
            if "e-beside-slope" in names:
                names.remove("e-beside-slope")
                names.append("output-slope-twice")
            names = [name or "formula" for name in names if name not in ("only-there", "as-in-db")]
            found += names
        found = list(dict.fromkeys(found))
        if "slope-of-a" in found and self.throughout:
            found[found.index("slope-of-a")] = "slope-of-a-throughout"
        said = [e for exchanges in self.exchanges.values() for e in exchanges if not e.name]
        if len(found) > 1 and all(e.price < ODD and e.words.startswith("there is") for e in said):
            found = [name for name in found if name != "formula"]
        return tuple(found)


def explain(
    net,
    thetas,
    X,
    Y,
    gradients,
    *,
    scale=1.0,
    decay=0.0,
    decay_b=0.0,
    n=None,
    biases=True,
    tolerance=1e-9,
    seed=0,
    measured=None,
    shared=False,
    penalty=None,
    rare=False,
):
    """Find the formulas that a program computes, from its gradients at several thetas.

    Parameters
    ----------
    net : Network
        What the program is meant to be.
    thetas, gradients : ndarray, shape (places, P)
        Some thetas and the gradients there, in the book's layout, a row each; four are enough.
    X, Y : ndarray
        One sample a row.
    scale, decay, decay_b : float
        The right gradient is that of ``scale`` times the mean loss, plus decay W and decay_b b.
    n : float, optional
        What λ is divided by in ``decay``; None means m.
    biases : bool or sequence of bool
        Which layers, from the first on, have biases; the columns of the others are not asked. True means all.
    tolerance : float
        How exactly a formula has to predict a block, relative to the block.
    measured : dict, optional
        Layer → a ``probing.Slope`` that the program was seen to use there.
    penalty : dict, optional
        Other penalties on the weights: a key of ``scope.PENALTIES`` → its factor.
    shared : bool or sequence of bool
        In which layers one bias serves all units: its gradient stands there in equal shares.
    rare : bool
        Whether what is rarely written (``rare.py``) is looked for where nothing else explains a layer.

    Returns
    -------
    list of Explanation
        Cheapest first; ``complete`` where every block is explained.
    nearest : dict
        For each layer with an open block, how far off the nearest formula is, and that formula in words.
    """
    given = gradients, scale, decay, decay_b, biases, tolerance, measured, shared, penalty, rare
    with np.errstate(all="ignore"):
        return _explain(Scope(net, thetas, X, Y, *given), n or len(X), seed)


def layer_below(s, l, n, seed=0, heads=True):
    """Layer l as the search comes to it, by the cheapest explanation of each layer above; with its candidates."""
    rng, state = np.random.default_rng(seed), State()
    with np.errstate(all="ignore"):
        for k in range(s.L, l, -1):
            state = _followed(s, k, state, Layer(s, k, state, n, rng))[0]
        layer = Layer(s, l, state, n, rng)
        if heads:
            layer.candidates(done=False)
    return layer


def _explain(s, n, seed):
    """Cheapest first: the state with the lowest price is followed by one layer, until it has none left."""
    rng, nearest, complete, followed = np.random.default_rng(seed), {}, [], {}
    waiting = [(0.0, 0, s.L, State())]  # price, number of entry, the layer to be asked, what is known
    entry = 0
    while waiting:
        cost, _, l, state = heapq.heappop(waiting)
        if complete and cost > complete[0].price + 0.01:
            break
        if l == 0:
            complete.append(state)
            if len(complete) == BEAM:
                break
            continue
        followed[l] = followed.get(l, 0) + 1
        if followed[l] > BEAM:
            continue
        layer = Layer(s, l, state, n, rng)
        for following in _followed(s, l, state, layer):
            entry += 1
            heapq.heappush(waiting, (following.price, entry, l - 1, following))
        if followed[l] == 1 and layer.nearest[0] < np.inf:
            nearest[l] = layer.nearest
    explanations = [reading for state in complete for reading in _readings(s, state)]
    return sorted(explanations, key=lambda e: e.price), nearest


def _followed(s, l, state, layer):
    """The state with one layer more, once for each delta that this layer can have."""
    kept = []
    for cost, exchanges, w, b in layer.explanations():
        if w is not None and w.value is not None:
            value, head, factor = w.value, w.head, w.factor
        elif b is not None and b.value is not None:
            value, head, factor = b.value, b.head, b.factor
        else:
            value, head, factor = layer.right_delta, layer.right_head, 1.0
        unit = value / (np.linalg.norm(value) or 1)
        same = next((k for u, k in kept if min(abs(u - unit).max(), abs(u + unit).max()) < 1e-9), None)
        if same is not None:
            if cost < same.last + 0.01 and len(same.readings[l][0]) < 8:  # the same delta in other words, as cheap
                same.readings[l][0].append((w, b, exchanges))
                same.used |= {e.words for e in exchanges}
            continue
        if len(kept) >= BEAM:
            break
        in_db = (
            b.value if w and b and b.value is not None and not np.allclose(b.value, value, rtol=1e-7, atol=0) else None
        )
        new = state.followed(
            deltas={**state.deltas, l: value},
            right={**state.right, l: layer.right_delta},
            heads={**state.heads, l: head},
            in_db={**state.in_db, l: in_db},
            used=state.used | {e.words for e in exchanges},
            factors={**state.factors, l: factor},
            readings={**state.readings, l: ([(w, b, exchanges)], layer)},
            price=state.price + cost,
            last=cost,
            open=state.open + [f"dW{sup(l)}"] * (w is None) + [f"db{sup(l)}"] * (b is None and s.biases[l]),
        )
        kept.append((unit, new))
    return [k for _, k in kept]


def _readings(s, state):
    """Of the ties in each layer, the words that other layers share; and what else would be as cheap."""
    count = {}
    for readings, _ in state.readings.values():
        for words in {e.words for _, _, exchanges in readings for e in exchanges}:
            count[words] = count.get(words, 0) + 1

    def shared(reading):
        exchanges = reading[2]
        in_common = sum(count[e.words] for e in exchanges) / max(1, len(exchanges))
        unnamed = sum(not e.name for e in exchanges)
        return in_common, -price(exchanges), -unnamed, -len(str(reading[0].delta)) if reading[0] else 0

    best = {l: max(readings, key=shared) for l, (readings, _) in state.readings.items()}
    yield _explanation(s, state, best)
    others = {}
    for l, (readings, _) in state.readings.items():
        top = shared(best[l])
        for reading in readings:
            names = {e.name for e in reading[2]}
            if (
                names != {e.name for e in best[l][2]}
                and not names & {"", "factor"}
                and abs(price(reading[2]) - price(best[l][2])) < 0.01
                and shared(reading)[0] >= top[0] - 1e-9
            ):
                others.setdefault(frozenset(names), {})[l] = reading
    for changed in others.values():
        yield _explanation(s, state, {**best, **changed})


def _explanation(s, state, chosen):
    formulas = []
    for l in sorted(chosen, reverse=True):
        w, b, exchanges = chosen[l]
        formulas += _formulas(s, l, w, b, exchanges, state.readings[l][1])
    return Explanation(
        price({e for _, _, exchanges in chosen.values() for e in exchanges})
        + sum(UNEXPLAINED[block[1]] for block in state.open),
        {l: exchanges for l, (_, _, exchanges) in chosen.items() if exchanges},
        state.open,
        tuple(formulas),
        {l: (w.factor if w else 1.0) for l, (w, _, _) in chosen.items()},
        {
            l: w.rate if w and w.rate is not None else b.rate
            for l, (w, b, _) in chosen.items()
            if (w and w.rate is not None) or (b and b.rate is not None)
        },
        s.net.loss.link is not None
        and all(any(e.name == "slope-of-a" for e in exchanges) for _, _, exchanges in chosen.values()),
    )


def _formulas(s, l, w, b, exchanges, layer):
    """What the program computes in this layer beside what it should, where the two differ or nothing is found."""
    delta = s.delta(l, layer.right_delta)
    right_W = x.scaled(before_sum(s, ""), x.outer(delta, s.a[l - 1]))
    right_b = x.scaled(before_sum(s, ""), sum_of(s, l, delta))
    if s.decay:
        right_W = Expression(x.PLUS, (right_W, x.scaled(s.decay_text, s.P[l])), right_W.value)
    if s.decay_b:
        right_b = Expression(x.PLUS, (right_b, x.scaled(f"{s.decay_b:.4g}", s.b[l])), right_b.value)
    in_w = [e for e in exchanges if w and e in w.exchanges]
    in_b = [e for e in exchanges if e not in in_w]
    of_delta = {e.words for e in w.of_delta} if w else set()
    words = lambda some: ", ".join(e.words for e in some if e.name != "only-there")
    if w is None:
        yield Formula(l, f"dW{sup(l)}", None, right_W, "")
    elif in_w:
        delta_part, rest = [e for e in in_w if e.words in of_delta], [e for e in in_w if e.words not in of_delta]
        if words(delta_part):
            yield Formula(l, f"δ{sup(l)}", w.delta, layer.right_formula, words(delta_part))
        if rest:
            yield Formula(l, f"dW{sup(l)}", w.formula, right_W, words(rest))
    if not s.biases[l]:
        return
    if b is None:
        yield Formula(l, f"db{sup(l)}", None, right_b, "")
    elif in_b or (
        w and b.delta is not None and str(b.delta) != str(w.delta) and in_w and str(b.formula) != str(right_b)
    ):
        if w is None and b.delta is not None:
            yield Formula(l, f"δ{sup(l)}", b.delta, layer.right_formula, words(b.exchanges))
        elif in_b:
            other = b.delta is not None and (w is None or w.delta is None or str(b.delta) != str(w.delta))
            yield Formula(
                l, f"db{sup(l)}", b.written_out if other and b.written_out else b.formula, right_b, words(in_b)
            )
