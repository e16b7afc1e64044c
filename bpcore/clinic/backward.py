"""The backward pass: a step that prepares and eight that follow, any of which a defect can replace."""

import numpy as np


class Pass:
    """What a backward pass has at hand, indexed as in the book; samples are rows.

    ``Theta[l]`` and ``W[l]`` are views of theta; ``z[l]``, ``a[l]``, ``delta[l]`` are (m, n_l);
    ``f[l]`` is the activation, ``loss`` the loss; ``m`` counts the samples, ``K`` the outputs;
    ``lam`` is λ and ``lr`` the learning rate.
    ``run(step, l, …)`` takes one step in layer l: the right one of ``STEPS``, or the wrong one in its place.
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


STEPS = {
    step.__name__: step
    for step in (prepare, output_delta, from_above, through, weight_sum, bias_sum, mean, penalty, hand_over)
}


def pull(f, z, a, g):
    """``g`` times f'(z): entry by entry, or by the Jacobian of an activation that mixes the entries of a row."""
    return g * f.df(z, a) if f.df else f.vjp(z, a, g)


def program_with(name, step, wrong, where, needs, also=()):
    """The gradient function that takes ``wrong`` in the place of one step, in the layers ``where(net)`` or those named.

    ``also`` are pairs: another step, and the layers ``where(net)`` in which ``wrong`` always stands in its place too.
    """

    def gradient(net, theta, X, Y, lam=0.0, layers=None, lr=0.5):
        possible = list(where(net))
        chosen = possible if layers is None else list(layers)
        if not chosen or not set(chosen) <= set(possible):
            raise ValueError(f"layers={layers}: {name!r} needs {needs}, and in {net} that is {possible or 'no layer'}")
        replaced = {(step, l): wrong for l in chosen}
        replaced.update({(other, l): wrong for other, layers_of in also for l in layers_of(net)})
        s = Pass(net, theta, X, Y, lam, lr, replaced)
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


def curved_layers(net):
    return [l for l in sloped_layers(net) if net.activations[l].df and net.activations[l].name != "identity"]


def hidden_layers_of_slopes(net):
    return [l for l in hidden_layers(net) if net.activations[l].df]


def below_a_curved_layer(net):
    return [l for l in hidden_layers(net) if l + 1 in curved_layers(net)]


def cancelled_output(net):
    return output_layer(net) if net.loss.link and all(f.df for f in net.activations[1:]) else []


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


NEEDS = {
    every_layer: "a layer",
    hidden_layers: "a hidden layer",
    output_layer: "the output layer",
    sloped_layers: "a hidden layer, or an output whose slope the loss does not cancel",
    square_layers: "a layer with as many units as inputs",
    below_a_square_layer: "a hidden layer with as many units as the layer above",
    relu_layers: "a layer of ReLUs",
    curved_layers: "a layer with a slope other than 1 that the loss does not cancel",
    hidden_layers_of_slopes: "a hidden layer with a slope entry by entry",
    below_a_curved_layer: "a hidden layer below one with a slope other than 1",
    cancelled_output: "a loss that cancels the output's slope, entry by entry",
    softmax_layers: "a layer of softmax whose slope the loss does not cancel",
}
