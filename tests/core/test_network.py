"""Networks, their parameters as views of one vector, traces, and initial values."""

import numpy as np
import pytest
from sklearn.neural_network import MLPRegressor
from support import draw

from bpcore import ACTIVATIONS, LOSSES, Activation, Network, Params, Trace, leaky_relu
from bpcore.network import SCHEMES

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


def test_forward_by_hand():
    net = Network((2, 2, 1), hidden="relu", output="identity", loss="half_squared")
    theta = np.array([1.0, 2, -1, 0, -1, 1, 0.5, 2, 3])
    t = net.forward(theta, [[1, 2], [3, 1]])
    assert t.z[1].tolist() == [[1, 1], [6, -2]]
    assert t.a[1].tolist() == [[1, 1], [6, 0]]
    assert t.z[2].tolist() == t.a[2].tolist() == net.predict(theta, [[1, 2], [3, 1]]).tolist() == [[5.5], [12.5]]


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


def test_reprs(net):
    theta, X, Y = draw(net, 7)
    assert repr(net) == "Network(3-5-4-2: tanh tanh sigmoid; binary_cross_entropy; 54 parameters)"
    assert repr(net.params(theta)) == "Params(Theta[1] (5, 4), Theta[2] (4, 6), Theta[3] (2, 5))"
    t = net.forward(theta, X)
    assert repr(t) == "Trace(a[0] (7, 3), a[1] (7, 5), a[2] (7, 4), a[3] (7, 2); no delta yet)"
    assert repr(net.backward(theta, t, Y)).endswith("; with delta)")


def test_the_default_network_is_sigmoid_and_cross_entropy():
    net = Network((2, 3, 1))
    assert [f.name for f in net.activations[1:]] == ["sigmoid", "sigmoid"] and net.loss is LOSSES[
        "binary_cross_entropy"
    ]
    assert net.L == 2 and net.sizes == (2, 3, 1) and net.activations[0] is None


@pytest.mark.parametrize(
    "sizes",
    [[2, 3, 1], np.array([2, 3, 1]), (n for n in (2, 3, 1)), range(2, 5)],
    ids=["list", "array", "generator", "range"],
)
def test_sizes_may_be_any_sequence(sizes):
    net = Network(sizes)
    assert all(type(n) is int for n in net.sizes) and len(net.sizes) == 3


def test_hidden_takes_names_and_records_one_or_one_a_layer():
    own = Activation("cube", lambda z, out=None: np.power(z, 3, out=out), lambda z, a: 3 * z * z)
    slope = leaky_relu(0.2)
    assert [f.name for f in Network(SIZES, hidden=["relu", own]).activations[1:]] == ["relu", "cube", "sigmoid"]
    assert Network(SIZES, hidden=own).activations[1:3] == [own, own]
    assert Network(SIZES, hidden=(slope, "tanh")).activations[1:3] == [slope, ACTIVATIONS["tanh"]]
    assert (
        Network((3, 2), hidden="relu").activations[1:]
        == Network((3, 2), hidden=[]).activations[1:]
        == [ACTIVATIONS["sigmoid"]]
    )


def test_leaky_relu_by_hand():
    record = leaky_relu(0.25)
    z = np.array([[-4.0, 0.0, 2.0]])
    assert record.f(z).tolist() == [[-1, 0, 2]] and record.df(z, None).tolist() == [[0.25, 0.25, 1]]
    assert record.name == "leaky_relu(0.25)" and leaky_relu().name == "leaky_relu" and record.kink


def test_slope_at_the_kink_is_that_of_the_left():
    z = np.array([[0.0, -0.0]])
    assert ACTIVATIONS["relu"].df(z, z).tolist() == [[0, 0]] and ACTIVATIONS["leaky_relu"].df(z, z).tolist() == [
        [0.01, 0.01]
    ]


def test_activations_at_the_ends():
    z = np.array([[-1e308, -800.0, 0.0, 800.0, 1e308]])
    with np.errstate(all="raise", under="ignore"):
        assert ACTIVATIONS["sigmoid"].f(z).tolist() == [[0, 0, 0.5, 1, 1]]
        assert ACTIVATIONS["tanh"].f(z).tolist() == [[-1, -1, 0, 1, 1]]
        assert ACTIVATIONS["relu"].f(z).tolist() == [[0, 0, 0, 800, 1e308]]
        assert ACTIVATIONS["softmax"].f(np.array([[1e308, -1e308 / 2, 0.0], [-1000, -1000, -1000]])).tolist() == [
            [1, 0, 0],
            [1 / 3, 1 / 3, 1 / 3],
        ]


# Initial values. The bounds on moments are five standard errors, at 40 000 draws a layer.

BIG = (100, 400, 100)


def weights(scheme, seed=0):
    net = Network(BIG)
    p = net.params(net.init(seed=seed, scheme=scheme))
    assert not p.b[1].any() and not p.b[2].any()
    return p.W[1], p.W[2]


@pytest.mark.parametrize(
    "scheme, variance",
    [
        ("glorot_uniform", lambda n_in, n_out: 2 / (n_in + n_out)),
        ("he_normal", lambda n_in, n_out: 2 / n_in),
        ("standard_normal", lambda n_in, n_out: 1),
    ],
)
def test_scheme_has_its_moments(scheme, variance):
    for W in weights(scheme):
        n_out, n_in = W.shape
        spread = np.sqrt(variance(n_in, n_out))
        assert abs(W.mean()) < 5 * spread / np.sqrt(W.size)
        kurtosis = 1.8 if scheme == "glorot_uniform" else 3.0
        assert abs(W.var() / spread**2 - 1) < 5 * np.sqrt((kurtosis - 1) / W.size)
        assert (W**4).mean() / W.var() ** 2 == pytest.approx(kurtosis, rel=0.06)


def test_uniform_schemes_fill_their_interval():
    for W in weights("glorot_uniform"):
        bound = np.sqrt(6 / sum(W.shape))
        assert -bound <= W.min() < -0.999 * bound and 0.999 * bound < W.max() <= bound
    for W in weights("uniform"):
        assert 0 <= W.min() < 0.001 and 0.999 < W.max() < 1 and abs(W.mean() - 0.5) < 5 / np.sqrt(12 * W.size)


def test_zeros():
    assert not any(W.any() for W in weights("zeros"))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_init_returns_a_vector_and_repeats_itself(scheme):
    net = Network(SIZES)
    theta = net.init(seed=42, scheme=scheme)
    assert theta.shape == (net.n_params,) and theta.dtype == np.float64 and theta.flags.writeable
    assert np.array_equal(theta, net.init(42, scheme)) and np.array_equal(
        theta, net.init(np.random.default_rng(42), scheme)
    )
    assert scheme == "zeros" or not np.array_equal(theta, net.init(43, scheme))
    assert not any(b.any() for b in net.params(theta).b[1:])


def test_init_goes_on_with_a_generator():
    rng, net = np.random.default_rng(0), Network(SIZES)
    assert not np.array_equal(net.init(rng), net.init(rng))


def test_glorot_is_the_default():
    assert np.array_equal(Network(SIZES).init(0), Network(SIZES).init(0, scheme="glorot_uniform"))


def test_init_draws_row_by_row_from_the_generator():
    """Stated so that the numbers of the book can be drawn again without bpcore."""
    net, rng = Network((2, 3, 1)), np.random.default_rng(5)
    p = net.params(net.init(5, "standard_normal"))
    assert np.array_equal(p.W[1], rng.standard_normal((3, 2))) and np.array_equal(p.W[2], rng.standard_normal((1, 3)))


def test_a_loss_knows_its_output_by_the_record_and_not_by_its_name():
    """a - y is the slope for bpcore's own sigmoid, not for whatever is called so."""
    impostor = Activation("sigmoid", np.tanh, lambda z, a: 1 - a * a)
    with pytest.raises(ValueError, match="loss='binary_cross_entropy' does not fit output='sigmoid'"):
        Network((2, 3, 1), output=impostor, loss="binary_cross_entropy")
