"""Room 6 of the museum: data and numbers."""

import numpy as np

from ...network import Network
from ..backward import every_layer
from .table import gradient_defect, program_defect


def check_every_row_has_a_class(program):
    rows = program(np.array([1, 2, 3, 1]), 3).sum(axis=1)
    assert (rows == 1).all(), f"labels 1, 2, 3, 1 become rows with the sums {', '.join(f'{row:g}' for row in rows)}"
    return rows


def columns_from_one(labels, K):
    return (labels[:, None] == np.arange(1, K + 1)).astype(float)


@program_defect(
    "labels-off-by-one",
    check_every_row_has_a_class,
    columns_from_one,
    title="Labels count from 1, columns from 0",
    symptom="The last class becomes an all-zero row, and the first column is never a 1.",
    survives="No error is raised, sigmoid outputs accept any row, and the other classes are learnt.",
    cure="Subtract the first label, and assert that every row of the one-hot matrix sums to 1.",
)
def columns_from_zero(labels, K):
    return (labels[:, None] == np.arange(K)).astype(float)


def check_pairs_stay_together(program):
    """Give sample and target the same number, shuffle, and compare."""
    X, Y = program(np.arange(20.0)[:, None], np.arange(20.0)[:, None], np.random.default_rng(0))
    apart = int((X != Y).sum())
    assert apart == 0, f"{apart} of 20 samples have the target of another"
    return apart


def shuffled_together(X, Y, rng):
    order = rng.permutation(len(X))
    return X[order], Y[order]


@program_defect(
    "shuffled-apart",
    check_pairs_stay_together,
    shuffled_together,
    title="Samples and targets are shuffled apart",
    symptom="The network learns the mean of the targets and nothing more.",
    survives="Shapes, types and the gradient check are all in order: the gradient is right, for the wrong data.",
    cure="Draw one permutation and apply it to both.",
)
def shuffled_apart(X, Y, rng):
    return rng.permutation(X), rng.permutation(Y)


def check_rows_are_distributions(program):
    Z = np.array([[0.0, 1.0, 2.0], [3.0, 1.0, 0.0]])
    sums = program(Z).sum(axis=1)
    assert np.allclose(sums, 1, rtol=0, atol=1e-12), (
        f"the rows of two samples sum to {', '.join(f'{row:.4f}' for row in sums)}"
    )
    return sums


def softmax_of_rows(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@program_defect(
    "softmax-whole-matrix",
    check_rows_are_distributions,
    softmax_of_rows,
    title="Softmax over the whole batch",
    symptom="Probabilities shrink as the batch grows, and depend on who else is in it.",
    survives="With one sample at a time it is right, and the largest entry of a row stays the largest.",
    cure="Normalise each row: sum with axis=1 and keepdims=True.",
)
def softmax_of_all(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum()


@program_defect(
    "softmax-wrong-axis",
    check_rows_are_distributions,
    softmax_of_rows,
    exhibit=False,
    title="Softmax over the samples instead of the classes",
    symptom="Each column sums to 1 instead of each row, and a single sample gets probability 1 for every class.",
    survives="The values lie between 0 and 1, and the shapes fit.",
    cure="Normalise each row: sum with axis=1 and keepdims=True.",
)
def softmax_of_columns(Z):
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)


def check_large_logits(program):
    """Adding 1000 to all logits of a row changes no probability."""
    Z = np.array([[0.0, 1.0, 2.0], [3.0, 1.0, 0.0]])
    with np.errstate(all="ignore"):
        here, there = program(Z), program(Z + 1000)
    assert np.isfinite(there).all(), f"logits near 1000 give {(~np.isfinite(there)).sum()} entries that are no numbers"
    assert np.allclose(here, there, rtol=1e-9, atol=0), "adding 1000 to all logits changes the probabilities"
    return there.sum(axis=1)


@program_defect(
    "softmax-overflow",
    check_large_logits,
    softmax_of_rows,
    exhibit=False,
    title="Softmax without subtracting the largest logit",
    symptom="The cost turns into nan in the middle of a training that went well.",
    survives="Logits stay below 700 for a long time, and below that the result is right.",
    cure="Subtract each row's largest entry before exponentiating: it cancels.",
)
def softmax_as_written(Z):
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)


def check_certain_and_wrong(program):
    """The cross-entropy of a logit of -800 is 800 where y = 1, and 0 where y = 0."""
    with np.errstate(all="ignore"):
        loss = program(np.array([-800.0, -800.0]), np.array([1.0, 0.0]))
    assert np.allclose(loss, [800, 0]), (
        f"the losses at a logit of -800 are {loss[0]:g} and {loss[1]:g}, and should be 800 and 0"
    )
    return loss


def entropy_from_logits(z, y):
    return np.log1p(np.exp(-abs(z))) + np.maximum(z, 0) - y * z


@program_defect(
    "log-of-zero",
    check_certain_and_wrong,
    entropy_from_logits,
    title="The logarithm of a probability that has been rounded to zero",
    symptom="The cost is inf or nan as soon as one output saturates.",
    survives="It takes a logit above about 37, or below −709, to get there.",
    cure="Compute the loss from the logit: log(1 + exp(−|z|)) + max(z, 0) − y z.",
)
def entropy_from_probabilities(z, y):
    a = 1 / (1 + np.exp(-z))
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def check_small_steps_count(program):
    theta = program([1, -2, 3], np.array([1.0, 1.0, -1.0]), 0.1)
    assert np.allclose(theta, [0.9, -2.1, 3.1]), (
        f"a step of 0.1 takes (1, -2, 3) to ({', '.join(f'{value:g}' for value in theta)})"
    )
    return theta


def step_of_floats(start, gradient, lr):
    theta = np.array(start, dtype=float)
    theta[:] = theta - lr * gradient
    return theta


@program_defect(
    "integer-parameters",
    check_small_steps_count,
    step_of_floats,
    exhibit=False,
    title="Parameters kept as whole numbers",
    symptom="Parameters jump to zero or never move, and the cost stands still.",
    survives="Assigning floats into an integer array drops their fractions without a word.",
    cure="Create parameters and data as floats: np.array(start, dtype=float).",
)
def step_of_integers(start, gradient, lr):
    theta = np.array(start)
    theta[:] = theta - lr * gradient
    return theta


@gradient_defect(
    "float32",
    "hand_over",
    every_layer,
    title="The gradient is kept in single precision",
    symptom="Every entry is right to seven digits and wrong after that.",
    survives="A central difference is not much sharper, and plain descent does not mind.",
    cure="Keep gradients in float64, at least where they are checked or handed to an optimiser with line search.",
)
def single_precision(s, l, block):
    return block.astype(np.float32)


def check_units_part(program):
    net = Network((2, 3, 1), "tanh")
    theta, X, Y = program(net), [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]
    for _ in range(10):
        theta = theta - net.grad(theta, X, Y)
    different = len(np.unique(net.params(theta).Theta[1], axis=0))
    assert different == 3, (
        f"after ten steps the 3 hidden units hold {different} different row{'s' * (different > 1)} of parameters"
    )
    return different


def random_start(net):
    return net.init(seed=0)


@program_defect(
    "zero-start",
    check_units_part,
    random_start,
    title="All parameters start at zero",
    symptom="All units of a layer stay equal for ever, and the network is as wide as one unit.",
    survives="The gradient is right, the cost falls at first, and a linear problem is even solved.",
    cure="Draw the weights at random; the biases may be zero.",
)
def zero_start(net):
    return np.zeros(net.n_params)
