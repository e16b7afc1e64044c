"""The doctor: gradient defects are named in every layer, programs by hand too; a right gradient has no diagnosis."""

import os
import re

import numpy as np
import pytest
from support import OUTPUTS_AND_LOSSES, draw

from bpcore import ACTIVATIONS, Activation, Loss, Network, diagnose, sgd
from bpcore.clinic.defects import DEFECTS
from bpcore.clinic.doctor import OTHERS

GRADIENT_DEFECTS = [name for name, defect in DEFECTS.items() if defect.gradient]

# sizes, activations, loss; samples, λ
PATIENTS = {
    "sigmoid": (Network((3, 5, 4, 2)), 6, 0.7),
    "softmax": (Network((4, 4, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy"), 7, 0.0),
    "relu": (Network((3, 4, 4, 2), hidden="relu", output="identity", loss="half_squared"), 5, 0.3),
    "softmax-squared": (Network((2, 6, 3), hidden="leaky_relu", output="softmax", loss="mse"), 4, 1.5),
    "mixed": (Network((3, 3, 3, 3, 3), hidden=["tanh", "sigmoid", "relu"], output="tanh", loss="mse"), 9, 0.2),
    "one-output": (Network((5, 3, 1), output="sigmoid", loss="half_squared"), 8, 0.0),
}


def fresh(net):
    """The same network as a new object: one of the defects keeps its memory by network."""
    return Network(net.sizes, net.activations[1:-1], net.activations[-1], net.loss)


def plantings(net, m, lam):
    """Each gradient defect in all layers, and in the first, second and last alone, where it makes a difference."""
    theta, X, Y = draw(net, m, seed=m)
    right = net.grad(theta, X, Y, lam)
    for name in GRADIENT_DEFECTS:
        for layers in None, *([l] for l in sorted({1, min(2, net.L), net.L})):
            try:
                wrong = DEFECTS[name].broken(fresh(net), theta.copy(), X, Y, lam, layers)
            except ValueError:
                continue
            if name == "accumulated" or abs(wrong - right).max() > 1e-12:
                yield name, layers, theta, X, Y, fresh(net)


def planted(name, layers, theta, X, Y, net, lam):
    return diagnose(
        lambda v: net.cost(v, X, Y, lam),
        lambda v: DEFECTS[name].broken(net, v, X, Y, lam, layers),
        theta,
        net=net,
        X=X,
        Y=Y,
        lam=lam,
    )


@pytest.mark.long
@pytest.mark.parametrize("patient", PATIENTS)
def test_defects_of_the_table_are_named_in_every_layer(patient):
    """All but one in fifty; where two defects make the same gradient, either name counts, and the doctor says so.

    On a push one planting in three, from another place on for each network, so that each defect comes in several;
    EVERY_PLANTING=1 takes all, as the weekly workflow does.
    """
    net, m, lam = PATIENTS[patient]
    named, placed, unique, missed = 0, 0, 0, []
    few = slice(list(PATIENTS).index(patient) % 3, None, 3)
    cases = list(plantings(net, m, lam))[slice(None) if os.environ.get("EVERY_PLANTING") else few]
    for name, layers, theta, X, Y, own in cases:
        found = planted(name, layers, theta, X, Y, own, lam)
        right = (name,) in (found.names, *found.alternatives)
        named += right
        if not right:
            missed.append(f"{name} in {layers}: {found.names}")
        if found.names == (name,) and not found.alternatives and layers and name != "argument-changed":
            unique, placed = unique + 1, placed + (set(re.findall(r"\d+", found.where)) == {str(l) for l in layers})
        assert found.sure == ("one of several" if found.alternatives else "certain"), (name, layers, found)
    assert len(cases) > 8 and named / len(cases) >= 0.98, missed
    assert placed / unique >= 0.9


@pytest.mark.long
@pytest.mark.parametrize("patient", PATIENTS)
def test_a_sum_of_two_mistakes_is_taken_apart(patient):
    """A factor and, where λ > 0, a forgotten penalty beside a mistake in the layers."""
    net, m, lam = PATIENTS[patient]
    theta, X, Y = draw(net, m, seed=1)
    for name in "slope-missing", "bias-row-kept", "bias-axis-missing":

        def wrong(v, name=name):
            data = DEFECTS[name].broken(net, v, X, Y, 0.0)
            return data + 0 * v

        found = diagnose(lambda v: net.cost(v, X, Y, lam), lambda v: m * wrong(v), theta, net=net, X=X, Y=Y, lam=lam)
        expected = {"mean-missing", name} | ({"penalty-missing"} if lam else set())
        assert any(set(names) == expected for names in (found.names, *found.alternatives)), (name, found)


# Right gradients.


def visit(net, theta, X, Y, lam=0.0, central=False, known=True):
    """The diagnosis of bpcore's own gradient, with a cost that takes complex numbers or not."""

    def cost(v):
        return float(net.cost(v, X, Y, lam)) if central else net.cost(v, X, Y, lam)

    return diagnose(
        cost, lambda v: net.grad(v, X, Y, lam), theta, **(dict(net=net, X=X, Y=Y, lam=lam) if known else {})
    )


@pytest.mark.long
@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
@pytest.mark.parametrize("hidden", [name for name, record in ACTIVATIONS.items() if record.df])
def test_a_right_gradient_has_no_diagnosis(hidden, output, loss):
    """Parameters and inputs of every scale, one sample and several, λ or none, costs that refuse complex numbers."""
    net = Network((3, 4, 2), hidden=hidden, output=output, loss=loss)
    theta, X, Y = draw(net, 5, seed=5)
    assert visit(net, theta, X, Y, 0.7).names == () and visit(net, 1e-4 * theta, 1e4 * X, Y).names == ()
    theta, X, Y = draw(net, 1, seed=1)
    for scale in 1e-6, 1.0, 30.0, 1e3:
        found = visit(net, scale * theta, X, Y, 0.7 * (scale < 10), known=scale != 30.0)
        assert found.names == () and (found.sure == "certain" or "hardly larger than rounding" in found.explanation), (
            scale,
            found,
        )
    assert visit(net, theta, X, Y, 0.7, central=True, known=output == "softmax").names == ()


@pytest.mark.parametrize("central", [False, True])
@pytest.mark.parametrize(
    "hidden, output, loss",
    [
        ("tanh", "identity", "half_squared"),
        ("sigmoid", "sigmoid", "binary_cross_entropy"),
        ("relu", "softmax", "cross_entropy"),
    ],
)
def test_a_right_gradient_near_zero_has_no_diagnosis(hidden, output, loss, central):
    """At the end of a training, where the gradient is all but gone; and at fifty times that, where units saturate."""
    net = Network((2, 3, 2), hidden=hidden, output=output, loss=loss)
    theta, X, Y = draw(net, 6, seed=3)
    Y = {"identity": Y, "sigmoid": (Y > 0.5).astype(float), "softmax": np.eye(2)[[0, 1, 1, 0, 1, 0]]}[output]
    theta = sgd(net, theta, X, Y, lr=0.5, epochs=2000).theta
    for point in theta, 50 * theta:
        assert visit(net, point, X, Y, central=central).names == ()


@pytest.mark.parametrize("central", [False, True])
def test_at_a_kink_no_defect_is_claimed(central):
    """All parameters zero: every ReLU stands on its kink, and so does a gradient that takes the other side there."""
    net = Network((3, 4, 2), hidden="relu", output="leaky_relu", loss="half_squared")
    theta, X, Y = draw(net, 5)
    assert visit(net, 0 * theta, X, Y, central=central).names in ((), ("kink",))

    def kinked(v):
        return float(abs(v[:3]).sum() + (v[3:] ** 2).sum())

    point = np.array([0.0, 0.7, -0.2, 1.0, 2.0])
    found = diagnose(kinked, lambda v: np.concatenate([np.where(v[:3] >= 0, 1.0, -1.0), 2 * v[3:]]), point)
    assert found.names == ("kink",) and found.where == "theta[0]" and "left" in found.explanation


@pytest.mark.parametrize("central", [False, True])
def test_either_mask_is_right_on_a_kink(central):
    """One unit exactly on its kink, and a program whose mask is z ≥ 0 where the cost's complex step takes z > 0."""
    net, m, _ = PATIENTS["relu"]
    theta, X, Y = draw(net, m)
    net.params(theta).Theta[1][0] = 0
    other = Network(
        net.sizes, Activation("relu", ACTIVATIONS["relu"].f, df=lambda z, a: z >= 0), "identity", "half_squared"
    )
    found = diagnose(
        lambda v: float(net.cost(v, X, Y)) if central else net.cost(v, X, Y),
        lambda v: other.grad(v, X, Y),
        theta,
        net=net,
        X=X,
        Y=Y,
    )
    assert found.names == ("kink",) and found.where == "b[1], W[1]", found


def test_a_unit_that_is_off_has_no_gradient_and_no_diagnosis():
    """All outputs are ReLUs that are off by 1e-4: the cost is flat, and not because it is coarse."""
    net = Network((3, 4, 2), hidden="tanh", output="relu", loss="mse")
    theta, X, Y = draw(net, 1)
    net.params(theta).b[2][...] -= net.forward(theta, X).z[2][0] + 1e-4
    assert not net.grad(theta, X, Y).any()
    found = visit(net, theta, X, Y, central=True)
    assert found.names == () and "26 of 26 entries" in found.explanation, found


@pytest.mark.parametrize("distance", [1e-5, 1e-7, 1e-9, 1e-11])
def test_a_kink_nearby_is_no_defect(distance):
    net = Network((1, 1, 1), hidden="relu", output="identity", loss="half_squared")
    theta, X, Y = np.array([distance, 0.0, 0.5, 1.0]), np.array([[1.0]]), np.array([[0.0]])
    assert visit(net, theta, X, Y).names == ()
    assert visit(net, theta, X, Y, central=True).names in ((), ("kink",))


# Programs written by hand, in the ways that people write them.


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def article_a(theta, X, y):
    """Weights (in, out), the derivative function applies the sigmoid itself, and is handed the activation."""

    def derivative(z):
        return sigmoid(z) * (1 - sigmoid(z))

    (W1, b1), (W2, b2), (W3, b3) = unrolled(theta, (2, 4, 4, 1))
    A1 = sigmoid(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    m, dZ3 = len(X), sigmoid(A2 @ W3 + b3) - y
    dZ2 = dZ3 @ W3.T * derivative(A2)
    dZ1 = dZ2 @ W2.T * derivative(A1)
    return rolled([(A.T @ dZ / m, dZ.sum(axis=0, keepdims=True) / m) for A, dZ in ((X, dZ1), (A1, dZ2), (A2, dZ3))])


def article_c(theta, X, y, lam=1.0):
    """Theta matrices, one sample after the other; the bias columns are set to zero in views of what was given."""
    Theta1, Theta2 = theta[:20].reshape(5, 4), theta[20:].reshape(3, 6)
    Theta1[:, 0] = Theta2[:, 0] = 0
    Delta1, Delta2 = np.zeros((5, 4)), np.zeros((3, 6))
    for x, target in zip(X, y):
        a1 = np.append(1, x)
        a2 = np.append(1, sigmoid(Theta1 @ a1))
        d3 = sigmoid(Theta2 @ a2) - target
        d2 = (Theta2.T @ d3)[1:] * a2[1:] * (1 - a2[1:])
        Delta1 += np.outer(d2, a1)
        Delta2 += np.outer(d3, a2)
    return np.append(Delta1 + lam * Theta1, Delta2 + lam * Theta2) / len(X)


def article_d(theta, X, y):
    """The minus written into dz, to be added later, and a sum where the loss is a mean: ReLU hidden, linear out."""
    (W1, b1), (W2, b2) = unrolled(theta, (1, 10, 1))
    h = np.maximum(X @ W1 + b1, 0)
    dz = -2 * (h @ W2 + b2 - y)
    dh = dz @ W2.T * (h > 0)
    return rolled([(X.T @ dh, dh.sum(axis=0)), (h.T @ dz, dz.sum(axis=0))])


def article_e(theta, X, y):
    """Mean squared error whose gradient has neither the 2 nor the 1/m; the derivative takes the activation, rightly."""
    (W1, b1), (W2, b2) = unrolled(theta, (2, 4, 1))
    hidden = sigmoid(X @ W1 + b1)
    out = sigmoid(hidden @ W2 + b2)
    d_out = (out - y) * out * (1 - out)
    d_hidden = d_out @ W2.T * hidden * (1 - hidden)
    return rolled([(X.T @ d_hidden, d_hidden.sum(0)), (hidden.T @ d_out, d_out.sum(0))])


def mazur(theta, X, y, lr=0.5):
    """Plain loops over one sample; the output weights are updated before the hidden deltas are taken from them."""
    p = theta.tolist()
    x, t = X[0], y[0]
    w_hidden, b_hidden = [[p[1], p[2]], [p[4], p[5]]], [p[0], p[3]]
    w_out, b_out = [[p[7], p[8]], [p[10], p[11]]], [p[6], p[9]]
    h = [sigmoid(sum(w * v for w, v in zip(w_hidden[j], x)) + b_hidden[j]) for j in range(2)]
    o = [sigmoid(sum(w * v for w, v in zip(w_out[k], h)) + b_out[k]) for k in range(2)]
    delta = [(o[k] - t[k]) * o[k] * (1 - o[k]) for k in range(2)]
    for k in range(2):
        b_out[k] -= lr * delta[k]
        for j in range(2):
            w_out[k][j] -= lr * delta[k] * h[j]
    for j in range(2):
        slope = sum(delta[k] * w_out[k][j] for k in range(2)) * h[j] * (1 - h[j])
        b_hidden[j] -= lr * slope
        for i in range(2):
            w_hidden[j][i] -= lr * slope * x[i]
    moved = [b_hidden[0], *w_hidden[0], b_hidden[1], *w_hidden[1], b_out[0], *w_out[0], b_out[1], *w_out[1]]
    return (theta - np.array(moved)) / lr


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def classifier(
    theta,
    X,
    y,
    out_delta=lambda P, y: P - y,
    back=lambda d, W: d @ W.T,
    slope=lambda h: 1 - h * h,
    add=lambda d: d.sum(axis=0),
):
    """tanh, softmax, cross-entropy, weights (in, out), with four places to go wrong."""
    (W1, b1), (W2, b2), (W3, b3) = unrolled(theta, (3, 4, 4, 3))
    h1 = np.tanh(X @ W1 + b1)
    h2 = np.tanh(h1 @ W2 + b2)
    P = softmax(h2 @ W3 + b3)
    d3 = out_delta(P, y)
    d2 = back(d3, W3) * slope(h2) if back(d3, W3).shape == h2.shape else None
    d1 = back(d2, W2) * slope(h1)
    m = len(X)
    return rolled([(X.T @ d1 / m, add(d1) / m), (h1.T @ d2 / m, add(d2) / m), (h2.T @ d3 / m, add(d3) / m)])


def transpose_forgotten(theta, X, y):
    return classifier(theta, X, y, back=lambda d, W: d @ (W if W.shape == (4, 4) else W.T))


def slope_twice(theta, X, y):
    return classifier(theta, X, y, out_delta=lambda P, y: (P - y) * P * (1 - P))  # not the whole Jacobian either


def formula_of_the_wrong_function(theta, X, y):
    return classifier(theta, X, y, slope=lambda h: h * (1 - h))


def one_sum_for_all_biases(theta, X, y):
    return classifier(theta, X, y, add=lambda d: np.full(d.shape[1], np.sum(d)))


def columns_first(theta, X, y):
    right = classifier(theta, X, y)
    return np.concatenate(
        [
            block.reshape(shape).ravel(order="F")
            for block, shape in zip(np.split(right, [16, 36]), ((4, 4), (4, 5), (3, 5)))
        ]
    )


def weights_before_biases(theta, X, y):
    (W1, b1), (W2, b2), (W3, b3) = unrolled(classifier(theta, X, y), (3, 4, 4, 3))
    return np.concatenate([W1.T.ravel(), b1, W2.T.ravel(), b2, W3.T.ravel(), b3])


def single_inside(theta, X, y):
    """Computed in float32 and handed back as float64."""
    return classifier(theta.astype(np.float32), X.astype(np.float32), y.astype(np.float32)).astype(float)


def relu_network(theta, X, y, mask=lambda z, h: z > 0, lam=0.0):
    (W1, b1), (W2, b2) = unrolled(theta, (3, 5, 2))
    z = X @ W1 + b1
    h = np.maximum(z, 0)
    d2 = h @ W2 + b2 - y
    d1 = d2 @ W2.T * mask(z, h)
    m = len(X)
    return rolled([(X.T @ d1 / m + lam * W1, d1.mean(0)), (h.T @ d2 / m + lam * W2, d2.mean(0))])


def mask_of_the_activation(theta, X, y):
    return relu_network(theta, X, y, mask=lambda z, h: h >= 0)


def penalty_not_divided(theta, X, y):
    return relu_network(theta, X, y, lam=0.4)


def clipped(theta, X, y):
    return np.clip(relu_network(theta, X, y), -0.05, 0.05)


def normalised(theta, X, y):
    g = relu_network(theta, X, y)
    return g / np.linalg.norm(g)


def sample_by_sample(theta, X, y, lr=0.05):
    """An epoch of steps, one sample each, and what it has moved."""
    at = theta.copy()
    for i in range(len(X)):
        at -= lr * relu_network(at, X[i : i + 1], y[i : i + 1])
    return (theta - at) / lr / len(X)


def article_a_as_printed(theta, X, y):
    """The complete listing: the sigmoid is applied once more inside its derivative in all three layers."""

    def sigmoid_derivative(z):
        return sigmoid(z) * (1 - sigmoid(z))

    (W1, b1), (W2, b2), (W3, b3) = unrolled(theta, (2, 4, 4, 1))
    A1 = sigmoid(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    A3 = sigmoid(A2 @ W3 + b3)
    m, dA3 = len(X), -(y / A3 - (1 - y) / (1 - A3))
    dZ3 = dA3 * sigmoid_derivative(A3)
    dZ2 = dZ3 @ W3.T * sigmoid_derivative(A2)
    dZ1 = dZ2 @ W2.T * sigmoid_derivative(A1)
    return rolled([(A.T @ dZ / m, dZ.sum(axis=0, keepdims=True) / m) for A, dZ in ((X, dZ1), (A1, dZ2), (A2, dZ3))])


def unrolled(theta, sizes):
    """Pairs of W (in, out) and b from bpcore's layout."""
    layers, start = [], 0
    for n_in, n_out in zip(sizes, sizes[1:]):
        Theta = theta[start : start + n_out * (1 + n_in)].reshape(n_out, 1 + n_in)
        layers.append((Theta[:, 1:].T.copy(), Theta[:, 0].copy()))
        start += Theta.size
    return layers


def rolled(layers):
    """bpcore's layout from pairs of W (in, out) and b."""
    return np.concatenate([np.column_stack([b.ravel(), W.T]).ravel() for W, b in layers])


CLASSES = Network((3, 4, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
LINEAR = Network((3, 5, 2), hidden="relu", output="identity", loss="half_squared")
# program: the network, samples, λ, what is to be named, where
PROGRAMS = [
    (article_a, Network((2, 4, 4, 1)), 12, 0.0, {"slope-of-a"}, "layers 1, 2"),
    (article_c, Network((3, 5, 3)), 5, 1.0, {"argument-changed"}, "b[1], b[2]"),
    (
        article_d,
        Network((1, 10, 1), hidden="relu", output="identity", loss="mse"),
        30,
        0.0,
        {"sign", "mean-missing"},
        "everywhere",
    ),
    (article_e, Network((2, 4, 1), loss="mse"), 7, 0.0, {"factor"}, "everywhere"),
    (mazur, Network((2, 2, 2), loss="half_squared"), 1, 0.0, {"stale-weights"}, "layer 1"),
    (transpose_forgotten, CLASSES, 6, 0.0, {"missing-transpose"}, "layer 1"),
    (formula_of_the_wrong_function, CLASSES, 6, 0.0, {"slope-of-wrong-function"}, "layers 1, 2"),
    (one_sum_for_all_biases, CLASSES, 6, 0.0, {"bias-axis-missing"}, "layers 1, 2, 3"),
    (columns_first, CLASSES, 6, 0.0, {"order"}, "everywhere"),
    (weights_before_biases, CLASSES, 6, 0.0, {"order"}, "everywhere"),
    (single_inside, CLASSES, 6, 0.0, {"float32"}, ""),
    (mask_of_the_activation, LINEAR, 6, 0.0, {"relu-mask"}, "layer 1"),
    (penalty_not_divided, LINEAR, 6, 0.4, {"penalty-undivided"}, ""),
    (clipped, LINEAR, 6, 0.0, {"clipped"}, ""),
    (article_a_as_printed, Network((2, 4, 4, 1)), 12, 0.0, {"slope-of-a-throughout"}, "layers 1, 2, 3"),
    (sample_by_sample, LINEAR, 6, 0.0, {"one-by-one"}, "everywhere"),
    (normalised, LINEAR, 6, 0.0, {"clipped"}, "everywhere"),
]


@pytest.mark.long
@pytest.mark.parametrize("program, net, m, lam, expected, where", PROGRAMS, ids=[row[0].__name__ for row in PROGRAMS])
def test_programs_written_by_hand(program, net, m, lam, expected, where):
    theta, X, Y = draw(net, m, seed=4)
    if program in (article_a, article_a_as_printed):
        Y = (Y > 0.5).astype(float)
    found = diagnose(lambda v: net.cost(v, X, Y, lam), lambda v: program(v, X, Y), theta, net=net, X=X, Y=Y, lam=lam)
    assert set(found.names) == expected or (len(expected) == 1 and (*expected,) in found.alternatives), found
    assert found.where == where or not where, found


@pytest.mark.long
@pytest.mark.parametrize("name", ["slope-of-a", "mean-twice", "bias-regularised", "transposed-block", "float32"])
def test_a_cost_without_complex_numbers_will_do(name):
    net, m, lam = PATIENTS["mixed"]
    theta, X, Y = draw(net, m, seed=5)
    found = diagnose(
        lambda v: float(net.cost(v, X, Y, lam)),
        lambda v: DEFECTS[name].broken(net, v, X, Y, lam),
        theta,
        net=net,
        X=X,
        Y=Y,
        lam=lam,
    )
    assert (name,) in (found.names, *found.alternatives) and "central differences" in found.evidence[0]


def test_the_learning_rate_of_stale_weights_is_found():
    net, m, _ = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m, seed=2)
    found = diagnose(
        lambda v: net.cost(v, X, Y),
        lambda v: DEFECTS["stale-weights"].broken(net, v, X, Y, lr=0.125),
        theta,
        net=net,
        X=X,
        Y=Y,
    )
    assert found.names == ("stale-weights",) and "The learning rate that fits: 0.125." in found.explanation


# Without a network.

POINT = np.array([0.3, -1.2, 2.0, 0.7, -0.4, 1.1])


def bowl(v):
    return (v**4).sum() / 4 + v[0] * v[1] + v[2] * v[3] * v[4]


def slope(v):
    return v**3 + np.array([v[1], v[0], v[3] * v[4], v[2] * v[4], v[2] * v[3], 0])


class Memory:
    """A gradient that adds to what it returned before, and one of the last point at which the cost was asked for."""

    def __init__(self):
        self.total, self.point = 0, POINT

    def adding(self, v):
        self.total = self.total + slope(v)
        return self.total

    def cost(self, v):
        self.point = v.real
        return bowl(v)

    def stale(self, v):
        return slope(self.point)


def in_place(v):
    gradient = slope(v)
    v *= 0.5
    return gradient


def half_wrong(v):
    return slope(v) * np.array([1, 1, 1, -1, -1, -1])


def with_decay(v):
    return slope(v) + 0.25 * v


def some_decay(v):
    return slope(v) + 0.25 * v * np.array([1, 1, 0, 1, 0, 0])


def swapped(v):
    return slope(v)[[0, 2, 1, 3, 5, 4]]


BARE = {
    "right": (slope, (), ""),
    "sign": (lambda v: -slope(v), ("sign",), "everywhere"),
    "double": (lambda v: 2 * slope(v), ("factor",), "everywhere"),
    "odd factor": (lambda v: -1.37 * slope(v), ("sign", "factor"), "everywhere"),
    "some signs": (half_wrong, ("sign",), "theta[3] to theta[5]"),
    "nothing in places": (lambda v: slope(v) * [1, 1, 0, 0, 1, 1], ("no-gradient",), "theta[2] to theta[3]"),
    "decay": (with_decay, ("penalty",), "everywhere"),
    "decay in places": (some_decay, ("penalty",), "theta[0] to theta[3]"),
    "order": (swapped, ("order",), "theta[1] to theta[5]"),
    "changed": (in_place, ("argument-changed",), "theta"),
    "float32 dtype": (lambda v: slope(v).astype(np.float32), ("float32",), "everywhere"),
    "float32 inside": (lambda v: slope(v).astype(np.float32).astype(float), ("float32",), "everywhere"),
    "column": (lambda v: slope(v)[:, None], ("shape",), "grad"),
    "short": (lambda v: slope(v)[1:], ("shape",), "grad"),
    "pieces": (lambda v: [slope(v)[:2], slope(v)[2:]], ("shape",), "grad"),
    "a list": (lambda v: list(slope(v)), (), ""),
    "nothing": (lambda v: None, ("shape",), "grad"),
    "masked": (lambda v: np.ma.array(slope(v), mask=[True] + [False] * 5), ("shape",), "grad"),
    "after a step": (lambda v: v - 0.01 * slope(v), ("after-a-step",), "everywhere"),
    "nan": (lambda v: slope(v) * [1, np.nan, 1, 1, 1, 1], ("not-finite",), "theta[1]"),
    "another": (lambda v: np.sin(v), ("unknown",), "everywhere"),
    "noise": (lambda v: slope(v) + np.random.default_rng().normal(size=6), ("not-repeatable",), "grad"),
}


@pytest.mark.parametrize("case", BARE)
def test_two_functions_and_a_vector(case):
    gradient, names, where = BARE[case]
    theta = POINT.copy()
    found = diagnose(bowl, gradient, theta)
    assert found.names == names and (found.where == where or case == "float32 dtype"), found
    assert np.array_equal(theta, POINT), "theta is not touched"


def test_memory_is_noticed():
    assert diagnose(bowl, Memory().adding, POINT).names == ("accumulated",)
    memory = Memory()
    found = diagnose(memory.cost, memory.stale, POINT)
    assert found.names == ("not-repeatable",) and "kept between the calls" in found.explanation
    assert diagnose(lambda v: bowl(v) + np.random.default_rng().normal(), slope, POINT).where == "cost"


def test_where_nothing_can_be_compared_nothing_is_called_right():
    corners, at = lambda v: float(abs(v).sum()), np.zeros(4)
    for gradient in np.sign, lambda v: v + 7:
        found = diagnose(corners, gradient, at)
        assert found.names == ("kink",) and "is right" not in found.explanation


def test_the_last_call_is_with_the_parameters_that_were_given():
    kept = {}

    def cost(v):
        kept["cost"] = v.copy()
        return bowl(v)

    def grad(v):
        kept["grad"] = v.copy()
        return slope(v)

    diagnose(cost, grad, POINT)
    assert all(np.array_equal(v, POINT) and v.dtype == float for v in kept.values())


def test_data_that_are_changed_are_noticed():
    net, m, _ = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)
    before = X.copy()

    def grad(v):
        gradient = net.grad(v, X, Y)
        X[0, 0] += 1e-3 * (X[0, 0] == before[0, 0])
        return gradient

    found = diagnose(
        lambda v: net.cost(v, before, Y), lambda v: net.grad(v, before, Y) + 0 * grad(v), theta, net=net, X=X, Y=Y
    )
    assert found.names == ("argument-changed",) and "X changed" in found.explanation


@pytest.mark.long
def test_factors_are_named_by_the_sizes_of_the_data():
    X, Y = np.zeros((5, 2)), np.zeros((5, 3))
    for factor, names, word in (
        (5, ("mean-missing",), "m = 5"),
        (0.2, ("mean-twice",), "1/m = 0.2"),
        (-3, ("sign", "factor"), "K = 3"),
        (2 / 3, ("factor",), "2/K"),
    ):
        found = diagnose(bowl, lambda v: factor * slope(v), POINT, X=X, Y=Y)
        assert found.names == names and word in found.explanation


def test_blocks_of_ones_own_layout():
    blocks = {"W1": (2, 2), "b1": (2,)}

    def turned(v):
        return slope(v)[[0, 2, 1, 3, 4, 5]]

    assert diagnose(bowl, turned, POINT, blocks=blocks).names == ("transposed-block",)
    assert diagnose(bowl, turned, POINT, blocks=blocks).where == "W1"
    found = diagnose(bowl, lambda v: slope(v) * [1, 1, 1, 1, 0, 0], POINT, blocks=blocks)
    assert (found.names, found.where) == (("bias-missing",), "b1")
    found = diagnose(bowl, lambda v: slope(v) * [3, 3, 3, 3, -1, -1], POINT, blocks=blocks)
    assert (
        set(found.names) == {"factor", "sign"}
        and found.sure == "certain"
        and found.where == "W1, b1"
        and "W1: it is 3 times" in found.explanation
        and "b1: it has the wrong sign" in found.explanation
    )


def test_the_loss_of_a_sample_for_its_derivative():
    """Every output unit begins with the sample's own loss, the sum over all units."""
    rng = np.random.default_rng(4)
    X, Y = rng.standard_normal((7, 3)), rng.standard_normal((7, 2))
    params = [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]

    def forward(p):
        hidden = np.tanh(X @ p[0] + p[1])
        return hidden, hidden @ p[2] + p[3]

    def cost(p):
        return 0.5 * np.sum((forward(p)[1] - Y) ** 2) / len(X)

    def grad(p):
        hidden, out = forward(p)
        d2 = np.repeat(0.5 * np.sum((out - Y) ** 2, axis=1, keepdims=True), 2, axis=1) / len(X)
        d1 = d2 @ p[2].T * (1 - hidden**2)
        return [X.T @ d1, d1.sum(0), hidden.T @ d2, d2.sum(0)]

    found = diagnose(cost, grad, params, net=Network((3, 4, 2), "tanh", "identity", "half_squared"), X=X, Y=Y)
    assert found.sure == "certain" and "Σⱼ (a² − y)²" in [str(formula.computed) for formula in found.formulas]


OTHER_PARAMETERS = {
    "of the logarithm": (lambda v: v, "v"),
    "of the exponential": (lambda v: np.exp(-v), "exp(−v)"),
    "of the square": (lambda v: 1 / v, "1/v"),
    "exp once too often": (np.exp, "exp(v)"),
}


@pytest.mark.parametrize("name", OTHER_PARAMETERS)
def test_the_derivative_with_respect_to_another_parameter(name):
    """All entries, and a single one, which is certain since it holds at other places too."""
    of, text = OTHER_PARAMETERS[name]
    found = diagnose(bowl, lambda v: slope(v) * of(v), POINT)
    assert (found.sure, str(found.formulas[0].computed)) == ("certain", f"∂C/∂theta ⊙ {text.replace('v', 'theta')}")
    alone = np.arange(6) == 2
    found = diagnose(bowl, lambda v: slope(v) * np.where(alone, of(v), 1), POINT)
    assert (found.sure, found.where) == ("certain", "theta[2]")
    assert str(found.formulas[0].computed) == f"∂C/∂theta[2] ⊙ {text.replace('v', 'theta[2]')}"


def test_what_holds_at_one_place_alone_is_no_law():
    """The entry is exp(−θ) times the derivative where it was asked for, and a constant times it elsewhere."""
    constant = np.where(np.arange(6) == 2, np.exp(-POINT[2]), 1)
    found = diagnose(bowl, lambda v: slope(v) * constant, POINT)
    assert found.names == ("unknown",) and not found.formulas


def test_a_law_that_cannot_be_seen_elsewhere_is_likely_at_most():
    def only_here(v):
        if abs(v - POINT).max() > 1e-2:
            raise ArithmeticError("outside")
        return bowl(v)

    wrong = lambda v: slope(v) * np.where(np.arange(6) == 2, -1, 1)
    assert diagnose(bowl, wrong, POINT).sure == "certain" and diagnose(only_here, wrong, POINT).sure == "likely"


# A cost that is another than the network's.


@pytest.mark.parametrize(
    "cost_lam, factor, grad_lam, names",
    [
        (0.5, 1, 0.5, ()),
        (0.0, 1, 0.0, ()),
        (0.5, 6, 0.5, ()),
        (0.0, 1, 0.5, ("another-cost",)),
        (1.0, 1, 0.5, ("another-cost",)),
        (0.0, 1, 0.25, ("penalty",)),
    ],
)
def test_a_cost_that_is_not_the_networks(cost_lam, factor, grad_lam, names):
    """λ is said to be 0.5."""
    net, m, _ = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)
    found = diagnose(
        lambda v: factor * net.cost(v, X, Y, cost_lam),
        lambda v: factor * net.grad(v, X, Y, grad_lam),
        theta,
        net=net,
        X=X,
        Y=Y,
        lam=0.5,
    )
    assert found.names == names and ("The cost is not net.cost" in found.explanation) == (
        (cost_lam, factor) != (0.5, 1)
    ), found


@pytest.mark.long
@pytest.mark.parametrize("name", ["slope-of-a", "stale-weights", "sign", "bias-regularised", "penalty-missing"])
def test_a_defect_beside_a_cost_that_is_a_multiple_of_the_networks(name):
    """A sum over the samples in cost and gradient alike, and a defect besides, in one layer."""
    net, m, lam = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)
    found = diagnose(
        lambda v: m * net.cost(v, X, Y, lam),
        lambda v: m * DEFECTS[name].broken(net, v, X, Y, lam, [2]),
        theta,
        net=net,
        X=X,
        Y=Y,
        lam=lam,
    )
    assert (
        found.names == (name,)
        and found.where == "layer 2"
        and found.sure == "certain"
        and "6 times that of the mean loss" in found.explanation
    ), found
    found = diagnose(
        lambda v: m * net.cost(v, X, Y, lam), lambda v: -m * net.grad(v, X, Y, lam), theta, net=net, X=X, Y=Y, lam=lam
    )
    assert found.names == ("sign",) and found.where == "everywhere", found


def test_a_cost_of_another_kind_is_reported():
    net, m, _ = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)
    squared = Network(net.sizes, loss="half_squared")
    found = diagnose(lambda v: squared.cost(v, X, Y), lambda v: squared.grad(v, X, Y), theta, net=net, X=X, Y=Y)
    assert found.names == () and "The cost is not net.cost" in found.explanation and found.other_cost
    assert repr(found).startswith("Nothing wrong found; the cost is not that of the network (certain)")
    twice = diagnose(lambda v: 2 * net.cost(v, X, Y), lambda v: 2 * net.grad(v, X, Y), theta, net=net, X=X, Y=Y)
    assert not twice.other_cost, "a sum in the place of a mean is a matter of taste"
    found = diagnose(lambda v: squared.cost(v, X, Y), lambda v: net.grad(v, X, Y), theta, net=net, X=X, Y=Y)
    assert found.names == ("another-cost",) and "The gradient is that of net.cost." in found.explanation


def test_a_cost_in_single_precision_is_no_defect_of_the_gradient():
    for point in POINT, 3 * POINT:
        found = diagnose(lambda v: float(bowl(v.real.astype(np.float32))), slope, point)
        assert found.names in ((), ("kink",)), found
        assert diagnose(lambda v: float(bowl(v.real.astype(np.float32))), lambda v: -slope(v), point).names == ("sign",)


# What is said, and what is refused.


def test_what_a_diagnosis_reads_like():
    net, m, _ = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)
    found = diagnose(
        lambda v: net.cost(v, X, Y), lambda v: DEFECTS["slope-of-a"].broken(net, v, X, Y), theta, net=net, X=X, Y=Y
    )
    lines = repr(found).splitlines()
    assert lines[0] == f"{DEFECTS['slope-of-a'].title} (certain)" and lines[1] == "  where     layers 1, 2"
    assert (
        found.cure == DEFECTS["slope-of-a"].cure
        and "predicts every entry to nine digits" in repr(found)
        and "The next best explanation" in repr(found)
    )
    assert all(len(line) <= 82 for line in lines[1:])
    assert repr(diagnose(bowl, slope, POINT)).startswith("Nothing wrong found (certain)")


def test_every_name_has_a_title_and_a_cure():
    assert not set(OTHERS) & set(DEFECTS)
    for title, cure in OTHERS.values():
        assert title and cure.endswith(".")


NET = Network((2, 3, 1))
DATA = {"X": np.ones((4, 2)), "Y": np.ones((4, 1))}
REFUSED = {
    "cost": (dict(cost=3.0), TypeError, ["cost is of type float", "a function of the parameters"]),
    "grad": (dict(grad=None), TypeError, ["grad is of type NoneType", "a function of the parameters"]),
    "cost of two": (
        dict(cost=lambda W, b: 1.0),
        TypeError,
        ["cost takes other arguments", "lambda p: cost_of(p, X, Y)"],
    ),
    "a network's grad": (dict(grad=NET.grad), TypeError, ["grad takes other arguments", "lambda p: grad_of(p, X, Y)"]),
    "lam is text": (dict(lam="0.1", params={"W": np.ones(2)}), TypeError, ["lam='0.1' (str): expected a number"]),
    "params is a set": (dict(params={1.0}), TypeError, ["params is of type set", "dicts, lists and tuples"]),
    "theta is empty": (dict(params=np.zeros(0)), ValueError, ["params is empty", "at least one"]),
    "theta is nan": (dict(params=np.array([np.nan])), ValueError, ["params has 1 entry", "NaN"]),
    "theta is complex": (dict(params=POINT + 0j), TypeError, ["params has dtype complex128"]),
    "net is a name": (dict(net="2-3-1", **DATA), TypeError, ["net", "expected a Network"]),
    "net alone": (dict(net=NET), TypeError, ["net comes without X and Y", "net=net, X=X, Y=Y"]),
    "net and blocks": (dict(net=NET, blocks={"W": (13,)}, **DATA), TypeError, ["with blocks"]),
    "theta of another net": (dict(net=NET, **DATA), ValueError, ["params has shape (6,)", "expected (13,)"]),
    "lam": (dict(lam=-1), ValueError, ["lam=-1", "at least 0"]),
    "n": (dict(n=0), ValueError, ["n=0", "above 0"]),
    "blocks": (dict(blocks=[(2, 3)]), TypeError, ["blocks", "name → shape"]),
    "blocks are too small": (dict(blocks={"W": (2, 2)}), ValueError, ["blocks hold 4 entries", "theta 6"]),
    "block of text": (dict(blocks={"W": "ab"}), TypeError, ["blocks=", "no shape"]),
    "cost is a vector": (dict(cost=lambda v: v), TypeError, ["cost returned an array of shape (6,)", "one number"]),
    "cost is nan": (dict(cost=lambda v: v.sum() * np.nan), ValueError, ["cost returned nan", "a finite number"]),
    "X is text": (dict(X="ab"), TypeError, ["X has dtype"]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_and_how(case):
    changed, error, words = REFUSED[case]
    with pytest.raises(error) as caught:
        diagnose(**{"cost": bowl, "grad": slope, "params": POINT, **changed})
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_what_the_functions_raise_comes_through():
    with pytest.raises(ZeroDivisionError):
        diagnose(bowl, lambda v: 1 / 0, POINT)


def test_a_cost_that_is_not_defined_everywhere():
    """log(θ₀) and a program that refuses θ₅ above 1.11: the doctor asks at places that do not suit them."""

    def cost(v):
        if v[5].real > 1.11:
            raise ValueError("too large")
        return float(np.log(v[0]) + bowl(v))

    def grad(v):
        if v[5] > 1.11:
            raise ValueError("too large")
        return slope(v) + np.array([1 / v[0], 0, 0, 0, 0, 0])

    assert diagnose(cost, grad, POINT).names == ()
    assert diagnose(cost, lambda v: -grad(v), POINT).names == ("sign",)


def test_a_cost_that_takes_complex_numbers_without_being_analytic():
    """abs drops the imaginary part of its own term alone, so the complex step runs and is wrong."""

    def lasso(v):
        return bowl(v) + 0.1 * abs(v).sum()

    found = diagnose(lasso, lambda v: slope(v) + 0.1 * np.sign(v), POINT)
    assert found.names == () and "central differences" in found.evidence[0]
    assert diagnose(lasso, lambda v: 3 * slope(v) + 0.3 * np.sign(v), POINT).names == ("factor",)


def test_parameters_in_single_precision():
    net, m, _ = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)
    found = diagnose(
        lambda v: net.cost(v, X, Y), lambda v: net.grad(v, X, Y), theta.astype(np.float32), net=net, X=X, Y=Y
    )
    assert found.names == ("float32",) and "apart from that it is right" in found.explanation


@pytest.mark.long
def test_a_penalty_over_the_whole_training_set():
    """λ is divided by n = 50 while the batch has 6 samples: right, undivided, and divided by the batch instead."""
    net, m, _ = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)

    def weights(v):
        alone = v.copy()
        for b in net.params(alone).b[1:]:
            b[...] = 0
        return alone

    for decay, names in (2 / 50, ()), (2, ("penalty-undivided",)), (2 / 6, ("penalty",)), (0, ("penalty-missing",)):
        found = diagnose(
            lambda v: net.cost(v, X, Y, 2.0, n=50),
            lambda v: net.grad(v, X, Y) + decay * weights(v),
            theta,
            net=net,
            X=X,
            Y=Y,
            lam=2.0,
            n=50,
        )
        assert found.names == names and found.where == (
            "the weights" if names and names != ("penalty-missing",) else found.where
        ), found


# What the formulas say, and what the cost is.


def test_the_formulas_stand_in_the_diagnosis_and_on_its_page():
    net, m, _ = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)
    found = diagnose(
        lambda v: net.cost(v, X, Y), lambda v: DEFECTS["slope-of-a"].broken(net, v, X, Y), theta, net=net, X=X, Y=Y
    )
    assert [f.layer for f in found.formulas] == [2, 1]
    first = found.formulas[0]
    assert str(first.computed) == "(W³)ᵀ δ³ ⊙ σ′(a²)" and str(first.right) == "(W³)ᵀ δ³ ⊙ σ′(z²)"
    assert first.computed.written("numpy") == "delta[3] @ W[3] * (sigmoid(a[2]) * (1 - sigmoid(a[2])))"
    assert "layer 2   your δ² = (W³)ᵀ δ³ ⊙ σ′(a²); it should be (W³)ᵀ δ³ ⊙ σ′(z²)" in repr(found)


def test_a_mistake_that_this_theta_hides_is_found_at_others():
    """Biases that are penalised too, at a theta whose biases are zero."""
    net, m, lam = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)
    for b in net.params(theta).b[1:]:
        b[...] = 0
    found = diagnose(
        lambda v: net.cost(v, X, Y, lam),
        lambda v: DEFECTS["bias-regularised"].broken(net, v, X, Y, lam),
        theta,
        net=net,
        X=X,
        Y=Y,
        lam=lam,
    )
    assert found.names == ("bias-regularised",) and "At this theta the gradient is right" in found.explanation


def test_a_part_that_nothing_explains_is_called_so_and_the_rest_is_kept():
    """Noise in layer 1 below a mistake in layer 3: the mistake is named, the noise is not."""
    net, m, _ = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)

    def grad(v):
        g = net.params(DEFECTS["bias-one-sample"].broken(net, v, X, Y, layers=[3]))
        g.W[1][...] += 0.1 * np.sin(9 * g.W[1] + 30 * v.sum())
        return g.theta

    found = diagnose(lambda v: net.cost(v, X, Y), grad, theta, net=net, X=X, Y=Y)
    assert found.names == ("bias-one-sample", "unknown") and found.sure == "unknown"
    assert {f.quantity: f.computed is None for f in found.formulas} == {"db³": False, "dW¹": True}
    assert "delta is right" not in repr(found) and "unexplained" in repr(found)


class Velocity:
    def __init__(self, gradient, mu, share=1.0):
        self.v, self.gradient, self.mu, self.share = 0.0, gradient, mu, share

    def __call__(self, theta):
        self.v = self.mu * self.v + self.share * self.gradient(theta)
        return self.v + 0


@pytest.mark.parametrize(
    "share, words", [(1.0, "a velocity, v ← 0.9 v + g"), (0.1, "a running mean, v ← 0.9 v + 0.1 g")]
)
def test_a_running_sum_of_gradients(share, words):
    found = diagnose(bowl, Velocity(slope, 0.9, share), POINT)
    assert found.names == ("momentum",) and words in found.explanation


def costs_of(net, X, Y):
    """The same network with its hidden layer normalised over the batch, and with a fixed mask of dropout."""
    mask = (np.random.default_rng(0).random((len(X), net.sizes[1])) < 0.6) / 0.6

    def cost(v, hidden):
        p = net.params(v)
        return 0.5 * ((hidden(X @ p.W[1].T + p.b[1]) @ p.W[2].T + p.b[2] - Y) ** 2).sum() / len(X)

    def normalised(z):
        return np.tanh((z - z.mean(0)) / np.sqrt(((z - z.mean(0)) ** 2).mean(0)))

    return (lambda v: cost(v, normalised)), (lambda v: cost(v, lambda z: np.tanh(z) * mask))


@pytest.mark.long
def test_dropout_and_batch_normalisation_are_recognised():
    net = Network((3, 5, 2), "tanh", "identity", "half_squared")
    theta, X, Y = draw(net, 7)
    for cost, words, name in zip(
        costs_of(net, X, Y), ("the layer is normalised", "the mask of dropout"), ("batch-norm", "dropout")
    ):
        found = diagnose(cost, lambda v: net.grad(v, X, Y) * 0.9 + 0.01 * v**2, theta, net=net, X=X, Y=Y)
        assert words in found.explanation and found.names == (name, "unknown"), found


@pytest.mark.long
def test_a_recurrent_network_is_recognised_by_its_blocks():
    rng, n, h, k = np.random.default_rng(0), 3, 4, 2
    shapes = {"Wx": (n, h), "Wh": (h, h), "b": (h,), "Wy": (h, k), "by": (k,)}
    ends = np.cumsum([0, *(int(np.prod(shape)) for shape in shapes.values())])
    X, Y = rng.standard_normal((5, n)), rng.standard_normal((5, k))

    def cost(v):
        Wx, Wh, b, Wy, by = (v[i:j].reshape(s) for i, j, s in zip(ends, ends[1:], shapes.values()))
        state, total = np.zeros((5, h)), 0.0
        for t in range(3):
            state = np.tanh(np.roll(X, t, axis=1) @ Wx + state @ Wh + b)
            total += 0.5 * ((state @ Wy + by - Y) ** 2).sum()
        return total

    theta = rng.standard_normal(ends[-1])
    found = diagnose(cost, lambda v: np.cos(3 * v), theta, X=X, Y=Y, blocks=shapes)
    assert found.names == ("recurrent", "unknown") and "from one time to the next" in found.explanation


@pytest.mark.long
@pytest.mark.parametrize(
    "exchange, words, names",
    [
        (dict(loss="half_squared"), "the loss is ½ Σ (a − y)²", ()),
        (dict(output="identity", loss="half_squared"), "the output is identity", ("another-network",)),
        (dict(hidden=["identity", "sigmoid"]), "no activation in layer 1", ("another-network",)),
        (dict(hidden="tanh"), "the activation in layers 1, 2 is tanh", ("another-network",)),
    ],
)
def test_the_formula_of_another_cost(exchange, words, names):
    """Cost and gradient agree, and are those of another network than the one that is named."""
    net, m, _ = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)
    other = Network(net.sizes, **exchange)
    found = diagnose(lambda v: other.cost(v, X, Y), lambda v: other.grad(v, X, Y), theta, net=net, X=X, Y=Y)
    assert found.names == names and words in found.explanation, found


OWN_LOSSES = {  # what is said: one number a sample, and its slope
    "Σ |a − y|": (lambda a, y: abs(a - y).sum(1), lambda a, y: np.sign(a - y)),
    "Σ log cosh(a − y)": (lambda a, y: np.log(np.cosh(a - y)).sum(1), lambda a, y: np.tanh(a - y)),
    "Σ (a − y)⁴": (lambda a, y: ((a - y) ** 4).sum(1), lambda a, y: 4 * (a - y) ** 3),
    "Σ (a + y)²": (lambda a, y: ((a + y) ** 2).sum(1), lambda a, y: 2 * (a + y)),
    "−Σ y log(a + 1e-3)": (lambda a, y: -(y * np.log(a + 1e-3)).sum(1), lambda a, y: -y / (a + 1e-3)),
}


@pytest.mark.long
@pytest.mark.parametrize("text", OWN_LOSSES)
def test_a_slip_beside_a_loss_that_bpcore_does_not_have(text):
    """The gradient is read as that of the loss that the cost has: right without a slip, and the slip is named."""
    net, m, _ = PATIENTS["sigmoid"]
    theta, X, Y = draw(net, m)
    own = Network(net.sizes, loss=Loss("own", *OWN_LOSSES[text]))
    for grad, names in (
        (lambda v: own.grad(v, X, Y), ()),
        (lambda v: DEFECTS["slope-missing"].broken(own, v, X, Y), ("slope-missing",)),
    ):
        found = diagnose(lambda v: own.cost(v, X, Y), grad, theta, net=net, X=X, Y=Y)
        assert found.names == names and found.sure == "certain", found
        assert f"the loss is {text}." in found.explanation


def test_a_large_network_is_checked_along_a_few_directions():
    net = Network((20, 15, 5), "tanh", "softmax", "cross_entropy")
    theta, X, Y = draw(net, 8)
    calls = [0]

    def cost(v):
        calls[0] += 1
        return net.cost(v, X, Y)

    right = diagnose(cost, lambda v: net.grad(v, X, Y), theta, net=net, X=X, Y=Y)
    assert right.names == () and "random directions" in right.evidence[0] and calls[0] < 200 < theta.size
    wrong = diagnose(cost, lambda v: DEFECTS["slope-missing"].broken(net, v, X, Y), theta, net=net, X=X, Y=Y)
    assert wrong.names == ("slope-missing",)


def test_biases_that_get_no_gradient_are_known_by_the_shapes_of_blocks():
    net = Network((3, 5, 2))
    theta, X, Y = draw(net, 7)

    def grad(v):
        g = net.params(net.grad(v, X, Y))
        g.b[1][...] = g.b[2][...] = 0
        return g.theta

    found = diagnose(lambda v: net.cost(v, X, Y), grad, theta, X=X, Y=Y, blocks={"Theta1": (5, 4), "Theta2": (2, 6)})
    assert found.names == ("bias-missing",)


def test_blocks_without_a_gradient_have_formulas_and_no_layer():
    cost = lambda p: sum(k * np.sin(v) for k, v in enumerate(p, 1))
    found = diagnose(cost, lambda p: [0.0, 0.0, 3 * np.cos(p[2])], [np.array(0.3), np.array(0.4), np.array(0.5)])
    assert found.names == ("no-gradient",) and found.where == "[0], [1]"
    assert [str(f) for f in found.formulas] == [
        "your d[0] = 0; it should be ∂C/∂[0]",
        "your d[1] = 0; it should be ∂C/∂[1]",
    ]


def test_a_multiple_of_the_parameters_has_to_hold_elsewhere_too():
    """The penalty's norm is left out of its gradient: at each place that adds another multiple of the parameters."""
    cost = lambda v: np.sum(v**4) + 0.3 * np.linalg.norm(v)
    grad = lambda v: 4 * v**3 + 0.3 * v
    found = diagnose(cost, grad, np.array([0.5, -0.8, 1.1, 0.4, -0.3]))
    assert "penalty" not in found.names
    added = diagnose(cost, lambda v: 4 * v**3 + 0.3 * v / np.linalg.norm(v) + 0.2 * v, np.array([0.5, -0.8, 1.1, 0.4]))
    assert added.names == ("penalty",) and str(added.formulas[0]).startswith("your dtheta = ∂C/∂theta + 0.2 theta")


def test_entries_that_stand_elsewhere_have_a_formula():
    """A kernel whose gradient is reversed: its middle entry is right, and the two others are exchanged."""
    X, Y = np.random.default_rng(0).standard_normal((2, 5, 3))
    cost = lambda p: 0.5 * np.sum((np.tanh(X @ p["k"]) - Y[:, 0]) ** 2) + np.sum(p["v"] ** 2)

    def grad(p):
        a = np.tanh(X @ p["k"])
        return {"k": (X.T @ ((a - Y[:, 0]) * (1 - a * a)))[::-1].copy(), "v": 2 * p["v"]}

    found = diagnose(cost, grad, {"k": np.array([0.4, -0.7, 1.2]), "v": np.array([0.3, 0.8])})
    assert found.names == ("order",) and found.where == "k"
    assert str(found.formulas[0]) == "your dk = ∂C/∂k, in reverse order; it should be ∂C/∂k"


def test_a_gradient_that_is_one_number_everywhere_is_explained_at_most_likely():
    """Clipped at every place: many formulas give 1, and none of them is certain."""
    net = Network((1, 1), output="identity", loss="mse")
    theta, X, Y = np.array([0.3, -0.4]), np.array([[1.0], [2.0], [3.0]]), np.array([[6.0], [10.0], [14.0]])
    found = diagnose(
        lambda v: net.cost(v, X, Y), lambda v: np.clip(abs(net.grad(v, X, Y)), 0, 1), theta, net=net, X=X, Y=Y
    )
    assert found.sure != "certain" and any("clipped" in text for text in found.evidence), found
    turned = diagnose(lambda v: net.cost(v, X, Y), lambda v: -net.grad(v, X, Y), theta, net=net, X=X, Y=Y)
    assert turned.names == ("sign",) and turned.sure == "certain", "of which each place has its own number"


def test_a_penalty_on_a_whole_matrix_is_not_one_on_biases():
    """Both add (λ/n) times what they pull at; only columns and vectors can be biases."""
    rng, lam = np.random.default_rng(0), 0.8
    X, Y = rng.standard_normal((8, 3)), rng.standard_normal((8, 2))
    params = {k: rng.standard_normal(s) for k, s in (("W1", (3, 4)), ("b1", 4), ("W2", (4, 2)), ("b2", 2))}

    def forward(p):
        h = np.tanh(X @ p["W1"] + p["b1"])
        return h, h @ p["W2"] + p["b2"]

    def cost(p):
        return 0.5 * ((forward(p)[1] - Y) ** 2).sum() / 8 + lam / 16 * (p["W2"] ** 2).sum()

    def grad(p, more):
        h, a = forward(p)
        d2 = (a - Y) / 8
        d1 = d2 @ p["W2"].T * (1 - h * h)
        right = {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2 + lam / 8 * p["W2"], "b2": d2.sum(0)}
        return {k: g + lam / 8 * p[k] * (k in more) for k, g in right.items()}

    of = lambda *more: diagnose(cost, lambda p: grad(p, more), params, lam=lam, n=8).names
    assert of("W1") == ("penalty",) and of("b1", "b2") == ("bias-regularised",)


@pytest.mark.parametrize(("added", "names"), [(1e-8, ("sign",)), (1e-5, ("unknown",))])
def test_a_small_number_in_a_denominator_does_not_hide_a_sign(added, names):
    """As long as it is smaller than what a gradient check allows; the slip is told to seven digits and not to nine."""
    y = np.array([1.0, 2.0, 0.5, 3.0, 1.5])
    said = diagnose(
        lambda p: -np.sum(y * np.log(p)),
        lambda p: y / (p + added),
        np.array([0.3, 0.6, 0.8, 0.5, 0.4]),
        blocks={"p": (5,)},
    )
    assert said.names == names and not said.formulas
    assert any("seven digits" in text for text in said.evidence) == (names == ("sign",))


def test_a_gradient_that_is_right_to_seven_digits_is_not_called_wrong():
    y = np.array([1.0, 2.0, 0.5, 3.0, 1.5])
    said = diagnose(lambda p: -np.sum(y * np.log(p)), lambda p: -y / (p + 1e-8), np.linspace(0.3, 0.8, 5))
    assert said.names == ()


@pytest.mark.long
def test_forces_that_have_no_bound_towards_zero_are_no_measure_of_rounding():
    """Particles that are brought together have energies of 1e30 and more; these here are apart, and lack a half."""
    ends = np.array([[0.0, 0.0], [1.1, 0.2], [0.3, 1.2], [1.3, 1.4]])
    pairs = [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]
    apart = lambda x, i, j: x[i] - x[j] + 0.01 * (1 + j - i)

    def cost(x):
        squares = [(apart(x, i, j) ** 2).sum() for i, j in pairs]
        return sum(4 * (s**-6 - s**-3) + 0.5 * (np.sqrt(s) - 1.2) ** 2 for s in squares)

    def grad(x, half=1.0):
        g = np.zeros((4, 2))
        for i, j in pairs:
            d = apart(x, i, j)
            s = (d**2).sum()
            force = (4 * (-6 * s**-7 + 3 * s**-4) + half * (np.sqrt(s) - 1.2) / (2 * np.sqrt(s))) * 2 * d
            g[i] += force
            g[j] -= force
        return g

    assert diagnose(cost, grad, ends).names == () and diagnose(cost, grad, ends).sure == "certain"
    assert diagnose(cost, lambda x: grad(x, 0.5), ends).names
