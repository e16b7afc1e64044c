"""The Poisson deviance with its exponential output."""

import numpy as np
import pytest
from sklearn.metrics import mean_poisson_deviance
from support import complex_step, relative

from bpcore import Network
from bpcore.estimators import BackpropRegressor
from bpcore.estimators.poisson import EXP, POISSON

RNG = np.random.default_rng(0)
X = RNG.standard_normal((40, 3))
Y = RNG.poisson(np.exp(X[:, 0])).astype(float)


def test_the_loss_is_half_the_deviance():
    est = BackpropRegressor("poisson", 4, solver="lbfgs", random_state=0, alpha=0).fit(X, Y)
    assert 0 in Y and est.out_activation_ == "exp"
    assert est.loss_ == pytest.approx(mean_poisson_deviance(Y, est.predict(X)) / 2, rel=1e-12)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")  # three epochs are enough here
def test_gradient_is_the_complex_step():
    est = BackpropRegressor("poisson", 4, activation="tanh", max_iter=3, random_state=0, tol=1e9).fit(X, Y)
    expected = complex_step(lambda theta: est.network_.cost(theta, X, Y.reshape(-1, 1), lam=est.alpha), est.theta_)
    coefs, intercepts = est.gradient(X, Y)
    made = np.concatenate([np.column_stack([b, W.T]).ravel() for W, b in zip(coefs, intercepts)])
    assert relative(made, expected) < 1e-12


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_far_below_zero_the_gradient_is_that_of_the_target(dtype):
    net = Network((1, 1), output=EXP, loss=POISSON)
    theta = np.array([-2000.0, 0.0], dtype)
    assert net.grad(theta, [[1.0]], [[3.0]])[0] == pytest.approx(-3, rel=1e-6)


def test_negative_targets_are_refused():
    with pytest.raises(ValueError, match="loss='poisson'"):
        BackpropRegressor("poisson").fit(X, Y - 1)
