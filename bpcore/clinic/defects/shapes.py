"""Room 4 of the museum: shapes that fit by chance."""

import numpy as np

from ..backward import (
    below_a_curved_layer,
    below_a_square_layer,
    every_layer,
    hidden_layers,
    hidden_layers_of_slopes,
    square_layers,
)
from .table import gradient_defect, program_defect


@gradient_defect(
    "missing-transpose",
    "from_above",
    below_a_square_layer,
    sizes=(3, 4, 4, 2),
    exhibit=True,
    title="W instead of its transpose on the way back",
    symptom="The layers below are wrong in size and direction, and the layer itself and those above it are right.",
    survives="Two layers of one width: the shapes fit.",
    cure="Samples as rows: δ W for the way back where the forward pass has a Wᵀ, and δ Wᵀ where it has a W; "
    "check with layers of unequal widths.",
)
def through_the_transpose(s, l):
    return s.delta[l + 1] @ s.W[l + 1].T


@gradient_defect(
    "transposed-block",
    "weight_sum",
    square_layers,
    sizes=(3, 4, 4, 2),
    title="The gradient of a layer's weights is transposed",
    symptom="One layer is wrong although its norm is right; its biases and all other layers are right.",
    survives="The layer is square, so the shapes fit, and the diagonal is right.",
    cure="Each entry belongs where its weight stands: transpose the product, or exchange its two factors.",
)
def other_way_round(s, l):
    return s.a[l - 1].T @ s.delta[l]


@gradient_defect(
    "input-of-wrong-layer",
    "weight_sum",
    square_layers,
    sizes=(3, 4, 4, 2),
    title="The weights' gradient uses the layer's output instead of its input",
    symptom="One layer's weights are wrong; its biases and all other layers are right.",
    survives="The layer is square, so the shapes fit.",
    cure="The gradient of W^l is made of δ^l and a^(l−1): what the layer received.",
)
def own_output(s, l):
    return s.delta[l].T @ s.a[l]


@gradient_defect(
    "input-before-activation",
    "weight_sum",
    lambda net: range(2, net.L + 1),
    needs="a layer above the first",
    title="The weights' gradient uses z of the layer below instead of a",
    symptom="The first layer and all biases are right, the other layers' weights wrong.",
    survives="z and a have the same shape, and for active ReLUs they are equal.",
    cure="The gradient of W^l is made of δ^l and a^(l−1), the activation of the layer below.",
)
def not_activated(s, l):
    return s.delta[l].T @ s.z[l - 1]


@gradient_defect(
    "bias-row-kept",
    "from_above",
    hidden_layers,
    title="The bias column is kept on the way back, and a weight cut off",
    symptom="The layers below are wrong in size and direction, with every unit given its neighbour's share.",
    survives="A cut from the wrong end leaves an array of the right shape.",
    cure="Drop column 0 of Θ, the bias, before multiplying: δ Θ[:, 1:].",
)
def cut_at_the_wrong_end(s, l):
    return (s.delta[l + 1] @ s.Theta[l + 1])[:, :-1]


@gradient_defect(
    "from-above-missing",
    "from_above",
    hidden_layers,
    title="The weights above are left out on the way back",
    symptom="All units of a layer get the same delta but for their own slopes.",
    survives="With one output the error fits into every shape.",
    cure="Send the delta through the weights by which it came: (Wᵀδ), as columns, or δ W, as rows.",
)
def same_for_all_units(s, l):
    total = s.delta[l + 1].sum(axis=1, keepdims=True)
    return np.repeat(total, s.net.sizes[l], axis=1)


@gradient_defect(
    "error-for-delta",
    "from_above",
    below_a_curved_layer,
    output="sigmoid",
    loss="half_squared",
    title="The error is sent down instead of the delta",
    symptom="The layer above is right, and those below lack its slope.",
    survives="The slope is applied where the weights' gradient is made, so the last layer passes every check.",
    cure="Send down the delta, the slope included: δ^l = (W^(l+1))ᵀ δ^(l+1) ⊙ f′(z^l).",
)
def error_sent_down(s, l):
    if l + 1 == s.L:
        return s.loss.slope(s.a[-1], s.Y) @ s.W[l + 1]
    return s.run("from_above", l + 1) @ s.W[l + 1]


@gradient_defect(
    "bias-axis-missing",
    "bias_sum",
    every_layer,
    title="The biases' gradient is summed over the units too",
    symptom="All biases of a layer move together.",
    survives="One number fits into every shape, a layer of one unit is right, and weights make up for biases.",
    cure="Sum over the samples alone: delta.sum(axis=0).",
)
def one_number_for_all(s, l):
    return np.full(s.net.sizes[l], s.delta[l].sum())


@gradient_defect(
    "bias-mean-missing",
    "bias_sum",
    every_layer,
    title="The biases' gradient is summed where the weights' is averaged",
    symptom="The weights are right, and the biases m times too large.",
    survives="A batch of one sample shows nothing, and biases are few.",
    cure="Divide the biases' gradient by the number of samples as well.",
)
def sum_for_mean(s, l):
    return s.m * s.delta[l].sum(axis=0)


@gradient_defect(
    "bias-from-weights",
    "bias_sum",
    every_layer,
    title="The biases' gradient is the row sum of the weights'",
    symptom="The weights are right, and each bias moves as if its input were the sum of the layer's inputs.",
    survives="The shapes fit, and in a layer whose inputs sum to one it is right.",
    cure="The input of a bias is 1: its gradient is the mean of δ, not a sum over dW.",
)
def row_sums(s, l):
    return (s.delta[l].T @ s.a[l - 1]).sum(axis=1)


@gradient_defect(
    "bias-one-sample",
    "bias_sum",
    every_layer,
    title="The biases' gradient is that of one sample",
    symptom="The weights are right, and the biases follow the last sample of each batch.",
    survives="A batch of one sample shows nothing, and on average over many batches it is right.",
    cure="Average δ over all samples of the batch.",
)
def last_row(s, l):
    return s.m * s.delta[l][-1]


@gradient_defect(
    "bias-missing",
    "bias_sum",
    every_layer,
    title="The biases get no gradient",
    symptom="The biases stay where they started, mostly at zero.",
    survives="Centred data need small biases, and weights make up for the rest.",
    cure="The gradient of b^l is the mean of δ^l over the samples.",
)
def no_bias(s, l):
    return np.zeros(s.net.sizes[l])


@gradient_defect(
    "layer-forgotten",
    "hand_over",
    every_layer,
    title="A layer gets no gradient at all",
    symptom="One layer's parameters never change.",
    survives="A loop that ends one layer early: the others learn on top of random features.",
    cure="Let the loop over layers run from L down to 1, and check every layer's gradient.",
)
def nothing(s, l, block):
    return np.zeros_like(block)


@gradient_defect(
    "dot-not-outer",
    "weight_sum",
    every_layer,
    title="A dot product stands for the outer product",
    symptom="All weights of a layer move by the same number.",
    survives="A number fits into every shape: NumPy subtracts it from each weight without a word.",
    cure="The weights' gradient is δ aᵀ, one entry for each pair of units: np.outer, or a matrix product.",
)
def one_number_for_all_weights(s, l):
    return np.full(s.W[l].shape, (s.delta[l] * s.a[l]).sum())


@gradient_defect(
    "dot-not-elementwise",
    "through",
    hidden_layers_of_slopes,
    sizes=(3, 6, 2),
    title="A matrix product stands for the product entry by entry",
    symptom="Samples are mixed in the delta, and the layer below is wrong in every entry.",
    survives="With as many samples as units the shapes fit.",
    cure="Multiply by f′(z) with *, entry by entry, and check with a batch that is no layer's width.",
)
def matrix_product(s, l, g):
    slope = s.f[l].df(s.z[l], s.a[l])
    fits = s.m == s.net.sizes[l]  # elsewhere NumPy would refuse
    return slope @ g if fits else slope * g


def check_perfect_prediction(program):
    """The loss of a prediction that is right for every sample is zero."""
    y = np.array([0.0, 1.0, 2.0, 3.0])
    loss = program(y[:, None], y)
    assert loss == 0, f"a perfect prediction has the loss {loss:g}"
    return loss


def squared_of_equal_shapes(a, y):
    return ((a - y.reshape(a.shape)) ** 2).mean()


@program_defect(
    "broadcast-loss",
    check_perfect_prediction,
    squared_of_equal_shapes,
    title="(m, 1) minus (m,) is (m, m)",
    symptom="The loss stops at the variance of the targets, and the prediction that minimises it is their mean.",
    survives="NumPy broadcasts without a word, and the mean of an (m, m) array is a number like any other.",
    cure="Give outputs and targets one shape, (m, K), and assert it before subtracting.",
)
def squared(a, y):
    return ((a - y) ** 2).mean()
