"""One cost held against others that a network could have: what these are made of, and which of them it is."""

from dataclasses import dataclass

import numpy as np

from ..losses import Loss
from ..network import Network
from .cost_fits import Outputs, misfits_of
from .costs import EXACT, OTHER_LOSSES, OWN_TEXT, CostFormula, cost_text, fitted
from .likeness import plain
from .own_records import untried
from .rare_costs import RARE_LOSSES

LOOSE = 1e-6  # of a first look at many costs at once
VALUES = {text: value for text, (value, _) in OTHER_LOSSES.items()} | RARE_LOSSES


@dataclass(frozen=True)
class Neighbour:
    """A cost that may be the owner's: its mean at each place, how its formula reads, and what makes a network of it."""

    mean: np.ndarray
    loss: str  # the loss as text
    words: str  # what is another
    inside: str = ""  # how what the loss is made of reads
    parts: tuple = ()  # hidden activations, output and Loss of a Network, where one has this cost
    X: np.ndarray | None = None  # the inputs, where they are others
    forward: bool = False  # whether the network itself is another, and not its loss or data
    whole: bool = False  # whether the text is that of the whole cost, with nothing to sum before it


class SampledCost:
    """A cost at some places, beside what a network makes of them.

    Parameters
    ----------
    net : Network
    thetas, c : ndarray
        Places (count, P), and the owner's cost there.
    further : callable
        ``further(count)`` gives so many more places and the costs there, or fewer.
    X, Y : ndarray
        One sample a row.
    decay : float
        λ/n as the owner has said it.
    """

    def __init__(self, net, thetas, c, further, X, Y, decay):
        self.net, self.thetas, self.c, self.further, self.X, self.Y, self.decay = net, thetas, c, further, X, Y, decay
        self.hidden, self.output = net.activations[1:-1], net.activations[-1]
        self.m, self.K, self.more = len(X), net.sizes[-1], None
        self.squares = self._squares(thetas)
        self.own_text = OWN_TEXT.get(net.loss.name, net.loss.name)
        with np.errstate(all="ignore"):
            self.own = Outputs(net.sizes, self.hidden, thetas, X)
            self.z, self.a = self._forward()

    # What a cost is made of.

    def _squares(self, thetas):
        places = self.net.params(np.arange(float(self.net.n_params)))
        biases = np.concatenate(places.b[1:]).astype(int)
        of_b = 0.5 * (thetas[:, biases] ** 2).sum(1)
        return 0.5 * (thetas**2).sum(1) - of_b, of_b

    def _forward(self, X=None, hidden=None, thetas=None):
        """z^L and a^L, a sample of a place a row."""
        if X is None and thetas is None:
            z = self.own.z if hidden is None else self.own.with_hidden(hidden).z
        else:
            X, thetas = (self.X if X is None else X), (self.thetas if thetas is None else thetas)
            z = Outputs(self.net.sizes, self.hidden if hidden is None else hidden, thetas, X).z
        return z, self._activated(self.output, z)

    def _activated(self, output, z):
        if getattr(output, "name", "").endswith("over the samples"):
            return output.f(z.reshape(-1, self.m, self.K)).reshape(z.shape)
        return output.f(z.copy())

    def _mean(self, value, a, Y=None):
        Y = self.Y if Y is None else Y
        return value(a, np.tile(Y, (len(a) // self.m, 1))).reshape(-1, self.m).mean(1)

    def _own(self, a, z=None, Y=None):
        """The network's own loss, the plain formula."""
        return self._mean(self.net.loss.value, a, Y)

    # Which of many fits.

    def _fitting(self, neighbours):
        if not neighbours:
            return None
        near = misfits_of(self.c, [n.mean for n in neighbours], self.squares) < LOOSE
        for k in np.flatnonzero(near):
            misfit, numbers = fitted(self.c, neighbours[k].mean, self.squares)
            if misfit < EXACT:
                return self._formula(neighbours[k], *numbers[:3])
        return None

    def _formula(self, n, scale, decay=0.0, decay_b=0.0, penalty=None):
        """The CostFormula of a neighbour that fits."""
        scale = 1.0 if abs(scale - 1) < 1e-8 else plain(float(scale))
        decay = self.decay if abs(decay - self.decay) < 1e-7 * abs(self.decay) else plain(float(decay))
        words, net = (n.words,), None
        if n.parts:
            hidden, output, loss = n.parts
            net = Network(self.net.sizes, list(hidden), output, loss)
        if decay != self.decay or decay_b:
            words += (f"its penalty is {decay / 2:.4g} Σ W² + {decay_b / 2:.4g} Σ b²",)
        text = cost_text(n.loss, scale, decay, decay_b, self.m)
        if n.whole:
            text = (f"{scale:.6g} " if scale != 1 else "") + n.loss + (f" + {decay / 2:.4g} Σ W²" if decay else "")
        return CostFormula(
            net,
            scale,
            decay,
            decay_b,
            text + (f", {n.inside}" if n.inside else ""),
            cost_text(self.own_text, 1.0, self.decay, 0.0, self.m),
            words,
            penalty=penalty or {},
            X=n.X,
            forward=n.forward,
        )

    # As a Network.

    def _with(self, text=None, targets=None, weights=None):
        """Hidden activations, output and loss of a Network with this loss, targets and weights; () where there is none.

        The loss has a slope alone, and for all samples in their order.
        """
        if text in (None, self.own_text) and targets is None and weights is None:
            return self.hidden, self.output, self.net.loss
        if text in (None, self.own_text):
            slope = self.net.loss.slope
        elif text in OTHER_LOSSES:
            slope = OTHER_LOSSES[text][1]
        else:
            return ()

        def of(a, y):
            if targets is not None and len(a) != len(targets) or weights is not None and len(a) != len(weights):
                return np.full(a.shape, np.nan)
            return slope(a, y if targets is None else targets) * (1 if weights is None else weights)

        return self.hidden, self.output, untried(Loss, name="another", value=lambda a, y: np.zeros(len(a)), slope=of)


def primed(text):
    return text.replace("y", "y′")
