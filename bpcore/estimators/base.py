"""What the classifier and the regressor share: their parameters, their start, the solvers' loops, and gradients."""

import sys
import warnings
from numbers import Integral, Real

import numpy as np
import scipy.optimize
from sklearn.base import BaseEstimator, _fit_context, is_classifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.utils import check_random_state, gen_batches, shuffle
from sklearn.utils._param_validation import Interval, Options, StrOptions
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from ..activations import ACTIVATIONS, Activation
from ..arguments import count
from ..network import Network
from ..parameters import Params
from ..progress import Progress
from .objective import Objective, Samples, outputs
from .optimisers import Adam, GradientDescent

FLOATS = (np.float64, np.float32)
NAMES = {"logistic", *ACTIVATIONS}  # scikit-learn's name of the sigmoid, and those of bpcore


def check_stochastic(estimator):
    """Raise AttributeError for the solver without epochs: it has no ``partial_fit``."""
    if estimator.solver == "lbfgs":
        raise AttributeError("partial_fit is only available for stochastic solvers: solver='lbfgs' is not one")
    return True


def checked_weights(weights, X):
    """The weights of the rows of X as an array of its type: of at least 0, and not all of them 0."""
    weights = _check_sample_weight(weights, X, dtype=X.dtype, ensure_non_negative=True)
    if not weights.any():  # scikit-learn before 1.9 lets that pass
        raise ValueError("sample_weight is zero for every sample: expected a weight above 0, or leave it out.")
    return weights


class BaseBackprop(BaseEstimator):
    """A fully connected network of bpcore behind scikit-learn's API; use one of the two classes made of it."""

    _parameter_constraints: dict = {
        "hidden_layer_sizes": ["array-like", Interval(Integral, 1, None, closed="left")],
        "activation": [StrOptions(NAMES), Activation, "array-like"],
        "solver": [StrOptions({"lbfgs", "sgd", "adam"})],
        "alpha": [Interval(Real, 0, None, closed="left")],
        "batch_size": [StrOptions({"auto"}), Interval(Integral, 1, None, closed="left")],
        "learning_rate": [StrOptions({"constant", "invscaling", "adaptive"})],
        "learning_rate_init": [Interval(Real, 0, None, closed="neither")],
        "power_t": [Interval(Real, 0, None, closed="left")],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "shuffle": ["boolean"],
        "random_state": ["random_state"],
        "tol": [Interval(Real, 0, None, closed="left")],
        "verbose": ["verbose"],
        "warm_start": ["boolean"],
        "momentum": [Interval(Real, 0, 1, closed="both")],
        "nesterovs_momentum": ["boolean"],
        "early_stopping": ["boolean"],
        "validation_fraction": [Interval(Real, 0, 1, closed="left")],
        "beta_1": [Interval(Real, 0, 1, closed="left")],
        "beta_2": [Interval(Real, 0, 1, closed="left")],
        "epsilon": [Interval(Real, 0, None, closed="neither")],
        "n_iter_no_change": [Interval(Integral, 1, None, closed="left"), Options(Real, {np.inf})],
        "max_fun": [Interval(Integral, 1, None, closed="left")],
        "callback": [callable, None],
    }

    @_fit_context(prefer_skip_nested_validation=True)
    def fit(self, X, y, sample_weight=None):
        """Train on X and y.

        Parameters
        ----------
        X : array_like or sparse matrix, shape (n_samples, n_features)
        y : array_like, shape (n_samples,) or (n_samples, n_outputs)
            Labels for the classifier, numbers for the regressor.
        sample_weight : array_like, shape (n_samples,), optional
            Of at least 0: what each sample's loss is multiplied by.

        Returns
        -------
        self

        Raises
        ------
        ValueError, TypeError
            For parameters, X, y or weights of another type, shape or range, for NaN and infinities, and if a parameter
            of the network is not finite at the end.

        Warns
        -----
        ConvergenceWarning
            If the solver stops at max_iter or max_fun, or is interrupted from the keyboard: what was learnt so far is
            kept, and ``interrupted_`` is True.
        UserWarning, DataConversionWarning
            For a batch_size above the number of samples, and for a y that is a column.
        """
        return self._fit(X, y, sample_weight, incremental=False)

    def trace(self, X):
        """Every pre-activation z^l and activation a^l for the rows of X, as the ``Trace`` of ``Network.forward``.

        Raises
        ------
        NotFittedError, ValueError, TypeError
            Before ``fit``, and for an X that ``predict`` refuses.
        """
        check_is_fitted(self)
        X, theta = self._seen(X)
        return self.network_.forward(theta, X.toarray() if hasattr(X, "toarray") else X)

    def gradient(self, X, y, sample_weight=None):
        """The gradient of the training objective over X and y, without a step along it.

        C(θ) = (1/w) Σ_samples w_i loss_i + alpha/(2w) Σ_l ‖W^l‖², with w the sum of the weights w_i, each 1 unless
        given; the loss of a sample is summed over its outputs.

        Parameters
        ----------
        X, y, sample_weight
            As for ``fit``.

        Returns
        -------
        coefs, intercepts : lists of ndarray
            Of the shapes of ``coefs_`` and ``intercepts_``.

        Raises
        ------
        NotFittedError, ValueError, TypeError
            Before ``fit``, and for arguments that ``fit`` refuses.
        """
        check_is_fitted(self)
        X, y = self._checked(X, y, reset=False)
        targets, weights = self._targets(y), self._weights(X, y, sample_weight)
        if targets.shape[1] != self.n_outputs_:
            given = f"y has {count(targets.shape[1], 'output')}, but the network has {self.n_outputs_}"
            raise ValueError(f"{given}: expected the outputs of the y in fit.")
        theta = self._theta(self.network_, X.dtype)
        self._check_targets(targets)
        _, slope = Objective(self.network_, theta, self.alpha).full(
            Samples(self.network_, X, targets, weights, X.dtype)
        )
        return _lists(Params(self.network_.sizes, slope))

    @property
    def theta_(self):
        """All parameters as the flat vector that the methods of ``network_`` take."""
        if "coefs_" not in vars(self):
            raise AttributeError(f"{type(self).__name__} has no theta_ before fit")
        return self._theta(self.network_, self.coefs_[0].dtype)

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    def _fit(self, X, y, sample_weight, incremental):
        hidden = self._hidden_sizes()
        first = not hasattr(self, "coefs_") or not (self.warm_start or incremental)
        X, y = self._checked(X, y, reset=first)
        self._learn_labels(y, incremental)
        targets, weights = self._targets(y), self._weights(X, y, sample_weight, incremental)
        self._check_targets(targets)
        if self.early_stopping and incremental:
            raise ValueError("partial_fit does not support early_stopping=True")
        self.n_outputs_ = targets.shape[1]
        net = self._network((X.shape[1], *hidden, self.n_outputs_))
        self._random_state = check_random_state(self.random_state)
        if first:
            self._start(net, X.dtype)
        elif self.solver != "lbfgs" and self._books_differ():
            self._start_books(net, X.dtype)
        self._last_solver = self.solver
        self.network_ = net
        self.interrupted_ = False
        theta = self._theta(net, X.dtype)
        solve = self._solve_lbfgs if self.solver == "lbfgs" else self._solve_stochastic
        self._callers_errstate = np.geterr()
        with np.errstate(all="ignore"):  # what is not finite is reported below, once
            theta = solve(net, theta, X, targets, weights, incremental)
        self.coefs_, self.intercepts_ = _lists(Params(net.sizes, theta))
        if not np.isfinite(theta).all():
            message = "Solver produced non-finite parameter weights. The input data may contain large values and need"
            raise ValueError(f"{message} to be preprocessed.")
        return self

    def _checked(self, X, y, reset):
        numeric = {} if is_classifier(self) else {"y_numeric": True}
        return validate_data(self, X, y, accept_sparse="csr", multi_output=True, dtype=FLOATS, reset=reset, **numeric)

    def _seen(self, X):
        """X as ``predict`` takes it, with theta in the wider of their two types."""
        X = validate_data(self, X, accept_sparse="csr", dtype=FLOATS, reset=False)
        return X, self._theta(self.network_, np.result_type(X.dtype, self.coefs_[0].dtype))

    def _outputs(self, X):
        check_is_fitted(self)
        X, theta = self._seen(X)
        return outputs(self.network_, Params(self.network_.sizes, theta), X)

    def _weights(self, X, y, sample_weight, incremental=False):
        if sample_weight is None:
            return None
        return checked_weights(sample_weight, X)

    def _check_targets(self, targets):
        """For a loss with targets of a kind."""

    def _hidden_sizes(self):
        sizes = self.hidden_layer_sizes
        sizes = list(sizes) if hasattr(sizes, "__iter__") else [sizes]
        if any(not isinstance(n, Integral) or isinstance(n, bool) or n <= 0 for n in sizes):
            raise ValueError(f"hidden_layer_sizes must be > 0, got {sizes}: expected whole numbers.")
        return sizes

    def _network(self, sizes):
        given = self.activation
        single = isinstance(given, str | Activation)
        given = [given] * (len(sizes) - 2) if single else list(given)
        if len(given) != len(sizes) - 2:
            names, layers = count(len(given), "activation"), count(len(sizes) - 2, "hidden layer")
            message = f"activation has {names}, but hidden_layer_sizes has {layers}"
            raise ValueError(f"{message}: expected one for each, or one for all.")
        if unknown := [
            name for name in given if not (isinstance(name, Activation) or isinstance(name, str) and name in NAMES)
        ]:
            raise ValueError(f"activation has {unknown[0]!r}: expected one of {sorted(NAMES)}, or an Activation.")
        hidden = ["sigmoid" if name == "logistic" else name for name in given]
        output, loss = self._output_and_loss()
        return Network(sizes, hidden, output, loss)

    def _start(self, net, dtype):
        """Glorot's uniform start in scikit-learn's order of random numbers: W^1, b^1, W^2, b^2, …"""
        self.n_iter_ = self.t_ = 0
        self.n_layers_ = len(net.sizes)
        output = net.activations[-1].name
        self.out_activation_ = "logistic" if output == "sigmoid" else output
        self.coefs_, self.intercepts_ = [], []
        for l in range(1, net.L + 1):
            # as there, the factor is 2 for the sigmoid, and the last layer follows the hidden one before it
            follows = net.activations[min(l, net.L - 1)] or ACTIVATIONS.get(self._lone_activation())
            factor = 2.0 if follows is ACTIVATIONS["sigmoid"] else 6.0
            bound = np.sqrt(factor / (net.sizes[l - 1] + net.sizes[l]))
            for made, shape in ((self.coefs_, (net.sizes[l - 1], net.sizes[l])), (self.intercepts_, net.sizes[l])):
                made.append(self._random_state.uniform(-bound, bound, shape).astype(dtype, copy=False))
        if self.solver != "lbfgs":
            self._start_books(net, dtype)

    def _start_books(self, net, dtype):
        """The records of the stochastic solvers; also where a warm start comes from another solver or stopping rule."""
        self.loss_curve_, self._no_improvement_count = [], 0
        self.best_loss_ = None if self.early_stopping else np.inf
        self.validation_scores_ = [] if self.early_stopping else None
        self.best_validation_score_ = -np.inf if self.early_stopping else None
        self._best_theta = self._theta(net, dtype)

    def _books_differ(self):
        """Whether the last fit had another solver, or another rule of stopping."""
        if getattr(self, "_last_solver", None) == "lbfgs" or not hasattr(self, "loss_curve_"):
            return True
        return (getattr(self, "validation_scores_", None) is not None) != self.early_stopping

    def _lone_activation(self):
        """Without a hidden layer, the one name that is given still chooses the factor of the start."""
        return "sigmoid" if isinstance(self.activation, str) and self.activation == "logistic" else "relu"

    def _theta(self, net, dtype):
        """The parameters that coefs_ and intercepts_ hold, as one vector."""
        shapes = [(len(b), *np.shape(W)) for W, b in zip(self.coefs_, self.intercepts_)]
        expected = [(n, n_before, n) for n_before, n in zip(net.sizes, net.sizes[1:])]
        if shapes != expected:
            had = tuple(shape[1] for shape in shapes) + (shapes[-1][-1],)
            message = f"the network has layers {tuple(net.sizes)}, but coefs_ and intercepts_ are of layers {had}"
            raise ValueError(f"{message}: warm_start and partial_fit go on with the layers of the first fit.")
        p = Params(net.sizes, np.empty(net.n_params, dtype))
        for l in range(1, net.L + 1):
            p.W[l][...], p.b[l][...] = np.transpose(self.coefs_[l - 1]), self.intercepts_[l - 1]
        return p.theta

    def _optimiser_for(self, theta):
        rate = self.learning_rate_init
        if self.solver == "adam":
            return Adam(theta, rate, float(self.beta_1), float(self.beta_2), float(self.epsilon))
        momentum, power = float(self.momentum), float(self.power_t)
        return GradientDescent(theta, rate, self.learning_rate, power, momentum, self.nesterovs_momentum)

    def _split(self, X, targets, weights):
        """(training part, validation part), each (X, targets, weights); without early stopping there is no second."""
        if not self.early_stopping:
            return (X, targets, weights), None
        stratify = targets if is_classifier(self) and self.n_outputs_ == 1 else None
        arrays = (X, targets) if weights is None else (X, targets, weights)
        options = dict(random_state=self._random_state, test_size=self.validation_fraction, stratify=stratify)
        parts = train_test_split(*arrays, **options)
        train, validation = (parts[::2] + [None])[:3], (parts[1::2] + [None])[:3]
        if validation[0].shape[0] < 2:
            message = "The validation set is too small. Increase 'validation_fraction' or the size of your dataset."
            raise ValueError(message)
        return train, (validation[0], self._labels(validation[1]), validation[2])

    def _samples_per_batch(self, m):
        if self.batch_size == "auto":
            return min(200, m)
        if self.batch_size > m:
            warnings.warn(
                f"batch_size={self.batch_size} is larger than the {m} samples and is clipped to that.", stacklevel=6
            )
        return min(self.batch_size, m)

    def _solve_stochastic(self, net, theta, X, targets, weights, incremental):
        if not incremental or not hasattr(self, "_optimizer"):
            self._optimizer = self._optimiser_for(theta)
        train, validation = self._split(X, targets, weights)
        samples, objective = Samples(net, *train, X.dtype), Objective(net, theta, float(self.alpha))
        m, order, share = len(samples), np.arange(len(samples)), self._share_of_loss()
        size = self._samples_per_batch(m)
        # views: what a callback and the validation score see is theta as it is now
        self.coefs_, self.intercepts_ = _lists(objective.p, copy=False)
        self.n_iter_ = 0
        try:
            with self._progress(1 if incremental else self.max_iter) as progress:
                for _ in range(self.max_iter):
                    if self.shuffle:
                        order = shuffle(order, random_state=self._random_state)
                    seen = 0.0
                    for rows in gen_batches(m, size):
                        t, Y, w = samples.batch(order[rows] if self.shuffle else rows)
                        total = len(Y) if w is None else float(w.sum())
                        if total == 0:
                            continue  # a batch in which no sample counts
                        cost = share * objective.losses(t, Y, w, clipped=True) / total + objective.penalty(total)
                        seen += cost * len(Y)
                        self._optimizer.step(theta, objective.gradient(t, Y, w, total))
                    if self._epoch_ends(seen / m, m, theta, validation, progress) or incremental:
                        break
                else:
                    message = f"Stochastic Optimizer: Maximum iterations ({self.max_iter}) reached and the"
                    warnings.warn(f"{message} optimization hasn't converged yet.", ConvergenceWarning, stacklevel=5)
        except KeyboardInterrupt:
            self._interrupt()
        return self._best_theta.astype(X.dtype) if self.early_stopping else theta

    def _progress(self, epochs):
        return Progress(self.verbose, epochs, "Iteration", sys.stdout, lines=epochs)  # as scikit-learn tells it

    def _epoch_ends(self, loss, m, theta, validation, progress):
        """Keep the books of one epoch, and return whether training stops here."""
        self.n_iter_ += 1
        self.loss_ = loss
        self.t_ += m
        self.loss_curve_.append(loss)
        improved, score = self._improvement(theta, validation)
        self._no_improvement_count = 0 if improved else self._no_improvement_count + 1
        validated = "" if score is None else f", validation score = {score:.6f}"
        progress.show(self.n_iter_, f"loss = {loss:.8f}{validated}")
        self._optimizer.epoch_ends(self.t_)
        if self._asks_to_stop():
            return True
        if self._no_improvement_count <= self.n_iter_no_change:
            return False
        what = "Training loss" if validation is None else "Validation score"
        rate = self._optimizer.stall()
        cure = "Stopping." if rate is None else f"Setting learning rate to {rate:f}"
        since = f"for {self.n_iter_no_change} consecutive epochs"
        progress.say(f"{what} did not improve more than tol={self.tol:f} {since}. {cure}")
        self._no_improvement_count = 0 if rate is not None else self._no_improvement_count
        return rate is None

    def _improvement(self, theta, validation):
        """(whether the loss or the validation score is better by tol, the score or None); keeps the best."""
        if validation is None:
            improved = not self.loss_ > self.best_loss_ - self.tol
            self.best_loss_ = min(self.best_loss_, self.loss_)
            return improved, None
        X, y, weights = validation
        made = outputs(self.network_, Params(self.network_.sizes, theta), X)
        score = float(self._score(y, made, weights)) if np.isfinite(made).all() else np.nan
        self.validation_scores_.append(score)
        improved = not score < self.best_validation_score_ + self.tol
        if score > self.best_validation_score_:
            self.best_validation_score_, self._best_theta = score, theta.copy()
        return improved, score

    def _solve_lbfgs(self, net, theta, X, targets, weights, incremental):
        start = theta.astype(np.float64)
        objective = Objective(net, start.copy(), float(self.alpha))
        samples = Samples(net, X, targets, weights, np.float64)
        best = start
        self.n_iter_ = 0

        def cost_and_slope(x):
            objective.p.theta[...] = x
            return objective.full(samples)

        def epoch(intermediate_result):
            nonlocal best
            best = intermediate_result.x.copy()
            self.n_iter_ += 1
            self.loss_ = float(intermediate_result.fun)
            progress.show(self.n_iter_, f"loss = {self.loss_:.8f}")
            if self.callback is not None:
                self.coefs_, self.intercepts_ = _lists(Params(net.sizes, best), copy=False)
                if self._asks_to_stop():
                    raise StopIteration

        options = {"maxfun": self.max_fun, "maxiter": self.max_iter, "gtol": self.tol}
        try:
            with self._progress(self.max_iter) as progress:
                result = scipy.optimize.minimize(
                    cost_and_slope, start, method="L-BFGS-B", jac=True, callback=epoch, options=options
                )
        except KeyboardInterrupt:
            self._interrupt()
            return best.astype(theta.dtype)
        self.n_iter_, self.loss_ = min(result.nit, self.max_iter), float(result.fun)
        if result.status not in (0, 99):  # 99: the callback stopped it
            message = f"lbfgs failed to converge after {self.n_iter_} iteration(s) (status={result.status}):"
            cure = "Increase max_iter or max_fun, or scale the data."
            warnings.warn(f"{message} {result.message.strip(' :.')}. {cure}", ConvergenceWarning, stacklevel=5)
        return result.x.astype(theta.dtype)

    def _asks_to_stop(self):
        if self.callback is None:
            return False
        with np.errstate(**self._callers_errstate):
            answer = self.callback(self)
            if isinstance(answer, np.ndarray):
                raise TypeError("callback returned an array: expected True, to stop the training, or None.")
            return bool(answer)

    def _interrupt(self):
        self.interrupted_ = True
        message = f"Training interrupted by user after {self.n_iter_} iterations"
        message = f"{message}: what was learnt so far is kept, and interrupted_ is True."
        warnings.warn(message, ConvergenceWarning, stacklevel=6)


def _lists(p, copy=True):
    """The weights as scikit-learn has them, (n_{l-1}, n_l), and the biases."""
    coefs, intercepts = [W.T for W in p.W[1:]], p.b[1:]
    return ([np.ascontiguousarray(W) for W in coefs], [b.copy() for b in intercepts]) if copy else (coefs, intercepts)
