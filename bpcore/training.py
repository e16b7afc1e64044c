"""Training: gradient descent with momentum, Adam, and any other rule, on batches, through one loop."""

import importlib
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import arguments, equations
from .activations import constant
from .losses import LOSSES
from .network import Network
from .parameters import Params, Trace, with_ones
from .progress import Progress

FINITE = tuple(LOSSES.values())  # bpcore's own losses, which overflow only where a square does
BLOCK = 600  # samples: what a small network computes of so many stays in the processor's L2 cache
HISTORIES, ENGINES = dict.fromkeys(("full", "running", "none")), dict.fromkeys(("numpy", "numba"))


@dataclass(frozen=True, eq=False)
class Fit:
    """What training returns: ``theta``, and ``history``, the costs that ``sgd`` describes under history.

    If the training diverged, ``theta`` is that of the epoch before, or the initial one; the last entry of the history
    is then not finite, unless the parameters were the reason. If it was interrupted from the keyboard, ``interrupted``
    is True, and both end with the last whole epoch.
    """

    theta: np.ndarray
    history: np.ndarray
    interrupted: bool = False

    def __repr__(self):
        parameters, end = arguments.count(len(self.theta), "parameter"), ", interrupted)" if self.interrupted else ")"
        epochs, costs = arguments.count(len(self.history) - 1, "epoch"), self.history
        seen = f"cost {costs[0]:.4g} → {costs[-1]:.4g} in {epochs}" if len(costs) else "no history"
        return f"Fit({parameters}, {seen}{end}"


def _finite(theta, costs):
    # of parameters: their squares overflow from 1e154 on (1e19 in float32), which is divergence as well
    return math.isfinite(theta.dot(theta)) and not (costs and not math.isfinite(costs[-1]))


class _Steps:
    """The engine "numpy": the four equations on one batch after another, in blocks of at most BLOCK samples.

    A block is (its trace, [1; X], the same with a sample a row, Y, its place in ``seen``, and whether it begins and
    ends its batch): views that are cut once. Blocks of one size share a trace, whose arrays are filled again and
    again, unless one batch holds all samples.
    """

    def __init__(self, net, theta, good, X, Y, rule, size, decay):
        self.net, self.m, self.size, self.decay, self.traces, self.good = net, len(X), size, decay, {}, good
        gradients = np.zeros((1 + (size > BLOCK), theta.size), theta.dtype)  # of a batch, and of one of several blocks
        self.p, self.g, *self.part = (Params(net.sizes, v) for v in (theta, *gradients))
        self.update = arguments.instance("rule(theta)", rule(theta), Callable, "a function update(theta, g, rate)")
        self.data, self.mixed = (with_ones(X, theta.dtype), np.ascontiguousarray(Y.T)), None
        self.shuffled = [np.empty_like(part) for part in self.data]
        self.ahead = max(1, 10**4 // Y.size) if net.loss in FINITE else 1  # epochs a call
        # what their losses are computed from: z^L or a^L, and y, of all samples in the order of each epoch
        self.seen, self.targets = np.repeat([[self.data[1]]] * 2, self.ahead, axis=1)
        # a product is faster if its second factor has its rows in one piece
        self.blocks = [(t, np.ascontiguousarray(A0), *rest) for t, A0, *rest in self.cut(*self.data, size)]
        self.large = self.blocks if size >= min(self.m, 128) else self.cut(*self.data, BLOCK)

    def cut(self, ones_and_X, YT, size):
        blocks = []
        for begin in range(0, self.m, size):
            end = min(begin + size, self.m)
            for i in range(begin, end, BLOCK):
                j = min(i + BLOCK, end)
                A0T, key = ones_and_X[i:j], (j - i, end - begin, i * (size == self.m))
                if key not in self.traces:
                    self.traces[key] = Trace(self.net.sizes, A0T, end - begin).with_delta()
                views = A0T.T, A0T, YT[:, i:j].T, self.seen[0, :, i:j].T
                blocks.append((self.traces[key], *views, i == begin, j == end))
        return blocks

    def epochs(self, rates, orders, history, costs):
        """An epoch for each rate, until one is not finite; ``good`` is theta before it. Return their number."""
        penalties, outputs, (n, m) = [], self.seen[0].ravel(), self.data[1].shape
        try:
            for rate, order in zip(rates, orders):
                self.good[...] = self.p.theta
                penalty, place = self.epoch(rate, order), -1 - len(penalties)
                if history == "full":
                    penalty = self.epoch(None, None)
                elif order is not None:
                    self.targets[place] = self.shuffled[1]
                self.seen[place] = self.seen[0]
                penalties.append(penalty)
                if not (_finite(self.p.theta, costs) and _finite(outputs, costs)):
                    break
        finally:
            if history != "none" and penalties:
                # the losses of these epochs together: for few samples, the calls take longer than a step
                z, Y = (part[-len(penalties) :].transpose(0, 2, 1).reshape(-1, n) for part in (self.seen, self.targets))
                each = equations.losses(self.net, z, z, Y).reshape(-1, m).sum(axis=1)
                costs += ((each[::-1] + penalties) / m).tolist()
        return len(penalties)

    def epoch(self, rate, order):
        """One pass over the batches with their updates, or without if the rate is None; return its penalties."""
        net, p, blocks, g, penalties = self.net, self.p, self.large if rate is None else self.blocks, 0.0, 0.0
        if order is not None:
            blocks = self.mixed = self.mixed or self.cut(*self.shuffled, self.size)
            for axis, (part, mixed) in enumerate(zip(self.data, self.shuffled)):
                np.take(part, order, axis, out=mixed, mode="clip")  # which needs no memory of its own, as "raise" does
        for t, A0, A0T, Y, seen, begins, ends in blocks:
            if t.A[0] is not A0:
                t.A[0], t.AT[0] = A0, A0T
                equations.forward(net, p, t)
            seen[...] = t.z[-1] if net.loss.link else t.a[-1]
            penalties += len(Y) * equations.penalty(p, self.decay) if self.decay else 0.0
            if rate is not None:
                equations.backward(net, p, t, Y)
                part = equations.gradient(net, p, t, self.g if begins else self.part[0], self.decay * begins)
                g = part if begins else g + part
                made = self.update(p.theta, g, rate) if ends else None
                if made is not None and made is not p.theta:
                    raise arguments.wrong_type("update(theta, g, rate)", made, "None; theta -= step works in place")
            # all samples at once need one pass for the cost and for the step after it
            t.A[0] = A0 if rate is None and self.size == self.m else None
        return penalties


def train(net, theta, X, Y, rule, lr=0.1, epochs=100, batch_size=None, seed=0, shuffle=True, lam=0.0, schedule=None,
          callback=None, progress=False, history="full", engine="numpy"):  # fmt: skip
    """Train with an update rule of your own; ``sgd`` and ``adam`` are this function with theirs.

    Parameters
    ----------
    net, theta, X, Y, lr, epochs, batch_size, seed, shuffle, lam, schedule, callback, progress, history, engine
        As for ``sgd``.
    rule : callable
        ``rule(theta)`` is called once, before the first epoch, and returns a function ``update(theta, g, rate)``,
        which is called once per batch and changes ``theta`` in place: it returns nothing, or ``theta`` itself. ``g`` is
        the gradient of the batch cost, which it may overwrite, and ``rate`` is lr times the schedule's factor.
        NumPy's floating-point warnings are off in it.

    Returns
    -------
    Fit

    Raises
    ------
    TypeError, ValueError
        As ``sgd``; for an update that returns something else than ``None`` or ``theta``; and for a rule of your own
        with engine="numba", which runs those of ``sgd`` and ``adam`` alone.
    ModuleNotFoundError
        As ``sgd``.

    Warns
    -----
    UserWarning, RuntimeWarning
        As ``sgd``.

    Examples
    --------
    >>> import numpy as np
    >>> from bpcore import Network, train
    >>> def sign_descent(theta):
    ...     def update(theta, g, rate):
    ...         theta -= rate * np.sign(g)
    ...     return update
    >>> net = Network((2, 1))
    >>> train(net, net.init(0), [[0, 1], [1, 0]], [[1], [0]], sign_descent, epochs=10)
    Fit(3 parameters, cost 0.9881 → 0.4819 in 10 epochs)
    """
    arguments.instance("net", net, Network, "a Network; the order is (net, theta, X, Y)")
    _, X, Y = net.checked(theta, X, Y)
    arguments.instance("rule", rule, Callable, "a function of theta that returns update(theta, g, rate)")
    m, epochs, rng = len(X), arguments.whole("epochs", epochs, 0), arguments.generator("seed", seed)
    lr, decay = arguments.number("lr", lr, 0, above=True), arguments.number("lam", lam, 0) / m
    batch_size = min(200, m) if isinstance(batch_size, str) and batch_size == "auto" else batch_size
    cure = ", 'auto' or None; None takes all samples at once"
    batch_size = m if batch_size is None else arguments.whole("batch_size", batch_size, 1, m, cure)
    arguments.one_of("history", history, HISTORIES), arguments.one_of("engine", engine, ENGINES)
    arguments.function("schedule", schedule), arguments.function("callback", callback), arguments.real("theta", theta)
    shuffle, progress = arguments.flag("shuffle", shuffle), arguments.flag("progress", progress)

    theta, good, costs, epoch, interrupted, diverged, steps = theta.copy(), theta.copy(), [], 0, False, False, None
    callback = callback and np.errstate(**np.geterr())(callback)  # it is not to lose its warnings
    with np.errstate(all="ignore"), Progress(progress, epochs, "epoch") as shown:  # divergence is reported below, once
        Steps = _Steps if engine == "numpy" else importlib.import_module("bpcore.engine").Loops  # needs Numba
        try:
            steps = Steps(net, theta, good, X, Y, rule, batch_size, decay)
            ahead = 1 if callback else min(steps.ahead, max(1, epochs // 1000) if progress else epochs)
            steps.epochs([None] * (history != "none"), [None], "running", costs)  # the cost before the first epoch
            diverged = not _finite(theta, costs)
            while epoch < epochs and not diverged:
                block = range(epoch, min(epoch + ahead, epochs))
                factor = lambda e: arguments.number(f"schedule({e}, {epochs})", schedule(e, epochs), 0)
                rates = [lr if schedule is None else lr * factor(e) for e in block]
                orders = [rng.permutation(m) for _ in block] if shuffle and batch_size < m else [None] * len(block)
                epoch += steps.epochs(rates, orders, history, costs)
                if diverged := not _finite(theta, costs):
                    break
                good[...] = theta
                shown.show(epoch, f"cost {costs[-1]:.6g}" if costs else "")
                if callback is not None and callback(epoch, theta.copy(), costs[-1] if costs else None):
                    break
        except KeyboardInterrupt:
            interrupted = True
        except (TypeError, ValueError) as error:
            arguments.clinic("calls").refuse_other_forms(error, rule, steps, schedule, callback)
            raise
    if diverged:
        seen = f"the cost is {costs[-1]}" if costs and not math.isfinite(costs[-1]) else "the parameters overflow"
        message = f"training diverged: after epoch {epoch} of {epochs} {seen}; theta is from epoch {max(epoch - 1, 0)}"
        cure = f"try a smaller learning rate than lr={lr:g}, or inputs and targets scaled to about 1"
        # of whoever called train, or sgd or adam, which are one frame further and make their rules here
        warnings.warn(f"{message}; {cure}", RuntimeWarning, stacklevel=2 + (rule.__module__ == __name__))
    return Fit(good if diverged or interrupted else theta, np.array(costs, theta.dtype), interrupted)


def sgd(net, theta, X, Y, lr=0.1, epochs=100, batch_size=None, seed=0, shuffle=True, momentum=0.0, lam=0.0,
        schedule=None, callback=None, progress=False, history="full", engine="numpy"):  # fmt: skip
    """Gradient descent: v ← momentum·v + rate·∂C/∂θ,  θ ← θ - v, once per batch.

    Parameters
    ----------
    net : Network
    theta : ndarray, shape (P,)
        The initial parameters, which are not modified; their type (float64, float32) is that of the computation.
        The engine "numba" computes in float64 and rounds to it.
    X, Y : array_like, shapes (m, n_0) and (m, n_L)
    lr : float
        The learning rate, above 0; the gradient is that of the mean over the batch.
    epochs : int
        Passes over the data.
    batch_size : int, "auto" or None
        From 1 to m; None takes all samples at once, "auto" 200 of them or all if there are fewer.
        A smaller last batch is used as it is, with its own mean.
    seed : int or numpy.random.Generator
        For the order of the samples; the same whole number gives the same bits, and a generator advances.
    shuffle : bool
        Draw a new order in each epoch, unless a batch holds all samples: then nothing is drawn.
    momentum : float
        0 ≤ momentum < 1.
    lam : float
        λ of ``Network.cost``, with n the number of training samples, so that the batch costs average to the full cost.
    schedule : callable, optional
        ``schedule(epoch, epochs)``, with epochs counted from 0, is a number of at least 0 that multiplies ``lr`` (see
        ``bpcore.schedules``). Without a callback it is called for many epochs at once, before these.
    callback : callable, optional
        ``callback(epoch, theta, cost)`` is called after each epoch that did not diverge, counted from 1, with a copy of
        theta and the last entry of the history (None without a history). Training stops if it returns a true value.
    progress : bool
        Show the epochs and the cost, to the standard error stream: as a bar where tqdm is installed, and otherwise as
        some ten lines.
    history : str
        "full": entry k is the cost over the training set after epoch k, and entry 0 that before the first epoch.
        "running": entry 0 as above; entry k is the mean of epoch k's batch costs over its samples, each computed before
        its update, which is nearly free. "none": empty.
    engine : str
        "numpy", or "numba": the same steps, to rounding, as compiled loops over the samples, for small networks
        (see ``bpcore.compiled``). It needs Numba, and runs only the activations and losses of bpcore itself.

    Returns
    -------
    Fit
        With ``theta`` and ``history``; Ctrl-C ends the training, and this is what was learnt so far.

    Raises
    ------
    TypeError, ValueError
        As ``Network.cost``; and for any other argument of another type or range than those above.
    ModuleNotFoundError
        For engine="numba" where Numba is not installed.

    Warns
    -----
    UserWarning
        For engine="numba" with a network and batches for which "numpy" is faster.
    RuntimeWarning
        If, before the first epoch or after one, the cost is not finite (with history="none" it is not computed), or the
        squares of the parameters overflow, from 1e154 on (1e19 in float32): training and history end there.
        The theta that is returned is that of the epoch before, or the initial one.
    """
    momentum = arguments.number("momentum", momentum, 0, below=1)

    def rule(theta):
        velocity = np.zeros_like(theta) if momentum else None

        def update(theta, g, rate):
            nonlocal velocity
            g *= g.dtype.type(rate)
            if momentum:
                velocity *= momentum
                velocity += g
            theta -= velocity if momentum else g

        return update

    rule.constants = False, momentum, 0.0, 0.0, 0.0  # for the compiled engine
    options = lr, epochs, batch_size, seed, shuffle, lam, schedule, callback, progress, history, engine
    return train(net, theta, X, Y, rule, *options)


def adam(net, theta, X, Y, lr=0.001, epochs=100, batch_size="auto", seed=0, shuffle=True, beta1=0.9, beta2=0.999,
         eps=1e-8, lam=0.0, schedule=None, callback=None, progress=False, history="full", engine="numpy"):  # fmt: skip
    """Adam, with the arguments of ``sgd`` except momentum, and three more; lr=0.001, batches of 200 samples or all.

    μ ← β₁ μ + (1-β₁) g,  ν ← β₂ ν + (1-β₂) g²,  θ ← θ - rate · sqrt(1-β₂ᵗ)/(1-β₁ᵗ) · μ / (sqrt(ν) + eps),  t = 1, 2, …

    Parameters
    ----------
    beta1, beta2 : float
        0 ≤ beta < 1: the decay rates of the running means of g and of g².
    eps : float
        Above 0; it is added to the root of the uncorrected ν, as in scikit-learn.

    Raises
    ------
    TypeError, ValueError
        As ``sgd``.
    ModuleNotFoundError
        As ``sgd``.

    Warns
    -----
    UserWarning, RuntimeWarning
        As ``sgd``.

    References
    ----------
    Kingma and Ba (2015), Adam: a method for stochastic optimization; the step is the one at the end of section 2.
    """
    beta1, beta2 = arguments.number("beta1", beta1, 0, below=1), arguments.number("beta2", beta2, 0, below=1)
    eps = arguments.number("eps", eps, 0, above=True)

    def rule(theta):
        # μ / (1-β₁) and ν / (1-β₂), whose factors are left to the step: two passes fewer over as many numbers
        mean, square, step = np.zeros_like(theta), np.zeros_like(theta), 0
        b1, b2, e = (constant(x, theta.dtype.char) for x in (beta1, beta2, eps / (1 - beta2) ** 0.5))

        def update(theta, g, rate):
            nonlocal mean, square, step
            step += 1
            mean *= b1
            mean += g
            square *= b2
            g *= g
            square += g
            np.sqrt(square, out=g)
            g += e
            np.divide(mean, g, out=g)
            g *= rate * ((1 - beta2**step) / (1 - beta2)) ** 0.5 * (1 - beta1) / (1 - beta1**step)
            theta -= g

        return update

    rule.constants = True, 0.0, beta1, beta2, eps
    options = lr, epochs, batch_size, seed, shuffle, lam, schedule, callback, progress, history, engine
    return train(net, theta, X, Y, rule, *options)
