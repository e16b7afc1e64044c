"""What is rarely written is explained too: quotients, products of three, sums of two, numbers of a whole pass."""

from types import SimpleNamespace

import numpy as np
import pytest

from bpcore import Network, diagnose
from bpcore.clinic import expressions as x
from bpcore.clinic.rare import transformed

SIZES = (3, 5, 2)
SIGMOID = Network(SIZES, "sigmoid", "identity", "half_squared")
SOFTMAX = Network((3, 5, 4), "tanh", "softmax", "cross_entropy")
BINARY = Network(SIZES, "sigmoid")
LAM = 0.7


def task(net, seed=0):
    rng = np.random.default_rng(seed)
    return (
        net.init(seed) + 0.3 * rng.standard_normal(net.n_params),
        rng.standard_normal((8, 3)),
        net.loss.sample(rng, 8, net.sizes[-1]),
    )


class Pass:
    """A backward pass whose deltas, and sums over the samples, are replaced."""

    def __init__(self, net, X, Y, lam=0.0, hidden=None, output=None, weights=None, read=lambda a: a, over=np.mean):
        self.net, self.X, self.Y, self.lam = net, X, Y, lam
        self.hidden, self.output, self.weights, self.read, self.over = hidden, output, weights, read, over

    def __call__(self, theta):
        net, m = self.net, len(self.X)
        p, t = net.params(theta), net.forward(theta, self.X)
        a, z, W = t.a, t.z, p.W
        right = net.backward(theta, t, self.Y)
        d2 = right.delta[2] if self.output is None else self.output(a[2], z[2], self.Y)
        g = d2 @ W[2]
        slope = net.activations[1].df(z[1], a[1])
        d1 = g * slope if self.hidden is None else self.hidden(g, a[1], z[1], slope, W[2], d2)
        out = net.params(np.zeros_like(theta))
        for l, d, below in (1, d1, a[0]), (2, d2, a[1]):
            data = d.T @ (below if l == 1 else self.read(below)) / m
            own = data + self.lam / m * W[l]
            out.W[l][...] = own if self.weights is None else self.weights(data, W, l, theta, self.lam / m)
            out.b[l][...] = self.over(d, axis=0)
        return out.theta


def ask(net, lam=0.0, seed=0, **changed):
    theta, X, Y = task(net, seed)
    grad = Pass(net, X, Y, lam, **changed)
    return diagnose(lambda v: net.cost(v, X, Y, lam), grad, theta, net=net, X=X, Y=Y, lam=lam)


HIDDEN = {
    "divided by what comes down": (lambda g, a, z, f, W, d: np.exp(-z) / g, "exp(−z¹) / (W²)ᵀ δ²"),
    "slope and a quotient": (lambda g, a, z, f, W, d: g * z / (1 + a), "/ (1 + a¹)"),
    "three factors": (lambda g, a, z, f, W, d: g * g * a * (1 - a), "(W²)ᵀ δ² ⊙ (W²)ᵀ δ²"),
    "the slope is subtracted": (lambda g, a, z, f, W, d: g * a - z * f, "−"),
    "first unit's weights": (lambda g, a, z, f, W, d: (d @ W[:, :1]) * f, "of the first unit"),
    "clipped on the way down": (lambda g, a, z, f, W, d: np.clip(g, -0.1, 0.1) * f, "clip((W²)ᵀ δ², −0.1, 0.1)"),
    "one slope for all": (lambda g, a, z, f, W, d: g * f.mean(), "mean(σ′(z¹))"),
    "a mean over the units": (lambda g, a, z, f, W, d: g * f.mean(1, keepdims=True), "meanⱼ(σ′(z¹))"),
    "less its mean": (lambda g, a, z, f, W, d: (g - g.mean(axis=0)) * f, "(W²)ᵀ δ² − meanᵢ((W²)ᵀ δ²)"),
    "the first unit for all": (lambda g, a, z, f, W, d: 0 * g + g[:, :1] * f, "of the first unit"),
    "samples in reverse order": (lambda g, a, z, f, W, d: g[::-1] * f, "in reverse order"),
    "without its sign": (lambda g, a, z, f, W, d: abs(g * f), "|"),
    "positive weights alone": (lambda g, a, z, f, W, d: d @ np.maximum(W, 0) * f, "(max(W², 0))ᵀ"),
    "rows of length 1": (lambda g, a, z, f, W, d: d @ (W / np.linalg.norm(W, axis=1)[:, None]) * f, "of each row)ᵀ"),
    "a function of a function": (
        lambda g, a, z, f, W, d: 1 / (1 + np.exp(-(1 - 1 / (1 + np.exp(-g))))),
        "σ((1 − σ((W²)ᵀ δ²)))",
    ),
    "a row for a column": (lambda g, a, z, f, W, d: (d @ W[0, :2])[:, None] + 0 * a, "W²₁ₖ"),
}


@pytest.mark.long
@pytest.mark.parametrize("hidden, written", HIDDEN.values(), ids=HIDDEN)
def test_a_rare_delta_of_a_hidden_layer_is_written_down(hidden, written):
    found = ask(SIGMOID, hidden=hidden)
    assert "unknown" not in found.names and found.sure == "certain", found
    assert any(written in str(formula) for formula in found.formulas), found.formulas
    assert {formula.layer for formula in found.formulas} == {1}


OUTPUT = {
    "brackets of the softmax's square": (
        SOFTMAX,
        lambda a, z, y: np.exp(z) * np.exp(z).sum(1, keepdims=True) - y,
        "Σₖ exp(z²) − y",
    ),
    "one softmax for all": (SOFTMAX, lambda a, z, y: np.exp(z) / np.exp(z).sum() - y, "Σᵢₖ exp(z²)"),
    "over its length": (SIGMOID, lambda a, z, y: (a - y) / np.linalg.norm(a - y), "(a² − y) / ‖a² − y‖"),
    "standardised": (SIGMOID, lambda a, z, y: (a - y) / (a - y).std(axis=0), "standard deviation"),
    "the largest output alone": (
        SOFTMAX,
        lambda a, z, y: (a - y) * (a == a.max(1, keepdims=True)),
        "is the largest of its sample",
    ),
    "labels exchanged, with a slope": (BINARY, lambda a, z, y: (a - (1 - y)) * a * (1 - a), "where y = 0"),
    "a quotient of two outputs": (BINARY, lambda a, z, y: (a - y) / (1 + a), "1/(1 + |a²|)"),
    "the mean absolute error": (SIGMOID, lambda a, z, y: 0 * a + abs(a - y).mean(), "mean |a − y|"),
}


@pytest.mark.long
@pytest.mark.parametrize("net, output, written", OUTPUT.values(), ids=OUTPUT)
def test_a_rare_delta_of_the_output_is_written_down(net, output, written):
    found = ask(net, output=output)
    assert "unknown" not in found.names and found.sure == "certain", found
    assert any(written in str(formula) for formula in found.formulas), found.formulas


INPUTS = {
    "its complement": (lambda a: 1 - a, "(1 − a¹)"),
    "of the sample after": (lambda a: np.roll(a, -1, axis=0), "a¹ of the sample after"),
    "over its length": (lambda a: a / np.linalg.norm(a), "/ ‖a¹‖"),
}


@pytest.mark.parametrize("read, written", INPUTS.values(), ids=INPUTS)
def test_a_rare_input_of_the_weights_is_written_down(read, written):
    found = ask(SIGMOID, read=read)
    assert "unknown" not in found.names and found.sure == "certain", found
    assert any(written in str(formula) for formula in found.formulas), found.formulas


OVER = {
    "largest": (np.max, "maxᵢ"),
    "median": (np.median, "medianᵢ"),
    "spread": (np.std, "the deviation over i"),
    "sizes": (lambda d, axis: abs(d).mean(axis), "Σᵢ |δ"),
    "squares": (lambda d, axis: (d * d).mean(axis), "Σᵢ (δ"),
    "length": (lambda d, axis: np.linalg.norm(d, axis=axis), "‖δ"),
}


@pytest.mark.long
@pytest.mark.parametrize("over, written", OVER.values(), ids=OVER)
def test_what_stands_for_the_sum_over_the_samples_is_written_down(over, written):
    found = ask(SIGMOID, over=over)
    assert "unknown" not in found.names and found.sure == "certain", found
    assert all(any(written in str(f) for f in found.formulas if f.layer == l) for l in (1, 2)), found.formulas


def penalty(W, decay):
    return decay / 2 * sum((w * w).sum() for w in W[1:])


SUMS = {
    "times the penalty": (lambda data, W, l, theta, decay: penalty(W, decay) * data, "R (1/m) δ"),
    "and the penalty times": (lambda data, W, l, theta, decay: (1 + penalty(W, decay)) * data, "(1 + R) (1/m) δ"),
    "its size": (lambda data, W, l, theta, decay: data + decay * np.linalg.norm(W[l]), "‖W"),
    "its sum": (lambda data, W, l, theta, decay: data + decay * W[l].sum(), "Σ W"),
    "its direction": (lambda data, W, l, theta, decay: data + decay * W[l] / np.linalg.norm(W[l]), "/ ‖W"),
    "beside its own": (lambda data, W, l, theta, decay: penalty(W, decay) * data + decay * W[l], "+ (λ/n) W"),
}


@pytest.mark.long
@pytest.mark.parametrize("weights, written", SUMS.values(), ids=SUMS)
def test_a_number_of_the_whole_pass_is_known_as_a_factor(weights, written):
    found = ask(BINARY, LAM, weights=weights)
    assert "unknown" not in found.names and found.sure == "certain", found
    assert all(any(written in str(f) for f in found.formulas if f.layer == l) for l in (1, 2)), found.formulas


@pytest.mark.long
def test_the_penalty_of_another_layer_is_known_beside_the_own_one_and_alone():
    net = Network((3, 3, 3), "tanh")
    for weights, written in (
        (lambda data, W, l, theta, decay: data + decay * (W[1] + W[2]), "+ (λ/n) W¹ + (λ/n) W²"),
        (lambda data, W, l, theta, decay: data + decay * W[3 - l], "+ (λ/n) W¹"),
    ):
        found = ask(net, LAM, weights=weights)
        assert "unknown" not in found.names and found.sure == "certain", found
        assert any(written in str(formula) for formula in found.formulas), found.formulas


def test_the_slope_can_be_taken_at_the_inputs_weight_by_weight():
    net = Network((4, 1), output="sigmoid", loss="half_squared")
    theta, X, Y = np.array([0.1, -0.4, 0.9, 0.3, 0.8]), *task(Network((4, 1)), 1)[1:]
    X = np.random.default_rng(2).standard_normal((8, 4))
    sigmoid = lambda t: 1 / (1 + np.exp(-t))

    def grad(v):
        e = sigmoid(X @ v[1:] + v[0])[:, None] - Y
        return np.append((e * sigmoid(X[:, :1]) * 0 + e).mean(), (e * sigmoid(X) * (1 - sigmoid(X)) * X).mean(axis=0))

    found = diagnose(lambda v: net.cost(v, X, Y), grad, theta, net=net, X=X, Y=Y)
    assert "unknown" not in found.names and any("σ′(a⁰)" in str(formula) for formula in found.formulas), found


@pytest.mark.long
@pytest.mark.parametrize("net", [SIGMOID, SOFTMAX], ids=["sigmoid", "softmax"])
def test_noise_is_made_of_nothing(net):
    """Of deltas that are drawn anew at each theta, no formula is found in any of two layers."""
    for seed in range(2):
        noise = lambda *some: np.random.default_rng(abs(hash(some[0].tobytes()))).standard_normal(some[0].shape)
        for changed in {"hidden": noise}, {"output": lambda a, z, y: noise(a)}:
            found = ask(net, seed=seed, **changed)
            assert "unknown" in found.names, found


def test_moved_weights_and_a_factor_beside_the_slope_are_told_together():
    def hidden(g, a, z, f, W, d):
        return d @ (W - 0.1 * d.T @ a / len(a)) * f * a

    found = ask(BINARY, hidden=hidden)
    assert "stale-weights" in found.names and "unknown" not in found.names, found
    assert "0.1" in found.explanation


def test_a_gradient_that_is_divided_by_its_largest_entry_is_known():
    found = ask(BINARY, weights=lambda data, W, l, theta, decay: data / abs(data).max())
    assert found.names == ("clipped",) and "divided by its largest entry without the sign" in found.explanation, found


@pytest.mark.long
def test_a_slope_that_was_measured_in_one_layer_is_tried_in_the_layers_below():
    """A threshold of 1 kills so many units that the layer below cannot be measured by itself."""
    net, rng = Network((4, 6, 5, 3), "relu", "softmax", "cross_entropy"), np.random.default_rng(7)
    X, Y, theta = rng.standard_normal((10, 4)), np.eye(3)[rng.integers(0, 3, 10)], rng.standard_normal(net.n_params)

    def grad(v):
        p, t, out = net.params(v), net.forward(v, X), net.params(np.zeros_like(v))
        d = t.a[3] - Y
        for l in (3, 2, 1):
            out.W[l][...], out.b[l][...] = d.T @ t.a[l - 1] / 10, d.mean(axis=0)
            d = d @ p.W[l] * (t.z[l - 1] > 1) if l > 1 else None
        return out.theta

    found = diagnose(lambda v: net.cost(v, X, Y), grad, theta, net=net, X=X, Y=Y)
    assert found.sure == "certain" and [str(f.computed)[-8:] for f in found.formulas] == ["[z² > 1]", "[z¹ > 1]"]


@pytest.mark.long
def test_a_wrong_slope_is_sent_down_alone_or_once_more_and_a_sum_can_lack_its_bias():
    net = Network((3, 4, 2), "tanh", "sigmoid", "half_squared")
    theta, X, Y = task(net)

    def grad(v, down, slope=lambda z, b: 1 - np.tanh(z) ** 2):
        p, t = net.params(v), net.forward(v, X)
        a, own = t.a, 1 - t.a[2] ** 2
        d2 = (a[2] - Y) * own
        d1 = (down(d2, own) @ p.W[2]) * slope(t.z[1], p.b[1])
        out = net.params(np.zeros_like(v))
        for l, d in (1, d1), (2, d2):
            out.W[l][...], out.b[l][...] = d.T @ a[l - 1] / len(X), d.mean(0)
        return out.theta

    for down, said in (lambda d, s: s, "without the error"), (lambda d, s: d * s, "once more on the way down"):
        found = diagnose(lambda v: net.cost(v, X, Y), lambda v, f=down: grad(v, f), theta, net=net, X=X, Y=Y)
        assert found.sure == "certain" and said in str(found.formulas), found
    early = lambda v: grad(v, lambda d, s: d, lambda z, b: 1 - np.tanh(z - b) ** 2)
    found = diagnose(lambda v: net.cost(v, X, Y), early, theta, net=net, X=X, Y=Y)
    assert found.sure == "certain" and "tanh′(z¹ − b¹)" in str(found.formulas), found


WEIGHTS = {
    "⊙ |W¹|": lambda dW, W, a: dW * abs(W),
    "⊙ (1 − (W¹)²)": lambda dW, W, a: dW * (1 - W * W),
    "Σᵢ (a¹ ⊙ a¹) ⊙ W¹": lambda dW, W, a: dW - 0.3 * (a * a).sum(0)[:, None] * W,
}


@pytest.mark.parametrize("written", WEIGHTS)
def test_a_function_of_the_weights_beside_their_gradient_is_told(written):
    theta, X, Y = task(SIGMOID)

    def grad(v):
        g = SIGMOID.grad(v, X, Y)
        out, p, a = SIGMOID.params(g), SIGMOID.params(v), SIGMOID.forward(v, X).a[1]
        out.W[1][...] = WEIGHTS[written](out.W[1], p.W[1], a)
        return g

    found = diagnose(lambda v: SIGMOID.cost(v, X, Y), grad, theta, net=SIGMOID, X=X, Y=Y)
    assert found.sure == "certain" and found.where == "layer 1" and written in str(found.formulas[0]), found


def deep(weights=lambda dW: dW, slope=lambda a, above: a * (1 - a)):
    """The diagnosis of three layers' gradients with something done to each dW, or another slope in the first layer."""
    net = Network((3, 4, 4, 2), "sigmoid", "sigmoid", "half_squared")
    theta, X, Y = task(net)

    def grad(v):
        p, t, out = net.params(v), net.forward(v, X), net.params(np.zeros_like(v))
        d = (t.a[3] - Y) * t.a[3] * (1 - t.a[3])
        for l in (3, 2, 1):
            out.W[l][...], out.b[l][...] = weights(d.T @ t.a[l - 1] / len(X)), d.mean(0)
            if l > 1:
                a = t.a[l - 1]
                d = d @ p.W[l] * (slope(a, t.a[l]) if l == 2 else a * (1 - a))
        return out.theta

    return diagnose(lambda v: net.cost(v, X, Y), grad, theta, net=net, X=X, Y=Y)


@pytest.mark.parametrize(
    "slope, written",
    [(lambda a, above: above * (1 - a), "a² ⊙ (1 − a¹)"), (lambda a, above: a * (1 - above), "a¹ ⊙ (1 − a²)")],
)
def test_another_array_stands_for_one_of_two_in_the_slope(slope, written):
    assert not deep().names
    found = deep(slope=slope)
    assert found.sure == "certain" and found.where == "layer 1" and written in str(found.formulas[0]), found


@pytest.mark.parametrize(
    "order", [lambda dW: dW.T.reshape(dW.shape), lambda dW: dW.ravel().reshape(dW.shape, order="F")]
)
def test_blocks_that_are_unrolled_in_either_order_are_told(order):
    found = deep(weights=order)
    assert found.sure == "certain" and "order" in found.names and found.where == "layers 1, 2, 3", found


# Of samples as rows, what is said in words.
TRANSFORMED = {
    "meanⱼ(u¹)": lambda u: u @ np.full((3, 3), 1 / 3),
    "mean(u¹)": lambda u: u.sum() / 15 + 0 * u,
    "u¹ − meanⱼ(u¹)": lambda u: u @ (np.eye(3) - 1 / 3),
    "(u¹ of the first unit)": lambda u: u[:, [0, 0, 0]],
    "(u¹ of the last unit)": lambda u: u[:, [2, 2, 2]],
    "(u¹ in reverse order)": lambda u: u[[4, 3, 2, 1, 0]],
    "(u¹ of the sample before)": lambda u: u[[4, 0, 1, 2, 3]],
    "(u¹ of the sample after)": lambda u: u[[1, 2, 3, 4, 0]],
    "u¹ / ‖u¹‖": lambda u: u / np.sqrt(u.ravel() @ u.ravel()),
    "u¹ / ‖u¹‖ of its sample": lambda u: u / np.sqrt((u * u) @ np.ones((3, 1))),
    "u¹ / ‖u¹‖ of its unit": lambda u: u / np.sqrt(np.ones(5) @ (u * u)),
    "u¹ / its standard deviation over the samples": lambda u: (
        u / np.sqrt((u * u).sum(0) / 5 - u.sum(0) * u.sum(0) / 25)
    ),
    "u¹ / max |u¹|": lambda u: u / max(u.max(), -u.min()),
    "u¹ / Σⱼ |u¹|": lambda u: u / (np.sign(u) * u).sum(1, keepdims=True),
    "[u¹ is the largest of its sample]": lambda u: np.eye(3)[u.argmax(1)],
}


def test_what_may_be_done_to_an_array_is_what_it_is_called():
    """As NumPy, where that is printed; otherwise by its words."""
    u, seen = x.symbol("u", np.random.default_rng(0).standard_normal((2, 3, 5)), 1), []
    rows = u.value[1].T
    known = {"np": np, "u": [None, rows], "sigmoid": lambda t: 1 / (1 + np.exp(-t))}
    for made in transformed(u, SimpleNamespace(m=5, unit=1 / 5)):
        text, code = str(made), made.written("numpy")
        if text in TRANSFORMED:
            right = TRANSFORMED[text](rows)
        elif text.startswith("clip"):
            of, _, high = text[5:-1].split(", ")
            unit = 0.2 if "(1/m)" in of else 1
            right = np.where(abs(unit * rows) < float(high), unit * rows, float(high) * np.sign(rows))
        elif code != text:
            right = eval(code, known)
        else:
            continue
        seen.append(text)
        found = np.broadcast_to(made.value, u.value.shape)[1].T
        np.testing.assert_allclose(found, np.broadcast_to(right, rows.shape), rtol=1e-12, err_msg=text)
    assert {*TRANSFORMED} <= {*seen} and len(seen) > 50
