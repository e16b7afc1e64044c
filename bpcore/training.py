"""Training: gradient descent with momentum and Adam, on batches, through one loop."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import arguments
from .network import Network, Params, Trace, with_ones

HISTORIES = {
    "full": "the cost over the whole training set after each epoch, and before the first",
    "running": "the same before the first; then each epoch's mean of the costs of its batches, each taken before its step",
    "none": "nothing",
}


@dataclass(frozen=True)
class Fit:
    """What training returns: ``theta``, and ``history``, whose entry k is the training cost after epoch k."""

    theta: np.ndarray
    history: np.ndarray

    def __repr__(self):
        if not len(self.history):
            return f"Fit({len(self.theta)} parameters, no history)"
        return f"Fit({len(self.theta)} parameters, cost {self.history[0]:.4g} → {self.history[-1]:.4g} in {len(self.history) - 1} epochs)"


class _Batches:
    """The training set cut into batches of ``size``, one sample a column, ones in place; the cuts are views, made once."""

    def __init__(self, net, ones_and_X, YT, size):
        self.ones_and_X, self.YT, self.size = ones_and_X, YT, size
        self.ordered, self.shuffled = self._cut(ones_and_X, YT), None
        self.traces = {len(Y): Trace(net.sizes, A0.T).with_delta() for A0, Y in self.ordered}

    def _cut(self, ones_and_X, YT):
        starts = range(0, len(ones_and_X), self.size)
        return [(ones_and_X[i : i + self.size].T, YT[:, i : i + self.size].T) for i in starts]

    def __call__(self, order=None):
        """Yield (trace, Y) for each batch, the trace with its input in place."""
        cuts = self.ordered
        if order is not None:
            if self.shuffled is None:
                room = np.empty_like(self.ones_and_X), np.empty_like(self.YT)
                self.shuffled = *room, self._cut(*room)
            ones_and_X, YT, cuts = self.shuffled
            np.take(
                self.ones_and_X, order, axis=0, out=ones_and_X, mode="clip"
            )  # "clip" alone writes straight into out
            np.take(self.YT, order, axis=1, out=YT, mode="clip")
        for A0, Y in cuts:
            t = self.traces[len(Y)]
            t.A[0] = A0
            yield t, Y


def _train(
    net,
    theta,
    X,
    Y,
    rule,
    *,
    lr,
    epochs,
    batch_size,
    seed,
    shuffle,
    lam,
    schedule,
    history,
    callback,
    progress,
    usual_batch=None,
):
    """The one loop; ``rule(theta)`` makes ``update(theta, gradient, rate)``, which changes theta and may use up the gradient."""
    if not isinstance(net, Network):
        raise TypeError(f"net is a {type(net).__name__}: expected a Network; the order is (net, theta, X, Y)")
    _, X, Y = net._check(theta, X, Y)
    arguments.real("theta", theta)
    m = len(X)
    lr, decay = arguments.number("lr", lr, 0, above=True), arguments.number("lam", lam, 0) / m
    epochs = arguments.whole("epochs", epochs, 0)
    if batch_size is None or (isinstance(batch_size, int) and batch_size == usual_batch > m):
        batch_size = m
    batch_size = arguments.whole("batch_size", batch_size, 1, m, "; None takes all samples at once")
    rng = np.random.default_rng(seed if isinstance(seed, np.random.Generator) else arguments.whole("seed", seed, 0))
    arguments.one_of("history", history, HISTORIES)
    arguments.instance(
        "schedule",
        schedule,
        Callable | None,
        "a function or None; bpcore.schedules has constant(), polynomial_decay() and step_decay()",
    )
    arguments.instance("callback", callback, Callable | None, "a function or None")
    shuffle, progress = arguments.flag("shuffle", shuffle), arguments.flag("progress", progress)

    theta = theta.copy()
    update = rule(theta)
    p, g = Params(net.sizes, theta), Params(net.sizes, np.zeros_like(theta))
    ones_and_X, YT = with_ones(X, theta.dtype), np.ascontiguousarray(Y.T)
    batches = _Batches(net, ones_and_X, YT, batch_size)
    one_batch = batch_size == m
    blocks = batches if one_batch or batch_size >= 128 else _Batches(net, ones_and_X, YT, min(m, 512))

    def cost(t, y):
        return net._losses(t, y).sum() + len(y) * net._penalty(p, decay)

    def full_cost():
        return sum(cost(t if one_batch else net._forward(p, t), y) for t, y in blocks()) / m

    costs = []
    if one_batch:
        for t, _ in batches():
            net._forward(p, t)  # a single batch keeps the forward pass of its cost for its next step
    if history != "none":
        costs.append(full_cost())
    for epoch in range(epochs):
        factor = 1 if schedule is None else arguments.number(f"schedule({epoch}, {epochs})", schedule(epoch, epochs), 0)
        rate, seen = lr * factor, 0.0
        for t, y in batches(None if one_batch or not shuffle else rng.permutation(m)):
            if not one_batch:
                net._forward(p, t)
            if history == "running":
                seen += cost(t, y)
            update(theta, net._gradient(p, net._backward(p, t, y), g, decay), rate)
            if one_batch:
                net._forward(p, t)
        if history != "none":
            costs.append(full_cost() if history == "full" else seen / m)
        if progress and (epoch + 1) * 10 // epochs > epoch * 10 // epochs:
            print(f"epoch {epoch + 1} of {epochs}" + (f", cost {costs[-1]:.6g}" if costs else ""), file=sys.stderr)
        if callback is not None and callback(epoch + 1, theta.copy(), costs[-1] if costs else None):
            break
    return Fit(theta, np.array(costs, theta.dtype))


def sgd(
    net,
    theta,
    X,
    Y,
    lr=0.1,
    epochs=100,
    batch_size=None,
    seed=0,
    shuffle=True,
    momentum=0.0,
    lam=0.0,
    schedule=None,
    callback=None,
    progress=False,
    history="full",
):
    """Gradient descent: v ← momentum·v + rate·∂C/∂θ,  θ ← θ - v, once a batch.

    Parameters
    ----------
    net : Network
    theta : ndarray, shape (P,)
        Where to start; it is not modified, and its type (float64, float32) is that of the computation.
    X, Y : array_like, shapes (m, n_0) and (m, n_L)
    lr : float
        The learning rate, above 0; the gradient is that of the mean over the batch.
    epochs : int
        Passes over the data.
    batch_size : int, optional
        From 1 to m; None takes all samples at once. A smaller last batch is used as it is, with its own mean.
    seed : int or numpy.random.Generator
        For the order of the samples; the same seed gives the same bits.
    shuffle : bool
        A new order each epoch.
    momentum : float
        From 0 up to, but not including, 1.
    lam : float
        λ of ``Network.cost``, with n the number of training samples, so that the batch costs average to the full cost.
    schedule : callable, optional
        ``schedule(epoch, epochs)``, epochs counted from 0, multiplies ``lr`` (see ``bpcore.schedules``).
    callback : callable, optional
        ``callback(epoch, theta, cost)`` after each epoch, counted from 1, with a copy of theta and the last entry of the
        history (None where there is none). Training ends where it returns something true.
    progress : bool
        Print the cost some ten times, to the standard error stream.
    history : str
        "full": entry k is the cost over the training set after epoch k, entry 0 the one before the first.
        "running": entry 0 likewise; entry k is the mean of the batch costs of epoch k, each taken before its step:
        nearly free. "none": empty.

    Returns
    -------
    Fit
        With ``theta`` and ``history``.

    Raises
    ------
    TypeError, ValueError
        As ``Network.cost``; and for any other argument of another type or range than those above.
    """
    momentum = arguments.number("momentum", momentum, 0, below=1)

    def rule(theta):
        velocity = np.zeros_like(theta)

        def plain(theta, g, rate):
            g *= rate
            theta -= g

        def heavy(theta, g, rate):
            nonlocal velocity
            g *= rate
            velocity *= momentum
            velocity += g
            theta -= velocity

        return heavy if momentum else plain

    return _train(
        net,
        theta,
        X,
        Y,
        rule,
        lr=lr,
        epochs=epochs,
        batch_size=batch_size,
        seed=seed,
        shuffle=shuffle,
        lam=lam,
        schedule=schedule,
        history=history,
        callback=callback,
        progress=progress,
    )


def adam(
    net,
    theta,
    X,
    Y,
    lr=0.001,
    epochs=100,
    batch_size=200,
    seed=0,
    shuffle=True,
    beta1=0.9,
    beta2=0.999,
    eps=1e-8,
    lam=0.0,
    schedule=None,
    callback=None,
    progress=False,
    history="full",
):
    """Adam, with the arguments of ``sgd`` and its own three; the default batch is all samples where there are fewer than 200.

    μ ← β₁ μ + (1-β₁) g,  ν ← β₂ ν + (1-β₂) g²,  θ ← θ - rate · sqrt(1-β₂ᵗ)/(1-β₁ᵗ) · μ / (sqrt(ν) + eps)  at step t = 1, 2, …

    Parameters
    ----------
    beta1, beta2 : float
        From 0 up to, but not including, 1: how long the running means of g and of g² remember.
    eps : float
        Above 0; it stands beside the root of the uncorrected ν, as in scikit-learn.

    Raises
    ------
    TypeError, ValueError
        As ``sgd``.

    References
    ----------
    Kingma and Ba (2015), Adam: a method for stochastic optimization; the step is the reordered one at the end of section 2.
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

    return _train(
        net,
        theta,
        X,
        Y,
        rule,
        lr=lr,
        epochs=epochs,
        batch_size=batch_size,
        seed=seed,
        shuffle=shuffle,
        lam=lam,
        schedule=schedule,
        history=history,
        callback=callback,
        progress=progress,
        usual_batch=200,
    )
