"""Room 2 of the museum: factors and signs."""

from ..backward import every_layer, output_with
from .table import gradient_defect, place, program_defect


@gradient_defect(
    "mean-missing",
    "mean",
    every_layer,
    title="The gradient is summed over the samples, the cost averaged",
    symptom="The gradient is m times too large: a learning rate that works on ten samples diverges on a thousand.",
    survives="The direction is right, so a learning rate tuned by hand takes up the factor.",
    cure="Divide the data's part of the gradient by the number of samples, as the cost does.",
)
def not_divided(s, l, total):
    return total


@gradient_defect(
    "mean-twice",
    "mean",
    every_layer,
    exhibit=True,
    title="The mean is taken twice",
    symptom="The gradient is m times too small, and training crawls.",
    survives="The direction is right, and a batch of one sample shows nothing.",
    cure="Divide by the number of samples in one place: in the delta or in the gradient, and not in both.",
)
def divided_again(s, l, total):
    return total / s.m / s.m


def slope_of_half_the_square(s, l):
    return s.run("through", l, s.a[l] - s.Y)


@gradient_defect(
    "two-too-many",
    "output_delta",
    output_with(lambda loss: loss.name == "half_squared"),
    output="identity",
    loss="half_squared",
    needs="the loss 'half_squared'",
    right=slope_of_half_the_square,
    title="The ½ of the squared error is forgotten in the gradient",
    symptom="Every entry of the gradient is twice what the cost says.",
    survives="The learning rate takes up the factor.",
    cure="Differentiate the cost that you report: ½(a − y)² has the slope a − y, and (a − y)² has 2(a − y).",
)
def half_forgotten(s, l):
    return s.run("through", l, 2 * (s.a[l] - s.Y))


def slope_of_the_mean_square(s, l):
    return s.run("through", l, 2 * (s.a[l] - s.Y) / s.K)


@gradient_defect(
    "two-missing",
    "output_delta",
    output_with(lambda loss: loss.name == "mse"),
    output="identity",
    loss="mse",
    needs="the loss 'mse'",
    right=slope_of_the_mean_square,
    title="The 2 of the squared error is missing from the gradient",
    symptom="Every entry of the gradient is half of what the cost says.",
    survives="The learning rate takes up the factor.",
    cure="Differentiate the cost that you report: (a − y)² has the slope 2(a − y), and ½(a − y)² has a − y.",
)
def two_forgotten(s, l):
    return s.run("through", l, (s.a[l] - s.Y) / s.K)


@gradient_defect(
    "outputs-not-averaged",
    "output_delta",
    output_with(lambda loss: loss.name == "mse"),
    output="identity",
    loss="mse",
    exhibit=True,
    needs="the loss 'mse'",
    right=slope_of_the_mean_square,
    title="The cost averages over the outputs, the gradient does not",
    symptom="The gradient is K times too large for K outputs, and λ weighs K times less than it seems to.",
    survives="With one output the factor is 1, and with more the learning rate takes it up.",
    cure="Divide the output delta by the number of outputs K, or report the sum over outputs as the cost.",
)
def not_over_outputs(s, l):
    return s.run("through", l, 2 * (s.a[l] - s.Y))


@gradient_defect(
    "sign",
    "mean",
    every_layer,
    title="The gradient has the wrong sign",
    symptom="The cost rises from the first step on; in one layer only, it falls more slowly or not to the end.",
    survives="A second minus in the update cancels it, and a single reversed layer is outvoted by the others.",
    cure="Take a − y in the delta and subtract the gradient in the update, each once.",
)
def reversed_sign(s, l, total):
    return -total / s.m


def check_one_step_down(program):
    net, theta, X, Y = place()
    before, after = net.cost(theta, X, Y), net.cost(program(net, theta, X, Y, 0.01), X, Y)
    assert after < before, f"one small step takes the cost up, from {before:.4f} to {after:.4f}"
    return before - after


def descend(net, theta, X, Y, lr):
    gradient = net.grad(theta, X, Y)
    return theta - lr * gradient


@program_defect(
    "sign-mended-once",
    check_one_step_down,
    descend,
    title="A sign is written twice, and mended once",
    symptom="A program that learnt well climbs after one of its two minus signs has been put right.",
    survives="With both in place the two cancel: y − a in the delta and + in the update is descent.",
    cure="Let the gradient be the gradient, and let the update be the only place that subtracts.",
)
def climb(net, theta, X, Y, lr):
    gradient = net.grad(theta, X, Y)  # it was minus this until yesterday
    return theta + lr * gradient
