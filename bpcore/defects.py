"""The one table of defects: mistakes that people make in backpropagation, each with its repair and the check that catches it."""
import functools
import inspect
import weakref
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .checking import _check_functions, numerical_gradient, relative_error
from .network import Network


@dataclass(frozen=True)
class Defect:
    """One mistake: the program with it and without it, and how it shows.

    Attributes
    ----------
    name : str
        The key in ``DEFECTS``.
    title : str
        One line for a table.
    symptom : str
        What one sees, in a sentence.
    survives : str
        Why it is not noticed, in a sentence.
    cure : str
        What the owner of the program changes, in a sentence.
    broken : callable
        The program with the mistake.
        Where ``gradient`` is True, ``broken(net, theta, X, Y, lam=0.0, layers=None, lr=0.5)`` returns a gradient laid out
        as theta, with the mistake made in the layers named (None: in every layer where it can be made). A mistake that makes
        no difference (λ missing where λ = 0) returns the right gradient; one that cannot be made (a transposed block where no
        layer is square) raises ValueError. ``lr`` matters to "stale-weights" alone.
    repaired : callable
        The program without it, which takes the same arguments.
    check : callable
        ``check(program)`` raises an AssertionError that says what it saw if the program has the defect,
        and returns what it measured otherwise. That of a gradient defect also takes what ``gradient_check`` takes:
        ``check(program, lam=0.0, m=1, biases=0)`` looks at a place where less can be seen.
    gradient : bool
        True where the program is a gradient function.
    wrong : callable
        The few lines that are wrong: in a gradient function the step that is replaced, otherwise the whole program.
    right : callable
        What stands in their place.
    step : str
        The name of that step, of ``STEPS``; empty where the program is no gradient function.
    exhibit : bool
        True where the museum of common bugs shows it.
    """

    name: str
    title: str
    symptom: str
    survives: str
    cure: str
    broken: Callable
    repaired: Callable
    check: Callable
    gradient: bool
    wrong: Callable
    right: Callable
    step: str
    exhibit: bool

    @property
    def lines(self):
        """The text of ``wrong``."""
        return _text(self.wrong)

    @property
    def repaired_lines(self):
        """The text of ``right``."""
        return _text(self.right)


def _text(function):
    source = inspect.getsource(function)
    return source[source.index("def "):].rstrip()


DEFECTS = {}


# A backward pass in eight steps, written for reading. Each gradient defect replaces one step, in the layers named.

class Pass:
    """What a backward pass has at hand, indexed as in the book; samples are rows.

    ``Theta[l]`` and ``W[l]`` are views of theta; ``z[l]``, ``a[l]``, ``delta[l]`` are (m, n_l);
    ``f[l]`` is the activation, ``loss`` the loss; ``m`` counts the samples, ``K`` the outputs; ``lam`` is λ and ``lr`` the learning rate.
    ``run(step, l, …)`` takes one step in layer l: the right one of ``STEPS``, or the wrong one where it has been put in its place.
    """

    def __init__(self, net, theta, X, Y, lam, lr, replaced):
        p = net.params(theta)
        self.net, self.Theta, self.W, self.f, self.loss = net, p.Theta, p.W, net.activations, net.loss
        self.Y, self.lam, self.lr, self.replaced = np.asarray(Y, dtype=float), lam, lr, replaced
        self.m, self.K, self.L = len(self.Y), net.sizes[-1], net.L

    def run(self, step, l, *given):
        return self.replaced.get((step, l), STEPS[step])(self, l, *given)


def prepare(s, l):
    pass


def output_delta(s, l):
    if s.loss.link:
        return s.a[l] - s.Y
    return s.run("through", l, s.loss.slope(s.a[l], s.Y))


def from_above(s, l):
    return s.delta[l + 1] @ s.W[l + 1]


def through(s, l, g):
    return pull(s.f[l], s.z[l], s.a[l], g)


def weight_sum(s, l):
    return s.delta[l].T @ s.a[l - 1]


def bias_sum(s, l):
    return s.delta[l].sum(axis=0)


def mean(s, l, total):
    return total / s.m


def penalty(s, l):
    decay = s.lam / s.m * s.Theta[l]
    decay[:, 0] = 0
    return decay


def hand_over(s, l, block):
    return block


STEPS = {step.__name__: step for step in (prepare, output_delta, from_above, through, weight_sum, bias_sum, mean, penalty, hand_over)}


def pull(f, z, a, g):
    """``g`` times f'(z): entry by entry, or by the Jacobian of an activation that mixes the entries of a row."""
    return g * f.df(z, a) if f.df else f.vjp(z, a, g)


def program_with(name, step, wrong, where, needs):
    """The gradient function that takes ``wrong`` in the place of one step, in the layers ``where(net)`` or those named."""
    def gradient(net, theta, X, Y, lam=0.0, layers=None, lr=0.5):
        possible = list(where(net))
        chosen = possible if layers is None else list(layers)
        if not chosen or not set(chosen) <= set(possible):
            raise ValueError(f"layers={layers}: {name!r} needs {needs}, and in {net} that is {possible or 'no layer'}")
        s = Pass(net, theta, X, Y, lam, lr, {(step, l): wrong for l in chosen})
        for l in range(1, s.L + 1):
            s.run("prepare", l)
        t = net.forward(theta, X)
        s.z, s.a, s.delta = t.z, t.a, [None] * (s.L + 1)
        s.delta[s.L] = s.run("output_delta", s.L)
        for l in range(s.L - 1, 0, -1):
            s.delta[l] = s.run("through", l, s.run("from_above", l))
        blocks = []
        for l in range(1, s.L + 1):
            total = np.column_stack([s.run("bias_sum", l), s.run("weight_sum", l)])
            blocks.append(s.run("hand_over", l, s.run("mean", l, total) + s.run("penalty", l)).ravel())
        return np.concatenate(blocks).astype(float)
    return gradient


def every_layer(net):
    return range(1, net.L + 1)


def hidden_layers(net):
    return range(1, net.L)


def output_layer(net):
    return [net.L]


def sloped_layers(net):
    return range(1, net.L + (0 if net.loss.link else 1))


def square_layers(net):
    return [l for l in range(1, net.L + 1) if net.sizes[l] == net.sizes[l - 1]]


def below_a_square_layer(net):
    return [l for l in range(1, net.L) if net.sizes[l] == net.sizes[l + 1]]


def relu_layers(net):
    return [l for l in sloped_layers(net) if net.activations[l].name == "relu"]


def softmax_layers(net):
    return [l for l in sloped_layers(net) if net.activations[l].name == "softmax"]


def output_with(condition):
    return lambda net: [net.L] if condition(net.loss) else []


NEEDS = {every_layer: "a layer", hidden_layers: "a hidden layer", output_layer: "the output layer",
         sloped_layers: "a hidden layer, or an output whose slope the loss does not cancel",
         square_layers: "a layer with as many units as inputs",
         below_a_square_layer: "a hidden layer with as many units as the layer above", relu_layers: "a layer of ReLUs",
         softmax_layers: "a layer of softmax whose slope the loss does not cancel"}


# The book's gradient check, where it can see: uneven sizes, λ > 0, biases that are not zero, and twice.

def place(sizes=(3, 5, 4, 2), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy", m=6, biases=1, seed=0):
    """A network with parameters, m samples and targets that suit its loss: ``net, theta, X, Y``. ``biases`` scales the biases."""
    net, rng = Network(sizes, hidden, output, loss), np.random.default_rng(seed)
    theta, X, K = rng.standard_normal(net.n_params), rng.standard_normal((m, sizes[0])), sizes[-1]
    Y = {"sigmoid": lambda: rng.integers(0, 2, (m, K)).astype(float), "softmax": lambda: np.eye(K)[rng.integers(0, K, m)],
         None: lambda: rng.standard_normal((m, K))}[net.loss.link]()
    for b in net.params(theta).b[1:]:
        b *= biases
    return net, theta, X, Y


def gradient_report(program, net, theta, X, Y, lam=0.0):
    """Hold ``program(net, theta, X, Y, lam)`` against the complex-step derivative of ``net.cost``: a ``Report``, a row a layer."""
    p = net.params(theta)
    return _check_functions(lambda theta: net.cost(theta, X, Y, lam), lambda theta: program(net, theta, X, Y, lam), theta, "complex", None,
                            [(f"Theta[{l}]", Theta.size) for l, Theta in enumerate(p.Theta) if l], p.name_of)


def gradient_check(program, lam=0.7, **at):
    """Assert that ``program`` is the gradient of the cost at one ``place(**at)``, leaves theta alone, and says the same twice.

    Returns
    -------
    float
        The relative error.
    """
    net, theta, X, Y = place(**at)
    report = gradient_report(program, net, theta, X, Y, lam)
    assert not report.changed, f"the gradient changes the theta that it is given (relative error {report.error:.1e})"
    wrong = [f"{row.name} {row.error:.1e}" for row in report.rows if row.error > report.tolerance]
    assert report.passed, f"relative error {report.error:.1e}: {', '.join(wrong)}"
    again = relative_error(program(net, theta.copy(), X, Y, lam), report.gradient)
    assert again == 0, f"a second call at the same theta differs by {again:.1e}"
    return report.error


def _gradient_defect(name, step, where, title, symptom, survives, cure, exhibit=False, needs=None, right=None, **at):
    """Enter a defect whose mistake is the decorated function, in the place of one step of the backward pass.

    ``right`` says what the step is in this case, where the general step says it less plainly.
    """
    def enter(wrong):
        lines = wrong, right or STEPS[step]
        broken, repaired = (program_with(name, step, instead, where, needs or NEEDS[where]) for instead in lines)
        DEFECTS[name] = Defect(name, title, symptom, survives, cure, broken, repaired,
                               functools.partial(gradient_check, **at), True, *lines, step, exhibit)
        return wrong
    return enter


def _defect(name, check, repaired, title, symptom, survives, cure, exhibit=True):
    """Enter a defect whose program is the decorated function."""
    def enter(broken):
        DEFECTS[name] = Defect(name, title, symptom, survives, cure, broken, repaired, check, False, broken, repaired, "", exhibit)
        return broken
    return enter


# Room 1. The right numbers at the wrong time.

@_gradient_defect(
    "stale-weights", "from_above", hidden_layers, exhibit=True,
    title="Hidden deltas from weights that have moved already",
    symptom="The gradient of the last layer is right, and all layers below it are off by an amount that grows with the learning rate.",
    survives="A step is small, so the new weights are nearly the old ones, and the cost falls as before.",
    cure="Compute all deltas and all gradients first, and change the weights after that.")
def updated_too_soon(s, l):
    moved = s.W[l + 1] - s.lr * s.delta[l + 1].T @ s.a[l] / s.m
    return s.delta[l + 1] @ moved


def added_up(tape):
    gradient = {tape[-1][0]: 1.0}
    for value, parents in reversed(tape):
        for parent, slope in parents:
            gradient[parent] = gradient.get(parent, 0.0) + gradient[value] * slope
    return gradient


def check_used_twice(program):
    """c = b·b with b = a + a is 4a², whose derivative at a = 3 is 24."""
    slope = program([("a", []), ("b", [("a", 1.0), ("a", 1.0)]), ("c", [("b", 6.0), ("b", 6.0)])])["a"]
    assert slope == 24, f"the derivative of (a + a)² at a = 3 comes out as {slope:g}, and it is 24"
    return slope


@_defect(
    "gradient-overwritten", check_used_twice, added_up,
    title="A value is used twice, and its gradient is overwritten",
    symptom="Gradients are right where every value is used once, and too small or of the wrong sign elsewhere.",
    survives="In a chain of layers without branches, every array is used once.",
    cure="Add what arrives to what is there (+=), and clear it before each backward pass.")
def overwritten(tape):
    gradient = {tape[-1][0]: 1.0}
    for value, parents in reversed(tape):
        for parent, slope in parents:
            gradient[parent] = gradient[value] * slope
    return gradient


@_gradient_defect(
    "fan-out-overwritten", "from_above", hidden_layers,
    title="Of all units above, only the last one is heard",
    symptom="The last layer's gradient is right, and the layers below get the share of one unit of the layer above.",
    survives="With a single output nothing is lost in the layer below it.",
    cure="Add up over all units of the layer above (+= in the loop, or the matrix product).")
def last_unit_only(s, l):
    return s.delta[l + 1][:, -1:] * s.W[l + 1][-1]


@_gradient_defect(
    "samples-overwritten", "weight_sum", every_layer,
    title="Of all samples, only the last one counts",
    symptom="The weights' gradient is that of the last sample divided by m, while the biases' is right.",
    survives="One sample's gradient points roughly downhill, as in stochastic gradient descent.",
    cure="Add up over the samples: += in the loop, or the matrix product over all rows.")
def last_sample_only(s, l):
    for i in range(s.m):
        total = np.outer(s.delta[l][i], s.a[l - 1][i])
    return total


KEPT = weakref.WeakKeyDictionary()


@_gradient_defect(
    "accumulated", "hand_over", every_layer, exhibit=True,
    title="The gradient is never cleared between steps",
    symptom="The first call is right; every further call adds to what was there, and the steps grow.",
    survives="A gradient check calls once, and summed gradients act like momentum that never fades.",
    cure="Set the gradient to zero at the start of every backward pass.")
def never_cleared(s, l, block):
    kept = KEPT.setdefault(s.net, {})
    kept[l] = kept.get(l, 0) + block
    return kept[l]


@_gradient_defect(
    "argument-changed", "prepare", every_layer, exhibit=True,
    title="The gradient changes the parameters that it is given",
    symptom="Cost and gradient belong to different parameters, and an optimiser that compares them gives up.",
    survives="A check that looks at the parameters after the call finds everything in order, at the damaged place.",
    cure="Work on a copy of theta, or mask the bias column of the penalty and leave theta alone.")
def zero_the_biases(s, l):
    s.Theta[l][:, 0] = 0


# Room 2. Factors and signs.

@_gradient_defect(
    "mean-missing", "mean", every_layer,
    title="The gradient is summed over the samples, the cost averaged",
    symptom="The gradient is m times too large: a learning rate that works on ten samples diverges on a thousand.",
    survives="The direction is right, so a learning rate tuned by hand takes up the factor.",
    cure="Divide the data's part of the gradient by the number of samples, as the cost does.")
def not_divided(s, l, total):
    return total


@_gradient_defect(
    "mean-twice", "mean", every_layer, exhibit=True,
    title="The mean is taken twice",
    symptom="The gradient is m times too small, and training crawls.",
    survives="The direction is right, and a batch of one sample shows nothing.",
    cure="Divide by the number of samples in one place: in the delta or in the gradient, and not in both.")
def divided_again(s, l, total):
    return total / s.m / s.m


def slope_of_half_the_square(s, l):
    return s.run("through", l, s.a[l] - s.Y)


@_gradient_defect(
    "two-too-many", "output_delta", output_with(lambda loss: loss.name == "half_squared"), output="identity", loss="half_squared",
    needs="the loss 'half_squared'", right=slope_of_half_the_square,
    title="The ½ of the squared error is forgotten in the gradient",
    symptom="Every entry of the gradient is twice what the cost says.",
    survives="The learning rate takes up the factor.",
    cure="Differentiate the cost that you report: ½(a − y)² has the slope a − y, and (a − y)² has 2(a − y).")
def half_forgotten(s, l):
    return s.run("through", l, 2 * (s.a[l] - s.Y))


def slope_of_the_mean_square(s, l):
    return s.run("through", l, 2 * (s.a[l] - s.Y) / s.K)


@_gradient_defect(
    "two-missing", "output_delta", output_with(lambda loss: loss.name == "mse"), output="identity", loss="mse",
    needs="the loss 'mse'", right=slope_of_the_mean_square,
    title="The 2 of the squared error is missing from the gradient",
    symptom="Every entry of the gradient is half of what the cost says.",
    survives="The learning rate takes up the factor.",
    cure="Differentiate the cost that you report: (a − y)² has the slope 2(a − y), and ½(a − y)² has a − y.")
def two_forgotten(s, l):
    return s.run("through", l, (s.a[l] - s.Y) / s.K)


@_gradient_defect(
    "outputs-not-averaged", "output_delta", output_with(lambda loss: loss.name == "mse"), output="identity", loss="mse", exhibit=True,
    needs="the loss 'mse'", right=slope_of_the_mean_square,
    title="The cost averages over the outputs, the gradient does not",
    symptom="The gradient is K times too large for K outputs, and λ weighs K times less than it seems to.",
    survives="With one output the factor is 1, and with more the learning rate takes it up.",
    cure="Divide the output delta by the number of outputs K, or report the sum over outputs as the cost.")
def not_over_outputs(s, l):
    return s.run("through", l, 2 * (s.a[l] - s.Y))


@_gradient_defect(
    "sign", "mean", every_layer,
    title="The gradient has the wrong sign",
    symptom="The cost rises from the first step on; in one layer only, it falls more slowly or not to the end.",
    survives="A second minus in the update cancels it, and a single reversed layer is outvoted by the others.",
    cure="Take a − y in the delta and subtract the gradient in the update, each once.")
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


@_defect(
    "sign-mended-once", check_one_step_down, descend,
    title="A sign is written twice, and mended once",
    symptom="A program that learnt well climbs after one of its two minus signs has been put right.",
    survives="With both in place the two cancel: y − a in the delta and + in the update is descent.",
    cure="Let the gradient be the gradient, and let the update be the only place that subtracts.")
def climb(net, theta, X, Y, lr):
    gradient = net.grad(theta, X, Y)      # it was minus this until yesterday
    return theta + lr * gradient


# Room 3. Slopes.

@_gradient_defect(
    "slope-of-a", "through", sloped_layers, exhibit=True,
    title="σ′ is taken of the activation instead of the pre-activation",
    symptom="Hidden layers learn at the wrong rate, and the cost flattens where it need not.",
    survives="Sigmoid slopes are positive whatever they are taken of, so every step still goes roughly downhill.",
    cure="Pass z to a derivative that applies the activation itself, or pass a to the formula a(1 − a): one of the two.")
def slope_of_a(s, l, g):
    return pull(s.f[l], s.a[l], s.f[l].f(s.a[l]), g)


@_gradient_defect(
    "slope-formula-of-z", "through", sloped_layers,
    title="The formula for a, such as a(1 − a), is given z",
    symptom="Slopes of the wrong size and, for large |z|, of the wrong sign.",
    survives="Near z = ½ the number z(1 − z) looks like a slope, and ReLU is not concerned.",
    cure="Pass the activation a to the formula a(1 − a) or 1 − a², never the pre-activation.")
def formula_of_z(s, l, g):
    return pull(s.f[l], s.z[l], s.z[l], g)


@_gradient_defect(
    "slope-missing", "through", hidden_layers,
    title="The slope f′(z) is missing in a hidden layer",
    symptom="Layers below get too large a gradient: four times and more with each sigmoid left out.",
    survives="Slopes of sigmoid, tanh and ReLU are never negative, so every unit's own gradient keeps its sign.",
    cure="Multiply what comes from above by f′(z) of the layer, entry by entry.")
def no_slope(s, l, g):
    return g


@_gradient_defect(
    "slope-of-wrong-layer", "through", below_a_square_layer, sizes=(3, 4, 4, 2),
    title="The slope is taken at the layer above",
    symptom="The layers below are wrong by a factor that differs from unit to unit.",
    survives="Two layers of one width: the shapes fit.",
    cure="The slope belongs to the layer whose delta is computed: f′(z^l) for δ^l.")
def slope_from_above(s, l, g):
    return pull(s.f[l], s.z[l + 1], s.a[l + 1], g)


@_gradient_defect(
    "slope-of-wrong-function", "through", hidden_layers, hidden="tanh",
    title="The slope is that of another layer's activation",
    symptom="Right as long as all layers have one activation, wrong in the layer where they first differ.",
    survives="The program was written for sigmoids throughout; then one layer was given another activation.",
    cure="Keep each activation together with its derivative, one pair a layer.")
def slope_of_another(s, l, g):
    f = s.f[l + 1]
    return pull(f, s.z[l], f.f(s.z[l]), g)


def slope_cancelled(s, l):
    return s.a[l] - s.Y


@_gradient_defect(
    "output-slope-twice", "output_delta", output_with(lambda loss: loss.link), exhibit=True, needs="a loss that cancels the output's slope",
    right=slope_cancelled,
    title="The output's slope is applied although the loss has cancelled it",
    symptom="Confidently wrong outputs hardly move, and training has long plateaus.",
    survives="The slope is positive, and a(1 − a)(a − y) is the right delta of another loss, the squared error.",
    cure="With sigmoid and cross-entropy, or softmax and cross-entropy, the output delta is a − y and nothing more.")
def slope_again(s, l):
    return pull(s.f[l], s.z[l], s.a[l], s.a[l] - s.Y)


@_gradient_defect(
    "output-slope-forgotten", "output_delta", output_layer, loss="half_squared",
    title="The output's slope is forgotten although the loss does not cancel it",
    symptom="All layers are off, most where the output is saturated.",
    survives="With an identity output the slope is 1, and a − y is the right delta of cross-entropy.",
    cure="Multiply the loss's slope by f′(z) of the output, unless loss and output cancel it together.")
def slope_forgotten(s, l):
    return s.loss.slope(s.a[l], s.Y)


def mask_of_what_is_on(s, l, g):
    return g * (s.a[l] > 0)


@_gradient_defect(
    "relu-mask", "through", relu_layers, hidden="relu", exhibit=True, right=mask_of_what_is_on,
    title="The ReLU's mask is a ≥ 0, which is always true",
    symptom="Units that are switched off are trained as if they were on.",
    survives="The check at one sample with all units on passes, and training goes on downhill for the units that are on.",
    cure="The mask is z > 0, or a > 0: with ≥ the zeros that the ReLU made are let through.")
def mask_of_everything(s, l, g):
    return g * (s.a[l] >= 0)


def whole_jacobian(s, l, g):
    shared = (g * s.a[l]).sum(axis=1, keepdims=True)
    return s.a[l] * (g - shared)


@_gradient_defect(
    "softmax-diagonal", "through", softmax_layers, output="softmax", loss="half_squared", sizes=(3, 5, 4, 3), right=whole_jacobian,
    title="The softmax is treated entry by entry",
    symptom="The output delta of a row does not sum to zero, as that of a softmax must.",
    survives="a(1 − a) is the diagonal of its Jacobian, and it is all there is to a sigmoid.",
    cure="Use the whole Jacobian: a ⊙ (g − Σ g a), or cross-entropy, with which the delta is a − y.")
def diagonal_only(s, l, g):
    return g * s.a[l] * (1 - s.a[l])


# Room 4. Shapes that fit by chance.

@_gradient_defect(
    "missing-transpose", "from_above", below_a_square_layer, sizes=(3, 4, 4, 2), exhibit=True,
    title="W instead of its transpose on the way back",
    symptom="The layers below are wrong in size and direction, and the layer itself and those above it are right.",
    survives="Two layers of one width: the shapes fit.",
    cure="Samples as rows: δ W for the way back where the forward pass has a Wᵀ; check with layers of unequal widths.")
def through_the_transpose(s, l):
    return s.delta[l + 1] @ s.W[l + 1].T


@_gradient_defect(
    "transposed-block", "weight_sum", square_layers, sizes=(3, 4, 4, 2),
    title="The gradient of a square layer is transposed",
    symptom="One layer is wrong although its norm is right; its biases and all other layers are right.",
    survives="The layer is square, so the shapes fit, and the diagonal is right.",
    cure="The entry in row j and column k belongs to the weight from unit k to unit j: δᵀ a, not aᵀ δ.")
def other_way_round(s, l):
    return s.a[l - 1].T @ s.delta[l]


@_gradient_defect(
    "input-of-wrong-layer", "weight_sum", square_layers, sizes=(3, 4, 4, 2),
    title="The weights' gradient uses the layer's output instead of its input",
    symptom="One layer's weights are wrong; its biases and all other layers are right.",
    survives="The layer is square, so the shapes fit.",
    cure="The gradient of W^l is made of δ^l and a^(l−1): what the layer received.")
def own_output(s, l):
    return s.delta[l].T @ s.a[l]


@_gradient_defect(
    "input-before-activation", "weight_sum", lambda net: range(2, net.L + 1), needs="a layer above the first",
    title="The weights' gradient uses z of the layer below instead of a",
    symptom="The first layer and all biases are right, the other layers' weights wrong.",
    survives="z and a have the same shape, and for active ReLUs they are equal.",
    cure="The gradient of W^l is made of δ^l and a^(l−1), the activation of the layer below.")
def not_activated(s, l):
    return s.delta[l].T @ s.z[l - 1]


@_gradient_defect(
    "bias-row-kept", "from_above", hidden_layers,
    title="The bias column is kept on the way back, and a weight cut off",
    symptom="The layers below are wrong in size and direction, with every unit given its neighbour's share.",
    survives="A cut from the wrong end leaves an array of the right shape.",
    cure="Drop column 0 of Θ, the bias, before multiplying: δ Θ[:, 1:].")
def cut_at_the_wrong_end(s, l):
    return (s.delta[l + 1] @ s.Theta[l + 1])[:, :-1]


@_gradient_defect(
    "bias-axis-missing", "bias_sum", every_layer,
    title="The biases' gradient is summed over the units too",
    symptom="All biases of a layer move together.",
    survives="One number fits into every shape, a layer of one unit is right, and weights make up for biases.",
    cure="Sum over the samples alone: delta.sum(axis=0).")
def one_number_for_all(s, l):
    return np.full(s.net.sizes[l], s.delta[l].sum())


@_gradient_defect(
    "bias-mean-missing", "bias_sum", every_layer,
    title="The biases' gradient is summed where the weights' is averaged",
    symptom="The weights are right, and the biases m times too large.",
    survives="A batch of one sample shows nothing, and biases are few.",
    cure="Divide the biases' gradient by the number of samples as well.")
def sum_for_mean(s, l):
    return s.m * s.delta[l].sum(axis=0)


@_gradient_defect(
    "bias-one-sample", "bias_sum", every_layer,
    title="The biases' gradient is that of one sample",
    symptom="The weights are right, and the biases follow the last sample of each batch.",
    survives="A batch of one sample shows nothing, and on average over many batches it is right.",
    cure="Average δ over all samples of the batch.")
def last_row(s, l):
    return s.m * s.delta[l][-1]


@_gradient_defect(
    "bias-missing", "bias_sum", every_layer,
    title="The biases get no gradient",
    symptom="The biases stay where they started, mostly at zero.",
    survives="Centred data need small biases, and weights make up for the rest.",
    cure="The gradient of b^l is the mean of δ^l over the samples.")
def no_bias(s, l):
    return np.zeros(s.net.sizes[l])


@_gradient_defect(
    "layer-forgotten", "hand_over", every_layer,
    title="A layer gets no gradient at all",
    symptom="One layer's parameters never change.",
    survives="A loop that ends one layer early: the others learn on top of random features.",
    cure="Let the loop over layers run from L down to 1, and check every layer's gradient.")
def nothing(s, l, block):
    return np.zeros_like(block)


def check_perfect_prediction(program):
    """The loss of a prediction that is right for every sample is zero."""
    y = np.array([0.0, 1.0, 2.0, 3.0])
    loss = program(y[:, None], y)
    assert loss == 0, f"a perfect prediction has the loss {loss:g}"
    return loss


def squared_of_equal_shapes(a, y):
    return ((a - y.reshape(a.shape)) ** 2).mean()


@_defect(
    "broadcast-loss", check_perfect_prediction, squared_of_equal_shapes,
    title="(m, 1) minus (m,) is (m, m)",
    symptom="The loss stops at the variance of the targets, and the prediction that minimises it is their mean.",
    survives="NumPy broadcasts without a word, and the mean of an (m, m) array is a number like any other.",
    cure="Give outputs and targets one shape, (m, K), and assert it before subtracting.")
def squared(a, y):
    return ((a - y) ** 2).mean()


# Room 5. The penalty.

@_gradient_defect(
    "bias-regularised", "penalty", every_layer, exhibit=True,
    title="The penalty pulls at the biases too",
    symptom="The biases' gradient is off by λ b / n, and nothing else is.",
    survives="At λ = 0, and at the usual start with all biases zero, there is no difference.",
    cure="Leave column 0 of Θ out of the penalty, in the gradient as in the cost.")
def all_columns(s, l):
    return s.lam / s.m * s.Theta[l]


@_gradient_defect(
    "penalty-missing", "penalty", every_layer,
    title="λ is in the cost and not in the gradient",
    symptom="The reported cost is not the one that is minimised, and λ has no effect on the weights.",
    survives="A gradient check at λ = 0 sees nothing.",
    cure="Add λ/n W to the gradient of the weights.")
def no_penalty(s, l):
    return 0 * s.Theta[l]


@_gradient_defect(
    "penalty-undivided", "penalty", every_layer,
    title="λ is divided by n in the cost and not in the gradient",
    symptom="A penalty n times too strong: the weights shrink to nothing.",
    survives="A gradient check at λ = 0 sees nothing, and a smaller λ hides the factor.",
    cure="Divide the penalty's gradient by the same n as the penalty.")
def not_over_n(s, l):
    decay = s.lam * s.Theta[l]
    decay[:, 0] = 0
    return decay


# Room 6. Data and numbers.

def check_every_row_has_a_class(program):
    rows = program(np.array([1, 2, 3, 1]), 3).sum(axis=1)
    assert (rows == 1).all(), f"labels 1, 2, 3, 1 become rows with the sums {', '.join(f'{row:g}' for row in rows)}"
    return rows


def columns_from_one(labels, K):
    return (labels[:, None] == np.arange(1, K + 1)).astype(float)


@_defect(
    "labels-off-by-one", check_every_row_has_a_class, columns_from_one,
    title="Labels count from 1, columns from 0",
    symptom="The last class becomes an all-zero row, and the first column is never a 1.",
    survives="No error is raised, sigmoid outputs accept any row, and the other classes are learnt.",
    cure="Subtract the first label, and assert that every row of the one-hot matrix sums to 1.")
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


@_defect(
    "shuffled-apart", check_pairs_stay_together, shuffled_together,
    title="Samples and targets are shuffled apart",
    symptom="The network learns the mean of the targets and nothing more.",
    survives="Shapes, types and the gradient check are all in order: the gradient is right, for the wrong data.",
    cure="Draw one permutation and apply it to both.")
def shuffled_apart(X, Y, rng):
    return rng.permutation(X), rng.permutation(Y)


def check_rows_are_distributions(program):
    Z = np.array([[0.0, 1.0, 2.0], [3.0, 1.0, 0.0]])
    sums = program(Z).sum(axis=1)
    assert np.allclose(sums, 1, rtol=0, atol=1e-12), f"the rows of two samples sum to {', '.join(f'{row:.4f}' for row in sums)}"
    return sums


def softmax_of_rows(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@_defect(
    "softmax-whole-matrix", check_rows_are_distributions, softmax_of_rows,
    title="Softmax over the whole batch",
    symptom="Probabilities shrink as the batch grows, and depend on who else is in it.",
    survives="With one sample at a time it is right, and the largest entry of a row stays the largest.",
    cure="Normalise each row: sum with axis=1 and keepdims=True.")
def softmax_of_all(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum()


@_defect(
    "softmax-wrong-axis", check_rows_are_distributions, softmax_of_rows, exhibit=False,
    title="Softmax over the samples instead of the classes",
    symptom="Each column sums to 1 instead of each row, and a single sample gets probability 1 for every class.",
    survives="The values lie between 0 and 1, and the shapes fit.",
    cure="Normalise each row: sum with axis=1 and keepdims=True.")
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


@_defect(
    "softmax-overflow", check_large_logits, softmax_of_rows, exhibit=False,
    title="Softmax without subtracting the largest logit",
    symptom="The cost turns into nan in the middle of a training that went well.",
    survives="Logits stay below 700 for a long time, and below that the result is right.",
    cure="Subtract each row's largest entry before exponentiating: it cancels.")
def softmax_as_written(Z):
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)


def check_certain_and_wrong(program):
    """The cross-entropy of a logit of -800 is 800 where y = 1, and 0 where y = 0."""
    with np.errstate(all="ignore"):
        loss = program(np.array([-800.0, -800.0]), np.array([1.0, 0.0]))
    assert np.allclose(loss, [800, 0]), f"the losses at a logit of -800 are {loss[0]:g} and {loss[1]:g}, and should be 800 and 0"
    return loss


def entropy_from_logits(z, y):
    return np.log1p(np.exp(-abs(z))) + np.maximum(z, 0) - y * z


@_defect(
    "log-of-zero", check_certain_and_wrong, entropy_from_logits,
    title="The logarithm of a probability that has been rounded to zero",
    symptom="The cost is inf or nan as soon as one output saturates.",
    survives="It takes a logit above about 37, or below −709, to get there.",
    cure="Compute the loss from the logit: log(1 + exp(−|z|)) + max(z, 0) − y z.")
def entropy_from_probabilities(z, y):
    a = 1 / (1 + np.exp(-z))
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def check_small_steps_count(program):
    theta = program([1, -2, 3], np.array([1.0, 1.0, -1.0]), 0.1)
    assert np.allclose(theta, [0.9, -2.1, 3.1]), f"a step of 0.1 takes (1, -2, 3) to ({', '.join(f'{value:g}' for value in theta)})"
    return theta


def step_of_floats(start, gradient, lr):
    theta = np.array(start, dtype=float)
    theta[:] = theta - lr * gradient
    return theta


@_defect(
    "integer-parameters", check_small_steps_count, step_of_floats, exhibit=False,
    title="Parameters kept as whole numbers",
    symptom="Parameters jump to zero or never move, and the cost stands still.",
    survives="Assigning floats into an integer array drops their fractions without a word.",
    cure="Create parameters and data as floats: np.array(start, dtype=float).")
def step_of_integers(start, gradient, lr):
    theta = np.array(start)
    theta[:] = theta - lr * gradient
    return theta


@_gradient_defect(
    "float32", "hand_over", every_layer,
    title="The gradient is kept in single precision",
    symptom="Every entry is right to seven digits and wrong after that.",
    survives="A central difference is not much sharper, and plain descent does not mind.",
    cure="Keep gradients in float64, at least where they are checked or handed to an optimiser with line search.")
def single_precision(s, l, block):
    return block.astype(np.float32)


def check_units_part(program):
    net = Network((2, 3, 1), "tanh")
    theta, X, Y = program(net), [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]
    for _ in range(10):
        theta = theta - net.grad(theta, X, Y)
    different = len(np.unique(net.params(theta).Theta[1], axis=0))
    assert different == 3, f"after ten steps the 3 hidden units hold {different} different row{'s' * (different > 1)} of parameters"
    return different


def random_start(net):
    return net.init(seed=0)


@_defect(
    "zero-start", check_units_part, random_start,
    title="All parameters start at zero",
    symptom="All units of a layer stay equal for ever, and the network is as wide as one unit.",
    survives="The gradient is right, the cost falls at first, and a linear problem is even solved.",
    cure="Draw the weights at random; the biases may be zero.")
def zero_start(net):
    return np.zeros(net.n_params)


# Room 7. Instruments that deceive.

def check_cost_of_the_set(program):
    """The cost of a set does not depend on the order of its samples."""
    net, theta, X, Y = place()
    cost, turned = program(net, theta, X, Y), program(net, theta, X[::-1], Y[::-1])
    assert np.isclose(cost, turned, rtol=1e-12), f"the reported cost is {cost:.4f}, and {turned:.4f} when the samples come in another order"
    right = net.cost(theta, X, Y)
    assert np.isclose(cost, right, rtol=1e-12), f"the reported cost is {cost:.4f}, that of the set {right:.4f}"
    return cost


def cost_of_the_set(net, theta, X, Y):
    losses = [net.cost(theta, x[None], y[None]) for x, y in zip(X, Y)]
    return np.mean(losses)


@_defect(
    "one-samples-loss", check_cost_of_the_set, cost_of_the_set,
    title="One sample's loss is reported as the set's",
    symptom="The printed curve jumps, or falls while the cost of the set rises.",
    survives="It is a loss, it is printed every epoch, and it mostly falls.",
    cure="Average over the whole set after the epoch, with the parameters held still.")
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


@_defect(
    "target-drawn-twice", check_prediction_is_drawn, both_drawn,
    title="The plot shows the target twice",
    symptom="A fit too good to be true: the two curves coincide, from the first epoch on.",
    survives="It is what one hopes to see, and nobody looks for a mistake behind a success.",
    cure="Draw the prediction, and try the plot with a prediction that is known to be wrong.")
def target_drawn_twice(draw, x, target, prediction):
    draw(x, target, "sin(x)")
    draw(x, target, "network")


def check_targets_within_reach(program):
    """Drive the output's pre-activation far down and far up, and see how far the output goes."""
    Y = np.sin(np.linspace(-3, 3, 13))[:, None]
    net = program(Y)
    theta = np.zeros(net.n_params)
    low, high = sorted(float(net.predict(np.append(theta[:-net.sizes[-2] - 1], [end] + [0.0] * net.sizes[-2]), [[0.0]])[0, 0])
                       for end in (-40.0, 40.0))
    assert low <= Y.min() and high >= Y.max(), f"outputs reach from {low:.2f} to {high:.2f}, targets from {Y.min():.2f} to {Y.max():.2f}"
    return low, high


def linear_output(Y):
    sizes = (1, 10, Y.shape[1])
    return Network(sizes, hidden="tanh", output="identity", loss="half_squared")


@_defect(
    "targets-out-of-reach", check_targets_within_reach, linear_output,
    title="A sigmoid output for targets below zero",
    symptom="The output presses against 0 wherever the target is negative.",
    survives="The gradient is right, the cost falls, and it stops far above zero as in a local minimum.",
    cure="Choose the output for the range of the targets: identity for numbers, sigmoid for probabilities.")
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
        return gradient_report(program, net, theta, X, Y, lam).passed
    return passes(0.0) and passes(1.0)


@_defect(
    "check-without-penalty", check_the_checker, check_with_penalty,
    title="The gradient is checked at λ = 0 only",
    symptom="The check passes, and training with λ goes wrong.",
    survives="λ = 0 is the default, and the check is green.",
    cure="Check a second time with λ > 0 and biases that are not zero.")
def check_without_penalty(program, net, theta, X, Y):
    return gradient_report(program, net, theta, X, Y, 0.0).passed


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


@_defect(
    "check-at-damaged-parameters", check_damage_is_seen, check_at_the_same_place, exhibit=False,
    title="The check is made where the function under test has left theta",
    symptom="The check passes to the last digit beside a bug that ruins the training.",
    survives="Both gradients are right, at the damaged parameters.",
    cure="Give the function a copy or a locked array, and compare theta before and after.")
def check_where_it_was_left(cost, grad, theta):
    fast = grad(theta)
    return relative_error(fast, numerical_gradient(cost, theta, "complex"))
