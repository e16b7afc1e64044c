"""Training: gradient descent with momentum, Adam, and any other rule, on batches, through one loop."""

import math
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import arguments, equations
from .network import Network
from .parameters import Params, Trace, with_ones

HISTORIES = dict.fromkeys(("full", "running", "none"))


@dataclass(frozen=True)
class Fit:
    """What training returns: ``theta``, and ``history``, whose entry k is the training cost after epoch k.

    If the training diverged, the last entry is the cost that is not finite, and ``theta`` is that of the epoch before.
    """

    theta: np.ndarray
    history: np.ndarray

    def __repr__(self):
        parameters = arguments.count(len(self.theta), "parameter")
        if not len(self.history):
            return f"Fit({parameters}, no history)"
        epochs = arguments.count(len(self.history) - 1, "epoch")
        return f"Fit({parameters}, cost {self.history[0]:.4g} → {self.history[-1]:.4g} in {epochs})"


class _Batches:
    """The training set in batches of ``size``, which are views: [1; X] and Y are sliced once.

    ``Y`` and ``outputs`` are those of all samples in the order of the last pass; whoever trains fills ``outputs``.
    """

    def __init__(self, net, ones_and_X, YT, size):
        self.ones_and_X, self.YT, self.size = ones_and_X, YT, size
        self.outputs = np.empty_like(YT).T
        self.ordered, self.shuffled = self._cut(ones_and_X, YT), None
        self.traces = {len(Y): Trace(net.sizes, A0.T).with_delta() for A0, Y, _ in self.ordered}

    def _cut(self, ones_and_X, YT):
        cuts = [slice(i, i + self.size) for i in range(0, len(ones_and_X), self.size)]
        return [(ones_and_X[cut].T, YT[:, cut].T, self.outputs[cut]) for cut in cuts]

    def __call__(self, order=None):
        """Yield (trace, Y, room for the outputs) for each batch; A[0] of the trace holds the batch's input."""
        YT, cuts = self.YT, self.ordered
        if order is not None:
            if self.shuffled is None:
                room = np.empty_like(self.ones_and_X), np.empty_like(self.YT)
                self.shuffled = *room, self._cut(*room)
            ones_and_X, YT, cuts = self.shuffled
            # only with mode="clip" does NumPy write straight into out
            np.take(self.ones_and_X, order, axis=0, out=ones_and_X, mode="clip")
            np.take(self.YT, order, axis=1, out=YT, mode="clip")
        self.Y = YT.T
        for A0, Y, room in cuts:
            t = self.traces[len(Y)]
            t.A[0] = A0
            yield t, Y, room


class _Steps:
    """The engine "numpy": epochs of steps, each of which is the four equations on one batch."""

    def __init__(self, net, theta, X, Y, rule, size, decay):
        self.net, self.m, self.decay = net, len(X), decay
        self.update = arguments.instance("rule(theta)", rule(theta), Callable, "a function update(theta, g, rate)")
        self.p, self.g = Params(net.sizes, theta), Params(net.sizes, np.zeros_like(theta))
        ones_and_X, YT = with_ones(X, theta.dtype), np.ascontiguousarray(Y.T)
        self.batches = _Batches(net, ones_and_X, YT, size)
        self.whole = size == self.m
        self.blocks = self.batches if size >= min(self.m, 128) else _Batches(net, ones_and_X, YT, min(self.m, 512))
        for t, _, _ in self.batches() if self.whole else ():
            equations.forward(net, self.p, t)  # a single batch keeps the forward pass of its cost for its next step

    def cost(self):
        """The cost over the training set."""
        total = 0.0
        for t, y, _ in self.blocks():
            output = equations.output(self.net, t if self.whole else equations.forward(self.net, self.p, t))
            total += equations.losses(self.net, output, y).sum()
        return total / self.m + equations.penalty(self.p, self.decay)

    def epoch(self, rate, order, note):
        """One pass over the batches with their updates; return the mean of their costs, each before its update."""
        net, p, penalties = self.net, self.p, 0.0
        for t, y, output in self.batches(order):
            if not self.whole:
                equations.forward(net, p, t)
            if note:
                # the losses are computed together below: for a small batch, the calls take longer than its step
                output[...] = equations.output(net, t)
                penalties += len(y) * equations.penalty(p, self.decay)
            g = equations.gradient(net, p, equations.backward(net, p, t, y), self.g, self.decay)
            self.update(p.theta, g, rate)
            if self.whole:
                equations.forward(net, p, t)
        return (
            (equations.losses(net, self.batches.outputs, self.batches.Y).sum() + penalties) / self.m if note else None
        )


def _loops(*options):
    from .compiled import Loops  # which needs Numba

    return Loops(*options)


ENGINES = {"numpy": _Steps, "numba": _loops}


def train(
    net, theta, X, Y, rule, lr=0.1, epochs=100, batch_size=None, seed=0, shuffle=True,
    lam=0.0, schedule=None, callback=None, progress=False, history="full", engine="numpy",
):  # fmt: skip
    """Train with an update rule of your own; ``sgd`` and ``adam`` are this function with theirs.

    Parameters
    ----------
    net, theta, X, Y, lr, epochs, batch_size, seed, shuffle, lam, schedule, callback, progress, history, engine
        As for ``sgd``.
    rule : callable
        ``rule(theta)`` is called once, before the first epoch, and returns a function ``update(theta, g, rate)``,
        which is called once per batch and changes ``theta`` in place. ``g`` is the gradient of the batch cost, which it
        may overwrite, and ``rate`` is lr times the schedule's factor.

    Returns
    -------
    Fit

    Raises
    ------
    TypeError, ValueError
        As ``sgd``.

    Warns
    -----
    RuntimeWarning
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
    if not isinstance(net, Network):
        expected = "expected a Network; the order is (net, theta, X, Y)"
        raise TypeError(f"net is of type {type(net).__name__}: {expected}")
    _, X, Y = net.checked(theta, X, Y)
    arguments.real("theta", theta)
    arguments.instance("rule", rule, Callable, "a function of theta that returns update(theta, g, rate)")
    m = len(X)
    lr, decay = arguments.number("lr", lr, 0, above=True), arguments.number("lam", lam, 0) / m
    epochs = arguments.whole("epochs", epochs, 0)
    if isinstance(batch_size, str) and batch_size == "auto":
        batch_size = min(200, m)
    cure = "; None takes all samples at once"
    batch_size = m if batch_size is None else arguments.whole("batch_size", batch_size, 1, m, cure)
    rng = arguments.generator("seed", seed)
    arguments.one_of("history", history, HISTORIES), arguments.one_of("engine", engine, ENGINES)
    arguments.function("schedule", schedule), arguments.function("callback", callback)
    shuffle, progress = arguments.flag("shuffle", shuffle), arguments.flag("progress", progress)

    theta = theta.copy()
    good = theta.copy()
    costs, epoch, callers = [], 0, np.geterr()

    def finite():
        # of parameters: their squares overflow from 1e154 on (1e19 in float32), which is divergence as well
        return math.isfinite(theta.dot(theta)) and not (costs and not math.isfinite(costs[-1]))

    with np.errstate(all="ignore"):  # divergence is reported below, once
        steps = ENGINES[engine](net, theta, X, Y, rule, batch_size, decay)
        if history != "none":
            costs.append(steps.cost())
        diverged = not finite()
        while epoch < epochs and not diverged:
            good[...] = theta
            rate = lr
            if schedule is not None:
                rate *= arguments.number(f"schedule({epoch}, {epochs})", schedule(epoch, epochs), 0)
            order = rng.permutation(m) if shuffle and batch_size < m else None
            running = steps.epoch(rate, order, history == "running")
            epoch += 1
            if history != "none":
                costs.append(steps.cost() if history == "full" else running)
            if progress and epoch * 10 // epochs > (epoch - 1) * 10 // epochs:
                print(f"epoch {epoch} of {epochs}" + (f", cost {costs[-1]:.6g}" if costs else ""), file=sys.stderr)
            diverged = not finite()
            if callback is not None and not diverged:
                with np.errstate(**callers):
                    if callback(epoch, theta.copy(), costs[-1] if costs else None):
                        break
    if diverged:
        seen = f"the cost is {costs[-1]}" if costs and not math.isfinite(costs[-1]) else "a parameter is not finite"
        message = f"training diverged: after epoch {epoch} of {epochs} {seen}; theta is from epoch {max(epoch - 1, 0)}"
        cure = f"try a smaller learning rate than lr={lr:g}, or inputs and targets scaled to about 1"
        warnings.warn(f"{message}; {cure}", RuntimeWarning, stacklevel=3)
    return Fit(good if diverged else theta, np.array(costs, theta.dtype))


def sgd(
    net, theta, X, Y, lr=0.1, epochs=100, batch_size=None, seed=0, shuffle=True, momentum=0.0,
    lam=0.0, schedule=None, callback=None, progress=False, history="full", engine="numpy",
):  # fmt: skip
    """Gradient descent: v ← momentum·v + rate·∂C/∂θ,  θ ← θ - v, once per batch.

    Parameters
    ----------
    net : Network
    theta : ndarray, shape (P,)
        The initial parameters, which are not modified; their type (float64, float32) is that of the computation.
    X, Y : array_like, shapes (m, n_0) and (m, n_L)
    lr : float
        The learning rate, above 0; the gradient is that of the mean over the batch.
    epochs : int
        Passes over the data.
    batch_size : int, "auto" or None
        From 1 to m; None takes all samples at once, "auto" 200 of them or all if there are fewer.
        A smaller last batch is used as it is, with its own mean.
    seed : int or numpy.random.Generator
        For the order of the samples; the same seed gives the same bits.
    shuffle : bool
        Draw a new order in each epoch.
    momentum : float
        0 ≤ momentum < 1.
    lam : float
        λ of ``Network.cost``, with n the number of training samples, so that the batch costs average to the full cost.
    schedule : callable, optional
        ``schedule(epoch, epochs)``, with epochs counted from 0, multiplies ``lr`` (see ``bpcore.schedules``).
    callback : callable, optional
        ``callback(epoch, theta, cost)`` is called after each epoch, counted from 1, with a copy of theta and the last
        entry of the history (None without a history). Training stops if it returns a true value.
    progress : bool
        Print the cost about ten times, to the standard error stream.
    history : str
        "full": entry k is the cost over the training set after epoch k, and entry 0 that before the first epoch.
        "running": entry 0 as above; entry k is the mean of epoch k's batch costs, each computed before its update,
        which is nearly free. "none": empty.
    engine : str
        "numpy", or "numba": the same steps, to rounding, as compiled loops over the samples, for small networks
        (see ``bpcore.compiled``). It needs Numba, and runs the activations and losses of bpcore alone.

    Returns
    -------
    Fit
        With ``theta`` and ``history``.

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
        If the cost or a parameter is not finite after an epoch: training stops there, and the history ends there.
        The theta that is returned is that of the epoch before.
    """
    momentum = arguments.number("momentum", momentum, 0, below=1)

    def rule(theta):
        velocity = np.zeros_like(theta) if momentum else None

        def update(theta, g, rate):
            nonlocal velocity
            g *= rate
            if momentum:
                velocity *= momentum
                velocity += g
            theta -= velocity if momentum else g

        return update

    rule.constants = False, momentum, 0.0, 0.0, 0.0  # for the compiled engine
    options = lr, epochs, batch_size, seed, shuffle, lam, schedule, callback, progress, history, engine
    return train(net, theta, X, Y, rule, *options)


def adam(
    net, theta, X, Y, lr=0.001, epochs=100, batch_size="auto", seed=0, shuffle=True, beta1=0.9, beta2=0.999, eps=1e-8,
    lam=0.0, schedule=None, callback=None, progress=False, history="full", engine="numpy",
):  # fmt: skip
    """Adam, with the arguments of ``sgd`` except momentum, and three more; the default batch is 200 samples or all.

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

    Warns
    -----
    RuntimeWarning
        As ``sgd``.

    References
    ----------
    Kingma and Ba (2015), Adam: a method for stochastic optimization; the step is the one at the end of section 2.
    """
    beta1, beta2 = arguments.number("beta1", beta1, 0, below=1), arguments.number("beta2", beta2, 0, below=1)
    eps = arguments.number("eps", eps, 0, above=True)

    def rule(theta):
        mean, square, work = np.zeros_like(theta), np.zeros_like(theta), np.empty_like(theta)
        step = 0

        def update(theta, g, rate):
            nonlocal mean, square, work, step
            step += 1
            mean *= beta1
            mean += np.multiply(g, 1 - beta1, out=work)
            square *= beta2
            g *= g
            square += np.multiply(g, 1 - beta2, out=work)
            np.sqrt(square, out=work)
            work += eps
            np.divide(mean, work, out=work)
            work *= rate * (1 - beta2**step) ** 0.5 / (1 - beta1**step)
            theta -= work

        return update

    rule.constants = True, 0.0, beta1, beta2, eps
    options = lr, epochs, batch_size, seed, shuffle, lam, schedule, callback, progress, history, engine
    return train(net, theta, X, Y, rule, *options)
