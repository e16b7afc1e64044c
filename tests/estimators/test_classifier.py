"""The classifier: class weights, labels of any kind, partial_fit with labels that are not there."""

import numpy as np
import pytest
from sklearn.datasets import load_iris

from bpcore.estimators import BackpropClassifier

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
X, Y = load_iris(return_X_y=True)
FEW = np.r_[0:50, 50:70, 100:105]  # 50, 20 and 5 of the three classes


def trained(weights=None, **options):
    return BackpropClassifier(4, max_iter=10, random_state=0, **options).fit(X[FEW], Y[FEW], sample_weight=weights)


def test_class_weight_is_a_sample_weight_by_class():
    by_class = trained(class_weight={0: 1.0, 1: 2.0, 2: 5.0})
    assert by_class.loss_curve_ == trained(np.array([1.0, 2.0, 5.0])[Y[FEW]]).loss_curve_
    assert by_class.loss_curve_ != trained().loss_curve_
    balanced = np.array([75 / 3 / 50, 75 / 3 / 20, 75 / 3 / 5])[Y[FEW]]
    np.testing.assert_allclose(trained(class_weight="balanced").loss_curve_, trained(balanced).loss_curve_, rtol=1e-14)
    both = trained(balanced, class_weight={0: 1.0, 1: 2.0, 2: 5.0})
    assert both.loss_curve_ == trained(balanced * np.array([1.0, 2.0, 5.0])[Y[FEW]]).loss_curve_


def test_gradient_takes_the_class_weights():
    est = trained(class_weight={0: 1.0, 1: 2.0, 2: 5.0})
    weighted = est.gradient(X, Y)
    plain = est.set_params(class_weight=None).gradient(X, Y, sample_weight=np.array([1.0, 2.0, 5.0])[Y])
    assert all(np.array_equal(one, other) for one, other in zip(weighted[0] + weighted[1], plain[0] + plain[1]))


def test_balanced_needs_all_samples_at_once():
    with pytest.raises(ValueError, match="compute_class_weight"):
        BackpropClassifier(class_weight="balanced").partial_fit(X, Y, classes=[0, 1, 2])


def test_labels_of_text():
    names = np.array(["setosa", "versicolor", "virginica"], dtype=object)[Y]
    est = BackpropClassifier(8, solver="lbfgs", random_state=0, max_iter=500).fit(X, names)
    assert list(est.classes_) == ["setosa", "versicolor", "virginica"] and est.score(X, names) > 0.95
    assert est.predict_proba(X).shape == (150, 3)


def test_partial_fit_refuses_an_unknown_label_and_a_missing_list_of_classes():
    with pytest.raises(ValueError, match="classes must be passed"):
        BackpropClassifier().partial_fit(X, Y)
    est = BackpropClassifier(3).partial_fit(X[:100], Y[:100], classes=[0, 1, 2])
    before = est.theta_
    with pytest.raises(ValueError, match=r"'y' has \[0 1 2 7\]"):
        est.partial_fit(X[:103], [*Y[:100], 2, 2, 7])
    with pytest.raises(ValueError, match="classes not in"):
        est.gradient(X[:2], [0, 7])
    assert np.array_equal(before, est.theta_)


def test_two_classes_have_one_output_and_two_columns():
    est = BackpropClassifier(3, max_iter=5, random_state=0).fit(X[:100], Y[:100])
    made = est.predict_proba(X)
    assert est.n_outputs_ == 1 and est.out_activation_ == "logistic" and made.shape == (150, 2)
    assert np.array_equal(made[:, 1], est.trace(X).a[-1][:, 0]) and (made.sum(axis=1) == 1).all()
    assert np.array_equal(est.predict(X), (made[:, 1] > 0.5).astype(int))


def test_one_class_has_one_column_of_certainty():
    one = BackpropClassifier(3, max_iter=2, random_state=0).fit(X, np.zeros(len(X)))
    assert one.predict_proba(X).tolist() == [[1.0]] * len(X) and set(one.predict(X)) == {0.0}


def test_a_matrix_of_labels_and_a_vector_are_not_taken_for_each_other():
    several, single = Y[:, None] == [0, 1], Y
    labels = BackpropClassifier(3, max_iter=2, random_state=0).fit(X, several)
    vector = BackpropClassifier(3, max_iter=2, random_state=0).fit(X, single)
    for est, wrong, expected in (labels, single, "a matrix of labels"), (vector, several, "a vector of labels"):
        for ask in est.gradient, est.partial_fit:
            with pytest.raises(ValueError, match=f"y has shape .*: expected {expected}"):
                ask(X, wrong)


def test_the_logarithm_of_no_probability_is_no_warning():
    est = BackpropClassifier(3, max_iter=20, random_state=0).fit(X, Y == 0)
    est.intercepts_[-1][:] = 1e3
    with np.errstate(divide="raise"):
        assert est.predict_log_proba(X)[0].tolist() == [-np.inf, 0.0]
