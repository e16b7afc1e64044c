"""Costs and gradients by two other routes: in 50 digits by the chain rule on single numbers, and by HIPS autograd."""

import autograd
import autograd.numpy as anp
from mpmath import mp

DIGITS = 60  # ten more than are claimed: 1 - a and a - y lose a few


def enough(reach):
    """Digits that leave fifty of 1 - a where it is exp(-reach)."""
    return DIGITS + int(reach / 2.3)


class Scalar:
    """A number of many digits that remembers what it was made of, as pairs (maker, derivative by that maker)."""

    __slots__ = "value", "makers", "tape", "place"

    def __init__(self, tape, value, makers=()):
        self.value, self.makers, self.tape, self.place = value, makers, tape, len(tape)
        tape.append(self)

    def __add__(self, other):
        other = self._lift(other)
        return Scalar(self.tape, self.value + other.value, ((self, 1), (other, 1)))

    def __mul__(self, other):
        other = self._lift(other)
        return Scalar(self.tape, self.value * other.value, ((self, other.value), (other, self.value)))

    def __truediv__(self, other):
        other = self._lift(other)
        ratio = self.value / other.value
        return Scalar(self.tape, ratio, ((self, 1 / other.value), (other, -ratio / other.value)))

    def __rtruediv__(self, other):
        return self._lift(other) / self

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __gt__(self, other):
        return self.value > other

    __radd__, __rmul__ = __add__, __mul__

    def _lift(self, other):
        return other if isinstance(other, Scalar) else Scalar(self.tape, mp.mpf(other))


def exp(x):
    if not isinstance(x, Scalar):
        return mp.exp(x)
    e = mp.exp(x.value)
    return Scalar(x.tape, e, ((x, e),))


def log(x):
    return Scalar(x.tape, mp.log(x.value), ((x, 1 / x.value),)) if isinstance(x, Scalar) else mp.log(x)


def softmax(z):
    e = [exp(z_k) for z_k in z]
    return [e_k / sum(e) for e_k in e]


def each(f):
    """The activation that treats every unit of the row alike."""
    return lambda z: [f(z_k) for z_k in z]


# From the definitions alone: no derivative is written down here, and no form is chosen for the sake of rounding.
MP_ACTIVATIONS = {
    "identity": each(lambda z: z),
    "sigmoid": each(lambda z: 1 / (1 + exp(-z))),
    "tanh": each(lambda z: (exp(z) - exp(-z)) / (exp(z) + exp(-z))),
    "relu": each(lambda z: z if z > 0 else 0 * z),
    "leaky_relu": each(lambda z: z if z > 0 else 0.01 * z),
    "softmax": softmax,
}
MP_LOSSES = {
    "half_squared": lambda a, y: sum((a_k - y_k) * (a_k - y_k) for a_k, y_k in zip(a, y)) / 2,
    "mse": lambda a, y: sum((a_k - y_k) * (a_k - y_k) for a_k, y_k in zip(a, y)) / len(y),
    "binary_cross_entropy": lambda a, y: -sum(y_k * log(a_k) + (1 - y_k) * log(1 - a_k) for a_k, y_k in zip(a, y)),
    "cross_entropy": lambda a, y: -sum(y_k * log(a_k) for a_k, y_k in zip(a, y)),
}
AUTOGRAD_ACTIVATIONS = {
    "identity": lambda Z: Z,
    "sigmoid": lambda Z: 1 / (1 + anp.exp(-Z)),
    "tanh": anp.tanh,
    "relu": lambda Z: anp.where(Z > 0, Z, 0.0),
    "leaky_relu": lambda Z: anp.where(Z > 0, Z, 0.01 * Z),
    "softmax": lambda Z: anp.exp(Z) / anp.sum(anp.exp(Z), axis=1, keepdims=True),
}
AUTOGRAD_LOSSES = {
    "half_squared": lambda A, Y: anp.sum((A - Y) ** 2) / 2,
    "mse": lambda A, Y: anp.sum((A - Y) ** 2) / Y.shape[1],
    "binary_cross_entropy": lambda A, Y: -anp.sum(Y * anp.log(A) + (1 - Y) * anp.log(1 - A)),
    "cross_entropy": lambda A, Y: -anp.sum(Y * anp.log(A)),
}


def twin(twins, name):
    """The witness's own definition of what the registry calls ``name``."""
    table = next(table for table, value in globals().items() if value is twins)
    registry = "ACTIVATIONS" if table.endswith("ACTIVATIONS") else "LOSSES"
    assert name in twins, (
        f"{registry} has {name!r} and {table} in tests/witnesses.py has no twin of it: write its definition there"
    )
    return twins[name]


def mp_cost(net, theta, X, Y, lam=0.0, n=None):
    """C(θ) unit by unit and sample by sample; theta holds mp numbers or Scalars."""
    layers, numbers, squares = [], iter(theta), 0
    for n_before, units in zip(net.sizes, net.sizes[1:]):
        layers.append([(next(numbers), [next(numbers) for _ in range(n_before)]) for _ in range(units)])
        squares += sum(w * w for _, weights in layers[-1] for w in weights)
    activations = [twin(MP_ACTIVATIONS, record.name) for record in net.activations[1:]]
    loss, losses = twin(MP_LOSSES, net.loss.name), 0
    for x, y in zip(X, Y):
        a = [mp.mpf(float(x_k)) for x_k in x]
        for layer, f in zip(layers, activations):
            a = f([sum((w * a_k for w, a_k in zip(weights, a)), bias) for bias, weights in layer])
        losses += loss(a, [mp.mpf(float(y_k)) for y_k in y])
    return losses / len(X) + mp.mpf(float(lam)) / (2 * mp.mpf(n or len(X))) * squares


def mp_cost_and_gradient(net, theta, X, Y, lam=0.0, n=None, digits=DIGITS):
    """Both to ``digits`` digits, the gradient by the chain rule backwards along every single operation."""
    with mp.workdps(digits):
        tape = []
        leaves = [Scalar(tape, mp.mpf(float(number))) for number in theta]
        cost = mp_cost(net, leaves, X, Y, lam, n)
        slopes = [mp.mpf(0)] * len(tape)
        slopes[cost.place] = mp.mpf(1)
        for node in reversed(tape):
            for maker, derivative in node.makers:
                slopes[maker.place] += slopes[node.place] * derivative
        return cost.value, slopes[: len(leaves)]


def mp_difference_quotient(net, theta, X, Y, lam, n, k, digits=DIGITS):
    """(C(θ + h e_k) - C(θ - h e_k)) / 2h with h = 10^-digits in three times as many digits: an error of some h²."""
    with mp.workdps(3 * digits):
        h, ends = mp.mpf(10) ** -digits, []
        for step in h, -h:
            point = [mp.mpf(float(number)) for number in theta]
            point[k] += step
            ends.append(mp_cost(net, point, X, Y, lam, n))
        return (ends[0] - ends[1]) / (2 * h)


def mp_relative(floats, exact):
    """‖floats - exact‖ / ‖exact‖, taken before anything is rounded."""
    with mp.workdps(DIGITS):
        difference = mp.norm([mp.mpf(float(x)) - e for x, e in zip(floats, exact, strict=True)])
        return float(difference / mp.norm(exact))


def autograd_cost(net, theta, X, Y, lam=0.0, n=None):
    """C(θ) in autograd.numpy, with weights and biases apart and the losses from their definitions."""
    A, start, squares = X, 0, 0.0
    for record, n_before, units in zip(net.activations[1:], net.sizes, net.sizes[1:]):
        Theta = anp.reshape(theta[start : start + units * (1 + n_before)], (units, 1 + n_before))
        start += units * (1 + n_before)
        b, W = Theta[:, 0], Theta[:, 1:]
        squares = squares + anp.sum(W**2)
        A = twin(AUTOGRAD_ACTIVATIONS, record.name)(anp.dot(A, W.T) + b)
    return twin(AUTOGRAD_LOSSES, net.loss.name)(A, Y) / len(X) + lam / (2 * (n or len(X))) * squares


autograd_cost_and_gradient = autograd.value_and_grad(autograd_cost, argnum=1)
