"""The equations of the chapter "The four delta equations" and of the page on parameters, each evaluated on both sides."""
import numpy as np

from .numerical import derivative, sigmoid, softmax
from .registry import equation
from .rounding import LIBRARY, gamma, product, relative


def softmax_jacobian(z):
    """∂a_k/∂z_j = ([k = j] e^{z_k} S - e^{z_k} e^{z_j}) / S², by the quotient rule."""
    e = np.exp(z)
    return np.array([[((k == j) * e[k] * e.sum() - e[k] * e[j]) / e.sum() ** 2 for j in range(len(z))] for k in range(len(z))])


ENTRYWISE = [(sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))), (np.tanh, lambda z: 1 - np.tanh(z) ** 2), (np.sin, np.cos)]


def loss(a, y):
    """A loss that couples the outputs, so that no term of its slope can be missed."""
    return 0.5 * ((a - y) ** 2).sum() * (1 + a.sum())


def loss_slope(a, y):
    return (a - y) * (1 + a.sum()) + 0.5 * ((a - y) ** 2).sum()


class Net:
    """A random network whose layers have different activations (hidden ones softmax if mixing); lists carry the book's layer numbers, slot 0 of W, b and f is None."""

    def __init__(self, rng, sizes, mixing=False):
        self.sizes, self.L = sizes, len(sizes) - 1
        self.W = [None] + [rng.standard_normal((n, n_before)) for n_before, n in zip(sizes, sizes[1:])]
        self.b = [None] + [rng.standard_normal(n) for n in sizes[1:]]
        self.f = [None] + [(softmax, softmax_jacobian) if mixing and l < self.L else ENTRYWISE[l % 3] for l in range(1, len(sizes))]

    def forward(self, x):
        z, a = [None], [x]
        for l in range(1, self.L + 1):
            z.append(self.W[l] @ a[l - 1] + self.b[l])
            a.append(self.f[l][0](z[l]))
        return z, a

    def loss_from(self, l, v, y):
        """The loss of the network cut open at layer l, computed from the bottom up."""
        a = self.f[l][0](v)
        for k in range(l + 1, self.L + 1):
            a = self.f[k][0](self.W[k] @ a + self.b[k])
        return loss(a, y)

    def deltas(self, x, y):
        """The deltas as they are defined: derivatives of the cut network's loss, by the complex step."""
        z, _ = self.forward(x)
        return [None] + [derivative(lambda v, l=l: self.loss_from(l, v, y), z[l]) for l in range(1, self.L + 1)]

    def parameter_slopes(self, x, y, name, l):
        """∂loss/∂W^l or ∂loss/∂b^l through the whole network, by the complex step."""
        parameters = getattr(self, name)
        kept = parameters[l]

        def whole(values):
            parameters[l] = values
            value = loss(self.forward(x)[1][-1], y)
            parameters[l] = kept
            return value

        return derivative(whole, kept)


def flat(arrays):
    return np.concatenate([np.ravel(array) for array in arrays])


def activation_error(a):
    """The bound on the error of sigmoid, tanh or sin: an exp, a sum of one sign and a quotient, or one call of the library."""
    return gamma(LIBRARY + 2) * abs(a)


def sample(rng, sizes, mixing=False):
    return Net(rng, sizes, mixing), rng.standard_normal(sizes[0]), rng.standard_normal(sizes[-1])


def batch(rng, sizes):
    """A network, and for m = 6 samples: inputs, targets, and each sample's z, a and delta, worked out one by one."""
    net, X, Y = Net(rng, sizes), rng.standard_normal((6, sizes[0])), rng.standard_normal((6, sizes[-1]))
    passes = [net.forward(x) for x in X]
    deltas = [net.deltas(x, y) for x, y in zip(X, Y)]
    Z = [None] + [np.array([z[l] for z, _ in passes]) for l in range(1, net.L + 1)]
    A = [np.array([a[l] for _, a in passes]) for l in range(net.L + 1)]
    Delta = [None] + [np.array([delta[l] for delta in deltas]) for l in range(1, net.L + 1)]
    return net, X, Y, Z, A, Delta


def mean_slopes(net, X, Y, name, l):
    """∂C/∂W^l or ∂C/∂b^l for the mean C of the losses, sample by sample."""
    return sum(net.parameter_slopes(x, y, name, l) for x, y in zip(X, Y)) / len(X)


@equation("eq-forward-column", mutants={
    "transpose": ("net.W[l] @ below", "net.W[l].T @ below"),
    "bias dropped": ("below + net.b[l]", "below"),
    "sign of the bias": ("below + net.b[l]", "below - net.b[l]"),
    "activation of the layer below": ("net.f[l][0](column)", "net.f[l - 1 or 2][0](column)"),
    "activation's slope for the activation": ("net.f[l][0](column)", "net.f[l][1](column)"),
})
def forward_column(rng, sizes):
    """The matrix form of each layer against its sums written out unit by unit, on the same activations below."""
    net, below, _ = sample(rng, sizes)
    left, right, errors = [], [], []
    for l in range(1, net.L + 1):
        column = net.W[l] @ below + net.b[l]
        sums = np.array([sum(net.W[l][j, k] * below[k] for k in range(sizes[l - 1])) + net.b[l][j] for j in range(sizes[l])])
        error = 2 * product(np.column_stack([net.W[l], net.b[l]]), np.append(below, 1.0))      # sums of n_(l-1) + 1 products
        left += [column, net.f[l][0](column)]
        right += [sums, [net.f[l][0](number) for number in sums]]
        errors += [error, error + 2 * activation_error(left[-1])]                              # no slope of an activation is above 1
        below = left[-1]
    return flat(left), flat(right), relative(flat(errors), flat(left), flat(right))


@equation("eq-loss-from-layer", mutants={
    "activation of the layer above": ("net.W[l + 1] @ net.f[l][0](v)", "net.W[l + 1] @ net.f[l + 1][0](v)"),
    "weights of the layer itself": ("net.W[l + 1] @ net.f", "net.W[l] @ net.f"),
    "bias dropped": (" + net.b[l + 1])", ")"),
    "activation of the output dropped": ("loss(net.f[l][0](v), y)", "loss(v, y)"),
    "transpose": ("net.W[l + 1] @", "net.W[l + 1].T @"),
})
def loss_from_layer(rng, sizes):
    """The loss of the network cut open at each layer, computed upwards in a loop, against the recursion from the top."""
    net, _, y = sample(rng, sizes)

    def from_the_top(l, v):
        if l == net.L:
            return loss(net.f[l][0](v), y)
        return from_the_top(l + 1, net.W[l + 1] @ net.f[l][0](v) + net.b[l + 1])

    places = [(l, rng.standard_normal(sizes[l])) for l in range(1, net.L + 1)]
    return np.array([net.loss_from(l, v, y) for l, v in places]), np.array([from_the_top(l, v) for l, v in places])


@equation("eq-delta-definition", tolerance=1e-8, mutants={  # a difference quotient: about 1e-11 of rounding over h, and h⁴ with h = 1e-3
    "one side stands still": ("down[j] -= h", "down[j] -= 0"),
    "half dropped": ("/ (2 * h)", "/ h"),
    "pre-activation of another unit": ("up[j] += h", "up[0] += h"),
    "loss cut at the output": ("net.loss_from(l, up, y)", "net.loss_from(net.L, up, y)"),
    "sign": ("(net.loss_from(l, up", "-(net.loss_from(l, up"),
})
def delta_definition(rng, sizes):
    """The deltas by the complex step of the network cut open at layer l against the limit of difference quotients."""
    net, x, y = sample(rng, sizes)
    z, _ = net.forward(x)

    def quotient(l, j, h):
        up, down = z[l].copy(), z[l].copy()
        up[j] += h
        down[j] -= h
        return (net.loss_from(l, up, y) - net.loss_from(l, down, y)) / (2 * h)

    limits = [(4 * quotient(l, j, 1e-3) - quotient(l, j, 2e-3)) / 3 for l in range(1, net.L + 1) for j in range(sizes[l])]
    return flat(net.deltas(x, y)[1:]), np.array(limits)


@equation("eq-bp1", mutants={
    "slope of the activation": ("net.f[-1][1](z[-1])", "net.f[-1][1](a[-1])"),
    "slope dropped": (" * net.f[-1][1](z[-1])", ""),
    "activation for its slope": ("net.f[-1][1]", "net.f[-1][0]"),
    "slope of the layer below": ("net.f[-1][1]", "net.f[-2][1]"),
    "sign": (", loss_slope(", ", -loss_slope("),
    "loss slope at the target": ("loss_slope(a[-1], y)", "loss_slope(y, a[-1])"),
})
def bp1(rng, sizes):
    """The output's δ by the complex step of the network cut open there against BP1."""
    net, x, y = sample(rng, sizes)
    z, a = net.forward(x)
    return net.deltas(x, y)[-1], loss_slope(a[-1], y) * net.f[-1][1](z[-1])


@equation("eq-bp2", mutants={
    "transpose dropped": ("net.W[l + 1].T @", "net.W[l + 1] @"),
    "slope of the layer above": ("net.f[l][1](z[l])", "net.f[l][1](z[l + 1])"),
    "slope dropped": (" * net.f[l][1](z[l])", ""),
    "delta of the same layer": ("@ delta[l + 1]", "@ delta[l]"),
    "sign": ("flat([net.W", "-flat([net.W"),
})
def bp2(rng, sizes):
    """The δ by the complex step of the network cut open at layer l against BP2."""
    net, x, y = sample(rng, sizes)
    z, _ = net.forward(x)
    delta = net.deltas(x, y)
    hidden = range(1, net.L)
    return flat([delta[l] for l in hidden]), flat([net.W[l + 1].T @ delta[l + 1] * net.f[l][1](z[l]) for l in hidden])


@equation("eq-bp3", mutants={
    "layers shifted": ("net.deltas(x, y)[1:]", "net.deltas(x, y)[:0:-1]"),
    "sign": ("flat(net.deltas", "-flat(net.deltas"),
    "delta of the output only": ("net.deltas(x, y)[1:]", "net.deltas(x, y)[-1:] * 3"),
    "slope applied once more": ("flat(net.deltas(x, y)[1:])", "flat([d * net.f[l][1](net.forward(x)[0][l]) for l, d in enumerate(net.deltas(x, y)) if l])"),
})
def bp3(rng, sizes):
    """The slopes of the loss with respect to each bias, by the complex step through the whole network, against the δ of the cut network."""
    net, x, y = sample(rng, sizes)
    layers = range(1, net.L + 1)
    return flat([net.parameter_slopes(x, y, "b", l) for l in layers]), flat(net.deltas(x, y)[1:])


@equation("eq-bp4", mutants={
    "transposed product": ("delta[l][:, None] @ a[l - 1][:, None].T", "a[l - 1][:, None] @ delta[l][:, None].T"),
    "activation of the layer itself": ("a[l - 1]", "a[l]"),
    "delta of the layer below": ("[delta[l]", "[delta[max(l - 1, 1)]"),
    "activation dropped": ("a[l - 1][:, None].T", "np.ones((1, sizes[l - 1]))"),
    "sign": ("[delta[l]", "[-delta[l]"),
})
def bp4(rng, sizes):
    """The slopes of the loss with respect to each weight, by the complex step through the whole network, against the column δ times the row a."""
    net, x, y = sample(rng, sizes)
    _, a = net.forward(x)
    delta, layers = net.deltas(x, y), range(1, net.L + 1)
    columns_times_rows = [delta[l][:, None] @ a[l - 1][:, None].T for l in layers]
    return flat([net.parameter_slopes(x, y, "W", l) for l in layers]), flat(columns_times_rows)


@equation("eq-forward-batch", mutants={
    "transpose dropped": ("@ net.W[l].T", "@ net.W[l]"),
    "bias dropped": (" + one @ net.b[l][:, None].T", ""),
    "activations of the layer itself": ("A[l - 1] @ net.W", "A[l] @ net.W"),
    "sign of the bias": ("+ one @", "- one @"),
    "activation of another layer": ("net.f[l][0](rows)", "net.f[l - 1 or 2][0](rows)"),
})
def forward_batch(rng, sizes):
    """Each sample's pre-activations and activations, worked out one by one, against the two lines for the batch."""
    net, X, _, Z, A, _ = batch(rng, sizes)
    one, left, right, errors = np.ones((len(X), 1)), [], [], []
    for l in range(1, net.L + 1):
        rows = A[l - 1] @ net.W[l].T + one @ net.b[l][:, None].T
        error = 2 * product(np.column_stack([A[l - 1], one]), np.vstack([net.W[l].T, net.b[l]]))      # sums of n_(l-1) + 1 products
        left += [Z[l], A[l]]
        right += [rows, net.f[l][0](rows)]
        errors += [error, error + 2 * activation_error(A[l])]                                         # no slope of an activation is above 1
    return flat(left), flat(right), relative(flat(errors), flat(left), flat(right))


@equation("eq-bp1-batch", mutants={
    "slope of the activation": ("net.f[-1][1](Z[-1])", "net.f[-1][1](A[-1])"),
    "slope dropped": (" * net.f[-1][1](Z[-1])", ""),
    "mean taken too early": ("return Delta[-1], slopes", "return Delta[-1], slopes / len(Y)"),
    "sign": ("Delta[-1], slopes", "Delta[-1], -slopes"),
    "targets of another sample": ("zip(A[-1], Y)", "zip(A[-1], Y[::-1])"),
})
def bp1_batch(rng, sizes):
    """The output's δ of each sample, by the complex step one by one, against BP1 for the batch."""
    net, _, Y, Z, A, Delta = batch(rng, sizes)
    slopes = np.array([loss_slope(a, y) for a, y in zip(A[-1], Y)])
    return Delta[-1], slopes * net.f[-1][1](Z[-1])


@equation("eq-bp2-batch", mutants={
    "transpose": ("@ net.W[l + 1] *", "@ net.W[l + 1].T *"),
    "slope of the layer above": ("net.f[l][1](Z[l])", "net.f[l][1](Z[l + 1])"),
    "slope dropped": (" * net.f[l][1](Z[l])", ""),
    "samples shuffled": ("flat([Delta[l + 1] @", "flat([Delta[l + 1][::-1] @"),
    "weights of the layer itself": ("@ net.W[l + 1]", "@ net.W[l]"),
})
def bp2_batch(rng, sizes):
    """The δ of each sample, by the complex step one by one, against BP2 for the batch."""
    net, _, _, Z, _, Delta = batch(rng, sizes)
    hidden = range(1, net.L)
    return flat([Delta[l] for l in hidden]), flat([Delta[l + 1] @ net.W[l + 1] * net.f[l][1](Z[l]) for l in hidden])


@equation("eq-bp3-batch", mutants={
    "sum for mean": ("@ one / len(X)", "@ one"),
    "transpose dropped": ("Delta[l].T @ one", "Delta[l] @ one"),
    "one sample alone": ("np.ones(len(X))", "np.eye(len(X))[0]"),
    "sign": ("flat([Delta[l].T", "flat([-Delta[l].T"),
})
def bp3_batch(rng, sizes):
    """The slopes of the mean loss with respect to each bias, by the complex step, against the mean of the δ rows."""
    net, X, Y, _, _, Delta = batch(rng, sizes)
    layers, one = range(1, net.L + 1), np.ones(len(X))
    return flat([mean_slopes(net, X, Y, "b", l) for l in layers]), flat([Delta[l].T @ one / len(X) for l in layers])


@equation("eq-bp4-batch", mutants={
    "sum for mean": ("A[l - 1] / len(X)", "A[l - 1]"),
    "transposed product": ("Delta[l].T @ A[l - 1]", "A[l - 1].T @ Delta[l]"),
    "activations of the layer itself": ("A[l - 1]", "A[l]"),
    "transpose dropped": ("Delta[l].T @", "Delta[l] @"),
    "sign": ("flat([Delta[l].T", "flat([-Delta[l].T"),
})
def bp4_batch(rng, sizes):
    """The slopes of the mean loss with respect to each weight, by the complex step, against δ transposed times the activations below."""
    net, X, Y, _, A, Delta = batch(rng, sizes)
    layers = range(1, net.L + 1)
    return flat([mean_slopes(net, X, Y, "W", l) for l in layers]), flat([Delta[l].T @ A[l - 1] / len(X) for l in layers])


@equation("eq-theta-column", mutants={
    "bias in the last column": ("np.column_stack([net.b[l], net.W[l]])", "np.column_stack([net.W[l], net.b[l]])"),
    "one at the end": ("np.append(1, a[l - 1])", "np.append(a[l - 1], 1)"),
    "zero for one": ("np.append(1, a", "np.append(0, a"),
    "activations of the layer itself": ("np.append(1, a[l - 1])", "np.append(1, a[l])"),
    "sign of the gradient": ("delta[l][:, None] @", "-delta[l][:, None] @"),
})
def theta_column(rng, sizes):
    """One matrix per layer: its product with [1; a] against z, and the complex-step slopes with respect to its entries against δ times the row [1, a]."""
    net, x, y = sample(rng, sizes)
    z, a = net.forward(x)
    delta = net.deltas(x, y)
    left, right = [], []
    for l in range(1, net.L + 1):
        Theta, one_and_a = np.column_stack([net.b[l], net.W[l]]), np.append(1, a[l - 1])
        slopes = np.column_stack([net.parameter_slopes(x, y, "b", l), net.parameter_slopes(x, y, "W", l)])
        left += [z[l], slopes]
        right += [Theta @ one_and_a, delta[l][:, None] @ one_and_a[None, :]]
    return flat(left), flat(right)


@equation("eq-theta-batch", mutants={
    "sum for mean": ("A[l - 1]]) / len(X)", "A[l - 1]])"),
    "ones at the end": ("[np.ones((len(X), 1)), A[l - 1]]", "[A[l - 1], np.ones((len(X), 1))]"),
    "transpose dropped": ("Delta[l].T @", "Delta[l] @"),
    "activations of the layer itself": ("A[l - 1]]", "A[l]]"),
    "zeros for ones": ("np.ones((len(X)", "np.zeros((len(X)"),
})
def theta_batch(rng, sizes):
    """The slopes of the mean loss with respect to every entry of [b | W], by the complex step, against δ transposed times [1 | A]."""
    net, X, Y, _, A, Delta = batch(rng, sizes)
    left, right = [], []
    for l in range(1, net.L + 1):
        left.append(np.column_stack([mean_slopes(net, X, Y, "b", l), mean_slopes(net, X, Y, "W", l)]))
        right.append(Delta[l].T @ np.hstack([np.ones((len(X), 1)), A[l - 1]]) / len(X))
    return flat(left), flat(right)
