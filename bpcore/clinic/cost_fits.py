"""How a network's cost is computed at many places at once, and how well it fits somebody else's."""

import numpy as np

from ..activations import ACTIVATIONS, Activation
from .costs import EXACT
from .least_squares import closest_sum

LARGE = 1e6  # numbers in a layer, of all samples and places, that are computed at once


def _softmax_over_samples(z, out=None):
    e = np.exp(z - z.max(axis=-2, keepdims=True))
    return e / e.sum(axis=-2, keepdims=True)


def _log_softmax(z, out=None):
    return z - np.logaddexp.reduce(z, axis=1)[:, None]


LOG_SOFTMAX = Activation("log softmax", _log_softmax, vjp=lambda z, a, g: g - np.exp(a) * g.sum(axis=1, keepdims=True))
OVER_SAMPLES = Activation(
    "softmax over the samples", _softmax_over_samples, vjp=lambda z, a, g: a * (g - (g * a).sum(axis=0, keepdims=True))
)


class Outputs:
    """The last pre-activation of a network for many thetas at once, up to but without the output activation."""

    def __init__(self, sizes, hidden, thetas, X, first=None):
        self.count, self.made_of = len(thetas), (sizes, thetas, X)
        at_once = max(1, int(LARGE / (X.shape[0] * max(sizes))))
        parts = [thetas[k : k + at_once] for k in range(0, self.count, at_once)]
        firsts = [self._layer(1, part, X) if first is None else first for part in parts]
        self.first = firsts[0] if len(parts) == 1 else None  # kept where it is not too much
        self.z = np.concatenate([self._last(hidden, *pair) for pair in zip(parts, firsts)])

    def with_hidden(self, hidden):
        """The same thetas and inputs with other hidden activations, from the first pre-activation on."""
        sizes, thetas, X = self.made_of
        return Outputs(sizes, hidden, thetas, X, self.first)

    def _layer(self, l, thetas, a):
        """z^l, (places, m, n_l), of what comes in."""
        sizes = self.made_of[0]
        at = sum(n_out * (n_in + 1) for n_in, n_out in zip(sizes[: l - 1], sizes[1:l]))
        n_in, n_out = sizes[l - 1 : l + 1]
        Theta = thetas[:, at : at + n_out * (n_in + 1)].reshape(len(thetas), n_out, n_in + 1)
        return a @ Theta[:, :, 1:].transpose(0, 2, 1) + Theta[:, None, :, 0]

    def _last(self, hidden, thetas, z):
        for l, f in enumerate(hidden[: len(self.made_of[0]) - 2], start=1):
            z = self._layer(l + 1, thetas, f.f(z.reshape(-1, z.shape[2])).reshape(z.shape))
        return z.reshape(-1, z.shape[2])

    def mean(self, output, loss, Y):
        """The mean loss for each theta; for loss=None what (m, 1) - (m,) makes: the mean square over all pairs."""
        if output is OVER_SAMPLES:
            with_places = self.z.reshape(self.count, -1, self.z.shape[1])
            a, y = output.f(with_places).reshape(self.z.shape), np.tile(Y, (self.count, 1))
            return loss.value(a, y).reshape(self.count, -1).mean(axis=1)
        if loss is None:
            return ((output.f(self.z).reshape(self.count, -1, 1) - Y.ravel()) ** 2).mean(axis=(1, 2))
        y = np.broadcast_to(Y, (self.count, *Y.shape)).reshape(-1, Y.shape[1])
        if loss.link and output is ACTIVATIONS.get(loss.link):
            per_sample = loss.from_logits(self.z, y)
        else:
            per_sample = loss.value(output.f(self.z), y)
        return per_sample.reshape(self.count, -1).mean(axis=1)


def misfits_of(c, means, squares):
    """The misfit of ``costs.fitted`` with all three parts, for many losses at once."""
    penalties = np.stack([np.ones(c.size), *squares], axis=1)
    basis = np.linalg.qr(penalties[:, penalties.any(axis=0)])[0]
    means = np.array(means)
    with np.errstate(all="ignore"):
        left, rest = c - basis @ (basis.T @ c), means - (means @ basis) @ basis.T
        factors = rest @ left / (rest * rest).sum(axis=1)
        apart = abs(factors[:, None] * rest - left).max(axis=1) / c.std()
        apart[~(abs(factors) * means.std(axis=1) > 1e-3 * c.std())] = np.inf
    return np.where(np.isfinite(apart), apart, np.inf)


def residual_of(c, mean, squares):
    """What is left of the costs beside a loss, the two penalties and a constant, in units of their spread."""
    columns = np.stack([mean, np.ones(c.size), *(square for square in squares if square.any())], axis=1)
    with np.errstate(all="ignore"):  # costs of any size
        return closest_sum(columns, c)[1] / c.std()


def round_numbers(constants, residual):
    """The constants with few digits, where they fit as well: a program has 0.01 and not 0.0100000003."""
    largest = max(map(abs, constants), default=0.0)
    constants = tuple(0.0 if abs(c) < 1e-9 * largest else c for c in constants)
    for digits in range(1, 9):
        rounded = tuple(float(f"{c:.{digits}g}") for c in constants)
        if np.linalg.norm(residual(*rounded)) < max(EXACT, 2 * np.linalg.norm(residual(*constants))):
            return rounded
    return constants
