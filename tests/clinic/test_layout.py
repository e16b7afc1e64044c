"""Finding the layout of somebody else's parameters: every layout in use, ties, other losses, costs that misbehave."""

import numpy as np
import pytest

from bpcore import Network
from bpcore.clinic.familiar import FAMILIES
from bpcore.clinic.layout import find_layout
from bpcore.clinic.readings import chains
from bpcore.clinic.structures import OnVectors, Structure

SQUARE, UNEQUAL, ONE = (4, 4, 4), (3, 5, 2), (3, 2)
RANDOM = np.random.default_rng(0)


def layers(p):
    return range(1, len(p.W))


def by_layer(p, W=lambda W: W.T, b=lambda b: b):
    return [(W(p.W[l]), b(p.b[l])) for l in layers(p)]


def shuffled(keys):
    """The keys of the later layers first, weights and biases taking turns."""
    keys = sorted(keys, key=lambda key: (-int(key[1:]), key))
    return keys[1::2] + keys[::2]


def flat(*parts):
    return np.concatenate([np.ravel(part) for part in parts])


OWNERS = {  # how an owner keeps the parameters p of a network
    "dict (in, out)": lambda p: {k + str(l): v for l in layers(p) for k, v in (("W", p.W[l].T), ("b", p.b[l]))},
    "dict (out, in)": lambda p: {k + str(l): v for l in layers(p) for k, v in (("W", p.W[l]), ("b", p.b[l][:, None]))},
    "dict in the order of its keys": lambda p: dict(sorted(OWNERS["dict (in, out)"](p).items())),
    "dict in no order": lambda p: {k: OWNERS["dict (in, out)"](p)[k] for k in shuffled(OWNERS["dict (in, out)"](p))},
    "pairs": by_layer,
    "pairs of columns": lambda p: by_layer(p, lambda W: W, lambda b: b[:, None]),
    "pairs with rows": lambda p: by_layer(p, b=lambda b: b[None]),
    "pairs, b first": lambda p: [pair[::-1] for pair in by_layer(p)],
    "pairs, reversed": lambda p: by_layer(p)[::-1],
    "weights, biases": lambda p: ([W.T for W in p.W[1:]], p.b[1:]),
    "biases, weights": lambda p: [p.b[1:], p.W[1:]],
    "slot 0 is None": lambda p: {"W": [None, *p.W[1:]], "b": [None, *p.b[1:]]},
    "Theta": lambda p: p.Theta[1:],
    "Theta turned": lambda p: [T.T for T in p.Theta[1:]],
    "bias in the last column": lambda p: [np.column_stack(pair) for pair in by_layer(p, lambda W: W)],
    "bias in the last row": lambda p: [np.vstack(pair) for pair in by_layer(p)],
    "each Theta ravelled": lambda p: [T.ravel() for T in p.Theta[1:]],
    "the book's vector": lambda p: p.theta,
    "vector, Octave": lambda p: flat(*(T.T for T in p.Theta[1:])),
    "vector, W then b": lambda p: flat(*(part for pair in by_layer(p) for part in pair)),
    "vector, (out, in) then b": lambda p: flat(*(part for pair in by_layer(p, lambda W: W) for part in pair)),
    "vector, reversed": lambda p: flat(*(part for pair in by_layer(p)[::-1] for part in pair)),
    "vector, all W, all b": lambda p: flat(*(W.T for W in p.W[1:]), *p.b[1:]),
    "vector, all b, all W": lambda p: flat(*p.b[1:], *p.W[1:]),
    "vector, bias last": lambda p: flat(*(np.column_stack(pair) for pair in by_layer(p, lambda W: W))),
    "no biases in the first layer": lambda p: [p.W[1].T, *(np.vstack(pair[::-1]) for pair in by_layer(p)[1:])],
    "no biases": lambda p: [W.T for W in p.W[1:]],
    "no biases, reversed": lambda p: [W.T for W in p.W[:0:-1]],
    "no biases, vector": lambda p: flat(*p.W[1:]),
    "no biases in the last layer": lambda p: [part for pair in by_layer(p) for part in pair][:-1],
}  # fmt: skip


class Owner:
    """A program with parameters of its own: cost and gradient are the network's, in the owner's structure."""

    def __init__(self, sizes, how, m=7, spoil=lambda c, p: c, **net):
        rng = np.random.default_rng(5)
        self.net, K = Network(sizes, **net), sizes[-1]
        theta, self.X = rng.standard_normal(self.net.n_params), rng.standard_normal((m, sizes[0]))
        self.Y = np.eye(K)[rng.integers(0, K, m)] if K > 1 else rng.integers(0, 2, (m, 1)).astype(float)
        places = np.arange(1.0, 1 + self.net.n_params)
        self.params, at = how(self.net.params(theta)), how(self.net.params(places))
        self.structure = Structure(self.params)
        self.at = Structure(at).vector(at).astype(int) - 1
        self.spoil, self.calls = spoil, 0
        self.source = np.full(theta.size, -1)
        self.source[self.at] = np.arange(self.structure.size)
        self.start = self.structure.vector(self.params)
        self.theta = np.where(self.source >= 0, self.start[self.source], 0)

    def theta_of(self, params):
        """The network's vector; complex numbers are refused, and so is what is not finite."""
        theta = np.zeros(self.net.n_params)
        values = np.concatenate([np.ravel(leaf.within(params)) for leaf in self.structure.leaves])
        if values.dtype.kind == "c" or not np.isfinite(values).all():
            raise TypeError("finite floating-point numbers alone")
        theta[self.at] = values
        return theta

    def cost(self, params):
        self.calls += 1
        theta = self.theta_of(params)
        return self.spoil(self.net.cost(theta, self.X, self.Y), self.net.params(theta))

    def grad(self, params):
        return self.structure.nest(self.net.grad(self.theta_of(params), self.X, self.Y)[self.at])

    def layout(self, net=None, X=None, Y=None, **more):
        X, Y = self.X if X is None else X, self.Y if Y is None else Y
        functions = OnVectors(self.structure, self.cost, self.grad)
        return find_layout(functions.cost, self.structure, self.start, net or self.net, X, Y, **more)


def found(owner, layout, sure="certain"):
    """The layout is the owner's, and is as sure as it should be."""
    assert layout.sure == sure, layout
    assert np.array_equal(layout.source, owner.source), layout
    return True


@pytest.mark.parametrize("sizes", [UNEQUAL, SQUARE, ONE, (2, 1, 1), (4, 4, 4, 4)], ids=str)
@pytest.mark.parametrize("how", OWNERS.values(), ids=OWNERS)
def test_every_layout_is_found_from_the_cost_alone(how, sizes):
    owner = Owner(sizes, how, hidden="tanh")
    layout = owner.layout()
    if (
        layout.sure == "one of several"
    ):  # one weight between single units is a matrix in both orientations, and the same
        assert layout.ties
    assert found(owner, layout)
    assert owner.calls <= 13


@pytest.mark.parametrize("how", ["dict (in, out)", "vector, Octave", "no biases, reversed", "weights, biases"])
def test_parameters_and_gradients_go_there_and_back(how):
    owner = Owner(UNEQUAL, OWNERS[how])
    layout, net = owner.layout(), owner.net
    assert np.array_equal(layout.to_theta(owner.start), owner.theta)
    assert np.array_equal(layout.from_theta(owner.theta), owner.start)
    assert np.array_equal(layout.from_theta(np.where(layout.moving, owner.theta, 9)), owner.start)
    assert layout.from_theta(owner.theta + 0j).dtype == np.complex128
    cost, grad = layout.on_theta(OnVectors(owner.structure, owner.cost, owner.grad))
    right = np.where(layout.moving, net.grad(owner.theta, owner.X, owner.Y), 0)
    assert cost(owner.theta) == net.cost(owner.theta, owner.X, owner.Y)
    assert np.array_equal(grad(owner.theta), right)
    assert layout.gradient_to_theta(owner.start.astype(np.float32)).dtype == np.float32


def test_entries_and_blocks_have_the_owners_names():
    layout = Owner(UNEQUAL, OWNERS["dict (in, out)"]).layout()
    assert layout.names == {"W[1]": "W1", "b[1]": "b1", "W[2]": "W2", "b[2]": "b2"}
    names = [Network(UNEQUAL).params(np.zeros(32)).name_of(k) for k in range(32)]
    assert layout.structure.name_of(layout.source[names.index("W[1][4,2]")]) == "W1[2,4]"
    assert layout.structure.name_of(layout.source[names.index("b[2][1]")]) == "b2[1]"
    layout = Owner(UNEQUAL, OWNERS["no biases"]).layout()
    assert layout.source[0] < 0 and layout.structure.name_of(layout.source[1]) == "[0][0,0]"
    assert "b[1]" not in layout.names
    layout = Owner(UNEQUAL, OWNERS["bias in the last row"]).layout()
    assert layout.names["W[1]"] == "[0][:3]" and layout.names["b[1]"] == "[0][3]"
    layout = Owner(UNEQUAL, OWNERS["vector, W then b"]).layout()
    assert layout.names == {
        "W[1]": "params[:15]",
        "b[1]": "params[15:20]",
        "W[2]": "params[20:30]",
        "b[2]": "params[30:]",
    }


@pytest.mark.parametrize(
    "how, words",
    [
        ("dict (in, out)", ["weights (in, out)", "(n,)", "W[1] is W1"]),
        ("pairs of columns", ["weights (out, in)", "(n, 1)", "b[2] is [1][1]"]),
        ("pairs, reversed", ["reverse order", "W[1] is [1][0]"]),
        ("Theta", ["first column", "[0][:, 1:]"]),
        ("bias in the last row", ["(in, out)", "last row"]),
        ("vector, Octave", ["Octave"]),
        ("no biases", ["no biases"]),
        (
            "no biases in the last layer",
            ["layer 1: weights (in, out), biases", "layer 2: weights (in, out), no biases"],
        ),
    ],
)
def test_the_layout_in_words(how, words):
    layout = Owner(UNEQUAL, OWNERS[how]).layout()
    assert all(word in layout.description for word in words), layout
    assert ("zeros that do not move" in repr(layout)) == ("no biases" in how)


def test_stacked_layers_are_found():
    def how(p):
        hidden = {"W": np.stack([p.W[2].T, p.W[3].T]), "b": np.stack(p.b[2:4])}
        return {"first": (p.W[1].T, p.b[1]), **hidden, "last": (p.W[4].T, p.b[4])}

    owner = Owner((3, 4, 4, 4, 2), how)
    assert found(owner, owner.layout())
    owner = Owner((4, 4, 4), lambda p: {"W": np.stack(p.W[1:]), "b": np.stack(p.b[1:])})
    assert found(owner, owner.layout())


@pytest.mark.long
def test_many_equal_layers_in_the_order_of_sorted_keys():
    """W10 comes before W2 there: the numbers in the names tell."""
    owner = Owner((3,) * 12, OWNERS["dict in the order of its keys"], hidden="tanh")
    assert found(owner, owner.layout())


# The data.


@pytest.mark.parametrize("m", [4, 7])
def test_samples_may_be_columns_also_where_the_shape_does_not_tell(m):
    owner = Owner(SQUARE, OWNERS["pairs of columns"], m=m)
    layout = owner.layout(X=owner.X.T, Y=owner.Y.T)
    assert found(owner, layout) and np.array_equal(layout.X, owner.X) and np.array_equal(layout.Y, owner.Y)
    assert "columns" in layout.description
    assert "rows" in owner.layout().description


@pytest.mark.parametrize("low", [0, 1])
def test_labels_become_rows(low):
    owner = Owner((3, 5, 4), OWNERS["pairs"], output="softmax", loss="cross_entropy", m=12)
    for Y in (owner.Y.argmax(1) + low, owner.Y.argmax(1)[:, None] + low):
        layout = owner.layout(Y=Y)
        assert found(owner, layout) and np.array_equal(layout.Y, owner.Y)


def test_one_output_takes_a_vector():
    owner = Owner((3, 5, 1), OWNERS["pairs"])
    assert found(owner, owner.layout(Y=owner.Y[:, 0]))


def test_data_that_do_not_fit_are_refused_with_both_shapes():
    owner = Owner(UNEQUAL, OWNERS["pairs"])
    with pytest.raises(ValueError, match=r"X has shape \(7, 2\).*\(m, 3\).*\(3, m\)"):
        owner.layout(X=owner.X[:, :2])
    with pytest.raises(ValueError, match=r"Y has shape \(6, 2\)"):
        owner.layout(Y=owner.Y[:6])


def test_the_layout_keeps_data_of_its_own():
    owner = Owner(UNEQUAL, OWNERS["pairs"])
    layout = owner.layout()
    assert not np.shares_memory(layout.X, owner.X) and not np.shares_memory(layout.Y, owner.Y)


# A cost that is not quite the network's.


@pytest.mark.parametrize(
    "spoil, values, said",
    [
        (lambda c, p: 7 * c, (7, 0, 0, 0), "7 times"),
        (lambda c, p: -c, (-1, 0, 0, 0), "-1 times"),
        (lambda c, p: c + 0.3 * sum((W**2).sum() for W in p.W[1:]), (1, 0.3, 0, 0), "0.3 Σ W²"),
        (lambda c, p: c + 0.3 * sum((b**2).sum() for b in p.b[1:]), (1, 0, 0.3, 0), "0.3 Σ b²"),
        (lambda c, p: 2 * c + 0.3 * (p.theta**2).sum() + 5, (2, 0.3, 0.3, 5), "the constant 5"),
    ],
    ids=["m times", "sign", "penalty", "biases alone", "all"],
)
@pytest.mark.parametrize("how", ["pairs", "vector, Octave"])
def test_a_factor_and_penalties_are_measured_and_said(spoil, values, said, how):
    owner = Owner(SQUARE, OWNERS[how], spoil=spoil)
    layout = owner.layout()
    assert found(owner, layout) and said in repr(layout)
    assert repr(layout).count("Your cost") == sum(value != usual for value, usual in zip(values, (1, 0, 0, 0)))
    assert (layout.factor, layout.of_weights, layout.of_biases, layout.constant) == pytest.approx(values, abs=1e-9)


def test_a_penalty_that_was_announced_is_not_said():
    owner = Owner(SQUARE, OWNERS["pairs"], spoil=lambda c, p: c + 0.7 / 14 * sum((W**2).sum() for W in p.W[1:]))
    assert "Σ W²" not in repr(owner.layout(lam=0.7)) and "Σ W²" in repr(owner.layout())
    assert "Σ W²" not in repr(owner.layout(lam=7.0, n=70)) and "no penalty" in repr(
        Owner(SQUARE, OWNERS["pairs"]).layout(lam=0.7)
    )


@pytest.mark.parametrize(
    "real, said",
    [
        (dict(loss="half_squared"), ["loss='half_squared'"]),
        (dict(hidden="tanh"), ["hidden='tanh'"]),
        (dict(hidden="relu", output="identity", loss="mse"), ["hidden='relu'", "output='identity'", "half_squared"]),
        (dict(output="softmax", loss="cross_entropy"), ["output='softmax'", "loss='cross_entropy'"]),
    ],
    ids=str,
)
def test_another_activation_or_loss_is_found_with_the_layout(real, said):
    """mse and half_squared differ by a factor alone, and the first one that fits is named."""
    owner = Owner(SQUARE, OWNERS["pairs"], **real)
    layout = owner.layout(net=Network(SQUARE))
    assert found(owner, layout) and all(word in repr(layout) for word in said), layout
    assert layout.net.activations[1:] == owner.net.activations[1:]
    assert layout.factor * layout.net.cost(owner.theta, layout.X, layout.Y) == pytest.approx(owner.cost(owner.params))


@pytest.mark.long
@pytest.mark.parametrize("name, constants", [("selu", (1.0507, 1.7581)), ("gelu", ()), ("leaky_relu", (0.03,))])
def test_an_activation_that_the_package_does_not_have_is_found_with_its_constants(name, constants):
    family = next(family for family in FAMILIES if family.name == name)
    owner = Owner((3, 5, 2), OWNERS["pairs"], hidden=family.with_constants(*constants))
    layout = owner.layout(net=Network((3, 5, 2), "tanh"))
    assert found(owner, layout), layout
    assert layout.net.activations[1].name == owner.net.activations[1].name


@pytest.mark.parametrize("kept", ["a number for each layer", "one array"])
def test_one_bias_for_a_whole_layer_is_found_and_its_derivative_is_a_sum(kept):
    net, rng = Network((3, 4, 2), "tanh"), np.random.default_rng(8)
    W, b = [rng.standard_normal(shape) for shape in ((4, 3), (2, 4))], [rng.standard_normal(1) for _ in range(2)]
    X, Y = rng.standard_normal((7, 3)), rng.integers(0, 2, (7, 2)).astype(float)
    params = [W[0], b[0], W[1], b[1]] if kept != "one array" else [W[0], W[1], np.concatenate(b)]
    structure = Structure(params)

    def theta(p):
        W, b = (p[::2], p[1::2]) if kept != "one array" else (p[:2], p[2])
        return np.concatenate([np.column_stack([np.full(len(W_), np.squeeze(b_)), W_]).ravel() for W_, b_ in zip(W, b)])

    cost = OnVectors(structure, lambda p: net.cost(theta(p), X, Y), None).cost
    layout = find_layout(cost, structure, structure.vector(params), net, X, Y)
    assert layout.sure == "certain" and "one bias for each layer" in layout.description
    assert np.array_equal(layout.to_theta(structure.vector(params)), theta(params))
    assert layout.shared


def test_networks_are_read_from_shapes_and_data():
    rng = np.random.default_rng(0)
    params = {"W1": np.ones((3, 5)), "b1": np.ones(5), "W2": np.ones((5, 2)), "b2": np.ones(2)}
    X, Y = rng.standard_normal((7, 3)), rng.standard_normal((7, 2))
    assert chains(Structure(params), X, Y)[0] == (3, 5, 2)
    assert chains(Structure([np.ones((4, 4)), np.ones(4)]), X, Y) == []


def test_many_equal_layers_are_no_search_without_end():
    """Each array may be a layer or none, and may lie in two ways: all choices of 40 would take years."""
    params = [np.ones(shape) for _ in range(40) for shape in ((3, 3), (3,))]
    assert chains(Structure(params), np.ones((7, 3)), np.ones((7, 3)))[0] == (3,) * 41


def test_a_target_that_broadcasts_is_recognised():
    owner = Owner((3, 5, 1), OWNERS["pairs"], output="identity", loss="mse")
    owner.spoil = lambda c, p: ((owner.net.predict(p.theta, owner.X) - owner.Y[:, 0]) ** 2).mean()
    layout = owner.layout()
    assert found(owner, layout) and "(m, 1) - (m,)" in repr(layout)


@pytest.mark.long
def test_an_unknown_loss_leaves_the_symmetry_of_hidden_units():
    for how in "pairs", "dict (out, in)", "vector, Octave", "bias in the last row":
        owner = Owner(SQUARE, OWNERS[how], spoil=lambda c, p: np.sin(c) + c**2)
        assert found(owner, owner.layout(measure=lambda: False), "layout alone")
        assert owner.calls <= 200


@pytest.mark.long
def test_an_attempt_to_measure_an_unknown_loss_is_bounded():
    owner = Owner(UNEQUAL, OWNERS["pairs"], spoil=lambda c, p: np.sin(c) + c**2)
    assert found(owner, owner.layout(), "layout alone") and 50 < owner.calls < 6000


@pytest.mark.long
@pytest.mark.parametrize(
    ("spoil", "sure"), [(lambda c, p: 3 * c, "certain"), (lambda c, p: np.sin(c) + c**2, "layout alone")]
)
def test_a_quick_look_knows_the_costs_of_networks_alone(spoil, sure):
    quick, thorough = (Owner(UNEQUAL, OWNERS["pairs"], spoil=spoil) for _ in range(2))
    assert found(quick, quick.layout(thorough=False), sure) and found(thorough, thorough.layout(), sure)
    assert quick.calls <= 60


@pytest.mark.long
def test_where_none_fits_nothing_is_named_and_the_nearest_is_said():
    owner = Owner(SQUARE, OWNERS["pairs"], spoil=lambda c, p: np.sin(p.theta @ np.arange(p.theta.size)))
    layout = owner.layout()
    assert layout.sure == "unknown" and layout.source is None and not layout.names
    assert "no layout reproduces" in repr(layout) and "the nearest" in repr(layout) and "per cent" in repr(layout)


def test_shapes_that_fit_no_layout_are_said_and_cost_no_call():
    owner = Owner(UNEQUAL, OWNERS["pairs"])
    layout = owner.layout(net=Network((3, 6, 2)))
    assert layout.sure == "unknown" and layout.source is None and owner.calls == 0
    assert "[0][0] (3, 5)" in repr(layout) and "(6, 3) or (3, 6)" in repr(layout)


# Ties.


def test_data_that_do_not_tell_are_a_tie():
    owner = Owner(SQUARE, OWNERS["pairs"])
    owner.X[...] = 0
    layout = owner.layout()
    assert layout.sure == "one of several" and "cannot tell them apart" in repr(layout)
    assert {tuple(each.source) for each in (layout, *layout.ties)} >= {tuple(owner.source)}


def test_two_linear_weights_in_a_row_are_a_tie():
    """The cost sees the product alone."""
    owner = Owner((1, 1, 1, 1), OWNERS["no biases"], hidden="identity", output="identity", loss="mse")
    layout = owner.layout()
    orders = {tuple(each.source[each.moving]) for each in (layout, *layout.ties)}
    assert layout.sure == "one of several" and orders >= {(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1)}


@pytest.mark.long
def test_a_penalty_alone_says_nothing_about_the_layout():
    layout = Owner(SQUARE, OWNERS["pairs"], spoil=lambda c, p: sum((W**2).sum() for W in p.W[1:])).layout()
    assert layout.sure == "unknown" and layout.source is None


def test_a_tie_is_noticed_where_the_loss_is_another_one():
    owner = Owner(SQUARE, OWNERS["pairs"], hidden="tanh", output="identity", loss="mse")
    owner.X[...] = 0
    layout = owner.layout(net=Network(SQUARE))
    assert layout.sure == "one of several" and "hidden='tanh'" in repr(layout)


# What is no parameter of the network.


@pytest.mark.parametrize("read", [True, False])
def test_other_entries_stay_as_they_are_and_are_said(read):
    owner = Owner(UNEQUAL, OWNERS["dict (in, out)"])
    params = {"lr": 0.1, **owner.params, "decay": np.array([0.5])}
    structure, seen = Structure(params), set()

    def cost(p):
        seen.add(p["lr"])
        return owner.cost({k: p[k] for k in owner.params}) + read * p["decay"][0]

    start = structure.vector(params)
    layout = find_layout(OnVectors(structure, cost).cost, structure, start, owner.net, owner.X, owner.Y)
    assert layout.sure == "certain" and np.array_equal(layout.source, owner.source + 1)
    assert "no place for lr, decay" in repr(
        layout
    ) and f"your cost {'depends' if read else 'does not depend'} on it" in repr(layout)
    assert seen == {0.1, 0.2} and np.array_equal(layout.from_theta(layout.to_theta(start)), start)


# Costs that misbehave.


def test_a_cost_in_single_precision_is_likely():
    owner = Owner(SQUARE, OWNERS["pairs"], spoil=lambda c, p: float(np.float32(c)))
    layout = owner.layout()
    assert found(owner, layout, "likely") and "no better" in repr(layout)


def test_a_cost_may_return_an_array_of_one():
    owner = Owner(SQUARE, OWNERS["pairs"], spoil=lambda c, p: np.array([[c]]))
    assert found(owner, owner.layout())


@pytest.mark.parametrize("margin", [1.0, 0.05])
def test_places_where_the_cost_is_no_number_are_left_out(margin):
    """With the narrow margin too few of the random places are left, and others near the start are taken."""
    raised = []

    def spoil(c, p):
        if p.theta[0] > owner.theta[0] + margin:
            raised.append(c)
            raise FloatingPointError("overflow")
        return c

    owner = Owner(UNEQUAL, OWNERS["pairs"], spoil=spoil)
    assert found(owner, owner.layout()) and (len(raised) > 5) == (margin < 1) and raised


@pytest.mark.parametrize(
    "spoil, said",
    [
        (lambda c, p: np.nan, "finite number at 0"),
        (lambda c, p: {}["W3"], "KeyError: 'W3'"),
        (lambda c, p: np.ones(3), "finite number at 0"),
        (lambda c, p: None, "finite number at 0"),
        (lambda c, p: 1.5, "same at every place"),
        (lambda c, p: c + RANDOM.random(), "two numbers"),
        (lambda c, p, kept=[0]: kept.append(c) or c + len(kept), "two numbers"),
    ],
    ids=["nan", "raises", "array", "None", "constant", "random", "stateful"],
)
def test_a_cost_that_cannot_be_compared_is_said(spoil, said):
    layout = Owner(UNEQUAL, OWNERS["pairs"], spoil=spoil).layout()
    assert layout.sure == "unknown" and layout.source is None and said in repr(layout)


@pytest.mark.parametrize("how", ["pairs", "vector, Octave", "no biases"])
def test_a_change_of_the_argument_reaches_theta(how):
    owner = Owner(UNEQUAL, OWNERS[how])
    layout = owner.layout()

    def grad(params):
        returned = owner.grad(params)
        first = params[0] if isinstance(params, list) else params
        (first[0] if isinstance(first, tuple) else first)[...] = 0
        return returned

    cost, grad = layout.on_theta(OnVectors(owner.structure, owner.cost, grad))
    theta = owner.theta.copy()
    cost(theta)
    assert np.array_equal(theta, owner.theta)
    grad(theta)
    assert not np.array_equal(theta, owner.theta) and (theta[~layout.moving] == 0).all()


@pytest.mark.parametrize("how", ["dict (in, out)", "vector, Octave", "no biases"])
def test_a_change_of_the_owners_parameters_is_made_to_theta(how):
    owner = Owner(UNEQUAL, OWNERS[how])
    layout, spoilt = owner.layout(), owner.start.copy()
    spoilt[[0, -1]] += 0.5

    def grad(vector):
        vector[[0, -1]] += 0.5
        return np.zeros_like(vector)

    theta = owner.theta.copy()
    layout.on_theta(OnVectors(owner.structure, owner.cost, owner.grad))[1](theta)
    assert np.array_equal(theta, owner.theta)
    functions = OnVectors(owner.structure, owner.cost, owner.grad)
    functions.grad = grad
    layout.on_theta(functions)[1](theta)
    assert np.array_equal(theta, layout.to_theta(spoilt)) and not np.array_equal(theta, owner.theta)
