"""The network: its layers by name, checked arguments, and cost, gradient and prediction through the four equations."""

from collections.abc import Iterable

import numpy as np

from . import arguments, equations
from .activations import ACTIVATIONS, Activation
from .losses import LOSSES, Loss
from .parameters import Params, Trace, with_ones

SCHEMES = {
    "glorot_uniform": lambda rng, n_in, n_out: rng.uniform(-1, 1, (n_out, n_in)) * np.sqrt(6 / (n_in + n_out)),
    "he_normal": lambda rng, n_in, n_out: rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in),
    "standard_normal": lambda rng, n_in, n_out: rng.standard_normal((n_out, n_in)),
    "uniform": lambda rng, n_in, n_out: rng.random((n_out, n_in)),
    "zeros": lambda rng, n_in, n_out: np.zeros((n_out, n_in)),
}


def _activation(argument, record):
    return record if isinstance(record, Activation) else arguments.one_of(argument, record, ACTIVATIONS)


class Network:
    """A fully connected network with layers 1..L; layer 0 is the input.

    z^l = W^l a^{l-1} + b^l,   a^l = f_l(z^l),   C = (1/m) Σ_samples loss(a^L, y) + λ/(2n) Σ_l Σ_jk (W^l_jk)².

    Parameters
    ----------
    sizes : sequence of int
        (n_0, n_1, …, n_L): the number of inputs, then of units in each layer.
    hidden : str, Activation, or a sequence of them
        The activation of the hidden layers: one for all, or one per layer.
    output : str or Activation
        The activation of layer L.
    loss : str or Loss
        "binary_cross_entropy" needs a sigmoid output and "cross_entropy" softmax; the others accept any output.

    Raises
    ------
    ValueError, TypeError
        For an unknown name, fewer than two sizes, a size below 1, another number of activations than hidden layers, or
        a loss that does not fit the output.

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
        expected = "a name, or one for each hidden layer"
        hidden = [_activation("hidden", record) for record in arguments.items("hidden", hidden, expected)]
        if len(hidden) != self.L - 1:
            given, layers = arguments.count(len(hidden), "activation"), arguments.count(self.L - 1, "hidden layer")
            raise ValueError(f"hidden names {given}, but sizes={self.sizes} has {layers}: expected {expected}")
        self.activations = [None, *hidden, _activation("output", output)]
        self.loss = loss if isinstance(loss, Loss) else arguments.one_of("loss", loss, LOSSES)
        if self.loss.link and self.activations[-1] != arguments.one_of("loss.link", self.loss.link, ACTIVATIONS):
            given = f"loss={self.loss.name!r} does not fit output={self.activations[-1].name!r}"
            raise ValueError(f"{given}: expected output={self.loss.link!r}, or a loss such as 'half_squared'")

    def __repr__(self):
        names = " ".join(f.name for f in self.activations[1:])
        return f"Network({'-'.join(map(str, self.sizes))}: {names}; {self.loss.name}; {self.n_params} parameters)"

    def init(self, seed, scheme="glorot_uniform"):
        """Initial parameters, a flat float64 vector; the biases are zero.

        Parameters
        ----------
        seed : int or numpy.random.Generator
            The same whole number gives the same bits; a generator is used as it is, and advances.
        scheme : str
            "glorot_uniform" ±sqrt(6 / (n_in + n_out)), "he_normal" with variance 2 / n_in, "standard_normal",
            "uniform" on [0, 1), or "zeros".

        Raises
        ------
        TypeError, ValueError
            For an unknown scheme, and a seed that is neither a generator nor a whole number of at least 0.

        References
        ----------
        Glorot and Bengio (2010), Understanding the difficulty of training deep feedforward neural networks;
        He, Zhang, Ren and Sun (2015), Delving deep into rectifiers.
        """
        draw, rng = arguments.one_of("scheme", scheme, SCHEMES), arguments.generator("seed", seed)
        p = Params(self.sizes, np.zeros(self.n_params))
        for W in p.W[1:]:
            W[...] = draw(rng, W.shape[1], W.shape[0])
        return p.theta

    def params(self, theta):
        """The views ``Theta[l]``, ``W[l]``, ``b[l]`` of ``theta``, which is not copied (see ``Params``).

        Raises
        ------
        TypeError, ValueError
            For a theta that is not a vector of P floating-point numbers.
        """
        return Params(self.sizes, theta)

    def checked(self, theta, X, *targets):
        """Return (Params, X) or (Params, X, Y), finite and of theta's real type, or raise; all methods below begin so.

        Raises
        ------
        TypeError, ValueError
            As ``cost``.
        """
        p = self.params(theta)
        dtype, inputs, outputs = arguments.finite("theta", theta).real.dtype, self.sizes[0], self.sizes[-1]
        cure = f"a single sample has shape (1, {inputs})"
        X = arguments.matrix("X", X, inputs, f"the network has {inputs} input", dtype, cure)
        if not targets:
            return p, X
        cure = f"one_hot(labels, {outputs}) makes the rows from class labels"
        Y = arguments.matrix("Y", *targets, outputs, f"the network has {outputs} output", dtype, cure)
        if len(X) != len(Y):
            raise ValueError(f"X has shape {X.shape} and Y has shape {Y.shape}: expected as many rows in Y as in X")
        if self.loss.targets and (bad := self.loss.targets(Y)).any():
            given = f"Y row {bad.argmax()} is {Y[bad.argmax()].tolist()}"
            raise ValueError(f"{given}, but loss={self.loss.name!r} expects {self.loss.expects}")
        return p, X, Y

    @np.errstate(over="ignore")  # in e⁻ᶻ of the sigmoid
    def forward(self, theta, X):
        """Run X of shape (m, n_0) through the network and return the ``Trace`` with every z^l and a^l.

        Raises
        ------
        TypeError, ValueError
            For a theta or an X of another type or shape, with NaN or infinities, or empty.
        """
        p, X = self.checked(theta, X)
        return equations.forward(self, p, Trace(self.sizes, with_ones(X, theta.dtype)))

    def backward(self, theta, t, Y):
        """Return the trace ``t`` of ``forward`` with its deltas: ``delta[l]`` (m, n_l) is ∂ℓ/∂z^l of each sample.

        BP1  δ^L = ∂ℓ/∂a^L ⊙ f'(z^L);   BP2  δ^l = (W^{l+1})ᵀ δ^{l+1} ⊙ f'(z^l).
        For softmax the transposed Jacobian stands in the place of f'.
        No mean is taken here; ``t`` gets no deltas, and shares its a and z with what is returned.

        Raises
        ------
        TypeError, ValueError
            As ``cost``; and for a ``t`` of other layer sizes or another type than theta's. That it was made with this
            theta is not checked.
        """
        expected = "the Trace that net.forward(theta, X) returns"
        arguments.instance("t", t, Trace, expected)
        if (layers := tuple(a.shape[1] for a in t.a)) != self.sizes:
            raise ValueError(f"t has layers {layers}, but the network has {self.sizes}: expected {expected}")
        p, _, Y = self.checked(theta, t.a[0].real, Y)
        if t.a[0].dtype != theta.dtype:
            raise TypeError(f"t holds {t.a[0].dtype} and theta {theta.dtype}: expected {expected}, with this theta")
        return equations.backward(self, p, t.with_delta(), Y)

    def cost(self, theta, X, Y, lam=0.0, n=None):
        """C(θ) = (1/m) Σ_samples loss + lam/(2n) Σ_l Σ_{j,k} (W^l_{jk})²; the biases are not in the penalty.

        Parameters
        ----------
        theta : ndarray, shape (P,)
            Real, or complex for the complex-step derivative: the cost is analytic in it.
        X, Y : array_like, shapes (m, n_0) and (m, n_L)
        lam : float
            λ ≥ 0.
        n : float, optional
            Above 0: what λ is divided by, the samples of the whole training set where X is a batch of it. None means m.

        Returns
        -------
        NumPy scalar of theta's type

        Raises
        ------
        TypeError, ValueError
            For an argument of another type, shape or range, with NaN or infinities, or empty; and for a Y that the loss
            does not accept as targets.
        """
        return self._cost(*self._run(theta, X, Y, lam, n))

    def grad(self, theta, X, Y, lam=0.0, n=None):
        """∂C/∂θ of ``cost`` with the same arguments: flat, laid out as theta.

        BP3  ∂C/∂b^l = mean of δ^l;   BP4  ∂C/∂W^l = mean of δ^l (a^{l-1})ᵀ, plus lam/n W^l.

        Raises
        ------
        TypeError, ValueError
            As ``cost``.
        """
        return self._slope(*self._run(theta, X, Y, lam, n))

    def cost_and_grad(self, theta, X, Y, lam=0.0, n=None):
        """(``cost``, ``grad``) of the same arguments in one pass, as ``scipy.optimize.minimize(jac=True)`` expects.

        Raises
        ------
        TypeError, ValueError
            As ``cost``.
        """
        p, t, Y, decay = self._run(theta, X, Y, lam, n)
        return self._cost(p, t, Y, decay), self._slope(p, t, Y, decay)

    def predict(self, theta, X):
        """The output a^L, shape (m, n_L): probabilities after sigmoid or softmax, values after identity.

        Raises
        ------
        TypeError, ValueError
            As ``forward``.
        """
        return self.forward(theta, X).a[-1].copy()

    @np.errstate(over="ignore")
    def _run(self, theta, X, Y, lam, n):
        p, X, Y = self.checked(theta, X, Y)
        decay = arguments.number("lam", lam, 0) / arguments.number("n", len(X) if n is None else n, 0, above=True)
        return p, equations.forward(self, p, Trace(self.sizes, with_ones(X, theta.dtype))), Y, decay

    def _cost(self, p, t, Y, decay):
        return equations.losses(self, t.z[-1], t.a[-1], Y).mean() + equations.penalty(p, decay)

    def _slope(self, p, t, Y, decay):
        t = equations.backward(self, p, t.with_delta(), Y)
        return equations.gradient(self, p, t, Params(self.sizes, np.empty_like(p.theta)), decay)
