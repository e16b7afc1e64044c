"""The classifier: softmax or sigmoid outputs, labels of any kind, class weights."""

import numpy as np
from sklearn.base import ClassifierMixin, _fit_context
from sklearn.metrics import accuracy_score
from sklearn.preprocessing import LabelBinarizer
from sklearn.utils import column_or_1d
from sklearn.utils._param_validation import StrOptions
from sklearn.utils.class_weight import compute_sample_weight
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import _check_partial_fit_first_call, type_of_target, unique_labels

from .base import BaseBackprop, check_stochastic, checked_weights


class BackpropClassifier(ClassifierMixin, BaseBackprop):
    """A network for classes, with the parameters and attributes of scikit-learn's ``MLPClassifier`` and a few more.

    Binary and multilabel targets have sigmoid outputs, three classes or more a softmax; the loss is the cross-entropy.
    Its gradient begins with δ = a - y. "sgd" and "adam" report the loss with probabilities cut off at a
    machine epsilon, as ``MLPClassifier`` does; "lbfgs" reports it exactly, which is more where one would be cut off.

    Parameters
    ----------
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
        whenever training would have stopped, as long as it is above 1e-6.
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
    class_weight : dict, "balanced" or None
        What the loss of each class is multiplied by, beside sample_weight; "balanced" is n_samples / (n_classes · count
        of the class).
    callback : callable, optional
        ``callback(estimator)`` after each epoch, or iteration of "lbfgs"; training stops if it returns a true value.
        With "sgd" and "adam", ``coefs_`` and ``intercepts_`` are then views that the next step changes: copy what is
        to be kept.

    Attributes
    ----------
    classes_ : ndarray
        The labels, in the order of the columns of ``predict_proba``.
    coefs_, intercepts_ : lists of ndarray
        The weights into each layer, (n_{l-1}, n_l), and its biases.
    network_, theta_ : Network, ndarray
        The same network for bpcore's functions: ``bpcore.check_gradient(clf.network_, clf.theta_, X, Y)``.
    loss_, best_loss_ : float
        The loss of the last epoch, and the least; the latter is None with early stopping, and missing after "lbfgs".
    loss_curve_, validation_scores_ : list
        Of "sgd" and "adam": one entry for each epoch of all fits since the start: the mean of the batches' losses with
        their penalty, each before its step, and the accuracy over the validation part, or None without early stopping.
    best_validation_score_ : float or None
        Of "sgd" and "adam".
    n_iter_, n_layers_, n_outputs_, t_ : int
        The epochs of the last fit, the layers with the input, the outputs, and the samples seen in all (0 after
        "lbfgs").
    out_activation_ : str
        "softmax" or "logistic".
    interrupted_ : bool
        True if the last fit was stopped from the keyboard.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from bpcore.estimators import BackpropClassifier
    >>> X, y = load_iris(return_X_y=True)
    >>> clf = BackpropClassifier((8, 4), ["tanh", "leaky_relu"], solver="lbfgs", max_iter=500, random_state=0)
    >>> clf.fit(X, y).score(X, y) > 0.95
    True
    >>> [W.shape for W in clf.gradient(X, y)[0]]
    [(4, 8), (8, 4), (4, 3)]
    >>> clf.trace(X[:2])
    Trace(a[0] (2, 4), a[1] (2, 8), a[2] (2, 4), a[3] (2, 3); no delta yet)
    """

    _parameter_constraints: dict = {
        **BaseBackprop._parameter_constraints,
        "class_weight": [StrOptions({"balanced"}), dict, list, None],
    }

    def __init__(
        self,
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
        class_weight=None,
        callback=None,
    ):
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
        self.class_weight = class_weight
        self.callback = callback

    @available_if(check_stochastic)
    @_fit_context(prefer_skip_nested_validation=True)
    def partial_fit(self, X, y, sample_weight=None, classes=None):
        """Train for one epoch over X and y, from where the last call ended.

        Parameters
        ----------
        X, y, sample_weight
            As for ``fit``.
        classes : array_like, optional
            All labels that will ever come; needed in the first call only.

        Returns
        -------
        self

        Raises
        ------
        ValueError, TypeError
            As ``fit``; for a label that is not among ``classes``, for a first call without them, and with
            early_stopping or class_weight="balanced".
        AttributeError
            With solver="lbfgs", which cannot be trained in parts.
        """
        if _check_partial_fit_first_call(self, classes):
            multilabel = type_of_target(y).startswith("multilabel")
            self._label_binarizer = LabelBinarizer().fit(y if multilabel else classes)
        return self._fit(X, y, sample_weight, incremental=True)

    def predict(self, X):
        """The class of each row of X, or its row of 0 and 1 for multilabel targets.

        Raises
        ------
        NotFittedError, ValueError, TypeError
            Before ``fit``, and for another number of features, NaN or infinities.
        """
        return self._labels(self._outputs(X))

    def predict_proba(self, X):
        """The probability of each class, shape (n_samples, n_classes), in the order of ``classes_``.

        Raises
        ------
        NotFittedError, ValueError, TypeError
            As ``predict``.
        """
        made = self._outputs(X)
        if len(self.classes_) == 1:
            return np.ones_like(made)
        return np.hstack([1 - made, made]) if self.n_outputs_ == 1 else made

    def predict_log_proba(self, X):
        """The logarithm of ``predict_proba``.

        Raises
        ------
        NotFittedError, ValueError, TypeError
            As ``predict``.
        """
        with np.errstate(divide="ignore"):  # the logarithm of a probability of 0 is -inf
            return np.log(self.predict_proba(X))

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags

    def _checked(self, X, y, reset):
        X, y = super()._checked(X, y, reset)
        return X, column_or_1d(y, warn=True) if y.ndim == 2 and y.shape[1] == 1 else y

    def _learn_labels(self, y, incremental):
        if not hasattr(self, "classes_") or not (self.warm_start or incremental):
            self._label_binarizer = LabelBinarizer().fit(y)
            self.classes_ = self._label_binarizer.classes_
        elif self.warm_start and set(classes := unique_labels(y)) != set(self.classes_):
            message = "warm_start can only be used where `y` has the same classes as in the previous call to fit."
            raise ValueError(f"{message} Previously got {self.classes_}, `y` has {classes}")

    def _targets(self, y):
        """One column, or one for each class, of True and False."""
        labels = self._label_binarizer.y_type_
        if (len(np.shape(y)) == 2) != labels.startswith("multilabel"):
            expected = f"a {'matrix' if labels.startswith('multilabel') else 'vector'} of labels, as in the first fit"
            raise ValueError(f"y has shape {np.shape(y)}: expected {expected}.")
        classes = unique_labels(y)
        if len(np.setdiff1d(classes, self.classes_, assume_unique=True)):
            known = f"`self.classes_` has {self.classes_}. 'y' has {classes}."
            raise ValueError(f"`y` has classes not in `self.classes_`. {known}")
        return self._label_binarizer.transform(y).astype(bool)

    def _labels(self, made):
        return self._label_binarizer.inverse_transform(made.ravel() if self.n_outputs_ == 1 else made)

    def _weights(self, X, y, sample_weight, incremental=False):
        weights = super()._weights(X, y, sample_weight)
        if self.class_weight is None:
            return weights
        if incremental and isinstance(self.class_weight, str):
            message = "class_weight='balanced' is not supported for partial_fit: it needs the counts of all samples."
            cure = "Use compute_class_weight('balanced', classes=classes, y=y) and pass the result as class_weight."
            raise ValueError(f"{message} {cure}")
        of_class = compute_sample_weight(self.class_weight, y)
        weights = of_class if weights is None else weights * of_class
        return checked_weights(weights, X)

    def _output_and_loss(self):
        if self._label_binarizer.y_type_ == "multiclass":
            return "softmax", "cross_entropy"
        return "sigmoid", "binary_cross_entropy"

    def _share_of_loss(self):
        return 1.0

    def _score(self, y, made, weights):
        return accuracy_score(y, self._labels(made), sample_weight=weights)
