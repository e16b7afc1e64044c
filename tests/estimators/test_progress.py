"""What verbose shows, with tqdm and without."""

import sys

import numpy as np
import pytest

from bpcore.estimators import BackpropClassifier, BackpropRegressor

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning", "ignore::UserWarning")
X, Y = np.arange(40.0).reshape(20, 2) / 40, np.arange(20) % 2


def test_silence(capsys):
    BackpropClassifier(2, max_iter=3).fit(X, Y)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("solver", ["sgd", "adam", "lbfgs"])
def test_a_line_for_each_epoch_without_tqdm(solver, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    est = BackpropClassifier(2, solver=solver, max_iter=3, verbose=True, random_state=0).fit(X, Y)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == est.n_iter_ == 3 and lines[-1] == f"Iteration 3 of 3, loss = {est.loss_:.8f}"


def test_the_validation_score_and_the_reason_are_told(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    options = dict(verbose=True, early_stopping=True, tol=10, n_iter_no_change=2, solver="sgd", random_state=0)
    est = BackpropRegressor(hidden_layer_sizes=2, learning_rate="adaptive", learning_rate_init=2e-6, **options).fit(
        X, Y
    )
    out = capsys.readouterr().out
    assert out.count("validation score = ") == est.n_iter_
    assert "for 2 consecutive epochs. Setting learning rate to" in out and out.rstrip().endswith("Stopping.")


@pytest.mark.parametrize("solver", ["sgd", "lbfgs"])
def test_a_bar_where_tqdm_is(solver, capsys):
    pytest.importorskip("tqdm", reason="the bar is tqdm's")
    est = BackpropClassifier(2, solver=solver, max_iter=3, verbose=True, random_state=0).fit(X, Y)
    out = capsys.readouterr().out
    assert "3/3" in out and f"loss = {est.loss_:.8f}" in out and "Iteration 3 of" not in out
