"""The package: without scikit-learn it says what is missing; with it the estimators go where estimators go."""

import pickle
import subprocess
import sys
from pathlib import Path

import joblib
import numpy as np
import pytest
from scipy.sparse import csr_array, csr_matrix
from sklearn.base import clone
from sklearn.datasets import load_iris
from sklearn.inspection import DecisionBoundaryDisplay
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import bpcore.estimators
from bpcore.estimators import BackpropClassifier, BackpropRegressor

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
X, Y = load_iris(return_X_y=True)
WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"sklearn", "scipy", "joblib"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
import bpcore.estimators
print(dir(bpcore.estimators))
try:
    from bpcore.estimators import BackpropRegressor
except ModuleNotFoundError as error:
    print(error)
"""


def python(code):
    root = Path(bpcore.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_scikit_learn_the_package_is_there_and_names_the_cure():
    told = python(WITHOUT)
    assert "BackpropClassifier" in told and 'pip install ".[sklearn]"' in told and "scikit-learn" in told


def test_importing_the_package_imports_no_scikit_learn():
    assert "sklearn" not in python("import bpcore.estimators, sys; print([n for n in sys.modules if '.' not in n])")


def test_unknown_names_are_no_attributes():
    with pytest.raises(AttributeError, match="Backprop"):
        bpcore.estimators.BackpropTransformer  # noqa: B018


def test_scikit_learn_s_parameters_and_defaults():
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    ours, theirs = BackpropClassifier().get_params(), MLPClassifier().get_params()
    assert ours == theirs | {"class_weight": None, "callback": None}
    assert BackpropRegressor().get_params() == MLPRegressor().get_params() | {"callback": None}
    assert list(BackpropRegressor().get_params()) == sorted(BackpropRegressor().get_params())


def test_in_a_pipeline_and_a_search():
    model = make_pipeline(StandardScaler(), BackpropClassifier(8, solver="lbfgs", max_iter=50, random_state=0))
    assert cross_val_score(model, X, Y, cv=3).min() > 0.8
    grid = {"backpropclassifier__activation": ["tanh", ["leaky_relu"]], "backpropclassifier__alpha": [0.0, 1.0]}
    search = GridSearchCV(model, grid, cv=3).fit(X, Y)
    assert search.best_score_ > 0.9 and len(search.cv_results_["params"]) == 4


def test_the_display_of_a_decision_boundary():
    import matplotlib

    matplotlib.use("Agg")
    est = BackpropClassifier(5, max_iter=5, random_state=0).fit(X[:100, :2], Y[:100])
    display = DecisionBoundaryDisplay.from_estimator(est, X[:100, :2], grid_resolution=7)
    proba = est.predict_proba(np.column_stack([display.xx0.ravel(), display.xx1.ravel()]))[:, 1]
    assert np.array_equal(display.response.ravel(), proba)


def test_a_clone_and_a_pickle():
    est = BackpropClassifier(5, max_iter=4, random_state=0, solver="sgd").fit(X, Y)
    assert clone(est).get_params() == est.get_params() and not hasattr(clone(est), "coefs_")
    again = pickle.loads(pickle.dumps(est))
    assert np.array_equal(again.predict_proba(X), est.predict_proba(X))
    # momentum is part of the state: both go on with the same step
    assert np.array_equal(again.partial_fit(X, Y).theta_, est.partial_fit(X, Y).theta_)


@pytest.mark.parametrize("form", [csr_array, csr_matrix, lambda X: csr_matrix(X).tocsc()])
def test_a_sparse_x_gives_what_a_dense_one_gives(form):
    options = dict(hidden_layer_sizes=5, max_iter=4, random_state=0)
    dense, sparse = BackpropClassifier(**options).fit(X, Y), BackpropClassifier(**options).fit(form(X), Y)
    assert dense.loss_curve_ == sparse.loss_curve_
    assert np.array_equal(dense.predict_proba(X), sparse.predict_proba(form(X)))


def test_data_frames_keep_their_names():
    pandas = pytest.importorskip("pandas", reason="DataFrames are pandas's")
    frame = pandas.DataFrame(X, columns=list("abcd"))
    est = BackpropClassifier(5, max_iter=4, random_state=0, early_stopping=True).fit(frame, pandas.Series(Y))
    assert list(est.feature_names_in_) == list("abcd")
    assert est.predict(frame).shape == (150,)
    with pytest.raises(ValueError, match="feature names"):
        est.predict(frame[["b", "a", "c", "d"]])


@pytest.mark.long
def test_a_search_on_a_cluster_of_two_workers():
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install distributed")
    search = GridSearchCV(BackpropClassifier(4, max_iter=5, random_state=0), {"alpha": [0.0, 0.1, 1.0]}, cv=2)
    here = search.fit(X, Y).cv_results_["mean_test_score"]
    options = dict(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True)
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        with joblib.parallel_config("dask"):
            there = clone(search).fit(X, Y).cv_results_["mean_test_score"]
        ran = client.run(lambda: "bpcore.estimators.classifier" in __import__("sys").modules)
    assert np.array_equal(here, there)
    assert len(ran) == 2 and any(ran.values()), "no worker had any part of the search"
