"""scikit-learn's own checks of estimators, and its tests of its networks with these estimators in their place."""

import importlib.util
from unittest import mock

import pytest
import sklearn.neural_network
from sklearn.utils.estimator_checks import parametrize_with_checks

from bpcore.estimators import BackpropClassifier, BackpropRegressor

SOLVERS = "sgd", "adam", "lbfgs"
# the two of default parameters are those that check_estimator(BackpropClassifier()) takes
ESTIMATORS = [BackpropClassifier(), BackpropRegressor()]


@parametrize_with_checks(ESTIMATORS)
def test_checks_of_estimators(estimator, check):
    """No check is expected to fail."""
    check(estimator)


SUITE = "sklearn.neural_network.tests.test_mlp"
PRIVATE = {
    "test_gradient": "calls MLPClassifier._loss_grad_lbfgs; the public gradient is held against the complex step in "
    "test_base.py"
}


def suite():
    """scikit-learn's tests, read with these estimators under the names of its own, also in their parameters."""
    module = importlib.util.module_from_spec(importlib.util.find_spec(SUITE))
    ours = dict(MLPClassifier=BackpropClassifier, MLPRegressor=BackpropRegressor)
    with mock.patch.multiple(sklearn.neural_network, **ours):
        module.__spec__.loader.exec_module(module)
    assert module.MLPClassifier is BackpropClassifier and module.MLPRegressor is BackpropRegressor
    return {name: value for name, value in vars(module).items() if name.startswith("test_")}


THEIRS = suite()
assert PRIVATE.keys() <= THEIRS.keys()
globals().update({f"{name}_of_scikit_learn": test for name, test in THEIRS.items() if name not in PRIVATE})


@pytest.fixture
def global_random_seed():
    """The seed that scikit-learn's own fixture has by default."""
    return 42
