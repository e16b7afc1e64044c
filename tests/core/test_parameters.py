"""Parameters as views of one vector, and the arrays that a trace holds."""

import numpy as np
import pytest
from sklearn.neural_network import MLPRegressor
from support import draw

from bpcore import Network, Params, Trace, adam, sgd

SIZES = (3, 5, 4, 2)


@pytest.fixture
def net():
    return Network(SIZES, hidden="tanh")


def test_theta_is_the_layers_one_after_the_other_row_by_row(net):
    theta = np.arange(net.n_params, dtype=float)
    p = net.params(theta)
    assert net.n_params == 5 * 4 + 4 * 6 + 2 * 5
    assert [Theta.shape for Theta in p.Theta[1:]] == [(5, 4), (4, 6), (2, 5)]
    assert np.array_equal(np.concatenate([Theta.ravel() for Theta in p.Theta[1:]]), theta)
    assert p.Theta[2].tolist() == np.arange(20, 44).reshape(4, 6).tolist()


def test_column_0_is_the_bias(net):
    p = net.params(np.arange(net.n_params, dtype=float))
    for l in 1, 2, 3:
        assert p.b[l].shape == (SIZES[l],) and p.W[l].shape == (SIZES[l], SIZES[l - 1])
        assert np.array_equal(np.column_stack([p.b[l], p.W[l]]), p.Theta[l])
    assert p.Theta[0] is p.W[0] is p.b[0] is None and len(p.Theta) == len(p.W) == len(p.b) == 4


@pytest.mark.parametrize("stride", [1, 3])
def test_views_share_memory_with_theta(net, stride):
    theta = np.zeros(stride * net.n_params)[::stride]
    p = net.params(theta)
    assert p.theta is theta
    assert all(np.shares_memory(view, theta) for views in (p.Theta, p.W, p.b) for view in views[1:])
    p.W[2][1, 3] = 7
    p.b[3] -= 2
    assert np.flatnonzero(theta).tolist() == [20 + 6 + 4, 44, 49] and sorted(set(theta)) == [-2, 0, 7]


def test_params_can_be_made_alone():
    p = Params([2, 1], np.array([1.0, 2, 3]))
    assert p.b[1].tolist() == [1] and p.W[1].tolist() == [[2, 3]]
    assert repr(p) == "Params(Theta[1] (1, 3))"


def test_scikit_learns_weights_are_the_transposed_ones():
    """coefs_[l-1] is W[l].T and intercepts_[l-1] is b[l]: its network, read into bpcore, predicts the same."""
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((9, 3)), rng.standard_normal((9, 2))
    theirs = MLPRegressor(hidden_layer_sizes=(5, 4), activation="tanh", random_state=0).partial_fit(X, Y)
    net = Network(SIZES, hidden="tanh", output="identity", loss="half_squared")
    p = net.params(np.empty(net.n_params))
    for l in 1, 2, 3:
        assert theirs.coefs_[l - 1].T.shape == p.W[l].shape
        p.W[l][...], p.b[l][...] = theirs.coefs_[l - 1].T, theirs.intercepts_[l - 1]
    assert np.allclose(net.predict(p.theta, X), theirs.predict(X), rtol=0, atol=1e-15)


def test_name_of_is_the_place_in_the_views(net):
    theta = np.zeros(net.n_params)
    p = net.params(theta)
    names = [p.name_of(k) for k in range(net.n_params)]
    assert len(set(names)) == net.n_params
    for k, name in enumerate(names):
        theta[...] = 0
        theta[k] = 1
        assert eval("p." + name) == 1, name
    assert names[0] == "b[1][0]" and names[1] == "W[1][0,0]" and names[-1] == "W[3][1,3]"


@pytest.mark.parametrize("m", [1, 7])
def test_trace_has_a_row_a_sample(net, m):
    theta, X, Y = draw(net, m)
    t = net.backward(theta, net.forward(theta, X), Y)
    assert isinstance(t, Trace) and np.array_equal(t.a[0], X)
    for l in range(1, 4):
        assert t.z[l].shape == t.a[l].shape == t.delta[l].shape == (m, SIZES[l])
        assert np.array_equal(t.A[l], np.vstack([np.ones((1, m)), t.a[l].T]))
        assert (
            np.shares_memory(t.A[l], t.a[l])
            and np.shares_memory(t.Z[l], t.z[l])
            and np.shares_memory(t.D[l], t.delta[l])
        )
        assert t.Z[l].shape == t.D[l].shape == (SIZES[l], m)
    assert np.array_equal(t.A[0], np.vstack([np.ones((1, m)), X.T]))


def test_a_held_trace_is_not_overwritten():
    net = Network((3, 4, 2))
    theta, X, Y = draw(net, 5)
    t = net.forward(theta, X)
    with_delta = net.backward(theta, t, Y)
    assert t.delta is None, "backward leaves the trace it was given as it was"
    held = [array.copy() for array in (*t.a, *t.z[1:], *with_delta.delta[1:])]
    prediction = net.predict(theta, X)
    kept = prediction.copy()
    other = draw(net, 5, seed=1)
    net.forward(*other[:2]), net.cost(*other), net.grad(*other), net.predict(*other[:2])
    (
        net.backward(other[0], net.forward(*other[:2]), other[2]),
        net.backward(theta, t, other[2]),
        net.backward(theta, with_delta, other[2]),
    )
    sgd(net, *other, epochs=3, batch_size=2), adam(net, *other, epochs=3)
    assert all(np.array_equal(array, copy) for array, copy in zip((*t.a, *t.z[1:], *with_delta.delta[1:]), held))
    assert np.array_equal(prediction, kept)


def test_a_trace_does_not_follow_X():
    net = Network((3, 4, 2))
    theta, X, Y = draw(net, 5)
    t = net.forward(theta, X)
    X[...] = 0
    assert t.a[0].any()


def test_the_first_delta_of_a_trace_is_absent():
    net = Network((3, 4, 2))
    theta, X, Y = draw(net, 5)
    t = net.backward(theta, net.forward(theta, X), Y)
    assert isinstance(t, Trace) and t.delta[0] is None and t.z[0] is None and np.array_equal(t.a[0], X)
