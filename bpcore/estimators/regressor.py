"""The regressor: identity outputs and half the squared error, or exponential outputs and the Poisson deviance."""

from sklearn.base import RegressorMixin, _fit_context
from sklearn.metrics import r2_score
from sklearn.utils import column_or_1d
from sklearn.utils._param_validation import StrOptions
from sklearn.utils.metaestimators import available_if

from .base import BaseBackprop, check_stochastic
from .poisson import EXP, POISSON


class BackpropRegressor(RegressorMixin, BaseBackprop):
    """A network for numbers, with the parameters and attributes of scikit-learn's ``MLPRegressor`` and a few more.

    With K outputs the gradient is that of ½ Σ_k (a_k - y_k)² per sample.
    ``loss_curve_``, ``loss_`` and ``best_loss_`` of the stochastic solvers show its mean over the outputs, a K-th of
    it, as in ``MLPRegressor``.

    Parameters
    ----------
    loss : str
        "squared_error", or "poisson" for counts and other numbers of at least 0, with the output exp(z).
    hidden_layer_sizes : int or sequence of int
        The units of each hidden layer.
    activation : str, Activation, or a sequence of them
        One for all hidden layers, or one for each: "identity", "logistic" (or "sigmoid"), "tanh", "relu", "leaky_relu",
        "softmax", or a record such as ``bpcore.leaky_relu(0.2)``.
    solver : str
        "sgd" or "adam", in mini-batches, or "lbfgs", on all samples at once.
    alpha : float
        The L2 penalty: α/(2w) Σ_l ‖W^l‖² of each batch, with w the sum of its weights.
    batch_size : int or "auto"
        "auto" is 200, or all samples if there are fewer.
    learning_rate : str
        Of "sgd": "constant"; "invscaling", learning_rate_init / (t + 1)^power_t after t samples; or "adaptive", a fifth
        whenever training would have stopped, down to 1e-6.
    learning_rate_init, power_t : float
    max_iter : int
        The most epochs, or the most iterations of "lbfgs".
    shuffle : bool
        Draw a new order in each epoch.
    random_state : int, RandomState or None
        For the start, the validation split and the order of the samples, with the random numbers of scikit-learn.
    tol : float
        Training stops once the loss, or the validation score, has not improved by this for more than
        n_iter_no_change epochs; "lbfgs" stops at a gradient of this size.
    verbose : bool or int
        Show a bar where tqdm is installed, and a line for each epoch elsewhere.
    warm_start : bool
        Go on from the last ``fit``.
    momentum : float
    nesterovs_momentum, early_stopping : bool
        Early stopping sets validation_fraction of the samples aside and keeps the parameters with the best score.
    validation_fraction, beta_1, beta_2, epsilon : float
    n_iter_no_change : int or inf
    max_fun : int
        The most evaluations by "lbfgs".
    callback : callable, optional
        ``callback(estimator)`` after each epoch, or iteration of "lbfgs"; training stops if it returns a true value.
        With "sgd" and "adam", ``coefs_`` and ``intercepts_`` are then views that the next step changes: copy what is
        to be kept.

    Attributes
    ----------
    coefs_, intercepts_ : lists of ndarray
        The weights into each layer, (n_{l-1}, n_l), and its biases.
    network_, theta_ : Network, ndarray
        The same network for bpcore's functions: ``bpcore.check_gradient(reg.network_, reg.theta_, X, Y)``.
    loss_, best_loss_ : float
        The loss of the last epoch, and the least; the latter is None with early stopping, and missing after "lbfgs".
    loss_curve_, validation_scores_ : list
        Of "sgd" and "adam": one entry for each epoch of all fits since the start: the mean of the batches' losses with
        their penalty, each before its step, and the R² over the validation part, or None without early stopping.
    best_validation_score_ : float or None
        Of "sgd" and "adam".
    n_iter_, n_layers_, n_outputs_, t_ : int
        The epochs of the last fit, the layers with the input, the outputs, and the samples seen in all (0 after
        "lbfgs").
    out_activation_ : str
        "identity" or "exp".
    interrupted_ : bool
        True if the last fit was stopped from the keyboard.

    Examples
    --------
    >>> import numpy as np
    >>> from bpcore.estimators import BackpropRegressor
    >>> X = np.linspace(-3, 3, 60).reshape(-1, 1)
    >>> reg = BackpropRegressor(hidden_layer_sizes=10, activation="tanh", solver="lbfgs", random_state=0, max_iter=500)
    >>> reg.fit(X, np.sin(X[:, 0])).score(X, np.sin(X[:, 0])) > 0.99
    True
    """

    _parameter_constraints: dict = {
        **BaseBackprop._parameter_constraints,
        "loss": [StrOptions({"squared_error", "poisson"})],
    }

    def __init__(
        self,
        loss="squared_error",
        hidden_layer_sizes=(100,),
        activation="relu",
        *,
        solver="adam",
        alpha=0.0001,
        batch_size="auto",
        learning_rate="constant",
        learning_rate_init=0.001,
        power_t=0.5,
        max_iter=200,
        shuffle=True,
        random_state=None,
        tol=1e-4,
        verbose=False,
        warm_start=False,
        momentum=0.9,
        nesterovs_momentum=True,
        early_stopping=False,
        validation_fraction=0.1,
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-8,
        n_iter_no_change=10,
        max_fun=15000,
        callback=None,
    ):
        self.loss = loss
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.solver = solver
        self.alpha = alpha
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.learning_rate_init = learning_rate_init
        self.power_t = power_t
        self.max_iter = max_iter
        self.shuffle = shuffle
        self.random_state = random_state
        self.tol = tol
        self.verbose = verbose
        self.warm_start = warm_start
        self.momentum = momentum
        self.nesterovs_momentum = nesterovs_momentum
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.n_iter_no_change = n_iter_no_change
        self.max_fun = max_fun
        self.callback = callback

    @available_if(check_stochastic)
    @_fit_context(prefer_skip_nested_validation=True)
    def partial_fit(self, X, y, sample_weight=None):
        """Train for one epoch over X and y, from where the last call ended.

        Parameters
        ----------
        X, y, sample_weight
            As for ``fit``.

        Returns
        -------
        self

        Raises
        ------
        ValueError, TypeError
            As ``fit``, and with early_stopping.
        AttributeError
            With solver="lbfgs", which cannot be trained in parts.
        """
        return self._fit(X, y, sample_weight, incremental=True)

    def predict(self, X):
        """The outputs, shape (n_samples,) or (n_samples, n_outputs).

        Raises
        ------
        NotFittedError, ValueError, TypeError
            Before ``fit``, and for another number of features, NaN or infinities.
        """
        made = self._outputs(X)
        return made.ravel() if made.shape[1] == 1 else made

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def _checked(self, X, y, reset):
        X, y = super()._checked(X, y, reset)
        return X, column_or_1d(y, warn=True) if y.ndim == 2 and y.shape[1] == 1 else y

    def _learn_labels(self, y, incremental):
        """Numbers have none."""

    def _targets(self, y):
        return y.reshape(len(y), -1)

    def _check_targets(self, targets):
        if self.loss == "poisson" and (targets < 0).any():
            raise ValueError(f"y has {targets.min()}: loss='poisson' expects {POISSON.expects}.")

    def _labels(self, targets):
        return targets

    def _output_and_loss(self):
        return (EXP, POISSON) if self.loss == "poisson" else ("identity", "half_squared")

    def _share_of_loss(self):
        return 1.0 if self.loss == "poisson" else 1.0 / self.n_outputs_

    def _score(self, y, made, weights):
        return r2_score(y, made, sample_weight=weights)
