"""The cost's own formula: how it hangs together with a network's, or which other loss or forward pass it has."""

import itertools
from dataclasses import dataclass, field

import numpy as np

from ..activations import ACTIVATIONS
from ..losses import LOSSES, Loss
from ..network import Network
from .least_squares import closest_sum

# How well a formula has to fit, in units of the cost's spread over the places: to rounding, or as far as float32 or a
# 1e-8 within a logarithm let it.
EXACT, CLOSE = 1e-9, 1e-5
ROUNDING = 1e-14
PLACES = 12
GAIN = {"sigmoid": 3.0, "tanh": 1.3, "relu": 1.4, "leaky_relu": 1.4}  # that keep deltas of one size through the layers


def drawn(net, theta, X, count, seed=1, biases=True, shared=False):
    """Other thetas, where units are neither saturated nor asleep: an array (count, P) of theta's type.

    ``biases`` says of all layers, or of each from the first on, whether it has any; otherwise they are zero.
    ``shared`` says likewise where one bias serves all units.
    """
    rng, thetas = np.random.default_rng(seed), []
    for _ in range(count):
        v = theta.copy()
        p, size = net.params(v), max(1e-3, float(np.sqrt((X * X).mean())))
        for l in range(1, net.L + 1):
            gain = GAIN.get(net.activations[l].name, 1.0)
            spread = gain / np.sqrt(net.sizes[l - 1]) / (size if l == 1 else 1.0)
            p.W[l][...] = spread * rng.standard_normal(p.W[l].shape)
            noise = 0.4 * rng.standard_normal(p.b[l].shape)
            if np.broadcast_to(shared, net.L)[l - 1]:
                noise[...] = noise[0]
            p.b[l][...] = noise if np.broadcast_to(biases, net.L)[l - 1] else 0
        thetas.append(v)
    return np.array(thetas)


@dataclass(frozen=True)
class CostFormula:
    """What a cost computes.

    Attributes
    ----------
    net : Network or None
        The network that computes it; None where no Network does.
    scale, decay, decay_b : float
        It is ``scale`` times the mean loss, plus decay/2 ‖W‖² and decay_b/2 ‖b‖², plus a constant.
    text, right : str
        The formula, and that of the network that was named.
    words : tuple of str
        What is exchanged in it, compared with the network's own cost; empty where it is the network's own.
    names : tuple of str
        Of the table of defects, where the exchange is in it.
    exact : bool
        To rounding, or only to five digits.
    digits : float
        How exactly the derivative follows from it, relative to a block.
    penalty : dict
        Other penalties on the weights than their squares: a key of ``scope.PENALTIES`` → its factor.
    X : ndarray, optional
        The inputs as the cost has them, where they are not those that were given.
    forward : bool, optional
        Whether the network is another; None means that the words say so.
    """

    net: Network | None
    scale: float
    decay: float
    decay_b: float
    text: str
    right: str
    words: tuple = ()
    names: tuple = ()
    exact: bool = True
    digits: float = EXACT
    penalty: dict = field(default_factory=dict)
    X: np.ndarray | None = None
    forward: bool | None = None


def fitted(c, loss, squares):
    """``c`` as scale·loss + decay·ΣW²/2 + decay_b·Σb²/2 + constant, with as few as will do: misfit and numbers.

    The misfit is the largest difference, in units of c's standard deviation.
    """
    # at a place where an exponential unit makes the cost a million times larger, a penalty is below its rounding
    usual = abs(c) <= 1e4 * np.median(abs(c))
    c, columns = c[usual], np.stack([loss, *squares], axis=1)[usual]
    spread, best = c.std(), (np.inf, (0.0, 0.0, 0.0, 0.0))
    if not (spread and np.isfinite(columns).all() and columns[:, 0].std() > 1e-12 * max(1.0, abs(columns[:, 0]).max())):
        return best
    middle = columns.mean(axis=0)
    for kept in [0], [0, 1], [0, 2], [0, 1, 2]:
        centred = columns[:, kept] - middle[kept]
        if not centred.any(axis=0).all():
            continue
        numbers = closest_sum(centred, c - c.mean())[0]
        misfit = float(abs(centred @ numbers - c + c.mean()).max() / spread)
        seen = abs(numbers[0]) * columns[:, 0].std() > 1e-4 * spread  # a penalty alone says nothing about the network
        if seen and (misfit < 1e-3 * best[0] or best[0] > CLOSE and misfit < best[0]):
            full = np.zeros(4)
            full[kept] = numbers
            full[3] = c.mean() - middle[kept] @ numbers
            best = misfit, tuple(full.tolist())
        if best[0] < ROUNDING:  # a penalty may be small beside the spread, and yet far above rounding
            break
    return best


# Losses and outputs that a program may have.


def _log_sum(a):
    return np.logaddexp.reduce(a, axis=1)


def _margins(a, y):
    """Which of the other classes come within a margin of 1."""
    return (a - (y * a).sum(1, keepdims=True) + 1 > 0) * (1 - y)


OTHER_LOSSES = {  # text: (one number a sample, its slope)
    "½ Σ (a − y)²": (lambda a, y: 0.5 * ((a - y) ** 2).sum(1), lambda a, y: a - y),
    "−Σ (y log a + (1 − y) log(1 − a))": (
        lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum(1),
        lambda a, y: (a - y) / (a * (1 - a)),
    ),
    "−Σ y log a": (lambda a, y: -(y * np.log(a)).sum(1), lambda a, y: -y / a),
    "−Σ (1 − y) log(1 − a)": (lambda a, y: -((1 - y) * np.log(1 - a)).sum(1), lambda a, y: (1 - y) / (1 - a)),
    "−Σ (y log a − (1 − y) log(1 − a))": (
        lambda a, y: -(y * np.log(a) - (1 - y) * np.log(1 - a)).sum(1),
        lambda a, y: -y / a - (1 - y) / (1 - a),
    ),
    "Σ |a − y|": (lambda a, y: abs(a - y).sum(1), lambda a, y: np.sign(a - y)),
    "Σ log cosh(a − y)": (lambda a, y: np.log(np.cosh(a - y)).sum(1), lambda a, y: np.tanh(a - y)),
    "Σ (a − y)⁴": (lambda a, y: ((a - y) ** 4).sum(1), lambda a, y: 4 * (a - y) ** 3),
    "log Σ exp(a) − Σ y a": (
        lambda a, y: _log_sum(a) - (y * a).sum(1),
        lambda a, y: np.exp(a - _log_sum(a)[:, None]) - y,
    ),
    "Σ (log(1 + exp(a)) − y a)": (
        lambda a, y: (np.logaddexp(0, a) - y * a).sum(1),
        lambda a, y: 0.5 * (1 + np.tanh(a / 2)) - y,
    ),
    "Σ log(1 + exp(−y a))": (
        lambda a, y: np.logaddexp(0, -y * a).sum(1),
        lambda a, y: -y * 0.5 * (1 + np.tanh(-y * a / 2)),
    ),
    "Σⱼ max(0, aⱼ − a_y + 1)": (
        lambda a, y: (np.maximum(0, a - (y * a).sum(1, keepdims=True) + 1) * (1 - y)).sum(1),
        lambda a, y: _margins(a, y) - y * _margins(a, y).sum(1, keepdims=True),
    ),
    "Σ √(1 + (a − y)²)": (
        lambda a, y: np.sqrt(1 + (a - y) ** 2).sum(1),
        lambda a, y: (a - y) / np.sqrt(1 + (a - y) ** 2),
    ),
    "Σ y (1 − a)²": (lambda a, y: (y * (1 - a) ** 2).sum(1), lambda a, y: -2 * y * (1 - a)),
    "Σ max(0, 1 − y a)²": (
        lambda a, y: (np.maximum(0, 1 - y * a) ** 2).sum(1),
        lambda a, y: -2 * y * np.maximum(0, 1 - y * a),
    ),
    "Σ (max(0, 1 − y a)² where y a > −1, and −4 y a elsewhere)": (
        lambda a, y: np.where(y * a < -1, -4 * y * a, np.maximum(0, 1 - y * a) ** 2).sum(1),
        lambda a, y: np.where(y * a < -1, -4 * y, -2 * y * np.maximum(0, 1 - y * a)),
    ),
    "Σ exp(−y a)": (lambda a, y: np.exp(-y * a).sum(1), lambda a, y: -y * np.exp(-y * a)),
    "Σ (exp(a) − y a)": (lambda a, y: (np.exp(a) - y * a).sum(1), lambda a, y: np.exp(a) - y),
    "Σ max(0, 1 − y a)": (lambda a, y: np.maximum(0, 1 - y * a).sum(1), lambda a, y: -y * (y * a < 1)),
    "Σ a": (lambda a, y: a.sum(1), lambda a, y: np.ones_like(a)),
    "Σ (a + y)²": (lambda a, y: ((a + y) ** 2).sum(1), lambda a, y: 2 * (a + y)),
    "‖a − y‖": (
        lambda a, y: np.sqrt(((a - y) ** 2).sum(1)),
        lambda a, y: (a - y) / np.maximum(np.sqrt(((a - y) ** 2).sum(1, keepdims=True)), 1e-300),
    ),
}
for _c in ("0.5", "0.9", "1.345", "1.5", "2"):
    _n = float(_c)
    OTHER_LOSSES[f"Σ {_c}² (√(1 + ((a − y)/{_c})²) − 1)"] = (
        lambda a, y, c=_n: c * c * (np.sqrt(1 + ((a - y) / c) ** 2) - 1).sum(1),
        lambda a, y, c=_n: (a - y) / np.sqrt(1 + ((a - y) / c) ** 2),
    )
for _c in ("0.5", "1", "1.345", "1.5", "2"):
    _n = float(_c)
    OTHER_LOSSES[f"Σ (½ (a − y)² where |a − y| < {_c}, and {_c} (|a − y| − {_n / 2:g}) elsewhere)"] = (
        lambda a, y, c=_n: np.where(abs(a - y) < c, 0.5 * (a - y) ** 2, c * (abs(a - y) - c / 2)).sum(1),
        lambda a, y, c=_n: np.clip(a - y, -c, c),
    )
for _c in ("0.1", "0.25", "0.75", "0.9"):
    _n = float(_c)
    OTHER_LOSSES[f"Σ ({_c} (y − a) where y > a, and {1 - _n:g} (a − y) elsewhere)"] = (
        lambda a, y, c=_n: np.where(y > a, c * (y - a), (1 - c) * (a - y)).sum(1),
        lambda a, y, c=_n: np.where(y > a, -c, 1 - c),
    )
    OTHER_LOSSES[f"Σ ({_c} (y − a) where y > a, and {1 - _n:g} (y − a) elsewhere)"] = (
        lambda a, y, c=_n: np.where(y > a, c * (y - a), (1 - c) * (y - a)).sum(1),
        lambda a, y, c=_n: np.where(y > a, -c, c - 1),
    )
for _eps in ("1e-15", "1e-12", "1e-10", "1e-9", "1e-8", "1e-7", "1e-6", "1e-5", "1e-3"):
    _e = float(_eps)
    OTHER_LOSSES[f"−Σ (y log(a + {_eps}) + (1 − y) log(1 − a + {_eps}))"] = (
        lambda a, y, e=_e: -(y * np.log(a + e) + (1 - y) * np.log(1 - a + e)).sum(1),
        lambda a, y, e=_e: -y / (a + e) + (1 - y) / (1 - a + e),
    )
    OTHER_LOSSES[f"−Σ y log(a + {_eps})"] = (
        lambda a, y, e=_e: -(y * np.log(a + e)).sum(1),
        lambda a, y, e=_e: -y / (a + e),
    )

WHOLE_LOSSES = {  # of all samples at once: text, (one number, what is exchanged, its name in the table)
    "√(Σ (a − y)² / m)": (lambda a, y, s: np.sqrt(((a - y) ** 2).mean()), "a root is taken of the mean", ""),
    "½ meanᵢⱼ (aᵢ − yⱼ)²": (
        lambda a, y, s: 0.5 * ((a - y.T) ** 2).mean() if a.shape[1] == 1 else np.nan,
        "(m, 1) − (m,) is broadcast to (m, m)",
        "broadcast-loss",
    ),
    "½ Σ (a − y)² of the last sample": (
        lambda a, y, s: 0.5 * ((a - y) ** 2)[-1].sum(),
        "one sample's loss stands for the mean",
        "one-samples-loss",
    ),
    "½ Σ (a − y)² of the first sample": (
        lambda a, y, s: 0.5 * ((a - y) ** 2)[0].sum(),
        "one sample's loss stands for the mean",
        "one-samples-loss",
    ),
    "−Σ y log a of the last sample": (
        lambda a, y, s: -(y * np.log(a))[-1].sum(),
        "one sample's loss stands for the mean",
        "one-samples-loss",
    ),
    "½ Σ ((a − y) ⊙ f′(z))²": (
        lambda a, y, s: 0.5 * (((a - y) * s) ** 2).sum() / len(a) if s is not None else np.nan,
        "the squared delta stands for the squared error",
        "",
    ),
}


def _softmax(axis):
    def f(z, out=None):
        e = np.exp(z - z.real.max(axis=axis, keepdims=True))
        return e / e.sum(axis=axis, keepdims=True)

    return f


OTHER_OUTPUTS = (  # of the whole (m, K) array at once: the function, what is exchanged, its name in the table
    (_softmax(0), "the softmax is taken over the samples", "softmax-wrong-axis"),
    (_softmax((0, 1)), "the softmax is taken over the whole batch", "softmax-whole-matrix"),
    (lambda z: ACTIVATIONS["sigmoid"].f(ACTIVATIONS["sigmoid"].f(z)), "the output goes through the sigmoid twice", ""),
    (lambda z: _softmax(1)(_softmax(1)(z)), "the output goes through the softmax twice", ""),
)

OWN_TEXT = {
    "half_squared": "½ Σ (a − y)²",
    "mse": "(1/K) Σ (a − y)²",
    "binary_cross_entropy": "−Σ (y log a + (1 − y) log(1 − a))",
    "cross_entropy": "−Σ y log a",
}


def cost_text(loss, scale, decay, decay_b, m):
    """A cost in the book's notation; the sum over the samples stands before the loss, its sign before that."""
    sign, loss = ("−", loss[1:]) if loss.startswith("−") else ("", loss)
    known = {1.0: "(1/m) ", float(m): "", 0.5: "(1/2m) ", 2.0: "(2/m) "}
    if scale < 0:
        sign, scale = ("" if sign else "−"), -scale
    factor = known.get(round(float(scale), 9), f"({scale:.6g}/m) ")
    more = f" + {decay / 2:.4g} Σ W²" * bool(decay) + f" + {decay_b / 2:.4g} Σ b²" * bool(decay_b)
    more = more.replace("+ -", "− ")
    return f"{sign}{factor}Σᵢ {loss}{more}"


def formula_of(net, meant, numbers, meant_decay, m, exact):
    """The CostFormula of a network that is not the one that was meant, and differs in activations or in the loss.

    ``numbers`` are the factor of the mean loss, and the decays of weights and biases.
    """
    scale, decay, decay_b = map(float, numbers)
    names = [f.name for f in net.activations[1:]]
    others = [l for l, (f, g) in enumerate(zip(names, meant.activations[1:]), 1) if f != g.name]
    hidden = [l for l in others if l < net.L]
    words = ()
    if hidden:
        words += (f"the activation in layer{'s' * (len(hidden) > 1)} {', '.join(map(str, hidden))} is {names[0]}",)
    words += (f"the output is {names[-1]}",) * (net.L in others)
    words += (f"the loss is {net.loss.name}",) * (net.loss != meant.loss)
    texts = [OWN_TEXT.get(loss.name, loss.name) for loss in (net.loss, meant.loss)]
    inside = ", ".join(text for text in words if not text.startswith("the loss"))
    text = cost_text(texts[0], scale, decay, decay_b, m) + f", where {inside}" * bool(inside)
    right, forward = cost_text(texts[1], 1.0, meant_decay, 0.0, m), bool(others)
    return CostFormula(net, scale, decay, decay_b, text, right, words, exact=exact, forward=forward)


def forward(net, theta, X, hidden=None, without_bias=None):
    """z^L of a network whose hidden activations, or biases of one layer, are others."""
    p, a = net.params(theta), X
    for l in range(1, net.L + 1):
        z = a @ p.W[l].T + (0 if without_bias == l else p.b[l])
        if l == net.L:
            return z
        a = (hidden or {}).get(l, net.activations[l]).f(z)


def cost_formula(cost, net, thetas, X, Y, lam, n):
    """Which formula a cost computes, as far as the grammar of costs reaches; None where nothing fits.

    Parameters
    ----------
    cost : callable
        ``cost(theta)``, the owner's, called once at each theta.
    net : Network
        What it is meant to be.
    thetas : ndarray, shape (places, P)
    X, Y : ndarray
    lam, n : float
        As the owner has said them: a penalty of this size goes without saying.
    """
    values, kept = [], []
    for v in thetas:
        try:
            value = np.asarray(cost(v.copy()), float)
        except Exception:  # which need not suit a random place
            continue
        if value.size == 1 and np.isfinite(value).all():
            values.append(float(value.item()))
            kept.append(v)
    if len(kept) < 8:
        return None
    c, thetas, m = np.array(values), np.array(kept), len(X)
    params = [net.params(v) for v in thetas]
    squares = [
        np.array([0.5 * sum((W * W).sum() for W in p.W[1:]) for p in params]),
        np.array([0.5 * sum((b * b).sum() for b in p.b[1:]) for p in params]),
    ]
    right = cost_text(OWN_TEXT.get(net.loss.name, net.loss.name), 1.0, lam / n, 0.0, m)
    own = np.array([net.cost(v, X, Y) for v in thetas])
    close = []

    def tried(losses, make):
        misfit, numbers = fitted(c, losses, squares)
        if misfit < EXACT:
            return make(*numbers[:3], True)
        if misfit < CLOSE:
            close.append((misfit, make(*numbers[:3], False)))
        return None

    def own_formula(scale, decay, decay_b, exact):
        decay = lam / n if abs(decay - lam / n) < 1e-7 * abs(lam / n) else decay
        scale = 1.0 if abs(scale - 1) < 1e-9 else scale
        words = ()
        if scale != 1:
            words += (f"it is {_times(scale)} that of the mean loss{_named(scale, m, net.sizes[-1])}",)
        if decay != lam / n or decay_b:
            terms = [f"{c / 2:.4g} Σ {letter}²" for c, letter in ((decay, "W"), (decay_b, "b")) if c]
            listed = " + ".join(terms or ["0"]).replace("+ -", "− ").replace("-", "−")
            words += (f"its penalty is {listed}" + (f", and λ/2n is {lam / n / 2:.4g}" if lam else ""),)
        text = cost_text(OWN_TEXT.get(net.loss.name, net.loss.name), scale, decay, decay_b, m)
        return CostFormula(net, scale, decay, decay_b, text, right, words, (), exact)

    with np.errstate(all="ignore"):
        if found := tried(own, own_formula):
            return found
        found = _other(c, net, thetas, X, Y, tried, right, m)
        if found:
            return found
    return min(close, key=lambda pair: pair[0])[1] if close else None


def _times(scale):
    return "minus" if abs(scale + 1) < 1e-9 else f"{scale:.6g} times"


def _named(scale, m, K):
    """The number as one of the program's own, where it is one."""
    for name, value in (("m", m), ("1/m", 1 / m), ("K", K), ("1/K", 1 / K)):
        if abs(abs(scale) - value) < 1e-9 * value and value not in (1, 2, 0.5):
            return f" ({name})"
    return ""


def _other(c, net, thetas, X, Y, tried, right, m):
    """Another loss, another output, another hidden activation, a bias left out: the cheapest first."""
    slope_of = net.activations[-1]

    def hold(z, output, words, name, hidden, layer):
        outs = [output(v) for v in z]
        for text, (value, slope) in OTHER_LOSSES.items():
            losses = np.array([float(np.mean(value(a, Y))) for a in outs])

            def make(scale, decay, decay_b, exact, text=text, value=value, slope=slope):
                said = tuple(w for w in words)
                if text != OWN_TEXT.get(net.loss.name) and not (text.startswith("½") and net.loss.name == "mse"):
                    said += (f"the loss is {text}",)
                other = _network(net, hidden, output, text, value, slope) if layer is None else None
                return CostFormula(
                    other, scale, decay, decay_b, cost_text(text, scale, decay, decay_b, m), right, said, name, exact
                )

            if found := tried(losses, make):
                return found
        slopes = [slope_of.df(v, a) if slope_of.df else None for v, a in zip(z, outs)]
        for text, (value, exchange, entry) in WHOLE_LOSSES.items():
            losses = np.array([float(value(a, Y, s)) for a, s in zip(outs, slopes)])

            def make(scale, decay, decay_b, exact, text=text, exchange=exchange, entry=entry):
                return CostFormula(
                    None,
                    scale,
                    decay,
                    decay_b,
                    f"{scale:.6g} {text}",
                    right,
                    (*words, exchange),
                    (*name, *((entry,) if entry else ())),
                    exact,
                )

            if found := tried(losses, make):
                return found
        return None

    z = [forward(net, v, X) for v in thetas]
    for record in (net.activations[-1], *(f for f in ACTIVATIONS.values() if f != net.activations[-1])):
        other = record.name != net.activations[-1].name
        if found := hold(z, record.f, (f"the output is {record.name}",) if other else (), (), {}, None):
            return found
    for f, exchange, entry in OTHER_OUTPUTS:
        if found := hold(z, f, (exchange,), (entry,) if entry else (), {}, None):
            return found
    outputs = [net.activations[-1], *([ACTIVATIONS["identity"]] if net.activations[-1].name != "identity" else [])]
    choices = list(ACTIVATIONS.values())
    layers = range(1, net.L)
    sets = [tuple(layers)] + [(l,) for l in layers] if net.L > 2 else [(l,) for l in layers]
    for chosen, f in itertools.product(sets, choices):
        hidden = {l: f for l in chosen if net.activations[l] != f}
        if not hidden:
            continue
        z = [forward(net, v, X, hidden) for v in thetas]
        where = f"layer{'s' * (len(chosen) > 1)} {', '.join(map(str, chosen))}"
        word = f"no activation in {where}" if f.name == "identity" else f"the activation in {where} is {f.name}"
        for output in outputs:
            if found := hold(z, output.f, (word,), (), hidden, None):
                return found
    for l in range(1, net.L + 1):
        z = [forward(net, v, X, None, l) for v in thetas]
        if found := hold(z, net.activations[-1].f, (f"the biases of layer {l} are left out",), (), {}, l):
            return found
    return None


def _network(net, hidden, output, text, value, slope):
    """A Network with another loss or activations, or None where none has this output."""
    record = next((f for f in ACTIVATIONS.values() if f.f is output), None)
    if record is None and output is net.activations[-1].f:
        record = net.activations[-1]
    if record is None:
        return None
    linked = {
        ("sigmoid", "−Σ (y log a + (1 − y) log(1 − a))"): "binary_cross_entropy",
        ("softmax", "−Σ y log a"): "cross_entropy",
    }
    known = linked.get((record.name, text)) or ("half_squared" if text == "½ Σ (a − y)²" else None)
    loss = LOSSES[known] if known else Loss(text, value, slope)
    activations = [hidden.get(l, net.activations[l]) for l in range(1, net.L)]
    return Network(net.sizes, activations, record, loss)
