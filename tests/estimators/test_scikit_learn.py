"""scikit-learn's own checks of estimators, and its tests of its networks with these estimators in their place."""

import importlib.util
from pathlib import Path
from unittest import mock

import pytest
import sklearn.neural_network
from sklearn.utils.estimator_checks import parametrize_with_checks

from bpcore.estimators import BackpropClassifier, BackpropRegressor

# the two of default parameters are those that check_estimator(BackpropClassifier()) takes
ESTIMATORS = [BackpropClassifier(), BackpropRegressor()]


@pytest.mark.long
@parametrize_with_checks(ESTIMATORS)
def test_checks_of_estimators(estimator, check):
    """No check is expected to fail."""
    check(estimator)


SUITE = "sklearn.neural_network.tests"
OTHER_FILES = {
    "test_base": "tests the losses of the private module _base; those of bpcore are tested in tests/core",
    "test_rbm": "tests BernoulliRBM, which is not trained by backpropagation",
    "test_stochastic_optimizers": "tests two private classes; their like are tested in test_optimisers.py",
}
PRIVATE = {
    "test_gradient": "calls MLPClassifier._loss_grad_lbfgs; the public gradient is held against the complex step in "
    "test_base.py"
}


def suite():
    """scikit-learn's tests, read with these estimators under the names of its own, also in their parameters."""
    module = importlib.util.module_from_spec(importlib.util.find_spec(f"{SUITE}.test_mlp"))
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


def test_no_file_of_scikit_learn_s_suite_is_forgotten():
    folder = Path(importlib.util.find_spec(SUITE).origin).parent
    assert {path.stem for path in folder.glob("test_*.py")} == {"test_mlp", *OTHER_FILES}
