"""scikit-learn and bpcore, like for like: equal to rounding where all is equal, seen to differ where one thing is not.

The functions under test are those that the chapter shows: its cells are taken from the notebook by their ids.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from bpcore import Network, check_gradient, one_hot, sgd
from bpcore.articles import a as article_a
from bpcore.articles.layouts import theta_from_rows

pytest.importorskip("sklearn.neural_network")
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

ROOT = Path(__file__).resolve().parents[2]
CELLS = {
    "against_sklearn": (
        "article-data",
        "the-two-networks",
        "published-sklearn",
        "give-and-take",
        "run-sklearn",
        "the-ladder",
        "two-hundred-steps",
    ),
    "mlp_classifier": ("give-and-take",),
}  # cells that train for long are left out
STEPS, BOUND = 200, 1e-12


class Shown:
    """The names that some cells of a chapter define."""

    def __init__(self, chapter):
        notebook = json.loads((ROOT / "book" / f"{chapter}.ipynb").read_text(encoding="utf-8"))
        cells = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"}
        for name in CELLS[chapter]:
            exec(compile(cells[name], f"{chapter}.ipynb, cell {name}", "exec"), vars(self))


@pytest.fixture(scope="module")
def chapter():
    return Shown("against_sklearn")


@pytest.fixture(scope="module")
def users():
    """``give`` and ``take`` for any network."""
    return Shown("mlp_classifier")


def gap(one, other):
    return np.abs(one - other).max()


def test_the_ladder_ends_with_these_settings(chapter):
    notebook = json.loads((ROOT / "book" / "against_sklearn.ipynb").read_text(encoding="utf-8"))
    printed = next("".join(cell["outputs"][0]["text"]) for cell in notebook["cells"] if cell["id"] == "the-ladder")
    assert chapter.like_for_like == {
        **chapter.published,
        "hidden_layer_sizes": (4, 4),
        "alpha": 0,
        "momentum": 0,
        "batch_size": 1,
        "shuffle": False,
    }
    assert printed.split("\n")[:-1] == [f"{name}={value}" for name, value in chapter.like_for_like.items()]


@pytest.mark.long
@pytest.mark.parametrize("batch_size", [1, 20, 400])
def test_each_of_200_steps_agrees(chapter, batch_size):
    (parameters, cost), moved = chapter.largest_gaps(batch_size, steps=STEPS)
    assert parameters <= BOUND and cost <= BOUND
    assert moved > 0.1, "the parameters hardly moved, so their agreement says little"


@pytest.mark.parametrize("batch_size, epochs", [(1, 1), (20, 10), (400, 200)])
def test_shuffled_training_agrees_over_200_steps(chapter, batch_size, epochs):
    fit = sgd(
        chapter.repair,
        chapter.theta_start,
        chapter.X,
        chapter.Y,
        lr=0.01,
        epochs=epochs,
        batch_size=batch_size,
        seed=5,
        history="running",
    )
    order = None if batch_size == 400 else np.random.default_rng(5)
    clf, curve = chapter.run_sklearn(
        chapter.like_for_like | {"batch_size": batch_size}, epochs, chapter.theta_start, order
    )
    assert gap(chapter.take(clf), fit.theta) <= BOUND
    assert gap(curve, fit.history[1:]) <= BOUND


@pytest.mark.parametrize(
    "planted", ["the listing", "another order", "a rate off by 1e-9", "a penalty of 1e-9", "another start"]
)
def test_the_comparison_can_fail(chapter, planted):
    net, settings, theta, order = (
        chapter.repair,
        dict(chapter.like_for_like),
        chapter.theta_start,
        np.random.default_rng(5),
    )
    if planted == "the listing":
        net = chapter.listing
    if planted == "another order":
        order = np.random.default_rng(6)
    if planted == "a rate off by 1e-9":
        settings["learning_rate_init"] *= 1 + 1e-9
    if planted == "a penalty of 1e-9":
        settings["alpha"] = 1e-9
    if planted == "another start":
        theta = theta + 1e-9
    fit = sgd(net, chapter.theta_start, chapter.X, chapter.Y, lr=0.01, epochs=1, batch_size=1, seed=5)
    clf, _ = chapter.run_sklearn(settings, 1, theta, order)
    assert gap(chapter.take(clf), fit.theta) > BOUND


@pytest.mark.parametrize("batch_size", [50, 400])
def test_alpha_is_lambda_times_batch_over_n(chapter, batch_size):
    lam, epochs = 1.0, STEPS * batch_size // 400
    fit = sgd(
        chapter.repair,
        chapter.theta_start,
        chapter.X,
        chapter.Y,
        lr=0.01,
        epochs=epochs,
        batch_size=batch_size,
        shuffle=False,
        lam=lam,
    )
    settings = chapter.like_for_like | {"batch_size": batch_size, "alpha": lam * batch_size / 400}
    clf, _ = chapter.run_sklearn(settings, epochs, chapter.theta_start)
    assert gap(chapter.take(clf), fit.theta) <= BOUND
    if batch_size < 400:
        clf, _ = chapter.run_sklearn(settings | {"alpha": lam}, epochs, chapter.theta_start)
        assert gap(chapter.take(clf), fit.theta) > 1e-3


def test_plain_momentum_is_the_same(chapter):
    settings = chapter.like_for_like | {
        "momentum": 0.9,
        "nesterovs_momentum": False,
        "batch_size": 400,
        "random_state": 3,
    }
    still = chapter.MLPClassifier(**settings | {"learning_rate_init": 1e-300}).partial_fit(
        chapter.X, chapter.labels, classes=[0, 1]
    )
    fit = sgd(chapter.repair, chapter.take(still), chapter.X, chapter.Y, lr=0.01, epochs=STEPS, momentum=0.9)
    clf = chapter.MLPClassifier(**settings)
    for _ in range(STEPS):
        clf.partial_fit(chapter.X, chapter.labels, classes=[0, 1])
    assert gap(chapter.take(clf), fit.theta) <= BOUND


@pytest.mark.parametrize("name", ["listing", "repair"])
def test_the_article_s_loop_and_bpcore_walk_the_same_way(chapter, name):
    backward, net = chapter.programs[name]
    order = np.random.default_rng(5)
    W, b, _ = article_a.train(chapter.X, chapter.Y, chapter.W, chapter.b, order, num_iterations=1, backward=backward)
    by_hand = theta_from_rows(W, b)
    fast = sgd(net, chapter.theta_start, chapter.X, chapter.Y, lr=0.01, epochs=1, batch_size=1, seed=5).theta
    assert gap(by_hand, fast) <= BOUND
    assert gap(by_hand, chapter.theta_start) > 0.1


def test_the_listing_has_the_slip_in_all_three_layers(chapter):
    report = check_gradient(chapter.listing, chapter.theta_start, chapter.X, chapter.Y)
    assert [round(row.error, 3) for row in report.rows] == [0.440, 0.436, 0.035]
    assert check_gradient(chapter.repair, chapter.theta_start, chapter.X, chapter.Y).passed


def test_weights_come_back_to_the_bit_and_predict_the_same(chapter):
    clf, _ = chapter.run_sklearn(chapter.like_for_like, 1, chapter.theta_start)
    theirs = chapter.take(clf)
    assert (
        gap(chapter.repair.predict(theirs, chapter.X_test)[:, 0], clf.predict_proba(chapter.X_test)[:, 1]) <= 1e-15 * 8
    )
    chapter.give(clf, chapter.theta_start)
    assert np.array_equal(chapter.take(clf), chapter.theta_start)
    assert (
        gap(chapter.repair.predict(chapter.theta_start, chapter.X_test)[:, 0], clf.predict_proba(chapter.X_test)[:, 1])
        <= 1e-15 * 8
    )


def test_ng_s_cost_is_alpha_on_one_hot_rows(chapter, users):
    rng = np.random.default_rng(0)
    X, digits, net, lam = rng.normal(size=(30, 5)), np.arange(30) % 4, Network((5, 6, 4)), 2.5
    theta, Y = net.init(seed=0) + 0.1, one_hot(digits, 4).astype(int)
    losses = {}
    for name, targets in ("one-hot", Y), ("labels", digits):
        clf = chapter.MLPClassifier(
            hidden_layer_sizes=(6,),
            activation="logistic",
            solver="sgd",
            alpha=lam,
            momentum=0,
            batch_size=30,
            shuffle=False,
        )
        users.give(clf.partial_fit(X, targets, classes=range(4)), theta, net)
        losses[name] = clf.partial_fit(X, targets).loss_
    J = net.cost(theta, X, Y, lam=lam)
    assert abs(losses["one-hot"] - J) <= 1e-14 * J
    assert abs(losses["labels"] - J) > 0.1


def test_both_chapters_carry_the_same_parameters(chapter, users):
    clf = chapter.MLPClassifier(**chapter.like_for_like).partial_fit(chapter.X, chapter.labels, classes=[0, 1])
    theta = chapter.repair.init(seed=3) + 0.1
    for give in chapter.give, lambda clf, theta: users.give(clf, theta, chapter.repair):
        give(clf, theta)
        assert np.array_equal(chapter.take(clf), theta) and np.array_equal(users.take(clf, chapter.repair), theta)
        theta = theta[::-1].copy()


LADDER = {
    "no early stop": ({"hidden_layer_sizes": (4, 4)}, False, None),
    "no penalty": ({"alpha": 0}, False, None),
    "no momentum": ({"momentum": 0}, False, None),
    "one sample per step": ({"batch_size": 1}, False, None),
    "the same start": ({}, True, None),
    "the same order": ({"shuffle": False}, True, 0),
}


@pytest.mark.long
def test_the_stored_ladder_begins_as_the_chapter_s_function_runs(chapter):
    """Three epochs of each rung are run again."""
    stored = json.loads((ROOT / "book" / "measurements" / "sklearn_ladder.json").read_text(encoding="utf-8"))
    settings, rungs = dict(chapter.published), stored["rungs"][2:]
    assert [rung["taken_away"] for rung in rungs] == list(LADDER)
    for rung, (change, from_our_start, seed) in zip(rungs, LADDER.values()):
        settings |= change
        order = None if seed is None else np.random.default_rng(seed)
        _, curve = chapter.run_sklearn(settings, 3, chapter.theta_start if from_our_start else None, order)
        assert np.allclose(rung["curve"][:3], curve, rtol=1e-9, atol=0), rung["taken_away"]
    assert settings == chapter.like_for_like


@pytest.mark.long
@pytest.mark.parametrize("name", ["listing", "repair"])
def test_the_stored_seeds_are_what_the_programs_compute(chapter, name):
    """Twenty epochs: seed 7 on the moons, seed 0 on the breast-cancer data."""
    stored = json.loads((ROOT / "book" / "measurements" / "sklearn_seeds.json").read_text(encoding="utf-8"))["rows"]
    backward, _ = chapter.programs[name]
    table, kind = load_breast_cancer(return_X_y=True)
    rows, rows_test, kind, kind_test = train_test_split(
        table, kind[:, None], test_size=0.2, random_state=0, stratify=kind
    )
    scaler = StandardScaler().fit(rows)
    rows, rows_test = scaler.transform(rows), scaler.transform(rows_test)
    for data, seed, sizes, (X, Y, X_test, Y_test) in (
        ("moons", 7, (2, 4, 4, 1), (chapter.X, chapter.Y, chapter.X_test, chapter.Y_test)),
        ("breast cancer", 0, (30, 4, 4, 1), (rows, kind, rows_test, kind_test)),
    ):
        start = article_a.start(seed, sizes)
        W, b, history = article_a.train(X, Y, *start, num_iterations=20, backward=backward)
        told = stored[data][seed][f"{name} 20"]
        assert told["cost"] == pytest.approx(history[-1], rel=1e-5), "stored with six digits"
        assert told["test_right"] == (article_a.predict(X_test, W, b) == Y_test).sum()


def test_the_stored_measurements_say_what_the_chapter_says():
    stored = {
        name: json.loads((ROOT / "book" / "measurements" / f"sklearn_{name}.json").read_text(encoding="utf-8"))
        for name in ("long", "ladder", "seeds")
    }
    assert all({"what", "date", "machine", "versions"} <= set(content) for content in stored.values())
    *before, last = stored["ladder"]["rungs"]
    assert len(before) == 7 and all(rung["largest_gap_of_curves"] > 1e-3 for rung in before)
    assert max(last["largest_gap_of_curves"], last["largest_gap_of_weights"]) <= BOUND and last["epochs"] == 100
    moons = stored["seeds"]["rows"]["moons"]
    assert (
        [row["seed"] for row in moons]
        == list(range(30))
        == [row["seed"] for row in stored["seeds"]["rows"]["breast cancer"]]
    )
    assert all(
        row["like for like 100"]["largest_gap_of_weights"] <= BOUND
        and row["like for like 100"]["test_right"] == row["repair 100"]["test_right"]
        for row in moons
    )
    assert all(row["listing 400"]["test_right"] < 90 for row in moons)
    assert [row["seed"] for row in stored["seeds"]["rows"]["one hidden layer"]] == list(range(30))
    mended = stored["long"]["mended"]["cost"]
    assert mended[0] == stored["long"]["runs"]["listing"]["cost"][100] and mended[1600] < mended[400] < mended[0]


def test_the_stored_run_is_the_published_one(chapter):
    """The article's 0.45, and the 85 of 100 that its scikit-learn model has as well; the first epochs are run again."""
    runs = json.loads((ROOT / "book" / "measurements" / "sklearn_long.json").read_text(encoding="utf-8"))["runs"]
    costs = runs["listing"]["cost"]
    assert [round(costs[epoch], 4) for epoch in (40, 80, 100, 400)] == [0.4537, 0.4452, 0.4460, 0.4442]
    kept = {point["epoch"]: point for point in runs["listing"]["kept"]}
    assert (kept[100]["train_right"], kept[100]["test_right"]) == (332, 85)
    assert (chapter.library.predict(chapter.X_test) == chapter.labels_test).sum() == 85
    for name, (backward, _) in chapter.programs.items():
        *_, history = article_a.train(chapter.X, chapter.Y, *article_a.start(), num_iterations=2, backward=backward)
        assert np.allclose(history, runs[name]["cost"][1:3], rtol=1e-9, atol=0), "stored with ten digits"
