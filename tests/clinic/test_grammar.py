"""The search: programs of public threads, written out by hand, get their formula, and noise gets none."""

from types import SimpleNamespace

import numpy as np
import pytest
from support import draw

from bpcore import ACTIVATIONS, Activation, Network, leaky_relu
from bpcore.clinic.costs import drawn
from bpcore.clinic.defects import DEFECTS
from bpcore.clinic.doctor import OTHERS
from bpcore.clinic.expressions import written_as
from bpcore.clinic.fillings.exchanges import cuts
from bpcore.clinic.grammar import Layer, State, explain
from bpcore.clinic.in_biases import over_samples
from bpcore.clinic.scope import Scope


def steep_softplus(z, out=None):
    return np.divide(np.log1p(np.exp(3 * z)), 3, out=out)


SOFTPLUS = Activation("steep_softplus", steep_softplus, lambda z, a: 1 - np.exp(-3 * a))
SIGMOID, CROSS = Network((3, 5, 4, 2)), Network((3, 5, 4, 3), "tanh", "softmax", "cross_entropy")
SQUARED = Network((3, 5, 4, 2), loss="half_squared")
RELU = Network((3, 5, 4, 2), "relu", "identity", "half_squared")
TANH = Network((3, 5, 4, 2), "tanh", "identity", "mse")
WIDE = Network((4, 4, 4, 4), "tanh", "softmax", "cross_entropy")
LEAKY = Network((3, 5, 4, 2), leaky_relu(0.3), "identity", "half_squared")
OWN = Network((3, 5, 4, 2), SOFTPLUS, "identity", "half_squared")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(f, z, a):
    return f.df(z, a) if f.df else None


def program(
    net,
    X,
    Y,
    out=None,
    down=lambda d, W, **s: d @ W,
    through=lambda g, f, **s: g * f,
    weights=lambda d, a, **s: d.T @ a / len(d),
    biases=lambda d, **s: d.mean(0),
):
    """A backward pass with four places to go wrong; samples are rows. Each place is given all that is in scope."""

    def gradient(theta):
        p, t = net.params(theta.copy()), net.forward(theta, X)
        g = net.params(np.zeros(theta.size))
        delta, moved = None, {}
        for l in range(net.L, 0, -1):
            here = dict(z=t.z[l], a_own=t.a[l], a_out=t.a[-1], e=t.a[-1] - Y, y=Y, m=len(X), l=l, t=t, p=p)
            f = slope(net.activations[l], t.z[l], t.a[l])
            if l == net.L:
                if out:
                    delta = out(f=f, **here)
                else:
                    delta = t.a[l] - Y if net.loss.link else net.loss.slope(t.a[l], Y) * f
            else:
                came = down(delta, p.W[l + 1], b=p.b[l + 1], moved=moved.get(l + 1), **here)
                delta = through(came, f, **here)
            dW = weights(delta, t.a[l - 1], W=p.W[l], below=t.z[l - 1], **here)
            g.W[l][...], moved[l] = dW, dW
            g.b[l][...] = biases(delta, dW=dW, b=p.b[l], **here)
        return g.theta

    return gradient


def softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis, keepdims=True)


def _pulled(g, a):
    return a * (g - (g * a).sum(1, keepdims=True))


# network, samples, the exchange, the names, and a piece of the formula for each of some layers
FAULTS = {
    "output slope forgotten": (SQUARED, 6, dict(out=lambda e, **s: e), {"output-slope-forgotten"}, {3: "δ³ = a³ − y;"}),
    "moved weights": (
        SIGMOID,
        6,
        dict(down=lambda d, W, moved, **s: d @ (W - 0.3 * moved)),
        {"stale-weights"},
        {2: "(W³ − η dW³)ᵀ δ³ ⊙ σ′(z²)"},
    ),
    "weights moved by each sample": (
        SIGMOID,
        6,
        dict(down=lambda d, W, t, l, **s: d @ W - 0.3 * (d * d).sum(1, keepdims=True) * t.a[l]),
        {"stale-weights"},
        {2: "(W³ − η δ³ (a²)ᵀ)ᵀ δ³ ⊙ σ′(z²)"},
    ),
    "the last unit above, through weights moved by each sample": (
        SQUARED,
        6,
        dict(down=lambda d, W, t, l, **s: d[:, -1:] * (W[-1] - 0.2 * d[:, -1:] * t.a[l])),
        {"stale-weights", "fan-out-overwritten"},
        {1: "(W² − η δ² (a¹)ᵀ)ᵀ δ² of the last unit above"},
    ),
    "the first unit above, through moved weights": (
        SQUARED,
        6,
        dict(down=lambda d, W, moved, **s: d[:, :1] * (W[0] - 0.2 * moved[0])),
        {"stale-weights", "fan-out-overwritten"},
        {1: "(W² − η dW²)ᵀ δ² of the first unit above"},
    ),
    "two slips": (
        SQUARED,
        6,
        dict(out=lambda e, **s: e, down=lambda d, W, moved, **s: d @ (W - 0.1 * moved)),
        {"output-slope-forgotten", "stale-weights"},
        {3: "δ³ = a³ − y;", 1: "(W² − η dW²)ᵀ δ²"},
    ),
    "error without the weights": (
        Network((3, 5, 4, 1), loss="half_squared"),
        6,
        dict(down=lambda d, W, e, a_own, **s: e + 0 * a_own),
        {"from-above-missing"},
        {1: "(a³ − y) ⊙ σ′(z¹)"},
    ),
    "error through the weights": (
        Network((3, 5, 2), loss="half_squared"),
        6,
        dict(down=lambda d, W, e, **s: e @ W),
        {"error-for-delta"},
        {1: "(W²)ᵀ (a² − y) ⊙ σ′(z¹)"},
    ),
    "wrong in db and on the way down": (
        Network((3, 5, 2), loss="half_squared"),
        6,
        dict(biases=lambda d, e, l, **s: (e if l == 2 else d).mean(0), down=lambda d, W, e, **s: e @ W),
        {"output-slope-forgotten"},
        {2: "db² = (1/m) Σᵢ (a² − y)", 1: "what is wrong in db above comes down as well"},
    ),
    "own output": (
        WIDE,
        6,
        dict(weights=lambda d, a, a_own, **s: d.T @ a_own / len(d)),
        {"input-of-wrong-layer"},
        {2: "δ² (a²)ᵀ"},
    ),
    "sign and factor": (
        Network((3, 5, 4, 3), loss="mse"),
        6,
        dict(out=lambda e, f, **s: -e * f),
        {"sign", "factor"},
        {3: "−K/2"},
    ),
    "db from dW": (CROSS, 6, dict(biases=lambda d, dW, **s: dW.sum(1)), {"bias-from-weights"}, {2: "db² = Σₖ dW²"}),
    "db mean twice": (
        TANH,
        6,
        dict(biases=lambda d, **s: d.mean(0) / len(d)),
        {"mean-twice"},
        {1: "db¹ = (1/m²) Σᵢ δ¹"},
    ),
    "softmax entry by entry": (
        CROSS,
        6,
        dict(out=lambda a_out, y, **s: -y / a_out * a_out * (1 - a_out)),
        {"softmax-diagonal"},
        {3: "(−y / a³) ⊙ a³ ⊙ (1 − a³)"},
    ),
    "softmax over samples": (
        Network((3, 5, 3), "tanh", "softmax", "half_squared"),
        6,
        dict(out=lambda e, a_out, **s: a_out * (e - (e * a_out).sum(0))),
        {"softmax-wrong-axis"},
        {2: "Σᵢ ((a² − y) ⊙ a²)"},
    ),
    "one more mean on the way": (
        SIGMOID,
        6,
        dict(through=lambda g, f, m, **s: g * f / m),
        {"mean-twice"},
        {2: "(1/m²)"},
    ),
    "ReLU's slope for a leaky one": (
        LEAKY,
        6,
        dict(through=lambda g, f, z, **s: g * (z > 0)),
        {"slope-of-wrong-function"},
        {1: "[z¹ > 0]"},
    ),
    "another leak": (
        LEAKY,
        6,
        dict(through=lambda g, f, z, **s: g * np.where(z > 0, 1, 0.17)),
        {"slope-of-wrong-function"},
        {1: "where z¹ > 0"},
    ),
    "sigmoid's slope for a ReLU": (
        RELU,
        6,
        dict(through=lambda g, f, a_own, **s: g * a_own * (1 - a_own)),
        {"slope-of-wrong-function"},
        {2: "a² ⊙ (1 − a²)"},
    ),
    "slope of the layer above": (
        WIDE,
        6,
        dict(through=lambda g, f, t, l, **s: g * (1 - np.tanh(t.z[l + 1]) ** 2)),
        {"slope-of-wrong-layer"},
        {1: "tanh′(z²)"},
    ),
    "slope of a": (
        SIGMOID,
        6,
        dict(through=lambda g, f, a_own, **s: g * sigmoid(a_own) * (1 - sigmoid(a_own))),
        {"slope-of-a"},
        {2: "σ′(a²)"},
    ),
    "tanh for its slope": (
        CROSS,
        6,
        dict(through=lambda g, f, a_own, **s: g * a_own),
        {"activation-for-slope"},
        {1: "(W²)ᵀ δ² ⊙ a¹"},
    ),
    "slope and z": (CROSS, 6, dict(through=lambda g, f, z, **s: g * f * z), {"formula"}, {1: "tanh′(z¹) ⊙ z¹"}),
    "ReLU of the gradient": (
        RELU,
        6,
        dict(through=lambda g, f, **s: np.maximum(g, 0)),
        {"mask-of-gradient"},
        {1: "(W²)ᵀ δ²"},
    ),
    "matrix product": (
        Network((3, 6, 2), "tanh"),
        6,
        dict(through=lambda g, f, **s: f @ g),
        {"dot-not-elementwise"},
        {1: "(W²)ᵀ δ² · tanh′(z¹)"},
    ),
    "matrix square": (
        Network((2, 4, 1), "tanh"),
        5,
        dict(through=lambda g, f, a_own, **s: (1 - a_own @ a_own.T) @ g),
        {"dot-not-elementwise"},
        {1: "(1 − (a¹)ᵀ a¹)"},
    ),
    "wrong column cut": (
        SIGMOID,
        6,
        dict(down=lambda d, W, b, **s: d @ np.c_[W, b][:, 1:]),
        {"bias-row-kept"},
        {1: "([W² | b²] without its first column)ᵀ"},
    ),
    "gradient for weights": (CROSS, 6, dict(down=lambda d, W, moved, **s: d @ moved), {"formula"}, {1: "(dW²)ᵀ δ²"}),
    "transposed": (WIDE, 6, dict(weights=lambda d, a, **s: a.T @ d / len(d)), {"transposed-block"}, {2: "(δ² (a¹)ᵀ)ᵀ"}),
    "dot for outer": (
        SIGMOID,
        6,
        dict(weights=lambda d, a, a_own, W, **s: np.full(W.shape, (d * a_own).sum() / len(d))),
        {"dot-not-outer"},
        {3: "Σᵢⱼ δ³ ⊙ a³"},
    ),
    "first sample in db": (SIGMOID, 6, dict(biases=lambda d, **s: d[0]), {"bias-one-sample"}, {3: "[i is the first]"}),
    "b itself": (SIGMOID, 6, dict(biases=lambda d, b, m, **s: b / m), {"formula"}, {2: "1/m b²"}),
    "slope missing in db alone": (
        CROSS,
        6,
        dict(biases=lambda d, t, l, p, y, **s: (d @ np.eye(d.shape[1]) if l > 2 else _came(t, p, y, l)).mean(0)),
        {"slope-missing"},
        {2: "(W³)ᵀ δ³"},
    ),
    "brackets": (
        TANH,
        6,
        dict(through=lambda g, f, a_own, **s: g * 1 - a_own**2),
        {"formula"},
        {2: "(W³)ᵀ δ³ − a² ⊙ a²"},
    ),
    "target one class off": (
        CROSS,
        6,
        dict(out=lambda a_out, y, **s: a_out - np.roll(y, 1, axis=1)),
        {"labels-off-by-one"},
        {3: "y shifted"},
    ),
    "own activation, slope of a": (
        OWN,
        6,
        dict(through=lambda g, f, a_own, **s: g * sigmoid(3 * a_own)),
        {"slope-of-a"},
        {2: "(W³)ᵀ δ³ ⊙ steep_softplus′(a²)"},
    ),
    "own activation, slope of the gradient": (
        OWN,
        6,
        dict(through=lambda g, f, **s: g * sigmoid(3 * g)),
        {"formula"},
        {2: "(W³)ᵀ δ³ ⊙ steep_softplus′((W³)ᵀ δ³)"},
    ),
    "own activation, slope of the gradient of the mean": (
        OWN,
        6,
        dict(through=lambda g, f, m, **s: g * sigmoid(3 * g / m)),
        {"formula"},
        {2: "(W³)ᵀ δ³ ⊙ steep_softplus′((1/m) (W³)ᵀ δ³)"},
    ),
    "loss of a softmax of the probabilities": (
        CROSS,
        6,
        dict(out=lambda a_out, y, **s: _pulled(-y / softmax(a_out), a_out)),
        {"formula"},
        {3: "softmax(a³)"},
    ),
    "error of a softmax of the probabilities": (
        CROSS,
        6,
        dict(out=lambda a_out, y, **s: softmax(a_out) - y),
        {"formula"},
        {3: "softmax(a³) − y"},
    ),
    "outputs of the layer above sent down": (
        SQUARED,
        6,
        dict(down=lambda d, W, t, l, **s: -t.a[l + 1] @ W),
        {"formula", "sign"},
        {2: "(W³)ᵀ a³", 1: "(W²)ᵀ a²"},
    ),
    "moved weights and another input": (
        Network((3, 4, 4, 2), loss="half_squared"),
        6,
        dict(
            down=lambda d, W, moved, **s: d @ (W - 0.3 * moved),
            weights=lambda d, a, l, a_own, **s: d.T @ (a_own if l == 2 else a) / len(d),
        ),
        {"stale-weights", "input-of-wrong-layer"},
        {2: "(W³ − η dW³)ᵀ δ³", 1: "(W² − η dW²)ᵀ δ²"},
    ),
    "target one class back": (
        CROSS,
        6,
        dict(out=lambda a_out, y, **s: a_out - np.roll(y, -1, axis=1)),
        {"formula"},  # labels that count from 1 come too far, not too low
        {3: "y shifted back"},
    ),
    "own output entry by entry": (
        CROSS,
        6,
        dict(weights=lambda d, a, a_own, W, **s: np.outer((d * a_own).mean(0), np.ones(W.shape[1]))),
        {"input-of-wrong-layer"},
        {2: "a² for every weight"},
    ),
    "own sums entry by entry": (
        CROSS,
        6,
        dict(weights=lambda d, a, z, W, **s: np.outer((d * z).mean(0), np.ones(W.shape[1]))),
        {"formula"},
        {2: "z² for every weight"},
    ),
    **{
        f"bias times {written.format('a')}": (
            CROSS,
            6,
            dict(biases=lambda d, t, l, number=number, **s: number(t.a[l - 1]) @ d / len(d)),
            {"formula"},
            {3: written.format("a²"), 2: written.format("a¹")},
        )
        for written, number in {
            "the first entry of {}": lambda a: a[:, 0],
            "the last entry of {}": lambda a: a[:, -1],
            "Σ |{}|": lambda a: np.maximum(a, -a).sum(1),
            "‖{}‖": lambda a: np.sqrt((a * a).sum(1)),
        }.items()
    },
    "biases subtracted in the error": (
        CROSS,
        6,
        dict(out=lambda z, y, p, l, **s: softmax(z - 2 * p.b[l]) - y),
        {"formula"},
        {3: "δ³ = (a³ with −b³ for b³) − y"},
    ),
    "biases left out of the error": (
        TANH,
        6,
        dict(out=lambda z, y, p, l, **s: z - p.b[l] - y),
        {"formula"},
        {3: "δ³ = ∂ℓ/∂a³ of a³ without b³"},
    ),
    "cut off above": (RELU, 6, dict(down=lambda d, W, **s: np.minimum(d, 1) @ W), {"formula"}, {2: "(W³)ᵀ min(δ³, 1)"}),
    "cut off where the gradient of a sample is 1": (
        TANH,
        1,
        dict(out=lambda e, **s: np.clip(e, -1, 1)),
        {"formula"},
        {3: "δ³ = clip(a³ − y, −1, 1)"},
    ),
    "half the inputs": (SIGMOID, 6, dict(weights=lambda d, a, **s: d.T @ (a * (a > 0)) / len(d)), {"formula"}, {}),
}


def _came(t, p, y, l):
    """What comes down to layer l of CROSS, without the layer's own slope."""
    delta = t.a[-1] - y
    for k in range(3, l, -1):
        came = delta @ p.W[k]
        delta = came * (1 - t.a[k - 1] ** 2)
    return came


def asked(net, m, changes, seed=0):
    theta, X, Y = draw(net, m, seed)
    if net.loss.name == "cross_entropy":
        Y = np.eye(net.sizes[-1])[np.arange(m) % net.sizes[-1]]
    thetas = np.concatenate([theta[None], drawn(net, theta, X, 3)])
    gradient = program(net, X, Y, **changes)
    found, nearest = explain(net, thetas, X, Y, np.array([gradient(v) for v in thetas]))
    return found, nearest


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS)
def test_the_formula_that_a_program_computes_is_found(fault):
    net, m, changes, names, formulas = FAULTS[fault]
    found, _ = asked(net, m, changes)
    best = found[0]
    said = {l: " ".join(str(f) for f in best.formulas if f.layer == l) for l in range(1, net.L + 1)}
    assert best.complete and set(best.names()) == names, said
    for l, piece in formulas.items():
        assert piece in said[l], said
    assert set(best.names()) <= {*DEFECTS, *OTHERS}


def test_cuts_are_tried_where_they_bind_at_one_and_where_a_samples_gradient_is_one():
    formula = written_as(np.array([[[-0.7, 0.2, 1.5]]]), "v")
    found = {
        words: (str(made), made.value.ravel().tolist()) for made, words in cuts(SimpleNamespace(unit=-2.0), formula)
    }
    assert found == {
        "cut off at ±1": ("clip(v, −1, 1)", [-0.7, 0.2, 1]),
        "cut off at 1": ("min(v, 1)", [-0.7, 0.2, 1]),
        "cut off at ±0.5": ("clip(v, −0.5, 0.5)", [-0.5, 0.2, 0.5]),
        "cut off at 0.5": ("min(v, 0.5)", [-0.7, 0.2, 0.5]),
        "cut off at −0.5": ("max(v, −0.5)", [-0.5, 0.2, 1.5]),
    }


@pytest.mark.parametrize("net", [SIGMOID, CROSS, SQUARED, RELU, TANH, WIDE, LEAKY], ids=repr)
def test_a_right_program_is_right(net):
    found, nearest = asked(net, 6, {})
    assert found[0].price == 0 and not found[0].formulas and not nearest


def test_what_is_wrong_above_is_known_below():
    """Three mistakes in three layers: each is found, given the ones above."""
    net = Network((3, 5, 4, 2), loss="half_squared")
    changes = dict(
        out=lambda e, **s: e,
        through=lambda g, f, l, a_own, **s: g if l == 2 else g * a_own,
        weights=lambda d, a, l, **s: d.T @ a / len(d) if l > 1 else d.T @ a,
    )
    found, _ = asked(net, 6, changes)
    names = [{e.name for e in found[0].exchanges[l]} for l in (3, 2, 1)]
    assert names == [{"output-slope-forgotten"}, {"slope-missing"}, {"activation-for-slope", "mean-missing"}], found[
        0
    ].formulas


@pytest.mark.long
@pytest.mark.parametrize("size", [(1, 1, 1), (2, 3, 1), (3, 5, 4, 2)])
def test_noise_gets_no_formula(size):
    """Noise alone, and a thousandth of it: no block that is wrong is explained."""
    net, rng = Network(size, "tanh", "sigmoid", "half_squared"), np.random.default_rng(0)
    for seed in range(6):
        theta, X, Y = draw(net, 5, seed)
        thetas = np.concatenate([theta[None], drawn(net, theta, X, 3)])
        right = np.array([net.grad(v, X, Y) for v in thetas])
        for noise in rng.standard_normal(right.shape), right * (1 + 1e-3 * rng.standard_normal(right.shape)):
            found, nearest = explain(net, thetas, X, Y, noise)
            assert len(found[0].open) == 2 * net.L and not found[0].names(), found[0]
            assert len(nearest) == net.L


@pytest.mark.long
def test_the_nearest_formula_is_said_where_none_fits():
    theta, X, Y = draw(SIGMOID, 6)
    thetas = np.concatenate([theta[None], drawn(SIGMOID, theta, X, 3)])
    rng = np.random.default_rng(1)
    gradients = np.array([SIGMOID.grad(v, X, Y) * (1 + 1e-3 * rng.standard_normal(theta.size)) for v in thetas])
    _, nearest = explain(SIGMOID, thetas, X, Y, gradients)
    left, words = nearest[3]
    assert 1e-4 < left < 1e-2 and "the right formula" in words


@pytest.mark.long
def test_the_depth_costs_a_sum_and_no_product():
    """The same mistake in twelve layers, with a formula for each."""
    net = Network((3,) * 13, "tanh", "identity", "half_squared")
    found, _ = asked(net, 6, dict(through=lambda g, f, **s: g))
    assert found[0].complete and found[0].names() == ("slope-missing",)
    assert [f.layer for f in found[0].formulas] == list(range(11, 0, -1)) and found[0].price == pytest.approx(1)


def test_a_network_without_biases():
    net = Network((3, 4, 2), loss="half_squared")
    theta, X, Y = draw(net, 6)
    thetas = drawn(net, theta, X, 4, biases=False)
    gradient = program(
        net, X, Y, through=lambda g, f, a_own, **s: g * sigmoid(a_own) * (1 - sigmoid(a_own)), biases=lambda d, **s: 0
    )
    found, _ = explain(net, thetas, X, Y, np.array([gradient(v) for v in thetas]), biases=False)
    assert (
        found[0].complete
        and found[0].names() == ("slope-of-a",)
        and not any("db" in f.quantity for f in found[0].formulas)
    )


def test_a_network_with_biases_in_the_last_layer_alone():
    net = Network((3, 4, 2), loss="half_squared")
    theta, X, Y = draw(net, 6)
    thetas = drawn(net, theta, X, 4, biases=[False, True])
    assert not any(net.params(v.copy()).b[1].any() for v in thetas)
    gradient = program(net, X, Y, biases=lambda d, l, **s: d.sum(0) if l == 2 else 0)
    found, _ = explain(net, thetas, X, Y, np.array([gradient(v) for v in thetas]), biases=[False, True])
    assert found[0].names() == ("bias-mean-missing",) and [f.quantity for f in found[0].formulas] == ["db²"]


def test_a_cost_with_a_factor_and_penalties_of_its_own():
    """m times the mean loss, 0.3 ΣW² and 0.2 Σb²; the gradient forgets the last."""
    theta, X, Y = draw(SIGMOID, 6)
    thetas = np.concatenate([theta[None], drawn(SIGMOID, theta, X, 3)])

    def gradient(v):
        g, p = SIGMOID.params(6 * SIGMOID.grad(v, X, Y)), SIGMOID.params(v.copy())
        for l in (1, 2, 3):
            g.W[l][...] += 0.6 * p.W[l]
        return g.theta

    given = np.array([gradient(v) for v in thetas])
    found, _ = explain(SIGMOID, thetas, X, Y, given, scale=6.0, decay=0.6, decay_b=0.4)
    assert found[0].names() == ("penalty-missing",) and all("db" in f.quantity for f in found[0].formulas)
    found, _ = explain(SIGMOID, thetas, X, Y, given, scale=6.0, decay=0.6)
    assert found[0].price == 0


def test_weights_with_the_gradient_of_their_penalty_alone_are_told_from_a_slip_beside_it():
    net = Network((3, 5, 4, 2))
    theta, X, Y = draw(net, 6)
    thetas = np.concatenate([theta[None], drawn(net, theta, X, 3)])

    def forgotten(v):
        g = net.params(net.grad(v, X, Y, 0.6))
        g.W[2][...] = 0.1 * net.params(v).W[2]
        return g.theta

    found, _ = explain(net, thetas, X, Y, np.array([forgotten(v) for v in thetas]), decay=0.1)
    assert found[0].names() == ("layer-forgotten",) and [f.quantity for f in found[0].formulas] == ["dW²"]
    slip = np.array([DEFECTS["input-before-activation"].broken(net, v, X, Y, 0.6, layers=[2]) for v in thetas])
    found, _ = explain(net, thetas, X, Y, slip, decay=0.1)
    assert found[0].names() == ("input-before-activation",)


@pytest.mark.parametrize("sizes", [(1, 1), (3, 2)])
def test_the_penalty_of_the_first_weights_on_the_biases(sizes):
    """With one input, db is also a sum of the mean delta, a constant and b: a formula must not leave out the b."""
    net = Network(sizes, output="identity", loss="mse")
    theta, X, Y = draw(net, 6)
    thetas = np.concatenate([theta[None], drawn(net, theta, X, 3)])

    def gradient(v):
        g, p = net.params(net.grad(v, X, Y, 0.7)), net.params(v.copy())
        g.b[1][...] += 0.7 / len(X) * p.W[1][:, 0]
        return g.theta

    found, _ = explain(net, thetas, X, Y, np.array([gradient(v) for v in thetas]), decay=0.7 / len(X))
    assert found[0].complete and found[0].names() == ("penalty",)
    (formula,) = found[0].formulas
    assert str(formula.computed) == "(1/m) Σᵢ δ¹ + the first column of (λ/n) W¹"


def test_every_name_of_an_exchange_is_known():
    """The names in the code are entries of the table or of the doctor's own list."""
    import re
    from pathlib import Path

    from bpcore import clinic

    folder, others = Path(clinic.__file__).parent, "grammar one_layer in_weights in_biases rare naming operands".split()
    modules = [
        *(folder / "fillings").glob("*.py"),
        *(folder / f"{name}.py" for name in ("grammar", "one_layer", "rare")),
    ]
    modules += [folder / f"{name}.py" for name in others]
    text = "".join(module.read_text(encoding="utf-8") for module in modules)
    named = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', text)) - {"e-beside-slope", "only-there", "as-in-db"}
    assert len(named) > 30 and named <= {*DEFECTS, *OTHERS}, named - {*DEFECTS, *OTHERS}


def test_activations_that_mix_a_row_in_a_hidden_layer():
    net = Network((3, 4, 5, 2), ["softmax", "tanh"], "identity", "half_squared")
    theta, X, Y = draw(net, 6)
    thetas = np.concatenate([theta[None], drawn(net, theta, X, 3)])
    found, _ = explain(net, thetas, X, Y, np.array([net.grad(v, X, Y) for v in thetas]))
    assert found[0].price == 0
    wrong = np.array([DEFECTS["softmax-diagonal"].broken(net, v, X, Y) for v in thetas])
    found, _ = explain(net, thetas, X, Y, wrong)
    assert found[0].complete and ACTIVATIONS["softmax"].df is None


def test_what_belongs_there_has_the_penalty_that_the_cost_has():
    theta, X, Y = draw(SIGMOID, 6)
    thetas = np.concatenate([theta[None], drawn(SIGMOID, theta, X, 3)])
    gradient = program(SIGMOID, X, Y, weights=lambda d, a, **s: d.T @ a, biases=lambda d, **s: d[0])

    def penalised(v, decay, decay_b):
        p, g = SIGMOID.params(v.copy()), SIGMOID.params(gradient(v))
        for l in (1, 2, 3):
            g.W[l][...] += decay * p.W[l]
            g.b[l][...] += decay_b * p.b[l]
        return g.theta

    for decay, decay_b in ((0.3, 0.0), (0.0, 0.2), (0.3, 0.2), (0.0, 0.0)):
        gradients = np.array([penalised(v, decay, decay_b) for v in thetas])
        found, _ = explain(SIGMOID, thetas, X, Y, gradients, decay=decay, decay_b=decay_b)
        right = {f.quantity: str(f.right) for f in found[0].formulas}
        assert right["dW³"].endswith("W³") == bool(decay), right
        assert right["db³"].endswith("0.2 b³") == bool(decay_b), right


def test_one_bias_for_all_units_has_the_sum_of_their_deltas():
    """As it should be, in a layer of several units and at several places; nothing is fitted."""
    net = Network((3, 4, 2), "tanh", "identity", "half_squared")
    theta, X, Y = draw(net, 6)
    thetas = drawn(net, theta, X, 4, shared=True)
    gradients = np.array([net.grad(v, X, Y) for v in thetas])
    for g in gradients:
        for b in net.params(g).b[1:]:
            b[...] = b.mean()
    s = Scope(net, thetas, X, Y, gradients, shared=True)
    layer = Layer(s, 2, State(), 6, np.random.default_rng(0))
    assert layer.expected("b", over_samples(s))
    assert [(b.price, b.factor) for b in layer.found["b"]] == [(0, 1)]
