"""The network: parameters as views of one vector, the forward pass, and the four equations of backpropagation."""

from collections.abc import Iterable

import numpy as np

from . import arguments
from .activations import ACTIVATIONS, Activation
from .losses import LOSSES, Loss

SCHEMES = {
    "glorot_uniform": lambda rng, n_in, n_out: rng.uniform(-1, 1, (n_out, n_in)) * np.sqrt(6 / (n_in + n_out)),
    "he_normal": lambda rng, n_in, n_out: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in),
    "standard_normal": lambda rng, n_in, n_out: rng.standard_normal((n_out, n_in)),
    "uniform": lambda rng, n_in, n_out: rng.random((n_out, n_in)),
    "zeros": lambda rng, n_in, n_out: np.zeros((n_out, n_in)),
}


def with_ones(X, dtype):
    """[1 | X], shape (m, 1 + n): the constant input that column 0 of Theta, the bias, multiplies."""
    ones_and_X = np.ones((len(X), 1 + X.shape[1]), dtype)
    ones_and_X[:, 1:] = X
    return ones_and_X


class Params:
    """The parameters of each layer as views of the flat vector ``theta``: nothing is copied.

    Use in-place operators on a view (``p.W[1] *= 0.5``): they reach ``theta``, and rebinding does not.
    Slot 0 of each list is None.

    Attributes
    ----------
    theta : ndarray, shape (P,)
        All parameters: Theta[1], Theta[2], …, each row by row.
    Theta : list
        ``Theta[l]`` is [b^l | W^l], shape (n_l, 1 + n_{l-1}): column 0 is the bias.
    W : list
        ``W[l]``, shape (n_l, n_{l-1}).
    b : list
        ``b[l]``, shape (n_l,).

    Raises
    ------
    TypeError, ValueError
        For sizes that are no whole numbers above 0, and a theta that is no such vector of floating-point numbers.
    """

    def __init__(self, sizes, theta):
        sizes = arguments.layers(sizes)
        n_params = sum(n * (1 + n_before) for n_before, n in zip(sizes, sizes[1:]))
        arguments.vector("theta", theta, n_params, f"the network {sizes}")
        shapes = [(n, 1 + n_before) for n_before, n in zip(sizes, sizes[1:])]
        ends = np.cumsum([rows * columns for rows, columns in shapes])
        self.theta = theta
        self.Theta = [None] + [part.reshape(shape) for part, shape in zip(np.split(theta, ends[:-1]), shapes)]
        self.b = [None] + [Theta[:, 0] for Theta in self.Theta[1:]]
        self.W = [None] + [Theta[:, 1:] for Theta in self.Theta[1:]]

    def name_of(self, index):
        """The name of ``theta[index]`` in the book's notation, such as ``W[2][0,3]`` or ``b[1][4]``.

        Raises
        ------
        TypeError, ValueError
            For an index that is no whole number from 0 to P - 1.
        """
        index = arguments.whole("index", index, 0, self.theta.size - 1)
        for l, Theta in enumerate(self.Theta[1:], start=1):
            if index < Theta.size:
                row, column = divmod(index, Theta.shape[1])
                return f"W[{l}][{row},{column - 1}]" if column else f"b[{l}][{row}]"
            index -= Theta.size

    def __repr__(self):
        return "Params(" + ", ".join(f"Theta[{l}] {T.shape}" for l, T in enumerate(self.Theta) if l) + ")"


class Trace:
    """What one pass over m samples computes.

    As the article's equations have it, one sample a column: ``A[l]`` = [1; a^l] (1 + n_l, m), ``Z[l]`` and ``D[l]`` (n_l, m).
    As the code around it has it, one sample a row: ``a[l]``, ``z[l]``, ``delta[l]``, each (m, n_l).
    The second are transposed views of the first. ``a[0]`` is X; slot 0 of z and delta is None;
    ``delta`` is None before the backward pass.
    """

    def __init__(self, sizes, ones_and_X):
        m, dtype = len(ones_and_X), ones_and_X.dtype
        self.A = [ones_and_X.T] + [np.ones((1 + n, m), dtype) for n in sizes[1:]]
        self.Z = [None] + [np.empty((n, m), dtype) for n in sizes[1:]]
        self.a = [A[1:].T for A in self.A]
        self.z = [None] + [Z.T for Z in self.Z[1:]]
        self.delta = None

    def with_delta(self):
        """The same pass with room for its deltas, which are written into fresh memory."""
        t = object.__new__(Trace)
        t.A, t.Z, t.a, t.z = self.A, self.Z, self.a, self.z
        t.G = [None] + [np.empty_like(A) for A in self.A[1:]]  # ∂ℓ/∂[1; a^l], whose rows below the first become δ^l
        t.D = [None] + [G[1:] for G in t.G[1:]]
        t.delta = [None] + [D.T for D in t.D[1:]]
        return t

    def __repr__(self):
        shapes = ", ".join(f"a[{l}] {a.shape}" for l, a in enumerate(self.a))
        return f"Trace({shapes}; {'no delta yet' if self.delta is None else 'with delta'})"


def _activation(argument, record):
    return record if isinstance(record, Activation) else arguments.one_of(argument, record, ACTIVATIONS)


class Network:
    """A fully connected network with layers 1..L; layer 0 is the input.

    z^l = W^l a^{l-1} + b^l,   a^l = f_l(z^l),   C = (1/m) Σ_samples loss(a^L, y) + λ/(2n) Σ_l ‖W^l‖².

    Parameters
    ----------
    sizes : sequence of int
        (n_0, n_1, …, n_L): the number of inputs, then of units in each layer.
    hidden : str, Activation, or a sequence of them
        The activation of the hidden layers: one for all, or one a layer.
    output : str or Activation
        The activation of layer L.
    loss : str or Loss
        "binary_cross_entropy" goes with a sigmoid output and "cross_entropy" with softmax; the others go with all.

    Raises
    ------
    ValueError, TypeError
        For an unknown name, a size below 1, or a loss that does not fit the output.

    Examples
    --------
    >>> net = Network((2, 4, 1))
    >>> net.n_params
    17
    """

    def __init__(self, sizes, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy"):
        self.sizes = arguments.layers(sizes)
        self.L = len(self.sizes) - 1
        self.n_params = sum(n * (1 + n_before) for n_before, n in zip(self.sizes, self.sizes[1:]))
        if isinstance(hidden, str) or not isinstance(hidden, Iterable):
            hidden = [_activation("hidden", hidden)] * (self.L - 1)
        hidden = [
            _activation("hidden", record)
            for record in arguments.items("hidden", hidden, "a name, or one for each hidden layer")
        ]
        if len(hidden) != self.L - 1:
            raise ValueError(
                f"hidden names {len(hidden)} activations, but sizes={self.sizes} has {self.L - 1} hidden layers: "
                f"expected one for each, or one name for all"
            )
        self.activations = [None, *hidden, _activation("output", output)]
        self.loss = loss if isinstance(loss, Loss) else arguments.one_of("loss", loss, LOSSES)
        if self.loss.link and self.activations[-1] is not ACTIVATIONS.get(self.loss.link):
            raise ValueError(
                f"loss={self.loss.name!r} does not fit output={self.activations[-1].name!r}: "
                f"expected output={self.loss.link!r}, or a loss for any output such as 'half_squared'"
            )

    def __repr__(self):
        names = " ".join(f.name for f in self.activations[1:])
        return f"Network({'-'.join(map(str, self.sizes))}: {names}; {self.loss.name}; {self.n_params} parameters)"

    def init(self, seed, scheme="glorot_uniform"):
        """Fresh parameters, a flat float64 vector; the biases are zero.

        Parameters
        ----------
        seed : int or numpy.random.Generator
            The same seed gives the same bits.
        scheme : str
            "glorot_uniform" ±sqrt(6 / (n_in + n_out)), "he_normal" with variance 2 / n_in, "standard_normal",
            "uniform" on [0, 1), or "zeros".

        Raises
        ------
        TypeError, ValueError
            For an unknown scheme, and a seed that is no whole number from 0 on and no generator.

        References
        ----------
        Glorot and Bengio (2010); He, Zhang, Ren and Sun (2015).
        """
        draw = arguments.one_of("scheme", scheme, SCHEMES)
        if not isinstance(seed, np.random.Generator):
            seed = arguments.whole("seed", seed, 0)
        rng = np.random.default_rng(seed)
        p = Params(self.sizes, np.zeros(self.n_params))
        for W in p.W[1:]:
            W[...] = draw(rng, W.shape[1], W.shape[0])
        return p.theta

    def params(self, theta):
        """The views ``Theta[l]``, ``W[l]``, ``b[l]`` of ``theta``, which is not copied (see ``Params``).

        Raises
        ------
        TypeError, ValueError
            For a theta that is no vector of P floating-point numbers.
        """
        return Params(self.sizes, theta)

    # The forward pass and the four equations: one sample a column in the capitals, one a row in the small letters.

    def _forward(self, p, t):
        for l in range(1, self.L + 1):
            # z^l = Θ^l [1; a^(l-1)],  a^l = f(z^l)
            np.dot(p.Theta[l], t.A[l - 1], out=t.Z[l])
            self.activations[l].f(t.z[l], out=t.a[l])
        return t

    def _backward(self, p, t, Y):
        if self.loss.link:
            # BP1 where f belongs to the loss: δ^L = a^L - y
            np.subtract(t.a[-1], Y, out=t.delta[-1])
        else:
            # BP1: δ^L = ∂ℓ/∂a^L ⊙ f'(z^L)
            t.delta[-1][...] = self.loss.slope(t.a[-1], Y)
            self.activations[-1].pull(t.z[-1], t.a[-1], t.delta[-1])
        for l in range(self.L - 1, 0, -1):
            # BP2: δ^l = (W^(l+1))ᵀ δ^(l+1) ⊙ f'(z^l)
            np.dot(p.Theta[l + 1].T, t.D[l + 1], out=t.G[l])
            self.activations[l].pull(t.z[l], t.a[l], t.delta[l])
        return t

    def _gradient(self, p, t, g, decay):
        for l in range(1, self.L + 1):
            # BP3 and BP4: ∂ℓ/∂Θ^l = δ^l [1; a^(l-1)]ᵀ, summed over samples
            np.dot(t.D[l], t.A[l - 1].T, out=g.Theta[l])
        g.theta /= t.D[-1].shape[1]
        if decay:
            for W, dW in zip(p.W[1:], g.W[1:]):
                dW += decay * W
        return g.theta

    def _losses(self, t, Y):
        if self.loss.link:
            return self.loss.from_logits(t.z[-1], Y)
        return self.loss.value(t.a[-1], Y)

    def _penalty(self, p, decay):
        return decay / 2 * sum((W * W).sum() for W in p.W[1:]) if decay else 0.0

    # The public face: arguments are checked, and never changed.

    def _check(self, theta, X, *targets):
        p = self.params(theta)
        dtype = arguments.finite("theta", theta).dtype
        if not dtype.isnative or dtype == np.float16:  # in which Adam's eps is zero
            raise TypeError(
                f"theta has dtype {dtype.str}: expected float32 or float64 in the byte order of this machine; "
                f"theta.astype(float) converts"
            )
        X = arguments.matrix(
            "X",
            X,
            self.sizes[0],
            f"the network has {self.sizes[0]} input",
            theta.real.dtype,
            "one sample alone is a row of its own",
        )
        if not targets:
            return p, X
        Y = arguments.matrix(
            "Y",
            *targets,
            self.sizes[-1],
            f"the network has {self.sizes[-1]} output",
            theta.real.dtype,
            f"one_hot(labels, {self.sizes[-1]}) makes the rows from class labels",
        )
        if len(X) != len(Y):
            raise ValueError(f"X has shape {X.shape} and Y has shape {Y.shape}: expected as many rows in Y as in X")
        if self.loss.targets and (bad := self.loss.targets(Y)).any():
            row = int(bad.argmax())
            raise ValueError(
                f"Y row {row} is {Y[row].tolist()}, but loss={self.loss.name!r} expects {self.loss.expects}"
            )
        return p, X, Y

    def forward(self, theta, X):
        """Run X of shape (m, n_0) through the network and return the ``Trace`` with every z^l and a^l.

        Raises
        ------
        TypeError, ValueError
            For a theta or an X of another type or shape, with NaN or infinities, or empty.
        """
        p, X = self._check(theta, X)
        return self._forward(p, Trace(self.sizes, with_ones(X, theta.dtype)))

    def backward(self, theta, t, Y):
        """Return the trace ``t`` of ``forward`` together with its deltas: ``delta[l]`` (m, n_l) is ∂loss/∂z^l of each sample.

        BP1  δ^L = ∂ℓ/∂a^L ⊙ f'(z^L);   BP2  δ^l = (W^{l+1})ᵀ δ^{l+1} ⊙ f'(z^l).
        No mean is taken here; ``t`` itself stays as it was.

        Raises
        ------
        TypeError, ValueError
            As ``cost``; and for a ``t`` that is no trace of this network with a theta of this type.
        """
        if not isinstance(t, Trace):
            raise TypeError(f"t is a {type(t).__name__}: expected the Trace that net.forward(theta, X) returns")
        if tuple(a.shape[1] for a in t.a) != self.sizes:
            raise ValueError(
                f"t has layers {tuple(a.shape[1] for a in t.a)}, but the network has {self.sizes}: "
                f"expected the Trace of this network's own forward pass"
            )
        p, _, Y = self._check(theta, t.a[0].real, Y)
        if t.a[0].dtype != theta.dtype:
            raise TypeError(
                f"t holds {t.a[0].dtype} and theta {theta.dtype}: expected the Trace of net.forward(theta, X) with this theta"
            )
        return self._backward(p, t.with_delta(), Y)

    def cost(self, theta, X, Y, lam=0.0, n=None):
        """C(θ) = (1/m) Σ_samples loss + lam/(2n) Σ_l Σ_{j,k} (W^l_{jk})²; the biases are not in the penalty.

        Parameters
        ----------
        theta : ndarray, shape (P,)
            Real, or complex for the complex-step derivative: the cost is analytic in it.
        X, Y : array_like, shapes (m, n_0) and (m, n_L)
        lam : float
            λ ≥ 0.
        n : int, optional
            What λ is divided by: the samples of the whole training set where X is a batch of it. None means m.

        Returns
        -------
        float or complex

        Raises
        ------
        TypeError, ValueError
            For an argument of another type, shape or range, with NaN or infinities, or empty; and for a Y that is no target of the loss.
        """
        p, X, Y = self._check(theta, X, Y)
        decay = arguments.number("lam", lam, 0) / arguments.number("n", len(X) if n is None else n, 0, above=True)
        t = self._forward(p, Trace(self.sizes, with_ones(X, theta.dtype)))
        return self._losses(t, Y).mean() + self._penalty(p, decay)

    def grad(self, theta, X, Y, lam=0.0, n=None):
        """∂C/∂θ of ``cost`` with the same arguments: flat, laid out as theta.

        BP3  ∂C/∂b^l = mean of δ^l;   BP4  ∂C/∂W^l = mean of δ^l (a^{l-1})ᵀ, plus lam/n W^l.

        Raises
        ------
        TypeError, ValueError
            As ``cost``.
        """
        p, X, Y = self._check(theta, X, Y)
        decay = arguments.number("lam", lam, 0) / arguments.number("n", len(X) if n is None else n, 0, above=True)
        t = self._backward(p, self._forward(p, Trace(self.sizes, with_ones(X, theta.dtype))).with_delta(), Y)
        return self._gradient(p, t, Params(self.sizes, np.empty_like(theta)), decay)

    def predict(self, theta, X):
        """The output a^L, shape (m, n_L): probabilities after sigmoid or softmax, values after identity.

        Raises
        ------
        TypeError, ValueError
            As ``forward``.
        """
        return self.forward(theta, X).a[-1].copy()
