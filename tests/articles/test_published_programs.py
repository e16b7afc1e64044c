"""The articles' programs in our own code: their printed numbers, their quirks, and what their gradients are."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import bpcore
from bpcore import Network, check_gradient, numerical_gradient, relative_error
from bpcore.articles import a, b, c, d, e
from bpcore.articles.layouts import columns_from_theta, rows_from_theta, theta_from_columns, theta_from_rows

ROOT = Path(__file__).resolve().parents[2]
LOG = json.loads((ROOT / "book" / "measurements" / "article_b_log.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", "abcde")
def test_each_file_says_what_is_kept_and_what_is_left_out(name):
    text = (Path(bpcore.__file__).parent / "articles" / f"{name}.py").read_text(encoding="utf-8")
    docstring = re.match(r'"""(.*?)"""', text, re.S)[1]
    assert "\nKept: " in docstring and "\nLeft out: " in docstring


@pytest.mark.parametrize("there, back", [(rows_from_theta, theta_from_rows), (columns_from_theta, theta_from_columns)])
def test_layouts_go_there_and_back_to_the_bit(there, back):
    theta = np.arange(1.0, 55.0)
    W, bias = there((3, 5, 4, 2), theta)
    assert np.array_equal(back(W, bias), theta)
    assert W[2].shape in ((5, 4), (4, 5)) and bias[2].size == 4
    W[1][...] = 0
    assert theta.all(), "the arrays are copies"


# Article A


@pytest.fixture(scope="module")
def published_run():
    X, X_test, Y, Y_test = a.data()
    W, bias, history = a.train(X, Y, *a.start())
    right = [int((a.predict(rows, W, bias) == truth).sum()) for rows, truth in ((X, Y), (X_test, Y_test))]
    return history, right


@pytest.mark.long
def test_article_a_gives_its_plateau_and_its_85_of_100(published_run):
    """The article reports a loss of around 0.45 after some 40 epochs; 85 is what its scikit-learn model has too."""
    history, right = published_run
    assert [round(history[epoch - 1], 4) for epoch in (40, 80, 100)] == [0.4537, 0.4452, 0.4460]
    assert right == [332, 85]


@pytest.mark.long
def test_article_a_repaired_leaves_the_plateau():
    X, X_test, Y, Y_test = a.data()
    W, bias, history = a.train(X, Y, *a.start(), backward=a.backward_of_the_text)
    assert round(history[99], 4) == 0.2824
    assert [int((a.predict(rows, W, bias) == truth).sum()) for rows, truth in ((X, Y), (X_test, Y_test))] == [347, 86]


def test_article_a_is_wrong_in_all_three_layers():
    X, _, Y, _ = a.data()
    W, bias, _ = a.start()
    theta = theta_from_rows(W, bias)
    report = check_gradient(a.published_network(), theta, X, Y)
    assert [round(row.error, 3) for row in report.rows] == [0.440, 0.436, 0.035]
    text = theta_from_rows(*a.backward_of_the_text(Y, a.forward(X, W, bias), W))
    assert relative_error(text, Network(a.SIZES).grad(theta, X, Y)) < 1e-14


@pytest.mark.parametrize("sizes", [a.SIZES, (3, 5, 4, 2)])
def test_article_a_in_one_formula(sizes):
    """δ^L = (a - y) σ′(σ(z)) / (a (1 - a)), written out here from the article's lines; the network on record agrees."""
    rng = np.random.default_rng(0)
    net = a.published_network(sizes)
    theta, X = rng.standard_normal(net.n_params), rng.standard_normal((6, sizes[0]))
    Y = rng.integers(0, 2, (6, sizes[-1])).astype(float)
    W, bias = rows_from_theta(sizes, theta)
    A = a.forward(X, W, bias)
    slope = [1 / (1 + np.exp(-A_l)) / (1 + np.exp(A_l)) for A_l in A]
    delta = [None] * len(sizes)
    delta[-1] = (A[-1] - Y) * slope[-1] / (A[-1] * (1 - A[-1]))
    for l in range(len(sizes) - 2, 0, -1):
        delta[l] = delta[l + 1] @ W[l + 1].T * slope[l]
    dW, db = a.backward(Y, A, W)
    for l in range(1, len(sizes)):
        assert np.allclose(dW[l], A[l - 1].T @ delta[l] / 6, rtol=1e-12, atol=1e-15)
        assert np.allclose(db[l], delta[l].mean(axis=0), rtol=1e-12, atol=1e-15)
    assert relative_error(net.grad(theta, X, Y), a.gradient(theta, X, Y, sizes)) < 1e-14
    assert net.cost(theta, X, Y) == pytest.approx(a.compute_loss(Y, A[-1]), rel=1e-14)


def test_article_a_text_carries_any_output_delta_down():
    """With the squared error's delta its walk gives the gradient and the deltas of that loss."""
    net, rng = Network((3, 5, 4, 2), loss="half_squared"), np.random.default_rng(0)
    theta, X, Y = rng.standard_normal(net.n_params), rng.standard_normal((6, 3)), rng.random((6, 2))
    W, bias = rows_from_theta(net.sizes, theta)
    A = a.forward(X, W, bias)
    dW, db, dZ = a.walk_back((A[-1] - Y) * a.slope_of_the_text(A[-1]), A, W, a.slope_of_the_text)
    assert relative_error(theta_from_rows(dW, db), net.grad(theta, X, Y)) < 1e-14
    true = net.backward(theta, net.forward(theta, X), Y).delta
    assert all(relative_error(dZ[l], true[l]) < 1e-14 for l in (1, 2, 3))


def test_article_a_the_shapes_of_its_text_do_not_fit():
    shapes = a.SHAPES_OF_THE_TEXT
    W = [None] + [np.ones(shapes[f"W{l}"]) for l in (1, 2, 3)]
    bias = [None] + [np.zeros(shapes[f"b{l}"]) for l in (1, 2, 3)]
    with pytest.raises(ValueError, match="not aligned"):
        a.forward(np.ones((1, 2)), W, bias)


def test_article_a_full_batch_text_ends_upside_down():
    """With its own seed, 0, and W2 as it is used: 23 of 100, outputs on both sides of one half."""
    X, X_test, Y, Y_test = a.data()
    W, bias, _ = a.train_of_the_text(X, Y, *a.start(seed=0)[:2])
    output = a.forward(X_test, W, bias)[-1]
    assert int((a.predict(X_test, W, bias) == Y_test).sum()) == 23
    assert output.min() < 0.5 < output.max()


def test_article_a_loss_breaks_where_an_output_rounds():
    with np.errstate(divide="ignore", invalid="ignore"):
        assert a.compute_loss(np.array([[0.0]]), np.array([[1.0]])) == np.inf
        assert np.isnan(a.compute_loss(np.array([[1.0]]), np.array([[1.0]])))


# Article B


def test_article_b_has_315_points_and_both_programs_have_the_right_gradient():
    points = b.data(np.random.RandomState(0))
    assert len(points) == 315
    net = Network(b.SIZES_2, loss="half_squared")
    theta = np.random.default_rng(0).standard_normal(net.n_params)
    batch = points[:5]
    X, Y = (np.array(column)[:, None] for column in zip(*batch))
    dW, db = b.gradient_of_batch(batch, *columns_from_theta(b.SIZES_2, theta))
    assert relative_error(theta_from_columns(dW, db) / 5, net.grad(theta, X, Y)) < 1e-14


def test_article_b_prints_the_loss_of_the_last_point_before_its_step():
    rng = np.random.RandomState(1)
    points = b.data(rng)[:4]
    W, bias = b.start(b.SIZES_1, rng)
    by_hand_W, by_hand_b = b.train(points[:3], W, bias, epochs=1)[:2]
    last = b.forward(points[3][0], by_hand_W, by_hand_b)[1][-1]
    assert b.train(points, W, bias, epochs=1)[2] == [0.5 * (last[0, 0] - points[3][1]) ** 2]


def test_article_b_draws_the_target_twice():
    calls = []

    class Axes:
        def scatter(self, x, y, **look):
            calls.append((x, y))

        def legend(self, text):
            calls.append(text)

    points, W, bias = [(1.0, 0.25)], *b.start(b.SIZES_1, np.random.RandomState(0))
    b.train(points, W, bias, epochs=2, axes=Axes())
    assert calls == [(1.0, 0.25), "sinx", (1.0, 0.25), "P"] * 2


def test_article_b_rate_compounds_once_its_line_is_turned_on():
    rng = np.random.RandomState(0)
    points = b.data(rng)[:5]
    rates = [lr for _, lr, _ in b.train_in_batches(points, *b.start(b.SIZES_2, rng), epochs=4, adjust=True)[2]]
    factors = np.cumprod([(1 - i / 4) ** 0.25 for i in range(4)])
    assert np.allclose(rates, 1.5 * factors, rtol=1e-15)


def test_article_b_does_not_save(tmp_path):
    W, bias = b.start(b.SIZES_2, np.random.RandomState(0))
    with pytest.raises(ValueError, match="inhomogeneous"):
        b.save_model(tmp_path / "parameter.npz", W, bias)


def test_article_b_softmax_sums_over_what_it_is_given():
    column = np.array([[1.0], [2.0], [0.5]])
    assert b.softmax(column).sum() == pytest.approx(1, rel=1e-15)
    assert b.softmax(np.hstack([column, column])).sum(axis=0) == pytest.approx([0.5, 0.5], rel=1e-15)
    with np.errstate(over="ignore", invalid="ignore"):
        assert np.isnan(b.softmax(np.array([[710.0], [0.0]]))).any()


@pytest.mark.parametrize("f, df", [b.SIGMOID, b.RULE, b.LEAKY_RELU], ids=["sigmoid", "rule", "leaky"])
def test_article_b_slopes(f, df):
    z = np.array([-1.5, -0.2, 0.3, 2.0])
    assert np.allclose((f(z + 1e-6) - f(z - 1e-6)) / 2e-6, df(z), atol=1e-9)  # the quotient's own rounding is 1e-10


def test_article_b_log_follows_its_law():
    """|y - a| = 0.280 + 1/√(u + 6.54 e), to 0.0007, with the u that makes the first epoch exact."""
    losses = np.array(LOG["losses"])
    assert len(losses) == len(LOG["seconds"]) == 99
    assert losses[0] == 0.08218073585832743 and losses[-1] == 0.05056067826695867
    assert (np.diff(losses) < 0).all() and (np.diff(LOG["seconds"]) > 0).all()
    error, epoch = np.sqrt(2 * losses), np.arange(99)
    u = (error[0] - 0.280) ** -2
    assert abs(error - 0.280 - 1 / np.sqrt(u + 6.54 * epoch)).max() < 0.0007


def test_article_b_log_follows_its_rate():
    """da/de = -c a³ (1 - a)², integrated by partial fractions, to 0.0002: c is 1.39 ηm, a falls from 0.122 to 0.035."""
    target, first, c = 0.28329, 0.12230, 4.3802

    def left(a):
        return 1 / (2 * a**2) + 2 / a - 1 / (1 - a) - 3 * np.log(a / (1 - a))

    error, epoch = np.sqrt(2 * np.array(LOG["losses"])), np.arange(99)
    a = np.geomspace(0.4, 0.005, 100_001)
    output = np.interp(left(first) + c * epoch, left(a), a)
    assert abs(error - target - output).max() < 0.0002
    assert round(output[-1], 3) == 0.035 and round(c / (0.01 * 315), 2) == 1.39


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_article_b_matrices_have_a_loss_for_one_output_only():
    """np.mat's type is still there as np.asmatrix; with arrays the same lines work for two outputs."""
    p, y = np.array([[0.7], [0.2]]), np.array([[1.0], [0.0]])
    for loss in b.loss_function, b.binary_cross_entropy, b.cross_entropy:
        assert loss(np.asmatrix(p[:1]), np.asmatrix(y[:1])) == loss(p[:1], y[:1])
        assert np.isfinite(loss(p, y))
        error = np.linalg.LinAlgError if loss is b.loss_function else ValueError
        with pytest.raises(error):
            loss(np.asmatrix(p), np.asmatrix(y))


# Article C


def test_article_c_gradient_zeroes_the_biases_of_its_caller():
    nn_params, sizes, X, y = c.check_start()
    c.gradient(nn_params, *sizes, X, y, 1.0)
    assert not any(Theta[:, 0].any() for Theta in c.matrices(nn_params, *sizes))


@pytest.mark.parametrize("lam", [0.0, 1.0])
def test_article_c_check_passes_beside_the_bug_and_beside_the_repair(lam):
    for gradient in c.gradient, c.repaired_gradient:
        columns = c.check_gradient(lam, gradient)
        assert relative_error(*columns.T) < 1e-9  # of a central difference with the step 1e-4


@pytest.mark.parametrize("lam", [0.0, 1.0])
def test_article_c_a_copy_alone_repairs_nothing(lam):
    nn_params, sizes, X, y = c.check_start()

    def cost(theta):
        return c.cost_function(theta, *sizes, X, y, lam)[0]

    numerical = numerical_gradient(cost, nn_params.ravel(), "central")
    copied = relative_error(c.gradient(nn_params.copy(), *sizes, X, y, lam), numerical)
    assert round(copied, 4) == {0.0: 0.0546, 1.0: 0.0548}[lam]
    assert relative_error(c.repaired_gradient(nn_params.copy(), *sizes, X, y, lam), numerical) < 1e-8


def test_article_c_is_the_network_of_the_book_where_labels_fit():
    sizes, rng = (4, 3, 5), np.random.RandomState(0)
    Thetas = [c.rand_initialize_weights(*pair, rng) for pair in zip(sizes, sizes[1:])]
    theta = np.concatenate([Theta.ravel() for Theta in Thetas])
    X, y = rng.standard_normal((7, 4)), rng.randint(0, 5, (7, 1))
    net, Y = Network(sizes), c.class_rows(y, 5)
    assert c.cost_function(theta, *sizes, X, y, 0.7).shape == (1,)
    assert c.cost_function(theta, *sizes, X, y, 0.7)[0] == pytest.approx(net.cost(theta, X, Y, lam=0.7), rel=1e-14)
    assert relative_error(c.repaired_gradient(theta, *sizes, X, y, 0.7), net.grad(theta, X, Y, lam=0.7)) < 1e-14
    assert np.array_equal(c.predict(*Thetas, X).ravel(), net.predict(theta, X).argmax(axis=1))


def test_article_c_accumulates_over_any_number_of_layers():
    net, rng = Network((3, 5, 4, 2), loss="half_squared"), np.random.default_rng(0)
    theta, X, Y = rng.standard_normal(net.n_params), rng.standard_normal((6, 3)), rng.random((6, 2))
    _, _, delta, Delta = c.accumulate(net.params(theta).Theta, X, Y, lambda h, y: (h - y) * h * (1 - h))
    assert relative_error(np.concatenate([D.ravel() for D in Delta[1:]]) / 6, net.grad(theta, X, Y)) < 1e-14
    true = net.backward(theta, net.forward(theta, X), Y).delta
    assert all(relative_error(delta[l + 1], true[l]) < 1e-14 for l in (1, 2, 3))


def test_article_c_label_3_of_3_becomes_zeros():
    assert c.class_rows(np.array([[1], [2], [3]]), 3).tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 0]]


def test_article_c_writes_one_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    nn_params, sizes, X, y = c.check_start()
    c.cost_function(nn_params, *sizes, X, y, 0.0, write=True)
    assert [path.name for path in tmp_path.iterdir()] == ["Theta1.csv"]


# Article D


def test_article_d_prints_what_the_article_prints_in_kind():
    """Ten outputs near 0.1, then thirty losses that fall from about 0.2 to about the noise's variance, 0.04."""
    for seed in range(5):
        outputs, (x, _, _, _, printed) = d.main(np.random.RandomState(seed))
        assert outputs.shape == (10, 1) and 0 < outputs.min() and outputs.max() < 0.25
        assert len(x) == 30 and len(printed) == 30
        assert 0.1 < printed[0] < 0.5 and 0.02 < printed[-1] < 0.1


def test_article_d_gradient_is_minus_m_times_that_of_its_cost():
    x, y, l1, l2, _ = d.experiment("iv", np.random.RandomState(0))
    net = Network((1, 10, 1), hidden="relu", output="identity", loss="mse")
    theta = theta_from_rows([None, l1["w"], l2["w"]], [None, l1["b"], l2["b"]])
    o1, a1, o2 = d.predict(x, l1, l2, d.relu)
    gw2, gb2, dz1 = d.gradients(-2 * (o2 - y), l2, a1)
    gw1, gb1, _ = d.gradients(dz1 * d.relu_derivative(o1), l1, x)
    ours, book = theta_from_rows([None, gw1, gw2], [None, gb1, gb2]), net.grad(theta, x, y)
    assert relative_error(ours, -30 * book) < 1e-13
    assert relative_error(ours, book) == pytest.approx(1 + 1 / 30, rel=1e-12)


@pytest.mark.parametrize("name", ["relu", "tanh", "sigmoid"])
def test_article_d_slopes_take_the_pre_activation(name):
    z = np.array([-1.5, -0.2, 0.3, 2.0])
    f, df = getattr(d, name), getattr(d, f"{name}_derivative")
    assert np.allclose((f(z + 1e-6) - f(z - 1e-6)) / 2e-6, df(z), atol=1e-9)


def test_article_d_ends_on_the_least_squares_line_without_an_activation():
    x, y, l1, l2, _ = d.experiment("iii", np.random.RandomState(0))
    d.train(x, y, l1, l2, 5000)
    slope, level = np.polyfit(x.ravel(), y.ravel(), 1)
    assert np.allclose(d.predict(x, l1, l2)[-1], slope * x + level, atol=1e-9)


# Article E


def test_article_e_learns_xor_and_prints_before_the_step():
    W, bias = e.start(np.random.RandomState(0))
    first = np.mean((e.Y - e.forward(e.X, W, bias)[1][-1]) ** 2)
    printed = e.train(e.X, e.Y, W, bias)
    assert len(printed) == 10 and printed[0] == first
    assert np.array_equal(e.forward(e.X, W, bias)[1][-1] > 0.5, e.Y == 1)


def test_article_e_gradient_is_that_of_half_the_summed_squares():
    net, rng = Network((3, 5, 4, 2), loss="half_squared"), np.random.default_rng(0)
    theta, X, Y = rng.standard_normal(net.n_params), rng.standard_normal((6, 3)), rng.random((6, 2))
    W, bias = rows_from_theta(net.sizes, theta)
    dW, db, _ = e.backward(Y, e.forward(X, W, bias)[1], W)
    assert relative_error(theta_from_rows(dW, db), 6 * net.grad(theta, X, Y)) < 1e-14
