"""The engine "numba" of training: it lays out what the compiled loops need, and calls them for many epochs at once."""

import itertools
import math
import warnings

import numpy as np

from .activations import ACTIVATIONS
from .losses import LOSSES

try:
    from .compiled import passes
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError("engine='numba' needs Numba: run `pip install numba`", name="numba") from missing

ACTIVATION_NAMES = "identity", "sigmoid", "tanh", "relu", "leaky_relu", "softmax"  # in the order of their numbers
LOSS_NAMES = "half_squared", "mse", "binary_cross_entropy", "cross_entropy"
SIDE_BY_SIDE = 480  # samples in the room at once, at most: beyond, the processor's L1 cache is too small
FEW = 8  # up to this many, the loops are compiled for their number
LARGE = 100_000  # parameters times samples of a batch and ten: from about here the matrix products are faster


def number_of(argument, record, registry, names):
    if record is registry.get(record.name) and record.name in names:
        return names.index(record.name)
    expected = f"expected {', '.join(map(repr, names))}, or engine='numpy', which runs any"
    raise ValueError(f"engine='numba' has no loop for the {argument} {record.name!r}: {expected}")


def ones_in_lines(*shapes):
    # from multiples of 64 bytes on: a processor reads so many at once, and twice where eight numbers lie across
    ends = [0, *itertools.accumulate(-(-math.prod(shape) // 8) * 8 for shape in shapes)]
    memory = np.ones(ends[-1] + 8)
    memory = memory[-memory.ctypes.data % 64 // 8 :]
    return [memory[i : i + math.prod(shape)].reshape(shape) for i, shape in zip(ends, shapes)]


class Loops:
    """The engine "numba", with the methods of training's engine "numpy": the same steps, to rounding.

    Compiling takes some seconds, once: Numba keeps what it compiled beside its source, or in its own cache folder.
    """

    def __init__(self, net, theta, good, X, Y, rule, size, decay):
        if not hasattr(rule, "constants"):
            raise TypeError("rule has no loop in engine='numba': expected sgd or adam, or engine='numpy'")
        if theta.dtype not in (np.float64, np.float32):
            raise TypeError(f"theta has dtype {theta.dtype}: expected float64 or float32, or engine='numpy'")
        f = [number_of("activation", f, ACTIVATIONS, ACTIVATION_NAMES) for f in net.activations[1:]]
        loss = number_of("loss", net.loss, LOSSES, LOSS_NAMES)
        if net.n_params * (size + 10) > LARGE:
            given = f"engine='numba' takes batches of {size} samples through {net.n_params} parameters one by one"
            warnings.warn(f"{given}: engine='numpy' is likely to be faster", UserWarning, stacklevel=4)
        decays = net.params(np.zeros(net.n_params))
        for W in decays.W[1:]:
            W[...] = decay
        sizes, ends = np.array(net.sizes), [0, *itertools.accumulate(Theta.size for Theta in decays.Theta[1:])]
        width = size if size <= FEW else min(SIDE_BY_SIDE, -(-size // 16) * 16)
        layers, output = (len(sizes), 2 + max(sizes), width), (sizes[-1], width)
        # z^L, a, d, y; the two moments and the gradient; and theta, which the loops would not find in lines elsewhere
        *room, self.work = ones_in_lines(output, layers, layers, output, *[theta.shape] * 4)
        for start in room[4:]:
            start[...] = 0
        adam, *constants = rule.constants
        self.theta, self.good, self.size, self.steps = theta, good, size, 0
        self.order = np.arange(len(X))[None]
        self.ahead = max(1, 10**7 // (len(X) * max(10, net.n_params)))  # epochs a call, of about a tenth of a second
        about = sizes, np.array([0, *ends]), np.array([0, *f]), loss
        data = np.ascontiguousarray(X.T), np.ascontiguousarray(Y.T), decays.theta, (adam, *map(float, constants))
        self.fixed = *data, about, tuple(room), (0,) * size if size <= FEW else None

    def epochs(self, rates, orders, history, costs):
        """One pass for each rate, until a cost or a parameter is not finite; ``good`` is theta before the last.

        A rate of None takes no steps.
        """
        rates = [-1.0] if rates == [None] else rates
        orders, start = self.order if not orders or orders[0] is None else np.array(orders), self.theta.copy()
        try:
            if history == "full":  # after each pass with steps, one that only looks at the cost
                rates = [rate for step in rates for rate in (step, -1.0)]
                made = self.passes(rates, np.repeat(orders, 2, axis=0), False)[1::2]
            else:
                made = self.passes(rates, orders, history == "running")
            costs += made if history != "none" else []
        except KeyboardInterrupt:  # of which the loops know nothing: it comes after the call
            self.good[...] = start
            raise
        return len(made)

    def passes(self, rates, orders, note):
        rates, costs = np.array(rates), np.zeros(len(rates))
        self.work[...] = self.theta
        done = passes(self.work, self.good, orders, rates, self.size, self.steps, note, costs, *self.fixed)
        self.theta[...] = self.work
        self.steps += np.count_nonzero(rates[:done] >= 0) * -(-self.order.size // self.size)
        return costs[:done].tolist()
