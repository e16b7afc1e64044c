"""A network whose activations and loss nobody named: both are measured, point by point, from the cost alone."""

import warnings

import numpy as np

from ..activations import ACTIVATIONS, Activation
from ..checking import one_number
from ..losses import Loss
from ..network import Network
from . import expressions as x
from .costs import CostFormula
from .familiar import written_into
from .fillings.exchanges import sup
from .likeness import activation_like, loss_like, plain
from .probing import Slope
from .scope import PENALTIES
from .truth import ladder

RUNGS = (3, 4, 5)
STEP = 1e-30
GRADIENTS = 3000
UNKNOWN = "your loss"
CALLS = 15_000  # of the cost, in all measurements
SAMPLES = 60
SPREAD = 4.0  # of outputs, so that both sides of a margin are seen
ANALYTIC, BY_DIFFERENCES = 1e-9, 1e-7  # how well what was measured has to predict the cost's derivative


class TooManyCalls(RuntimeError):
    """More measurements were asked for than the cost can be called."""


class Measured:
    """Measures the activations and the slope of the loss of a network from its cost.

    Where W^l = 0, the pre-activation of each unit of layer l is its bias, whatever the sample. With W^{l+1} = 0 too,
    ∂C/∂W^{l+1}_{kj} = f(b_j) ∂C/∂b^{l+1}_k, and without that ∂C/∂b^l_j = f'(b_j) Σ_k W^{l+1}_{kj} ∂C/∂b^{l+1}_k.
    Where W^L = 0, the delta of the output is a constant for each sample, and the layers below may be anything: enough
    of them make the least squares ∂C/∂W^L = Σ_i δ_i (a^{L-1}_i)ᵀ determined.

    Parameters
    ----------
    cost : callable
        Of the network's theta.
    sizes : tuple
    X, Y : ndarray
        One sample a row.
    left : int
        How often the cost may be called.
    """

    def __init__(self, cost, sizes, X, Y, left=CALLS):
        self.of_cost, self.sizes, self.X, self.Y, self.calls, self.left = cost, sizes, X, Y, 0, left
        self.L = len(sizes) - 1
        self.plain = Network(sizes, "tanh", "identity", "half_squared")  # for the places in theta alone
        index = self.plain.params(np.arange(float(self.plain.n_params)))
        self.W, self.b = ([None] + [part.astype(int) for part in parts[1:]] for parts in (index.W, index.b))
        self.place = self.place_like(0)
        self.analytic = self._analytic()
        self.tolerance = ANALYTIC if self.analytic else BY_DIFFERENCES
        self.known = [None] + [{} for _ in range(self.L - 1)]
        self.deltas, self.draws, self.reference, self.fits = {}, None, {}, False

    def with_inputs(self, X):
        """Go on with other inputs; the activations, which are asked where no input counts, stay known."""
        self.X, self.deltas, self.draws, self.fits = X, {}, None, False

    def place_like(self, seed):
        """A place with the weights of an ordinary network."""
        rng = np.random.default_rng(seed)
        theta = 0.3 * rng.standard_normal(self.plain.n_params)
        p, size = self.plain.params(theta), max(1e-3, float(np.sqrt((self.X * self.X).mean())))
        for l in range(1, self.L + 1):
            p.W[l][...] = rng.standard_normal(p.W[l].shape) / np.sqrt(self.sizes[l - 1]) / (size if l == 1 else 1)
        return theta

    def cost(self, theta):
        self.calls += 1
        if self.calls > self.left:
            raise TooManyCalls
        return one_number(self.of_cost, theta)

    def _analytic(self):
        direction = np.cos(np.arange(self.place.size))
        try:
            slope = self.cost(self.place + 1j * STEP * direction).imag / STEP
            central, error, _ = ladder(lambda s: self.cost(self.place + s * direction), np.zeros(1), RUNGS)
            return bool(abs(slope - central[0]) <= 100 * error[0] + 1e-7 * abs(central[0]))
        except TooManyCalls:
            raise
        except Exception:  # a cost need not be written for complex numbers
            return False

    def partials(self, theta, entries):
        """The cost's derivatives at theta with respect to some of its entries."""
        if not self.analytic:
            return ladder(self.cost, theta, RUNGS, entries)[0]
        found, point = np.empty(len(entries)), theta.astype(complex)
        for i, k in enumerate(entries):
            point[k] += 1j * STEP
            found[i] = np.imag(self.cost(point)) / STEP
            point[k] = theta[k]
        return found

    # Activations.

    def _unit(self, l):
        """The unit of layer l + 1 whose bias moves the cost most, where W^{l+1} = 0, and how much."""
        if l not in self.reference:
            theta = self.place.copy()
            theta[self.W[l + 1]] = 0
            slopes = self.partials(theta, self.b[l + 1])
            self.reference[l] = int(abs(slopes).argmax()), slopes
        unit, slopes = self.reference[l]
        return unit, slopes[unit]

    def _ask(self, l, ts):
        """f and f′ of layer l at as many numbers as it has units."""
        b, V = self.b[l], self.W[l + 1]
        theta = self.place.copy()
        theta[self.W[l]], theta[b] = 0, ts
        slopes = self.partials(theta, np.concatenate([b, self.b[l + 1]]))
        down = theta[V].T @ slopes[len(b) :]
        theta[V] = 0
        unit, slope = self._unit(l)
        return self.partials(theta, V[unit]) / slope, slopes[: len(b)] / down

    def activation(self, l):
        """The measured record of layer l."""

        def look_up(z, which):
            z, known, n = np.asarray(z, float), self.known[l], self.sizes[l]
            if not np.isfinite(z).all():  # what was measured in the layers below is no function everywhere
                return np.full(z.shape, np.nan)
            new = [t for t in dict.fromkeys(z.ravel().tolist()) if t not in known]
            for some in (new[k : k + n] for k in range(0, len(new), n)):
                padded = np.array(some + some[-1:] * (n - len(some)))
                f, df = self._ask(l, padded)
                known.update(zip(some, zip(f.tolist(), df.tolist())))
            return np.array([known[t][which] for t in z.ravel().tolist()]).reshape(z.shape)

        return Activation("f", lambda z, out=None: written_into(out, look_up(z, 0)), lambda z, a: look_up(z, 1))

    # The loss.

    def _last_inputs(self, seed, activations):
        """A place where W^L = 0, and the inputs of the output layer there."""
        theta, a = 1.5 * self.place_like(seed), self.X
        p = self.plain.params(theta)
        for l in range(1, self.L):
            a = activations[l - 1].f(a @ p.W[l].T + p.b[l])
        p.W[self.L][...] = 0
        return theta, a

    def _of_the_output(self, theta):
        """∂C/∂W^L and ∂C/∂b^L."""
        W, b = self.W[self.L], self.b[self.L]
        slopes = self.partials(theta, np.concatenate([W.ravel(), b]))
        return slopes[: W.size].reshape(W.shape), slopes[W.size :]

    def _prepare(self, activations):
        """Places with W^L = 0, the inputs of the output layer there, and what turns ∂C/∂W^L and ∂C/∂b^L into deltas."""
        L, m, n = self.L, len(self.X), self.sizes[-2]
        groups = np.unique(self.Y, axis=0, return_inverse=True)[1].ravel() if L == 1 else np.arange(m)
        G = np.eye(groups.max() + 1)[groups]  # (m, groups): without hidden layers equal targets share a delta
        count = 1 if L == 1 else int(np.ceil((m + 4) / (n + 1))) + 1
        thetas, rows = [], []
        for seed in range(1, count + 1):
            theta, a = self._last_inputs(seed, activations)
            thetas.append(theta)
            rows += [a.T @ G, np.ones((1, m)) @ G]
        A = np.concatenate(rows)
        if A.shape[0] < G.shape[1] + 2 or not np.isfinite(A).all():
            return False
        self.draws = thetas, A, G
        return True

    def _delta(self, z):
        """m times the delta of every sample at one z^L; None where no delta of the samples makes the derivative."""
        key = tuple(z.tolist())
        if key not in self.deltas:
            thetas, A, G = self.draws
            came = []
            for theta in thetas:
                theta = theta.copy()
                theta[self.b[self.L]] = z
                of_W, of_b = self._of_the_output(theta)
                came += [of_W.T, of_b[None]]
            came = np.concatenate(came)
            if not np.isfinite(came).all():
                return None
            found = np.linalg.lstsq(A, came, rcond=1e-11)[0]
            off, size = np.linalg.norm(A @ found - came, axis=0), np.linalg.norm(came)
            if not (off <= 10 * self.tolerance * size).all():
                return None
            self.deltas[key] = len(self.X) * (G @ found)
        return self.deltas[key]

    def _slope(self, z, y):
        """∂ℓ/∂z of all samples, each at its own z; NaN where it cannot be asked."""
        if len(z) != len(self.X):
            return np.full(z.shape, np.nan)
        rows = []
        for i, row in enumerate(np.asarray(z, float)):
            try:
                delta = self._delta(row)
            except TooManyCalls:
                delta = None
            rows.append(np.full(z.shape[1], np.nan) if delta is None else delta[i])
        return np.array(rows)

    def masks(self, activations):
        """A dropout mask (m, n_{L-1}) of the last hidden layer, given the activations; None where there is none.

        Where W^L = 0, ∂C/∂W^L_{kj} = Σ_i δ_ik M_ij a_ij, and the layers below may be anything: so δ_ik M_ij is known.
        """
        m, n, b = len(self.X), self.sizes[-2], self.b[self.L]
        inputs, came = [], []
        for seed in range(1, m + 4):
            theta, a = self._last_inputs(seed, activations)
            theta[b] = self.place[b]  # the same at all of them, so that the deltas are
            inputs.append(a)
            of_W, biases = self._of_the_output(theta)
            came.append(of_W)
        inputs, came = np.array(inputs), np.array(came)  # (draws, m, n), (draws, K, n)
        if not (np.isfinite(inputs).all() and np.isfinite(came).all()):
            return None
        k = int(abs(biases).argmax())
        u = np.empty((m, n))
        for j in range(n):
            u[:, j], _, rank, _ = np.linalg.lstsq(inputs[:, :, j], came[:, k, j], rcond=1e-10)
            off = np.linalg.norm(inputs[:, :, j] @ u[:, j] - came[:, k, j])
            if rank < m or off > 100 * self.tolerance * np.linalg.norm(came[:, k]):
                return None
        u[abs(u) < 1e-7 * abs(u).max()] = 0
        kept = u != 0
        each = np.array([np.median(row[on]) if on.any() else 0.0 for row, on in zip(u, kept)])
        if not np.allclose(u, each[:, None] * kept, rtol=1e-5, atol=0) or kept.all() or not each.any():
            return None
        return kept * _few(float(each.sum() / biases[k])) if kept.any(1).all() else kept * 1.0

    # All of it.

    def network(self, hidden=None):
        """The Network with measured parts, or None where the cost is not that of any network of these sizes.

        ``hidden`` are activations that are taken for granted.
        """
        try:
            measured = hidden or [self.activation(l) for l in range(1, self.L)]
            if len(self.X) > SAMPLES or not self._prepare(measured):
                return None
            if self._delta(self.place[self.b[self.L]]) is None:
                return None
        except (TooManyCalls, ArithmeticError, ValueError, TypeError):
            return None
        self.fits = True
        loss = Loss(UNKNOWN, lambda a, y: np.zeros(len(a)), self._slope)
        return Network(self.sizes, measured, ACTIVATIONS["identity"], loss)

    def shown(self, net, thetas):
        """Pairs of z^L and the measured slope of the loss there, also where the outputs are far apart."""
        z = [net.forward(theta, self.X).z[net.L] for theta in thetas]
        wide = [SPREAD * (v - v.mean()) / (v.std() or 1) for v in z[:1]]
        return [(v, net.loss.slope(v, self.Y)) for v in (*z, *wide)]

    def penalty(self, net, thetas):
        """What the cost's derivative has beside the loss, {text: factor} for the weights, and the factor of the biases.

        None where something is left that no penalty explains, so that the network is not the cost's.
        """
        every = np.arange(self.place.size)
        weights, biases = [], []
        for theta in thetas:
            try:
                t, data = self.partials(theta, every), net.grad(theta, self.X, self.Y)
            except (TooManyCalls, ArithmeticError, ValueError, TypeError):
                return None
            left, t, p = (net.params(v) for v in (t - data, t, theta.copy()))
            for l in range(1, self.L + 1):
                size = np.linalg.norm(t.W[l])
                weights.append((left.W[l] / size, [d(p.W[l], p.W[1:]) / size for d, _ in PENALTIES.values()]))
                biases.append((left.b[l] / size, p.b[l] / size))
        if not all(np.isfinite(left).all() for left, _ in (*weights, *biases)):
            return None
        tolerance = 100 * self.tolerance
        left, b = (np.concatenate(v) for v in zip(*biases))
        of_b = 0.0
        if np.linalg.norm(left) > tolerance:
            of_b = float(left @ b / (b @ b))
            if np.linalg.norm(left - of_b * b) > tolerance:
                return None
        left = np.concatenate([v.ravel() for v, _ in weights])
        columns = [np.concatenate([c[k].ravel() for _, c in weights]) for k in range(len(PENALTIES))]
        texts = list(PENALTIES)
        for some in ((), (0,), (1,), (2,), (3,), (0, 1)):
            A = np.stack([columns[k] for k in some], 1) if some else np.zeros((left.size, 1))
            factors = np.linalg.lstsq(A, left, rcond=None)[0]
            if np.linalg.norm(A @ factors - left) <= tolerance:
                return {texts[k]: float(c) for k, c in zip(some, factors)}, of_b
        return None


class MeasuredGradient(Measured):
    """The same for the slope of the loss that a program's gradient has, given the network's activations.

    Parameters
    ----------
    gradient : callable
        Of the network's theta.
    net : Network
    X, Y : ndarray
    decay_b : float
        What the cost has beside the loss, for biases.
    """

    def __init__(self, gradient, net, X, Y, decay_b=0.0):
        self.gradient, self.decay_b = gradient, decay_b
        super().__init__(None, net.sizes, X, Y)
        self.net = net

    def _analytic(self):
        return True

    def partials(self, theta, entries):
        self.calls += 1
        if self.calls > GRADIENTS:
            raise TooManyCalls
        g = np.array(self.gradient(theta), float)
        for b in self.b[1:]:
            g[b] -= self.decay_b * theta[b]
        return g[entries]

    def slope(self):
        """A ``probing.Slope`` of the whole output delta, or None where no delta of the samples makes the gradient."""
        found = self.network(self.net.activations[1:-1])
        if found is None:
            return None
        try:
            places = self.shown(found, [self.place_like(seed) for seed in (101, 102)])
        except (TooManyCalls, ArithmeticError, ValueError, TypeError):
            return None
        if not all(np.isfinite(d).all() for _, d in places):
            return None
        like = loss_like(places, self.Y, self.net.activations[-1], self.net.loss, self.tolerance)
        if like is None:
            return None

        def make(s, l):
            value = np.stack([found.loss.slope(z.T, self.Y).T for z in s.z[l].value])
            return x.written_as(value, f"({like.delta})" if like.delta else f"φ(z{sup(l)}, y)")

        if like.delta:
            return Slope(
                "the delta of the output is another function of the error e = a − y", make, whole=True, unnamed=True
            )
        factor = f"{like.scale:.6g} times " if abs(like.scale - 1) > 1e-9 else ""
        of = f"{factor}that of the {like.loss.name.replace('_', ' ')} with the output {like.output.name}"
        return Slope(", ".join([f"the delta of the output is φ, {of}", *like.words]), make, whole=True)


def is_measured(net):
    """Whether the loss or an activation of a network is one that is known by measuring alone."""
    return net.loss.name == UNKNOWN or any(f.name == "f" for f in net.activations[1:])


def _with_dropout(measure, hidden, own):
    """The activations with a mask in the last hidden layer, and the network; None where there is no such mask."""
    if len(measure.X) > SAMPLES:
        return hidden, None
    records = [own] if own is not None and own.df else []
    records += [f for f in map(ACTIVATIONS.get, ("relu", "tanh", "sigmoid")) if f is not own]
    for record in records:
        mask = measure.masks([*hidden[:-1], record])
        if mask is not None:
            tried = [*hidden[:-1], dropped(record, mask)]
            return tried, measure.network(tried)
    return hidden, None


def dropped(record, mask):
    """An activation whose outputs are multiplied by a mask (m, n), for all samples in their order."""

    def of(z):
        return (
            np.tile(mask, (len(z) // len(mask), 1)) if z.shape[1:] == mask.shape[1:] and len(z) % len(mask) == 0 else 1
        )

    f = lambda z, out=None: written_into(out, record.f(z) * of(z))
    df = lambda z, a: record.df(z, record.f(z)) * of(z)
    return Activation(record.name + x.DROPPED, f, df, kink=record.kink)


def measured_formula(cost, net, data, guessed=False, left=CALLS):
    """What a cost computes that no known network has, by measuring its parts.

    Parameters
    ----------
    cost : callable
        Of the network's theta.
    net : Network
        What was meant, or ``guessed``: then its activations and loss stand for nothing.
    data : list
        Pairs X, Y of arrays that are tried; the first is what was given, the others what may have been made of it.
    left : int
        How often the cost may be called.

    Returns
    -------
    CostFormula or None
        None where the cost is not that of a network of these sizes.
    int
        The index of the pair in ``data``.
    int
        How often the cost may still be called.
    """
    measure, found = None, None
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            measure = Measured(cost, net.sizes, *data[0], left)
            hidden = [
                activation_like(measure.activation(l), None if guessed else net.activations[l], measure.tolerance)
                for l in range(1, net.L)
            ]
            for k, (X, Y) in enumerate(data):
                measure.with_inputs(X)
                found = _formula(measure, net, hidden, X, Y, guessed, first=k == 0)
                if found is not None or measure.fits:  # with these inputs, whatever else is other
                    break
    except (TooManyCalls, ArithmeticError, ValueError, TypeError, IndexError):
        found = None
    return found, k if found else 0, left - (measure.calls if measure else left)


def _formula(measure, net, hidden, X, Y, guessed, first):
    """The formula with these activations and data, or None."""
    found = measure.network(hidden)
    if found is None and net.L > 1 and first:
        hidden, found = _with_dropout(measure, hidden, None if guessed else net.activations[-2])
    if found is None:
        return None
    thetas = [measure.place_like(seed) for seed in (101, 102)]
    if measure.penalty(found, thetas[:1]) is None:  # before more is asked
        return None
    beside = measure.penalty(found, thetas)
    if beside is None:
        return None
    like = loss_like(measure.shown(found, thetas), Y, net.activations[-1], net.loss, measure.tolerance)
    dropped = net.L > 1 and hidden[-1].name.endswith(x.DROPPED)
    words, scale = [f"units of layer {net.L - 1} are dropped, always the same ones"] if dropped else [], 1.0
    for l in range(1, net.L) if not guessed else ():
        if hidden[l - 1] is not net.activations[l]:
            name = "one that I do not know" if hidden[l - 1].name == "f" else hidden[l - 1].name
            words.append(f"the activation in layer {l} is {name}")
    if like:
        found, scale = Network(net.sizes, hidden, like.output, like.loss), like.scale
        if like.loss != net.loss and not like.words:
            words.append(f"the loss is {like.loss.name} of {like.output.name}")
        words += [f"the loss is another: {text}" for text in like.words]
    else:
        words.append("the loss is one that I do not know, so I have measured its slope")
    penalty, of_b = beside
    decay = penalty.pop("Σ W²/2", 0.0)
    listed = [f"{_few(c)} {name}" for name, c in (("Σ W²/2", decay), *penalty.items(), ("Σ b²/2", of_b)) if c]
    if listed:
        words.append("its penalty is " + " + ".join(listed))
    penalty = {name: _few(c) for name, c in penalty.items()}
    digits = 1e-9 if measure.analytic else 1e-7
    decay, of_b = _few(decay), _few(of_b)
    return CostFormula(found, scale, decay, of_b, "", "", words=tuple(words), digits=digits, penalty=penalty)


def _few(number):
    return plain(number, 1e-8)
