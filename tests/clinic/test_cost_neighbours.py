"""A cost in which one thing is another than in the network's is told by its formula, and no other cost is."""

from dataclasses import replace

import numpy as np
import pytest

from bpcore import Network, diagnose
from bpcore.clinic import layout
from bpcore.clinic.cost_neighbours import Neighbours

SIZES, m = (4, 5, 3), 8
RNG = np.random.default_rng(3)
X, LABELS = RNG.standard_normal((m, 4)), np.eye(3)[RNG.integers(0, 3, m)]
TARGETS = 2 + RNG.standard_normal((m, 3))
BINARY = RNG.integers(0, 2, (m, 3)).astype(float)
GIVEN = {  # output: the loss of the network that was meant, and its targets
    "softmax": ("cross_entropy", LABELS),
    "sigmoid": ("binary_cross_entropy", BINARY),
    "identity": ("half_squared", TARGETS),
}


def softmax(z):
    e = np.exp(z - z.real.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


OUTPUTS = {"softmax": softmax, "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "identity": lambda z: z}


def program(output, loss, made=lambda x: x, hidden=np.tanh, penalty=lambda W: 0.0):
    """A cost of one's own: of (W1, b1, W2, b2), with the weights (in, out)."""

    def cost(params):
        W1, b1, W2, b2 = params
        z = hidden(made(X) @ W1 + b1) @ W2 + b2
        return loss(OUTPUTS[output](z), GIVEN[output][1]) + penalty((W1, W2))

    return cost


def entropy(a, y):
    return -(y * np.log(a)).sum() / m


def binary(a, y):
    return -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum() / m


def squares(a, y):
    return 0.5 * ((a - y) ** 2).sum() / m


def roll(y, by=1):
    return np.roll(y, by, axis=0)


def weighted(a, y):
    return -(3 * y * np.log(a) + (1 - y) * np.log(1 - a)).sum() / m


SHARE = 0.15  # of smoothing, and of no table
CASES = {  # what is another: the program, and words that its formula has to have
    "a number in the logarithm": (("softmax", lambda a, y: entropy(a + 0.01, y)), ["log(a + 0.01)"]),
    "outputs cut off": (("sigmoid", lambda a, y: binary(np.clip(a, 0.1, 0.9), y)), ["a cut to 0.1"]),
    "another power": (("identity", lambda a, y: ((a - y) ** 3).sum() / m), ["(a − y)³"]),
    "the two branches of Huber's loss": (
        ("identity", lambda a, y: np.where(abs(a - y) < 1, (a - y) ** 2 / 2, abs(a - y)).sum() / m),
        ["½ e² where |e| < 1", "|e| elsewhere"],
    ),
    "the target beside the wrong logarithm": (
        ("sigmoid", lambda a, y: -((1 - y) * np.log(a) + y * np.log(1 - a)).sum() / m),
        ["((1 − y) log a + y log(1 − a))"],
    ),
    "targets of another scale": (
        ("identity", lambda a, y: squares(a, (y - y.mean(0)) / y.std(0))),
        ["y′ = y minus its mean, divided by its standard deviation"],
    ),
    "targets of the sample before": (("identity", lambda a, y: squares(a, roll(y))), ["y′ = y of the sample 1 before"]),
    "targets smoothed": (
        ("softmax", lambda a, y: entropy(a, (1 - SHARE) * y + SHARE)),
        ["y′ log a", "y′ = 0.85 y + 0.15"],
    ),
    "targets in another order": (
        ("identity", lambda a, y: squares(a, y[[3, 1, 0, 2, 7, 5, 6, 4]])),
        ["y′ = those of other samples: 4, 2, 1, 3, 8, 6, 7, 5"],
    ),
    "inputs divided": (("softmax", entropy, lambda x: x / 255), ["inputs are divided by 255"]),
    "inputs divided and targets smoothed": (
        ("softmax", lambda a, y: entropy(a, (1 - SHARE) * y + SHARE / 3), lambda x: x / 10),
        ["inputs are divided by 10", "y′ = 0.85 y + 0.05"],
    ),
    "inputs standardised by sample": (
        ("identity", squares, lambda x: (x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True)),
        ["standardised sample by sample"],
    ),
    "inputs scaled and moved": (("sigmoid", binary, lambda x: 0.3 * x - 0.7), ["0.3 x − 0.7"]),
    "no activation": (("softmax", entropy, lambda x: x, lambda z: z), ["no activation in layer 1"]),
    "an activation twice": (("softmax", entropy, lambda x: x, lambda z: np.tanh(np.tanh(z))), ["tanh of tanh"]),
    "hidden outputs halved": (
        ("softmax", entropy, lambda x: x, lambda z: 0.5 * np.tanh(z)),
        ["hidden outputs are multiplied by 0.5"],
    ),
    "a temperature": (("softmax", lambda a, y: entropy(softmax(np.log(a) / 2.5), y)), ["softmax(0.4 z)"]),
    "a root of the mean": (("identity", lambda a, y: np.sqrt(((a - y) ** 2).mean())), ["√(Σᵢ Σ (a − y)² / m)"]),
    "a sum before the square": (
        ("identity", lambda a, y: ((a - y).sum(1) ** 2).sum() / m),
        ["(Σ (a − y))²"],
    ),
    "the last sample alone": (("identity", lambda a, y: squares(a, y) * 0 + ((a - y)[-1] ** 2).sum()), ["16 for the"]),
    "weights of the outputs": (
        ("identity", lambda a, y: 0.5 * ((a - y) ** 2 @ [1, 1, 0.25]).sum() / m),
        ["w = 1, 1, 0.25 for the outputs"],
    ),
    "weights of the labels": (("sigmoid", weighted), ["w = 1 where y = 0; 3 where y = 1"]),
    "two losses that are added": (
        ("identity", lambda a, y: (((a - y) ** 2).sum() + 0.6 * abs(a - y).sum()) / m),
        ["(2/m) Σᵢ ½ Σ (a − y)² + (0.6/m) Σᵢ Σ |a − y|"],
    ),
    "unequal halves": (
        ("identity", lambda a, y: np.maximum(0.2 * (y - a), 0.8 * (a - y)).sum() / m),
        ["(0.2/m) Σᵢ Σ max(0, y − a) + (0.8/m) Σᵢ Σ max(0, a − y)"],
    ),
    "the penalty of one layer": (
        ("softmax", entropy, lambda x: x, np.tanh, lambda W: 0.3 * (W[1] ** 2).sum()),
        ["0.3 Σ (W²)²"],
    ),
    "norms for squares": (
        ("softmax", entropy, lambda x: x, np.tanh, lambda W: 0.3 * sum(map(np.linalg.norm, W))),
        ["0.3 Σ ‖W‖ of each layer"],
    ),
    "moduli beside squares": (
        ("softmax", entropy, lambda x: x, np.tanh, lambda W: sum(0.3 * (w**2).sum() + 0.2 * abs(w).sum() for w in W)),
        ["0.3 Σ W²", "0.2 Σ |W|"],
    ),
}  # fmt: skip


def net_of(output):
    loss, _ = GIVEN[output]
    return Network(SIZES, "tanh", output, loss)


def arrays(net, theta):
    p = net.params(theta)
    return p.W[1].T, p.b[1], p.W[2].T, p.b[2]


def formula_of(cost, output, spread=0.6, places=10, net=None):
    net, rng = net or net_of(output), np.random.default_rng(0)

    def further(count):
        thetas = spread * rng.standard_normal((count, net.n_params))
        return thetas, np.array([cost(arrays(net, theta)) for theta in thetas])

    return Neighbours(net, *further(places), further, X, GIVEN[output][1], 0.0).found()


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_one_thing_that_is_another_is_told(case):
    args, words = CASES[case]
    found = formula_of(program(*args), args[0])
    assert found is not None and all(text in found.text for text in words), found
    assert found.words and found.text != found.right


@pytest.mark.parametrize(
    "hidden, own, words",
    [
        ("relu", lambda z: np.minimum(z, 0), "minus the relu of −z"),
        ("relu", lambda z: np.maximum(-z, 0), "relu of −z"),
        ("sigmoid", lambda z: 1 / (1 + np.exp(z)), "sigmoid of −z"),
        ("sigmoid", lambda z: 1 / (1 + np.exp(-1 / (1 + np.exp(-z)))), "sigmoid of sigmoid"),
    ],
)
def test_an_activation_that_is_made_of_its_own_is_told_with_its_slope(hidden, own, words):
    loss, Y = GIVEN["softmax"]
    net = Network(SIZES, hidden, "softmax", loss)
    found = formula_of(program("softmax", entropy, hidden=own), "softmax", net=net)
    assert f"the activation in layer 1 is {words}" in found.text
    made, z = found.net.activations[1], np.array([[-1.3, 0.4, 2.0]])
    step = 1e-6
    assert np.allclose(made.f(z), own(z), rtol=1e-14)
    assert np.allclose(made.df(z, made.f(z)), (own(z + step) - own(z - step)) / (2 * step), rtol=1e-8)


def tanh_and(made):
    """A cost whose first layer has its biases elsewhere, or counted otherwise."""

    def cost(params):
        W1, b1, W2, b2 = params
        return entropy(softmax(made(X @ W1, b1) @ W2 + b2), LABELS)

    return cost


LAYERS = {
    "are subtracted": lambda z, b: np.tanh(z - b),
    "are added twice": lambda z, b: np.tanh(z + 2 * b),
    "are added after its activation": lambda z, b: np.tanh(z) + b,
}


@pytest.mark.parametrize("words", LAYERS)
def test_biases_that_stand_elsewhere_are_told(words):
    found = formula_of(tanh_and(LAYERS[words]), "softmax")
    assert f"the biases of layer 1 {words}" in found.text and not found.forward


def test_a_penalty_on_hidden_outputs_is_told():
    def cost(params):
        h = np.tanh(X @ params[0] + params[1])
        return entropy(softmax(h @ params[2] + params[3]), LABELS) + 0.2 * (h**2).sum() / m

    assert "(0.2/m) Σᵢ Σ (a¹)²" in formula_of(cost, "softmax").text


def test_the_scale_of_a_cost_of_the_whole_batch_is_that_of_its_text():
    """The text says Σ / m, whatever the number of outputs."""
    root = formula_of(program("identity", lambda a, y: np.sqrt(((a - y) ** 2).sum() / m)), "identity")
    assert root.text == "√(Σᵢ Σ (a − y)² / m)"


def test_weights_of_samples_are_those_of_the_loss_whatever_its_mean_is():
    """The mean squared error has 1/K before it, and the weights have not."""
    weights = np.arange(1.0, m + 1)[:, None] / 2
    net, rng = Network(SIZES, "tanh", "identity", "mse"), np.random.default_rng(0)
    cost = program("identity", lambda a, y: (weights * (a - y) ** 2).mean())

    def further(count):
        thetas = 0.6 * rng.standard_normal((count, net.n_params))
        return thetas, np.array([cost(arrays(net, theta)) for theta in thetas])

    found = Neighbours(net, *further(10), further, X, TARGETS, 0.0).found()
    assert "(1/K) Σ w (a − y)²" in found.text and "w = 0.5, 1, 1.5, 2" in found.text
    theta = rng.standard_normal(net.n_params)
    right = np.imag([cost(arrays(net, theta + 1e-30j * unit)) for unit in np.eye(theta.size)]) / 1e-30
    np.testing.assert_allclose(found.scale * found.net.grad(theta, X, TARGETS), right, atol=1e-12)


@pytest.mark.parametrize("factor", [1.0, 0.37, m])
def test_a_factor_is_told_beside_it(factor):
    found = formula_of(lambda p: factor * program("softmax", entropy, lambda x: x / 255)(p), "softmax")
    assert found.scale == pytest.approx(factor, rel=1e-6) and "divided by 255" in found.text


STRANGE = {
    "a sine": ("softmax", entropy, lambda c, p: np.sin(3 * c)),
    "a square beside it": ("sigmoid", binary, lambda c, p: c + 0.1 * c**2),
    "a product of parameters": ("identity", squares, lambda c, p: c + p[0][0, 0] * p[2][0, 0]),
    "no cost of a network": ("softmax", entropy, lambda c, p: np.sin(p[0].sum()) + p[3] @ p[3]),
}


@pytest.mark.parametrize("strange", STRANGE)
def test_nothing_is_told_of_a_cost_that_is_no_neighbour(strange):
    output, loss, spoil = STRANGE[strange]
    own = program(output, loss)
    assert formula_of(lambda p: spoil(own(p), p), output) is None


# In the doctor's words.


def asked(output, cost, grad):
    params = [v.copy() for v in arrays(net_of(output), np.random.default_rng(5).standard_normal(43))]
    return diagnose(cost, grad, params, net=net_of(output), X=X, Y=GIVEN[output][1])


def backward(y, made=lambda x: x):
    """The gradient of a softmax with the cross-entropy, for these targets and inputs."""

    def grad(params):
        W1, b1, W2, b2 = params
        x = made(X)
        h = np.tanh(x @ W1 + b1)
        d2 = (softmax(h @ W2 + b2) - y) / m
        d1 = d2 @ W2.T * (1 - h * h)
        return [x.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]

    return grad


MOVED = roll(LABELS, 2)
OTHER_COSTS = {
    "targets": (program("softmax", lambda a, y: entropy(a, MOVED)), backward(MOVED)),
    "inputs": (program("softmax", entropy, lambda x: x / 255), backward(LABELS, lambda x: x / 255)),
}


@pytest.mark.long
@pytest.mark.parametrize("which", OTHER_COSTS)
def test_a_cost_with_its_own_gradient_is_a_note_and_no_finding(which):
    found = asked("softmax", *OTHER_COSTS[which])
    assert found.names == () and found.other_cost and found.sure == "certain"
    (formula,) = found.formulas
    assert str(formula).startswith("your C = ") and "net.cost is" in str(formula)
    assert which in found.explanation


@pytest.mark.long
@pytest.mark.parametrize("which", OTHER_COSTS)
def test_the_networks_gradient_beside_another_cost_is_named(which):
    found = asked("softmax", OTHER_COSTS[which][0], backward(LABELS))
    assert found.names == ("another-cost",) and "The gradient is that of net.cost" in found.explanation
    assert f"the {which} are" in found.explanation


@pytest.mark.long
@pytest.mark.parametrize("which", OTHER_COSTS)
def test_a_slip_in_the_gradient_of_another_cost_is_found_too(which):
    cost, right = OTHER_COSTS[which]

    def grad(params):
        parts = right(params)
        return [parts[0], parts[1], m * parts[2], m * parts[3]]

    found = asked("softmax", cost, grad)
    assert "mean-missing" in found.names and found.sure == "certain" and f"the {which} are" in found.explanation


def test_a_formula_that_is_another_further_out_is_only_likely(monkeypatch):
    class FurtherOut(Neighbours):
        def found(self):
            found = super().found()
            return replace(found, text="another") if abs(self.thetas).mean() > 0.8 else found

    monkeypatch.setattr(layout, "Neighbours", FurtherOut)
    found = asked("softmax", *OTHER_COSTS["inputs"])
    assert found.names == () and found.sure == "likely" and "divided by 255" in found.explanation


@pytest.mark.long
def test_a_staircase_has_no_slope_and_that_is_said():
    cost = program("identity", lambda a, y: np.trunc(abs(a - y)).sum() / m)
    found = asked("identity", cost, backward(LABELS))
    assert found.names == ("another-cost",) and "staircase" in found.explanation


def test_a_cost_that_is_flat_at_one_place_alone_is_no_staircase():
    cost = program("identity", lambda a, y: np.maximum(a - 50, 0).sum(), hidden=lambda z: np.maximum(z, 0))
    assert "staircase" not in asked("identity", cost, backward(LABELS)).explanation


PENALTIES = {  # of the weights: what it is with the factor 0.3, and the factors that the formula has
    "moduli": (lambda W: 0.3 * sum((w * np.sign(w)).sum() for w in W), 0, {"Σ |W|": 0.3}),
    "a norm for each": (lambda W: 0.3 * sum((w**2).sum() ** 0.5 for w in W), 0, {"‖W‖ of each layer": 0.3}),
    "one norm": (lambda W: 0.3 * sum((w**2).sum() for w in W) ** 0.5, 0, {"‖W‖ of all layers": 0.3}),
    "moduli and squares": (lambda W: sum(0.3 * abs(w).sum() + (w**2).sum() for w in W), 2, {"Σ |W|": 0.3}),
}


@pytest.mark.parametrize("case", PENALTIES)
def test_the_numbers_of_a_penalty_are_kept_with_the_network(case):
    penalty, decay, others = PENALTIES[case]
    found = formula_of(program("softmax", entropy, penalty=penalty), "softmax")
    assert found.decay == pytest.approx(decay, abs=1e-6) and found.penalty == pytest.approx(others)
    assert found.net is not None and found.scale == pytest.approx(1)
