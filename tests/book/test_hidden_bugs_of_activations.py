"""The hidden bugs of the chapters on activations and starts do what the exercises say, and the cures cure them."""

import numpy as np
import pytest
from text import ROOT, read, source

from bpcore import Network, numerical_gradient, relative_error


def run(chapter, cells, names):
    """Executes cells of a chapter, by their ids, in a namespace of its own."""
    texts = {cell["id"]: source(cell) for cell in read(ROOT / "book" / f"{chapter}.ipynb")["cells"]}
    names = {"np": np, **names}
    for cell in cells:
        exec(texts[cell], names)
    return names


@pytest.fixture
def data():
    rng = np.random.default_rng(5)
    return rng.standard_normal((7, 2)), rng.integers(0, 2, (7, 1)).astype(float)


def start_of(net):
    return net.init(1, scheme="standard_normal") + 0.1


def errors(net, theta, cost, blocks):
    """The relative error of each layer's [b | W]."""
    true = net.params(numerical_gradient(cost, theta, method="complex")).Theta[1:]
    return [relative_error(np.column_stack([gb, gW]), exact) for (gW, gb), exact in zip(blocks, true)]


@pytest.mark.parametrize("sizes", [(2, 5, 1), (2, 5, 4, 1)])
@pytest.mark.parametrize("margin", [2, 1])
def test_a_layer_without_its_activation_passes_the_check_and_is_a_line(sizes, margin, data):
    names = run("straight_lines", ["hidden-forward", "hidden-backward"], {})
    if margin == 1:  # the cure
        names["bends"] = lambda l, W: l < len(W) - 1
    (X, Y), net = data, Network(sizes, "tanh", "identity", "mse")
    theta = start_of(net)

    def cost(theta):
        p = net.params(theta)
        return ((names["forward"](p.W, p.b, X)[-1] - Y) ** 2).mean()

    p = net.params(theta)
    assert max(errors(net, theta, cost, names["backward"](p.W, p.b, X, Y))) < 1e-13
    same = relative_error(names["forward"](p.W, p.b, X)[-1], net.predict(theta, X))
    assert same < 1e-14 if margin == 1 else same > 1e-2


@pytest.mark.parametrize("cured", [False, True])
def test_a_slope_of_the_activation_in_one_layer_spoils_that_layer_alone(cured, data):
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    names = run("vanishing_slopes", ["hidden-forward", "hidden-backward"], {"sigmoid": sigmoid})
    if cured:
        names["sigmoid_slope"] = lambda a: a * (1 - a)
    (X, Y), net = data, Network((2, 4, 4, 1))
    theta = start_of(net)
    p = net.params(theta)
    first, *others = errors(net, theta, lambda theta: net.cost(theta, X, Y), names["backward"](p.W, p.b, X, Y))
    assert max(others) < 1e-13
    assert first < 1e-13 if cured else first > 1e-2


def test_a_generator_made_anew_for_each_unit_makes_equal_units():
    names = run("first_weights", ["hidden-start"], {})
    net = Network((64, 32, 10), "tanh", "softmax", "cross_entropy")
    for W in net.params(names["start"](net, 3)).W[1:]:
        assert (W == W[0]).all() and np.unique(W[0]).size == W.shape[1]
