"""What both estimators share: scikit-learn's numbers, gradients, callbacks, Ctrl-C, warm starts and weights."""

import pickle
import warnings

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, make_multilabel_classification
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import scale
from support import complex_step, relative

from bpcore import Activation, leaky_relu, one_hot
from bpcore.estimators import BackpropClassifier, BackpropRegressor

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
PAIRS = {BackpropClassifier: MLPClassifier, BackpropRegressor: MLPRegressor}
IRIS = load_iris(return_X_y=True)
X_TWO, Y_TWO = load_breast_cancer(return_X_y=True)
X_SUGAR, Y_SUGAR = load_diabetes(return_X_y=True)
RNG = np.random.default_rng(0)
DATA = {
    "three classes": (BackpropClassifier, *IRIS),
    "two classes": (BackpropClassifier, scale(X_TWO), Y_TWO),
    "labels": (BackpropClassifier, *make_multilabel_classification(random_state=0)),
    "a number": (BackpropRegressor, X_SUGAR, scale(Y_SUGAR)),
    "three numbers": (BackpropRegressor, X_SUGAR, scale(X_SUGAR[:, :3] ** 2)),
}
SETTINGS = {
    "sgd": dict(solver="sgd", batch_size=32),
    "plain momentum": dict(solver="sgd", nesterovs_momentum=False, learning_rate_init=0.01),
    "inverse scaling": dict(solver="sgd", learning_rate="invscaling", learning_rate_init=0.05),
    "adaptive": dict(solver="sgd", learning_rate="adaptive", tol=0.01, n_iter_no_change=2),
    "sgd stops early": dict(solver="sgd", early_stopping=True, learning_rate_init=0.01),
    "adam": dict(solver="adam", batch_size=32),
    "adam stops early": dict(solver="adam", early_stopping=True),
    "adam in order": dict(solver="adam", shuffle=False, learning_rate_init=0.01),
    "other betas": dict(solver="adam", beta_1=0.5, beta_2=0.9, epsilon=1e-4, alpha=0.1),
}
CURVES = "loss_curve_", "validation_scores_", "best_loss_", "best_validation_score_", "n_iter_", "t_", "loss_"


def both(kind, X, y, fit_options=None, **options):
    options = dict(hidden_layer_sizes=(9, 7), max_iter=50, random_state=5) | options
    return [which(**options).fit(X, y, **(fit_options or {})) for which in (kind, PAIRS[kind])]


def assert_same(ours, theirs):
    for name in CURVES:
        one, other = getattr(ours, name), getattr(theirs, name)
        assert (one is None) == (other is None)
        if one is not None:
            np.testing.assert_allclose(one, other, rtol=0, atol=1e-10, err_msg=name)
    for name in ("coefs_", "intercepts_"):
        for one, other in zip(getattr(ours, name), getattr(theirs, name), strict=True):
            np.testing.assert_allclose(one, other, rtol=0, atol=1e-10)
    assert ours.out_activation_ == theirs.out_activation_ and ours.n_layers_ == theirs.n_layers_


@pytest.mark.long
@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("data", DATA)
def test_training_is_scikit_learn_s(data, settings):
    """Over 50 epochs, unless training stops before, to 1e-10: rounding alone makes the two differ."""
    activation = ("relu", "tanh", "logistic")[len(data) % 3]
    assert_same(*both(*DATA[data], activation=activation, **SETTINGS[settings]))


@pytest.mark.long
@pytest.mark.parametrize("settings", ["sgd stops early", "adam"])
@pytest.mark.parametrize("data", DATA)
def test_weighted_training_is_scikit_learn_s(data, settings):
    X, y = DATA[data][1:]
    weights = np.random.default_rng(1).uniform(0.1, 3, len(X))
    assert_same(*both(*DATA[data], fit_options={"sample_weight": weights}, **SETTINGS[settings]))


@pytest.mark.parametrize("solver", ["sgd", "adam"])
def test_single_epochs_and_warm_starts_are_scikit_learn_s(solver):
    X, y = IRIS
    options = dict(solver=solver, batch_size=40, random_state=1, max_iter=4, hidden_layer_sizes=6)
    pair = BackpropClassifier(**options), MLPClassifier(**options)
    for _ in range(6):
        assert_same(*(est.partial_fit(X[::2], y[::2], classes=[0, 1, 2]) for est in pair))
    for _ in range(3):
        assert_same(*(est.set_params(warm_start=True).fit(X, y) for est in pair))


def test_a_sparse_x_and_no_hidden_layer_train_as_in_scikit_learn():
    kind, X, y = DATA["two classes"]
    X = csr_array(np.where(X > 0.5, X, 0))
    assert_same(*both(kind, X, y))
    assert_same(*both(kind, X, y, hidden_layer_sizes=(), activation="logistic"))


@pytest.mark.parametrize("data", ["two classes", "three classes", "labels"])
def test_losses_are_clipped_where_scikit_learn_s_are(data):
    """Large inputs and identities: sure and wrong in the first epochs, where the loss is at most -log ε a label."""
    kind, X, y = DATA[data]
    ours, theirs = both(kind, 30 * X, y, activation="identity", solver="sgd", max_iter=8)
    np.testing.assert_allclose(ours.loss_curve_, theirs.loss_curve_, rtol=0, atol=1e-10)
    for one, other in zip(ours.coefs_, theirs.coefs_):
        assert relative(one, other) < 1e-12
    sure = kind(6, activation="identity", solver="lbfgs", max_iter=1, random_state=0).fit(300 * X, y)
    exact = sure.network_.cost(sure.theta_, 300 * X, sure._targets(y), lam=sure.alpha)
    assert abs(sure.loss_ - exact) <= 1e-12 * exact, "the objective of L-BFGS is the one that it differentiates"


def small(data, **options):
    kind, X, y = DATA[data]
    X, y = X[::9], y[::9]
    options = dict(hidden_layer_sizes=(4, 3), activation=["tanh", "logistic"], max_iter=5, random_state=0) | options
    return kind(**options).fit(X, y), X, y


def flat(lists):
    """coefs and intercepts in the order of theta."""
    layers = zip(*lists)
    return np.concatenate([np.column_stack([b, W.T]).ravel() for W, b in layers])


@pytest.mark.parametrize("data", DATA)
def test_gradient_is_the_complex_step_of_the_cost(data):
    est, X, y = small(data, alpha=0.3)
    Y = one_hot(y, 3) if data == "three classes" else y.reshape(len(X), -1)
    expected = complex_step(lambda theta: est.network_.cost(theta, X, Y, lam=0.3), est.theta_)
    assert relative(flat(est.gradient(X, y)), expected) < 1e-12


@pytest.mark.parametrize("data", DATA)
def test_a_whole_weight_repeats_a_sample(data):
    est, X, y = small(data, alpha=0.3)
    times = np.arange(len(X)) % 3
    weighted = flat(est.gradient(X, y, sample_weight=times))
    repeated = flat(est.gradient(np.repeat(X, times, axis=0), np.repeat(y, times, axis=0)))
    assert relative(weighted, repeated) < 1e-13
    assert relative(weighted, flat(est.gradient(X, y))) > 1e-3


def test_gradient_trains_nothing_and_needs_a_fit():
    est, X, y = small("three classes")
    before = est.theta_
    est.gradient(X, y), est.trace(X)
    assert np.array_equal(before, est.theta_)
    for unfitted in (lambda: BackpropClassifier().gradient(X, y), lambda: BackpropClassifier().trace(X)):
        with pytest.raises(NotFittedError):
            unfitted()
    assert not hasattr(BackpropClassifier(), "theta_")


def test_trace_ends_with_the_probabilities_and_begins_with_x():
    est, X, y = small("three classes")
    t = est.trace(csr_array(X))
    assert np.array_equal(t.a[0], X) and np.allclose(t.a[-1], est.predict_proba(X), rtol=0, atol=1e-15)
    assert np.allclose(t.z[1], X @ est.coefs_[0] + est.intercepts_[0], rtol=0, atol=1e-13)


def test_one_activation_for_each_layer():
    est, X, _ = small("three classes", activation=("tanh", leaky_relu(0.2)))
    t = est.trace(X)
    assert np.array_equal(t.a[1], np.tanh(t.z[1]))
    assert np.array_equal(t.a[2], np.where(t.z[2] > 0, t.z[2], 0.2 * t.z[2])) and (t.z[2] < 0).any()
    again = pickle.loads(pickle.dumps(est))
    assert np.array_equal(again.predict_proba(X), est.predict_proba(X))
    assert clone(est).fit(X, DATA["three classes"][2][::9]).loss_curve_ == est.loss_curve_


@pytest.mark.parametrize(
    "given, says",
    [
        (["tanh"], "2 hidden layers"),
        (["tanh", "swish"], "'swish'"),
        ("swish", "activation"),
        (["tanh", 3], "activation has 3"),
        (3, "activation"),
    ],
)
def test_an_activation_that_does_not_fit(given, says):
    with pytest.raises(ValueError, match=says):
        BackpropClassifier((4, 3), given).fit(*IRIS)


@pytest.mark.parametrize("sizes", [0, (4, -1), (4, 2.5), (True,), "ab"])
def test_sizes_that_are_none(sizes):
    with pytest.raises(ValueError, match="hidden_layer_sizes"):
        BackpropClassifier(sizes).fit(*IRIS)


@pytest.mark.parametrize("solver", ["sgd", "adam", "lbfgs"])
def test_callback_sees_each_epoch_and_stops(solver):
    seen = []

    def three(est):
        seen.append((est.n_iter_, est.loss_, est.score(*IRIS), est.theta_))
        return est.n_iter_ == 3

    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)  # whoever stops it need not be warned
        est = BackpropClassifier(5, solver=solver, random_state=0, callback=three).fit(*IRIS)
    assert est.n_iter_ == 3 and [epoch for epoch, *_ in seen] == [1, 2, 3] and est.loss_ == seen[-1][1]
    assert np.array_equal(seen[-1][3], est.theta_) and not np.array_equal(seen[0][3], est.theta_)
    assert not est.interrupted_


@pytest.mark.parametrize("solver", ["sgd", "adam", "lbfgs"])
def test_ctrl_c_keeps_what_was_learnt(solver):
    kept = []

    def second(est):
        kept.append(est.theta_)
        if est.n_iter_ == 2:
            raise KeyboardInterrupt

    est = BackpropClassifier(5, solver=solver, random_state=0, callback=second)
    with pytest.warns(ConvergenceWarning, match="interrupted by user after 2 iterations"):
        est.fit(*IRIS)
    assert est.interrupted_ and est.n_iter_ == 2 and np.array_equal(est.theta_, kept[-1])
    assert est.predict(IRIS[0]).shape == (150,)
    assert not est.set_params(callback=None, max_iter=2).fit(*IRIS).interrupted_


def test_ctrl_c_within_an_epoch_keeps_the_steps_before_it(monkeypatch):
    est = BackpropClassifier(5, solver="sgd", random_state=0, batch_size=50)
    optimiser = est._optimiser_for(np.zeros(5 * 5 + 6 * 3))
    step, calls = optimiser.step, []

    def fifth(theta, g):
        calls.append(theta.copy())
        if len(calls) == 5:
            raise KeyboardInterrupt
        step(theta, g)

    optimiser.step = fifth
    monkeypatch.setattr(est, "_optimiser_for", lambda theta: optimiser)
    with pytest.warns(ConvergenceWarning, match="after 1 iterations"):
        est.fit(*IRIS)
    assert np.array_equal(est.theta_, calls[4]) and len(est.loss_curve_) == 1


def test_early_stopping_keeps_the_best_parameters():
    thetas = []
    options = dict(early_stopping=True, random_state=1, learning_rate_init=0.1, max_iter=40)
    est = BackpropClassifier(5, callback=lambda est: thetas.append(est.theta_), **options).fit(*IRIS)
    best = int(np.argmax(est.validation_scores_))
    assert np.array_equal(est.theta_, thetas[best]) and best + 1 < est.n_iter_


def test_warm_start_goes_on_and_refuses_other_layers():
    est = BackpropRegressor(hidden_layer_sizes=5, warm_start=True, max_iter=3, random_state=0).fit(X_SUGAR, Y_SUGAR)
    first = est.loss_curve_[-1]
    est.fit(X_SUGAR, Y_SUGAR)
    assert len(est.loss_curve_) == 6 and est.n_iter_ == 3 and est.loss_curve_[3] < first
    with pytest.raises(ValueError, match="warm_start"):
        est.set_params(hidden_layer_sizes=6).fit(X_SUGAR, Y_SUGAR)


def test_lbfgs_follows_a_cost_that_fits_its_gradient_also_with_several_outputs():
    """Where the solver ends by its rule on the cost, at 2e-9 of it, the largest slope is near 5e-5.

    MLPRegressor's cost is a K-th of the one whose gradient it gives; its line search ends at a slope of about 1e-2.
    """
    kind, X, y = DATA["three numbers"]
    options = dict(hidden_layer_sizes=4, solver="lbfgs", activation="tanh", tol=1e-6, max_iter=3000, alpha=1.0)
    est = kind(**options, random_state=0).fit(X, y)
    assert est.loss_ == pytest.approx(est.network_.cost(est.theta_, X, y, lam=1.0), rel=1e-12)
    assert abs(flat(est.gradient(X, y))).max() < 5e-4
    theirs = MLPRegressor(**options, random_state=0).fit(X, y)
    est.coefs_, est.intercepts_ = theirs.coefs_, theirs.intercepts_
    assert abs(flat(est.gradient(X, y))).max() > 2e-3


@pytest.mark.parametrize("data", ["three classes", "two classes", "labels", "a number"])
def test_lbfgs_begins_as_in_scikit_learn(data):
    """Ten iterations, before rounding has grown."""
    options = dict(solver="lbfgs", max_iter=10, activation="tanh", alpha=0.1)
    ours, theirs = both(*DATA[data], **options)
    assert ours.n_iter_ == theirs.n_iter_ == 10 and ours.loss_ == pytest.approx(theirs.loss_, rel=1e-9)


def test_weights_that_cannot_be():
    for weights, says in ((-np.ones(150), "egative"), (np.zeros(150), "zero"), (np.ones(3), "sample_weight")):
        with pytest.raises(ValueError, match=says):
            BackpropClassifier(3, max_iter=2).fit(*IRIS, sample_weight=weights)


def test_a_batch_of_weight_zero_makes_no_step():
    weights = np.repeat([0.0, 1.0, 0.0], 50)
    with np.errstate(all="raise"):
        est = BackpropClassifier(3, max_iter=2, batch_size=50, shuffle=False).fit(*IRIS, sample_weight=weights)
    assert est._optimizer.steps == 2 and np.isfinite(est.theta_).all()


def test_bad_input_is_refused_as_by_scikit_learn():
    est, X, y = small("three classes")
    for call in (est.predict, est.predict_proba, est.trace, lambda X: est.gradient(X, np.zeros(len(X), int))):
        with pytest.raises(ValueError, match="expecting 4 features"):
            call(X[:, :2])
        with pytest.raises(ValueError, match="NaN"):
            call(np.where(X > 5, np.nan, X))
    with pytest.raises(NotFittedError):
        BackpropClassifier().predict(X)
    with pytest.raises(ValueError, match="non-finite parameter weights"):
        BackpropRegressor(hidden_layer_sizes=3, solver="sgd", learning_rate_init=1e150).fit(1e150 * X, y)
    with pytest.warns(UserWarning, match="batch_size=9"):
        BackpropClassifier(3, batch_size=9, max_iter=1).fit([[0.0], [1.0]], [0, 1])


def test_an_activation_of_one_s_own():
    sine = Activation("sine", lambda z, out=None: np.sin(z, out=out), lambda z, a: np.cos(z))
    est = BackpropRegressor(hidden_layer_sizes=5, activation=sine, solver="lbfgs", random_state=0).fit(
        X_SUGAR, scale(Y_SUGAR)
    )
    t = est.trace(X_SUGAR)
    assert np.array_equal(t.a[1], np.sin(t.z[1]))


def test_a_callback_has_the_caller_s_handling_of_numpy_errors():
    seen = []
    with np.errstate(divide="raise", over="warn"):
        expected = np.geterr()
        BackpropClassifier(3, max_iter=2, callback=lambda est: seen.append(np.geterr())).fit(*IRIS)
    assert seen == [expected] * 2


def test_the_wider_type_of_x_and_the_parameters_is_that_of_the_prediction():
    X, y = IRIS
    narrow = X.astype(np.float32)
    for kind in (np.float32, np.float64):
        est = BackpropClassifier(3, max_iter=2, random_state=0).fit(X.astype(kind), y)
        assert {part.dtype for part in est.coefs_ + est.intercepts_} == {np.dtype(kind)}
        assert est.predict_proba(narrow).dtype == kind and est.predict_proba(X).dtype == np.float64


def test_the_gradient_refuses_targets_of_another_number():
    one = BackpropRegressor(hidden_layer_sizes=3, max_iter=2, random_state=0).fit(X_SUGAR, Y_SUGAR)
    two = BackpropRegressor(hidden_layer_sizes=3, max_iter=2, random_state=0).fit(X_SUGAR, np.c_[Y_SUGAR, Y_SUGAR])
    with pytest.raises(ValueError, match="y has 1 output, but the network has 2: expected the outputs of the y in fit"):
        two.gradient(X_SUGAR, Y_SUGAR)
    with pytest.raises(ValueError, match="y has 2 outputs, but the network has 1"):
        one.gradient(X_SUGAR, np.c_[Y_SUGAR, Y_SUGAR])


@pytest.mark.parametrize("go_on", ["fit", "partial_fit"])
@pytest.mark.parametrize("changed", [dict(solver="adam"), dict(solver="sgd", early_stopping=True)])
def test_a_warm_start_goes_on_with_another_solver_or_rule_of_stopping(changed, go_on):
    est = BackpropRegressor(hidden_layer_sizes=3, solver="lbfgs", warm_start=True, max_iter=3, random_state=0).fit(
        X_SUGAR, Y_SUGAR
    )
    before = est.coefs_[0].copy()
    if go_on == "partial_fit":
        changed = {**changed, "early_stopping": False}
    getattr(est.set_params(**changed, max_iter=2), go_on)(X_SUGAR, Y_SUGAR)
    assert len(est.loss_curve_) == (2 if go_on == "fit" else 1) and est.coefs_[0].shape == before.shape
    est.set_params(solver="sgd", early_stopping=False).fit(X_SUGAR, Y_SUGAR)
    kept = est.set_params(solver="lbfgs").fit(X_SUGAR, Y_SUGAR).coefs_[0].copy()
    est.set_params(solver="sgd").fit(X_SUGAR, Y_SUGAR)
    assert len(est.loss_curve_) == 2, "the books are of the last solver alone"
    est.set_params(early_stopping=True).fit(X_SUGAR, Y_SUGAR)
    assert len(est.validation_scores_) == 2 and np.abs(est.coefs_[0] - kept).max() < 1, "it begins where lbfgs ended"


def test_an_array_is_no_wish_to_stop():
    with pytest.raises(TypeError, match="callback returned an array: expected True, to stop the training, or None"):
        BackpropRegressor(hidden_layer_sizes=3, max_iter=2, callback=lambda est: est.coefs_[0]).fit(X_SUGAR, Y_SUGAR)


ACTIVATIONS_REFUSED = [
    ([["relu"]], "activation has .'relu'.*expected one of"),
    (["tanh"] * 2, "activation has 2 activations, but hidden_layer_sizes has 1 hidden layer"),
]


@pytest.mark.parametrize("activation, words", ACTIVATIONS_REFUSED, ids=["a list", "too many"])
def test_activations_that_are_none_are_refused(activation, words):
    with pytest.raises(ValueError, match=words):
        BackpropRegressor(hidden_layer_sizes=3, activation=activation).fit(X_SUGAR, Y_SUGAR)
