"""Ten things that people ask about beside wrong gradients, each as it is asked, and the help that it gets."""

import numpy as np
import pytest

from bpcore import Network, check_gradient, check_update, checkup, diagnose, sgd

RNG = np.random.default_rng(0)
NET = Network((3, 5, 2))
X, Y, V = RNG.standard_normal((7, 3)), RNG.integers(0, 2, (7, 2)).astype(float), RNG.standard_normal(32)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@pytest.mark.filterwarnings("ignore")
def test_training_that_explodes_is_told_its_rate():
    """A rate of 4 with momentum 0.9 and single samples."""
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((60, 4)), np.eye(3)[rng.integers(0, 3, 60)]
    net = Network((4, 8, 3), "sigmoid", "softmax", "cross_entropy")
    fit = sgd(net, net.init(0), X, Y, lr=4, momentum=0.9, batch_size=1, epochs=20)
    before = checkup(net, X, Y, theta=net.init(0), lr=4, momentum=0.9, batch_size=1)
    assert before.names == ("step-too-large",) and "lr = 0.6" in before[0].cure
    # such a run is chaotic: the rounding of its steps decides what its last epochs are like, and what is said first
    assert "cost-rises" in checkup(net, X, Y, fit=fit, lr=4, momentum=0.9, batch_size=1).names[:2]


@pytest.mark.filterwarnings("ignore")
def test_inputs_up_to_a_hundred_are_seen_before_the_training_blows_up():
    X = np.arange(100.0)[:, None]
    net = Network((1, 1), output="identity", loss="half_squared")
    assert set(checkup(net, X, 0.1 * X + 0.3, net.init(0), lr=0.5).names) >= {"step-too-large", "inputs-large"}


def test_adams_correction_without_its_power_is_named():
    state = {"m": 0.0, "v": 0.0}

    def step(theta, g):
        state["m"], state["v"] = 0.9 * state["m"] + 0.1 * g, 0.999 * state["v"] + 0.001 * g * g
        return theta - 0.001 * (state["m"] / 0.1) / (np.sqrt(state["v"] / 0.001) + 1e-8)

    assert check_update(step, "adam", lr=0.001).names == ("correction-without-power",)


def test_momentum_on_the_wrong_term_is_named():
    velocity = np.zeros(1)

    def step(theta, g):
        nonlocal velocity
        velocity = velocity + 0.9 * g
        return theta - 0.1 * velocity

    assert check_update(step, "momentum", lr=0.1).names == ("momentum-on-gradient",)


def test_an_accuracy_with_argmax_along_the_samples_is_recognised():
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 4, 200)
    X = np.eye(4)[labels] + 0.1 * rng.standard_normal((200, 4))
    net, Y = Network((4, 8, 4), "tanh", "softmax", "cross_entropy"), np.eye(4)[labels]
    fit = sgd(net, net.init(0), X, Y, lr=0.5, epochs=100)
    A = net.predict(fit.theta, X)
    found = checkup(net, X, Y, fit=fit, accuracy=float((A.argmax(axis=0) == Y.argmax(axis=0)).mean()))
    assert found.names[0] == "accuracy-computed" and "axis=0" in found[0].evidence


@pytest.mark.parametrize("tool", [diagnose, check_gradient])
def test_whole_numbers_are_refused_with_the_line_that_converts(tool):
    with pytest.raises(TypeError, match=r"astype\(float\) converts"):
        tool(lambda v: float(v @ v), lambda v: 2 * v, np.array([1, -2, 3]))


@pytest.mark.parametrize("kept", ["Theta1", "B1"])
def test_biases_without_a_gradient_are_named_in_the_owner_s_blocks(kept):
    def grad(theta):
        p = NET.params(NET.grad(theta, X, Y))
        p.b[1][...] = p.b[2][...] = 0
        return p.theta

    if kept == "Theta1":
        order, blocks = np.arange(32), {"Theta1": (5, 4), "Theta2": (2, 6)}
    else:
        of = lambda k, shape: k + np.arange(shape[0] * shape[1]).reshape(shape)
        layers = of(0, (5, 4)), of(20, (2, 6))
        order = np.concatenate([part.ravel() for T in layers for part in (T[:, 1:], T[:, 0])])
        blocks = {"W1": (5, 3), "B1": (5,), "W2": (2, 5), "B2": (2,)}
    back = order.argsort()
    found = diagnose(
        lambda v: NET.cost(v[back], X, Y), lambda v: grad(v[back])[order], V[order], X=X, Y=Y, blocks=blocks
    )
    assert found.names == ("bias-missing",)


@pytest.mark.parametrize("kind", [dict, list])
def test_parameters_are_taken_as_a_dict_or_a_list(kind):
    params = {"W1": V[:15].reshape(3, 5), "b1": V[15:20]}
    params = params if kind is dict else list(params.values())
    values = lambda p: list(p.values()) if kind is dict else p
    cost = lambda p: sum((v**3).sum() for v in values(p))
    grad = lambda p: {k: 3 * v**2 for k, v in p.items()} if kind is dict else [3 * v**2 for v in p]
    assert diagnose(cost, grad, params).names == () and check_gradient(cost, grad, params).passed


def test_a_vector_in_the_owner_s_own_order_is_tied_to_the_network():
    """Rows, weights before biases; and db¹ is not divided by m."""

    def parts(v):
        return v[:15].reshape(3, 5), v[15:20], v[20:30].reshape(5, 2), v[30:]

    def cost(v):
        W, b, U, c = parts(v)
        p = sigmoid(sigmoid(X @ W + b) @ U + c)
        return -(Y * np.log(p) + (1 - Y) * np.log(1 - p)).sum() / 7

    def grad(v):
        W, b, U, c = parts(v)
        a = sigmoid(X @ W + b)
        d = (sigmoid(a @ U + c) - Y) / 7
        h = d @ U.T * a * (1 - a)
        return np.concatenate([(X.T @ h).ravel(), 7 * h.sum(0), (a.T @ d).ravel(), d.sum(0)])

    found = diagnose(cost, grad, V, net=NET, X=X, Y=Y)
    assert found.names == ("bias-mean-missing",) and found.sure == "certain" and "1" in found.where


def test_a_step_that_drowns_in_rounding_is_not_taken_for_a_mistake():
    """At 1e-14 the check does not decide, and names the method that does; at 1e-12 it gives no such hint yet."""
    said = repr(check_gradient(NET, V, X, Y, method="central", step=1e-14))
    assert "not decided" in said and "method='complex'" in said
    assert check_gradient(NET, V, X, Y, method="complex").passed
