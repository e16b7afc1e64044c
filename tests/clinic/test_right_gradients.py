"""No right gradient is called wrong: a thousand random programs of all layouts, forty of them on each push."""

import os
import warnings

import numpy as np
import pytest

from bpcore import ACTIVATIONS, LOSSES, Loss, Network, diagnose
from bpcore.clinic.costs import OTHER_LOSSES
from bpcore.clinic.familiar import FAMILIES

WEEKLY = bool(os.environ.get("EVERY_RIGHT_GRADIENT"))
BLOCK, BLOCKS = 40, 25  # programs of a block; one block runs on each push
HIDDEN = [
    *(f for f in ACTIVATIONS.values() if f.df),
    *(family.with_constants(*family.starts[0]) for family in FAMILIES),
]
RARE = [text for text in OTHER_LOSSES if "log" not in text and "exp" not in text]  # that any output goes with


def loss_and_output(rng, K):
    """A loss and an output that go together."""
    kind = rng.integers(4)
    if kind == 0:
        loss = [loss for loss in LOSSES.values() if loss.link][rng.integers(2)]
        loss = loss if K > 1 or loss.link == "sigmoid" else LOSSES["binary_cross_entropy"]
        return loss, ACTIVATIONS[loss.link]
    outputs = [f for f in ACTIVATIONS.values() if K > 1 or f.name != "softmax"]
    output = outputs[rng.integers(len(outputs))]
    if kind == 1:
        text = RARE[rng.integers(len(RARE))]
        return Loss(text, *OTHER_LOSSES[text]), output
    return LOSSES[("half_squared", "mse")[kind - 2]], output


def packed(net, way):
    """How an owner keeps theta: a function of theta that makes the nest, and back."""

    def pack(theta):
        p = net.params(theta)
        layers = [(p.W[l], p.b[l]) for l in range(1, net.L + 1)]
        if way == "pairs":
            return [(W.T.copy(), b.copy()) for W, b in layers]
        if way == "columns":
            return {
                f"{k}{l}": v
                for l, (W, b) in enumerate(layers, 1)
                for k, v in (("W", W.copy()), ("b", b[:, None].copy()))
            }
        if way == "bias last":
            return [np.column_stack([W, b]) for W, b in layers]
        return theta.copy()

    def unpack(nest):
        if way == "theta":
            return nest
        if way == "pairs":
            layers = [(W.T, b) for W, b in nest]
        elif way == "columns":
            layers = [(nest[f"W{l}"], nest[f"b{l}"][:, 0]) for l in range(1, net.L + 1)]
        else:
            layers = [(T[:, :-1], T[:, -1]) for T in nest]
        return np.concatenate([np.column_stack([b, W]).ravel() for W, b in layers])

    return pack, unpack


def penalty(net, rng):
    """A cost of the weights and its derivative, laid out as theta."""
    kind, c = rng.choice(["none", "none", "squares", "absolute", "biases too"]), 0.02 * rng.integers(1, 9)
    weights = np.concatenate([np.arange(T.size) % T.shape[1] > 0 for T in net.params(np.zeros(net.n_params)).Theta[1:]])
    kept = weights | (kind == "biases too")
    if kind == "none":
        return lambda v: 0.0, lambda v: 0.0 * v
    if kind == "absolute":
        return (
            lambda v: c * abs(v[kept]).sum() if not np.iscomplexobj(v) else c * (v[kept] * np.sign(v[kept].real)).sum(),
            lambda v: c * np.sign(v) * kept,
        )
    return lambda v: 0.5 * c * (v[kept] ** 2).sum(), lambda v: c * v * kept


def program(seed):
    """A right program: cost, grad, parameters, what is said to the doctor, and whether it is in single precision."""
    rng = np.random.default_rng(seed)
    L, K, m = int(rng.integers(1, 4)), int(rng.integers(1, 4)), int(rng.integers(1, 8))
    sizes = (int(rng.integers(2, 5)), *(int(n) for n in rng.integers(2, 6, L - 1)), K)
    hidden = [HIDDEN[rng.integers(len(HIDDEN))]] * (L - 1)
    loss, output = loss_and_output(rng, K)
    net = Network(sizes, hidden, output, loss)
    X = rng.standard_normal((m, sizes[0]))
    Y = np.eye(K)[rng.integers(0, K, m)] if K > 1 and loss.link else rng.integers(0, 2, (m, K)).astype(float)
    if not loss.link and rng.random() < 0.5:
        Y = rng.standard_normal((m, K))
    theta = net.init(seed) + 0.3 * rng.standard_normal(net.n_params)
    beside, slope = penalty(net, rng)
    scale = rng.choice([1.0, 1.0, m, 2.0, 1 / K])
    pack, unpack = packed(net, rng.choice(["theta", "theta", "pairs", "columns", "bias last"]))
    decimals = 12 if rng.random() < 0.1 else None
    single = rng.random() < 0.1

    def own(v):
        return net.cost(v, X, Y) * scale + beside(v)

    def cost(p):
        return own(unpack(p))

    def grad(p):
        v = unpack(p)
        g = scale * net.grad(v, X, Y) + slope(v)
        g = g if decimals is None else np.round(g, decimals)
        return pack(g.astype(np.float32).astype(g.dtype) if single else g)

    told = {}
    if rng.random() < 0.7:
        told = {"X": X, "Y": Y, **({"net": net} if rng.random() < 0.7 else {})}
    return cost, grad, pack(theta), told, single


def wrongly_called(seeds):
    """Of these programs, those that the doctor calls wrong, with what it says."""
    called = {}
    for seed in seeds:
        cost, grad, params, told, single = program(seed)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            found = diagnose(cost, grad, params, **told)
        allowed = {"float32"} if single else set()
        if not {*found.names} <= allowed | {"kink", "another-network"}:
            called[seed] = repr(found)
    return called


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_right_gradient_is_called_wrong(block):
    if block and not WEEKLY:
        pytest.skip("a block of 40 takes seconds; EVERY_RIGHT_GRADIENT=1 runs all 25, as the weekly workflow does")
    assert wrongly_called(range(block * BLOCK, (block + 1) * BLOCK)) == {}


def test_a_penalty_far_below_the_spread_of_the_cost_is_seen():
    """Outputs of three layers of cubes differ by ten powers of ten, and beside them stands a penalty of 0.02 Σ θ²."""
    assert wrongly_called([453]) == {}
