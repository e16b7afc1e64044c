"""Room 7 of the museum: instruments that deceive."""

import numpy as np

from ...checking import check_gradient, numerical_gradient, relative_error
from ...network import Network
from .table import DEFECTS, place, program_defect


def check_cost_of_the_set(program):
    """The cost of a set does not depend on the order of its samples."""
    net, theta, X, Y = place()
    cost, turned = program(net, theta, X, Y), program(net, theta, X[::-1], Y[::-1])
    assert np.isclose(cost, turned, rtol=1e-12), (
        f"the reported cost is {cost:.4f}, and {turned:.4f} when the samples come in another order"
    )
    right = net.cost(theta, X, Y)
    assert np.isclose(cost, right, rtol=1e-12), f"the reported cost is {cost:.4f}, that of the set {right:.4f}"
    return cost


def cost_of_the_set(net, theta, X, Y):
    losses = [net.cost(theta, x[None], y[None]) for x, y in zip(X, Y)]
    return np.mean(losses)


@program_defect(
    "one-samples-loss",
    check_cost_of_the_set,
    cost_of_the_set,
    title="One sample's loss is reported as the set's",
    symptom="The printed curve jumps, or falls while the cost of the set rises.",
    survives="It is a loss, it is printed every epoch, and it mostly falls.",
    cure="Average over the whole set after the epoch, with the parameters held still.",
)
def cost_of_the_last(net, theta, X, Y):
    for x, y in zip(X, Y):
        loss = net.cost(theta, x[None], y[None])
    return loss


def check_prediction_is_drawn(program):
    drawn = []
    program(lambda x, y, label: drawn.append(tuple(y)), (0.0, 1.0), (2.0, 3.0), (4.0, 5.0))
    assert (4.0, 5.0) in drawn, f"the prediction 4, 5 is drawn nowhere; what is drawn: {drawn}"
    return drawn


def both_drawn(draw, x, target, prediction):
    draw(x, target, "sin(x)")
    draw(x, prediction, "network")


@program_defect(
    "target-drawn-twice",
    check_prediction_is_drawn,
    both_drawn,
    title="The plot shows the target twice",
    symptom="A fit too good to be true: the two curves coincide, from the first epoch on.",
    survives="It is what one hopes to see, and nobody looks for a mistake behind a success.",
    cure="Draw the prediction, and try the plot with a prediction that is known to be wrong.",
)
def target_drawn_twice(draw, x, target, prediction):
    draw(x, target, "sin(x)")
    draw(x, target, "network")


def check_targets_within_reach(program):
    """Drive the output's pre-activation far down and far up, and see how far the output goes."""
    Y = np.sin(np.linspace(-3, 3, 13))[:, None]
    net = program(Y)
    theta = np.zeros(net.n_params)
    low, high = sorted(
        float(net.predict(np.append(theta[: -net.sizes[-2] - 1], [end] + [0.0] * net.sizes[-2]), [[0.0]])[0, 0])
        for end in (-40.0, 40.0)
    )
    assert low <= Y.min() and high >= Y.max(), (
        f"outputs reach from {low:.2f} to {high:.2f}, targets from {Y.min():.2f} to {Y.max():.2f}"
    )
    return low, high


def linear_output(Y):
    sizes = (1, 10, Y.shape[1])
    return Network(sizes, hidden="tanh", output="identity", loss="half_squared")


@program_defect(
    "targets-out-of-reach",
    check_targets_within_reach,
    linear_output,
    title="A sigmoid output for targets below zero",
    symptom="The output presses against 0 wherever the target is negative.",
    survives="The gradient is right, the cost falls, and it stops far above zero as in a local minimum.",
    cure="Choose the output for the range of the targets: identity for numbers, sigmoid for probabilities.",
)
def sigmoid_output(Y):
    sizes = (1, 10, Y.shape[1])
    return Network(sizes, hidden="tanh", output="sigmoid", loss="half_squared")


def check_the_checker(program):
    """A check that is worth its name lets the right gradient pass and stops two that forget or overdo the penalty."""
    net, theta, X, Y = place()
    assert program(Network.grad, net, theta, X, Y), "the right gradient does not pass"
    for name in ("penalty-missing", "bias-regularised"):
        assert not program(DEFECTS[name].broken, net, theta, X, Y), f"a gradient with the defect {name!r} passes"
    return True


def check_with_penalty(program, net, theta, X, Y):
    def passes(lam):
        mine = lambda theta: program(net, theta, X, Y, lam)
        return check_gradient(net, theta, X, Y, lam, grad=mine).passed

    return passes(0.0) and passes(1.0)


@program_defect(
    "check-without-penalty",
    check_the_checker,
    check_with_penalty,
    title="The gradient is checked at λ = 0 only",
    symptom="The check passes, and training with λ goes wrong.",
    survives="λ = 0 is the default, and the check is green.",
    cure="Check a second time with λ > 0 and biases that are not zero.",
)
def check_without_penalty(program, net, theta, X, Y):
    mine = lambda theta: program(net, theta, X, Y, 0.0)
    return check_gradient(net, theta, X, Y, grad=mine).passed


def check_damage_is_seen(program):
    net, theta, X, Y = place()

    def error(grad):
        return program(lambda at: net.cost(at, X, Y), lambda at: grad(net, at, X, Y), theta.copy())

    assert error(Network.grad) < 1e-12, "the right gradient does not pass"
    seen = error(DEFECTS["argument-changed"].broken)
    assert seen > 1e-3, "a gradient that zeroes the biases it is given passes"
    return seen


def check_at_the_same_place(cost, grad, theta):
    slow = numerical_gradient(cost, theta, "complex")
    return relative_error(grad(theta), slow)


@program_defect(
    "check-at-damaged-parameters",
    check_damage_is_seen,
    check_at_the_same_place,
    exhibit=False,
    title="The check is made where the function under test has left theta",
    symptom="The check passes to the last digit beside a bug that ruins the training.",
    survives="Both gradients are right, at the damaged parameters.",
    cure="Give the function a copy or a locked array, and compare theta before and after.",
)
def check_where_it_was_left(cost, grad, theta):
    fast = grad(theta)
    return relative_error(fast, numerical_gradient(cost, theta, "complex"))
