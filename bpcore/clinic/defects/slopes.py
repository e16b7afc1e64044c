"""Room 3 of the museum: slopes."""

from ..backward import (
    below_a_square_layer,
    cancelled_output,
    curved_layers,
    hidden_layers,
    output_layer,
    output_with,
    pull,
    relu_layers,
    sloped_layers,
    softmax_layers,
)
from .table import gradient_defect


@gradient_defect(
    "slope-of-a",
    "through",
    sloped_layers,
    exhibit=True,
    title="σ′ is taken of the activation instead of the pre-activation",
    symptom="Hidden layers learn at the wrong rate, and the cost flattens where it need not.",
    survives="Sigmoid slopes are positive whatever they are taken of, so every step still goes roughly downhill.",
    cure="Pass z to a derivative that applies the activation itself, or a to a formula of a, such as the sigmoid's "
    "a(1 − a): one of the two.",
)
def slope_of_a(s, l, g):
    return pull(s.f[l], s.a[l], s.f[l].f(s.a[l]), g)


@gradient_defect(
    "slope-formula-of-z",
    "through",
    sloped_layers,
    title="The formula for a, such as a(1 − a), is given z",
    symptom="Slopes of the wrong size and, for large |z|, of the wrong sign.",
    survives="Near z = ½ the number z(1 − z) looks like a slope, and ReLU is not concerned.",
    cure="Pass the activation a to the formula a(1 − a) or 1 − a², never the pre-activation.",
)
def formula_of_z(s, l, g):
    return pull(s.f[l], s.z[l], s.z[l], g)


@gradient_defect(
    "slope-missing",
    "through",
    hidden_layers,
    title="The slope f′(z) is missing in a hidden layer",
    symptom="Layers below get too large a gradient: four times and more with each sigmoid left out.",
    survives="Slopes of sigmoid, tanh and ReLU are never negative, so every unit's own gradient keeps its sign.",
    cure="Multiply what comes from above by f′(z) of the layer, entry by entry.",
)
def no_slope(s, l, g):
    return g


@gradient_defect(
    "slope-of-wrong-layer",
    "through",
    below_a_square_layer,
    sizes=(3, 4, 4, 2),
    title="The slope is taken at another layer",
    symptom="The layers below are wrong by a factor that differs from unit to unit.",
    survives="Two layers of one width: the shapes fit.",
    cure="The slope belongs to the layer whose delta is computed: f′(z^l) for δ^l.",
)
def slope_from_above(s, l, g):
    return pull(s.f[l], s.z[l + 1], s.a[l + 1], g)


@gradient_defect(
    "slope-of-wrong-function",
    "through",
    hidden_layers,
    hidden="tanh",
    title="The slope is that of another function",
    symptom="The layer and all below it are wrong: a little where the two slopes are alike, much where they are not.",
    survives="The program was written for sigmoids throughout; then one layer was given another activation.",
    cure="Keep each activation together with its derivative and the constants of both, one pair a layer.",
)
def slope_of_another(s, l, g):
    f = s.f[l + 1]
    return pull(f, s.z[l], f.f(s.z[l]), g)


def slope_cancelled(s, l):
    return s.a[l] - s.Y


@gradient_defect(
    "output-slope-twice",
    "output_delta",
    output_with(lambda loss: loss.link),
    exhibit=True,
    needs="a loss that cancels the output's slope",
    right=slope_cancelled,
    title="The output's slope is applied although the loss has cancelled it",
    symptom="Confidently wrong outputs hardly move, and training has long plateaus.",
    survives="The slope is positive, and a(1 − a)(a − y) is the right delta of another loss, the squared error.",
    cure="With sigmoid and cross-entropy, or softmax and cross-entropy, the output delta is a − y and nothing more.",
)
def slope_again(s, l):
    return pull(s.f[l], s.z[l], s.a[l], s.a[l] - s.Y)


@gradient_defect(
    "output-slope-forgotten",
    "output_delta",
    output_layer,
    loss="half_squared",
    title="The output's slope is forgotten although the loss does not cancel it",
    symptom="All layers are off, most where the output is saturated.",
    survives="With an identity output the slope is 1, and a − y is the right delta of cross-entropy.",
    cure="Multiply the loss's slope by f′(z) of the output, unless loss and output cancel it together.",
)
def slope_forgotten(s, l):
    return s.loss.slope(s.a[l], s.Y)


def mask_of_what_is_on(s, l, g):
    return g * (s.a[l] > 0)


@gradient_defect(
    "relu-mask",
    "through",
    relu_layers,
    hidden="relu",
    exhibit=True,
    right=mask_of_what_is_on,
    title="The ReLU's mask is a ≥ 0, which is always true",
    symptom="Units that are switched off are trained as if they were on.",
    survives="The check at one sample with all units on passes, and for units that are on training goes on.",
    cure="The mask is z > 0, or a > 0: with ≥ the zeros that the ReLU made are let through.",
)
def mask_of_everything(s, l, g):
    return g * (s.a[l] >= 0)


def whole_jacobian(s, l, g):
    shared = (g * s.a[l]).sum(axis=1, keepdims=True)
    return s.a[l] * (g - shared)


@gradient_defect(
    "softmax-diagonal",
    "through",
    softmax_layers,
    output="softmax",
    loss="half_squared",
    sizes=(3, 5, 4, 3),
    right=whole_jacobian,
    title="The softmax is treated entry by entry",
    symptom="The output delta of a row does not sum to zero, as that of a softmax must.",
    survives="a(1 − a) is the diagonal of its Jacobian, and it is all there is to a sigmoid.",
    cure="Use the whole Jacobian: a ⊙ (g − Σ g a), or cross-entropy, with which the delta is a − y.",
)
def diagonal_only(s, l, g):
    return g * s.a[l] * (1 - s.a[l])


def slope_of_z_throughout(s, l, g=None):
    g = s.loss.slope(s.a[l], s.Y) if g is None else g
    return pull(s.f[l], s.z[l], s.a[l], g)


@gradient_defect(
    "slope-of-a-throughout",
    "output_delta",
    cancelled_output,
    also=(("through", hidden_layers),),
    right=slope_of_z_throughout,
    title="σ′ is taken of the activation in all layers, the output included",
    symptom="All layers are off, the output's delta by σ′(a) / (a(1 − a)), and the cost flattens where it need not.",
    survives="All factors are positive, so every step still goes roughly downhill.",
    cure="Hand z to a derivative that applies the sigmoid itself, or take a − y at the output and a(1 − a) below.",
)
def slope_of_a_throughout(s, l, g=None):
    g = s.loss.slope(s.a[l], s.Y) if g is None else g
    return pull(s.f[l], s.a[l], s.f[l].f(s.a[l]), g)


@gradient_defect(
    "slope-twice",
    "through",
    lambda net: [l for l in curved_layers(net) if net.activations[l].name != "relu"],
    needs="a layer with a slope other than 0 and 1 that the loss does not cancel",
    title="The slope is applied twice",
    symptom="The layer and all below it learn too slowly: a sigmoid's slope is at most a quarter.",
    survives="Slopes are positive, so the direction is roughly right, and a ReLU's mask may be applied twice.",
    cure="Multiply by f′(z) once, where what comes from above becomes the delta.",
)
def squared_slope(s, l, g):
    slope = s.f[l].df(s.z[l], s.a[l])
    return g * slope * slope


@gradient_defect(
    "activation-for-slope",
    "through",
    curved_layers,
    title="The activation stands where its slope should",
    symptom="Saturated units learn most, and units near zero not at all.",
    survives="A sigmoid's values are positive like its slopes, and the shapes fit.",
    cure="Multiply by f′(z), not by f(z).",
)
def value_for_slope(s, l, g):
    return g * s.a[l]


@gradient_defect(
    "mask-of-gradient",
    "through",
    relu_layers,
    hidden="relu",
    right=mask_of_what_is_on,
    title="The ReLU is applied to the gradient",
    symptom="Weights are only ever pushed one way, and units that are switched off are trained.",
    survives="The forward pass does this too, and half of the entries are right.",
    cure="Let the gradient pass where z > 0, whatever its own sign.",
)
def relu_of_the_gradient(s, l, g):
    return g * (g > 0)
