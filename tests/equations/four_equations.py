"""The equations of the chapter "The four delta equations", each evaluated on both sides."""
import numpy as np

from .registry import equation

STEP = 1e-30


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z)
    return e / e.sum()


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


def derivative(function, point):
    """The derivatives of a function of an array by its entries: complex step, no subtraction."""
    slopes = np.empty(point.shape)
    for place in np.ndindex(point.shape):
        moved = point.astype(complex)
        moved[place] += 1j * STEP
        slopes[place] = function(moved).imag / STEP
    return slopes


def flat(arrays):
    return np.concatenate([np.ravel(array) for array in arrays])


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


@equation("eq-forward-column")
def forward_column(rng, sizes):
    net, x, _ = sample(rng, sizes)
    z, a = net.forward(x)
    by_entry, below = [], x
    for l in range(1, net.L + 1):
        sums = [sum(net.W[l][j, k] * below[k] for k in range(sizes[l - 1])) + net.b[l][j] for j in range(sizes[l])]
        below = [net.f[l][0](number) for number in sums]
        by_entry += sums + below
    return flat([part for l in range(1, net.L + 1) for part in (z[l], a[l])]), np.array(by_entry)


@equation("eq-loss-from-layer")
def loss_from_layer(rng, sizes):
    net, _, y = sample(rng, sizes)

    def from_the_top(l, v):
        if l == net.L:
            return loss(net.f[l][0](v), y)
        return from_the_top(l + 1, net.W[l + 1] @ net.f[l][0](v) + net.b[l + 1])

    places = [(l, rng.standard_normal(sizes[l])) for l in range(1, net.L + 1)]
    return np.array([net.loss_from(l, v, y) for l, v in places]), np.array([from_the_top(l, v) for l, v in places])


@equation("eq-delta-definition", tolerance=1e-8)   # the right side is a difference quotient: about 1e-11 of rounding over h, and h⁴ with h = 1e-3
def delta_definition(rng, sizes):
    net, x, y = sample(rng, sizes)
    z, _ = net.forward(x)

    def quotient(l, j, h):
        up, down = z[l].copy(), z[l].copy()
        up[j] += h
        down[j] -= h
        return (net.loss_from(l, up, y) - net.loss_from(l, down, y)) / (2 * h)

    limits = [(4 * quotient(l, j, 1e-3) - quotient(l, j, 2e-3)) / 3 for l in range(1, net.L + 1) for j in range(sizes[l])]
    return flat(net.deltas(x, y)[1:]), np.array(limits)


@equation("eq-bp1")
def bp1(rng, sizes):
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
    net, x, y = sample(rng, sizes)
    z, _ = net.forward(x)
    delta = net.deltas(x, y)
    hidden = range(1, net.L)
    return flat([delta[l] for l in hidden]), flat([net.W[l + 1].T @ delta[l + 1] * net.f[l][1](z[l]) for l in hidden])


@equation("eq-bp3")
def bp3(rng, sizes):
    net, x, y = sample(rng, sizes)
    layers = range(1, net.L + 1)
    return flat([net.parameter_slopes(x, y, "b", l) for l in layers]), flat(net.deltas(x, y)[1:])


@equation("eq-bp4")
def bp4(rng, sizes):
    net, x, y = sample(rng, sizes)
    _, a = net.forward(x)
    delta, layers = net.deltas(x, y), range(1, net.L + 1)
    columns_times_rows = [delta[l][:, None] @ a[l - 1][:, None].T for l in layers]
    return flat([net.parameter_slopes(x, y, "W", l) for l in layers]), flat(columns_times_rows)


@equation("eq-bp1-jacobian")
def bp1_jacobian(rng, sizes):
    net, x, y = sample(rng, sizes)
    swirl = rng.standard_normal((sizes[-1], sizes[-1]))                    # a mixing activation whose Jacobian is not symmetric
    net.f[-1] = lambda v: np.tanh(swirl @ v), lambda v: (1 / np.cosh(swirl @ v) ** 2)[:, None] * swirl
    z, a = net.forward(x)
    return net.deltas(x, y)[-1], net.f[-1][1](z[-1]).T @ loss_slope(a[-1], y)


@equation("eq-bp2-jacobian")
def bp2_jacobian(rng, sizes):
    net, x, y = sample(rng, sizes, mixing=True)
    z, _ = net.forward(x)
    delta, hidden = net.deltas(x, y), range(1, net.L)
    return flat([delta[l] for l in hidden]), flat([net.f[l][1](z[l]).T @ net.W[l + 1].T @ delta[l + 1] for l in hidden])


@equation("eq-softmax-jacobian")
def softmax_jacobian_short(rng, sizes):
    z, g = rng.standard_normal((2, sizes[1]))
    a = softmax(z)
    J = np.array([derivative(lambda v, k=k: softmax(v)[k], z) for k in range(len(z))])
    return flat([J, J.T @ g]), flat([np.diag(a) - np.outer(a, a), a * (g - (a @ g) * np.ones(len(a)))])


@equation("eq-delta-matched")
def delta_matched(rng, sizes):
    z, y = rng.standard_normal(sizes[1]), rng.random(sizes[1])
    shares = y / y.sum()
    binary = derivative(lambda v: -(y * np.log(sigmoid(v)) + (1 - y) * np.log(1 - sigmoid(v))).sum(), z)
    many = derivative(lambda v: -(shares * np.log(softmax(v))).sum(), z)
    return flat([binary, many]), flat([sigmoid(z) - y, softmax(z) - shares])


@equation("eq-forward-batch")
def forward_batch(rng, sizes):
    net, X, _, Z, A, _ = batch(rng, sizes)
    one = np.ones((len(X), 1))
    rows = [A[l - 1] @ net.W[l].T + one @ net.b[l][:, None].T for l in range(1, net.L + 1)]
    return flat(Z[1:] + A[1:]), flat(rows + [net.f[l][0](rows[l - 1]) for l in range(1, net.L + 1)])


@equation("eq-bp1-batch")
def bp1_batch(rng, sizes):
    net, _, Y, Z, A, Delta = batch(rng, sizes)
    slopes = np.array([loss_slope(a, y) for a, y in zip(A[-1], Y)])
    return Delta[-1], slopes * net.f[-1][1](Z[-1])


@equation("eq-bp2-batch")
def bp2_batch(rng, sizes):
    net, _, _, Z, _, Delta = batch(rng, sizes)
    hidden = range(1, net.L)
    return flat([Delta[l] for l in hidden]), flat([Delta[l + 1] @ net.W[l + 1] * net.f[l][1](Z[l]) for l in hidden])


@equation("eq-bp3-batch")
def bp3_batch(rng, sizes):
    net, X, Y, _, _, Delta = batch(rng, sizes)
    layers, one = range(1, net.L + 1), np.ones(len(X))
    return flat([mean_slopes(net, X, Y, "b", l) for l in layers]), flat([Delta[l].T @ one / len(X) for l in layers])


@equation("eq-bp4-batch")
def bp4_batch(rng, sizes):
    net, X, Y, _, A, Delta = batch(rng, sizes)
    layers = range(1, net.L + 1)
    return flat([mean_slopes(net, X, Y, "W", l) for l in layers]), flat([Delta[l].T @ A[l - 1] / len(X) for l in layers])


@equation("eq-theta-column")
def theta_column(rng, sizes):
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


@equation("eq-theta-batch")
def theta_batch(rng, sizes):
    net, X, Y, _, A, Delta = batch(rng, sizes)
    left, right = [], []
    for l in range(1, net.L + 1):
        left.append(np.column_stack([mean_slopes(net, X, Y, "b", l), mean_slopes(net, X, Y, "W", l)]))
        right.append(Delta[l].T @ np.hstack([np.ones((len(X), 1)), A[l - 1]]) / len(X))
    return flat(left), flat(right)


@equation("eq-delta-bound")
def delta_bound(rng, sizes):
    """An inequality: the smaller of both sides is the left one; and equality where the slope is constant and the delta points the worst way."""
    net, x, y = sample(rng, sizes)
    z, _ = net.forward(x)
    delta, hidden = net.deltas(x, y), range(1, net.L)
    length = np.linalg.norm
    shorter = np.array([length(delta[l]) for l in hidden])
    bound = np.array([abs(net.f[l][1](z[l])).max() * length(net.W[l + 1], 2) * length(delta[l + 1]) for l in hidden])
    worst = [np.linalg.svd(net.W[l + 1])[0][:, 0] for l in hidden]
    reached = [length(net.W[l + 1].T @ u * 0.25) for l, u in zip(hidden, worst)]
    reachable = [0.25 * length(net.W[l + 1], 2) for l in hidden]
    return flat([shorter, reached]), flat([np.minimum(shorter, bound), reachable])
