"""The figures hold the data that they were given, and say what their axes are."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.colors import to_hex

from bpcore import ACTIVATIONS
from bpcore.figures import plots


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def ax():
    return plt.subplots()[1]


def texts(ax):
    """What is written in the axes, without the white grounds that some texts have."""
    return [text.get_text() for text in ax.texts if to_hex(text.get_color()) != "#ffffff" and text.get_text()]


def circles(ax):
    return [patch for patch in ax.patches if isinstance(patch, plt.Circle)]


def test_loss_curves_draw_each_history_from_epoch_0(ax):
    curves = {"one": np.array([3.0, 2, 1]), "other": [1.0, 0.1]}
    assert plots.loss_curves(curves, ax=ax) is ax
    assert [line.get_label() for line in ax.lines] == ["one", "other"]
    for line, history in zip(ax.lines, curves.values()):
        assert line.get_xdata().tolist() == list(range(len(history))) and list(line.get_ydata()) == list(history)
    assert ax.get_xlabel() == "epoch" and ax.get_ylabel() == "training cost" and ax.get_yscale() == "log"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["one", "other"]


def test_one_curve_needs_no_legend(ax):
    plots.loss_curves({"one": [1.0, 2]}, ax=ax, log=False)
    assert ax.get_legend() is None and ax.get_yscale() == "linear"


def test_without_axes_the_current_ones_are_used(ax):
    assert plots.loss_curves({"one": [1.0]}) is ax


def test_decision_boundary_is_where_the_prediction_crosses_a_half(ax):
    X, labels = np.array([[0.0, 0], [1, 0], [0, 2], [1, 2]]), np.array([[0], [1], [0], [1]])
    asked = []

    def predict(points):
        asked.append(points)
        return points[:, :1]  # ½ along the line x₁ = ½; a column, as net.predict gives it

    assert plots.decision_boundary(predict, X, labels, ax=ax, margin=0.5, points=21) is ax
    assert len(asked) == 1 and asked[0].shape == (441, 2)
    assert asked[0].min(axis=0).tolist() == [-0.5, -0.5] and asked[0].max(axis=0).tolist() == [1.5, 2.5]
    lines = [
        path.vertices
        for collection in ax.collections
        if getattr(collection, "levels", [None])[0] == 0.5 and len(collection.levels) == 1
        for path in collection.get_paths()
    ]
    assert len(lines) == 1 and np.allclose(lines[0][:, 0], 0.5) and np.ptp(lines[0][:, 1]) == pytest.approx(3)
    points = [collection for collection in ax.collections if collection.get_label() in ("class 0", "class 1")]
    for value, collection, colour in zip((0, 1), points, (plots.BLUE, plots.VERMILLION)):
        assert collection.get_offsets().tolist() == X[labels.ravel() == value].tolist()
        assert to_hex(collection.get_facecolor()[0]).upper() == colour
    assert not np.array_equal(points[0].get_paths()[0].vertices, points[1].get_paths()[0].vertices), (
        "the classes differ in shape as well"
    )
    assert ax.get_xlabel() == "$x_1$" and ax.get_ylabel() == "$x_2$"
    assert ax.figure.axes[-1].get_ylabel() == "predicted probability of class 1"


@pytest.mark.parametrize("name", [name for name, record in ACTIVATIONS.items() if record.df])
def test_activation_curves_are_the_function_and_its_derivative(ax, name):
    record = ACTIVATIONS[name]
    assert plots.activation_curves(record, ax=ax, reach=3) is ax
    z = np.linspace(-3, 3, 401)
    function, slope = ax.lines
    assert np.array_equal(function.get_xdata(), z) and np.array_equal(function.get_ydata(), record.f(z))
    assert np.array_equal(slope.get_ydata(), record.df(z, record.f(z)))
    assert function.get_linestyle() != slope.get_linestyle() and ax.get_title() == name and ax.get_legend() is not None


@pytest.mark.parametrize("signed", [False, True])
def test_image_grid_draws_each_row(signed):
    rows = np.arange(3 * 6, dtype=float).reshape(3, 6) - 4 * signed
    fig = plots.image_grid(rows, titles=["a", "b", "c"], columns=2, shape=(2, 3), signed=signed)
    assert len(fig.axes) == 4 and all(not ax.axison for ax in fig.axes)
    for ax, row, title in zip(fig.axes, rows, "abc"):
        (image,) = ax.images
        assert np.array_equal(image.get_array(), row.reshape(2, 3)) and ax.get_title() == title
        assert image.get_clim() == ((-13, 13) if signed else (0, 17)), (
            "all images share one scale, and signed ones have zero in the middle"
        )
    assert not fig.axes[3].images


def test_draw_network_has_a_circle_a_unit_and_a_line_a_weight(ax):
    sizes = (3, 4, 2)
    assert (
        plots.draw_network(
            sizes,
            node_text=lambda l, j: f"n{l}{j}",
            edge_text=lambda l, j, k: f"w{l}{j}{k}",
            edge_colour=lambda l, j, k: plots.GREEN if (l, j, k) == (2, 1, 3) else None,
            ax=ax,
        )
        is ax
    )
    assert len(circles(ax)) == 9 and len(ax.lines) == 3 * 4 + 4 * 2 and not ax.axison
    nodes = [f"n{l}{j}" for l, n in enumerate(sizes) for j in range(n)]
    edges = [f"w{l}{j}{k}" for l in (1, 2) for j in range(sizes[l]) for k in range(sizes[l - 1])]
    assert sorted(texts(ax)) == sorted(nodes + edges)
    coloured = [line for line in ax.lines if to_hex(line.get_color()).upper() == plots.GREEN]
    place = {text.get_text(): text.xy for text in ax.texts if text.get_text() in nodes}
    assert [list(zip(*line.get_data())) for line in coloured] == [[place["n13"], place["n21"]]]
    assert all(abs(np.subtract(place[name], circle.center)).max() == 0 for name, circle in zip(nodes, circles(ax)))


def test_draw_network_without_texts(ax):
    plots.draw_network((2, 1), ax=ax)
    assert not texts(ax) and len(ax.lines) == 2


def test_draw_network_writes_values_blue_and_gradients_vermillion(ax):
    plots.draw_network(
        (1, 1),
        node_text=lambda l, j: f"{l}.5",
        node_gradient=lambda l, j: f"-{l}.25",
        edge_text=lambda l, j, k: "w",
        edge_gradient=lambda l, j, k: "g",
        ax=ax,
    )
    colour = {text.get_text(): to_hex(text.get_color()).upper() for text in ax.texts}
    assert colour["0.5"] == colour["1.5"] == colour["w"] == plots.BLUE
    assert colour["−0.25"] == colour["−1.25"] == colour["g"] == plots.VERMILLION


def test_draw_graph_has_circles_arrows_and_both_numbers(ax):
    nodes = {"x": (0, 0), "square": (2, 0), "C": (4, 1)}
    edges = [("x", "square", "3", "6"), ("square", "C", "9", "1"), ("x", "square", "4", "")]
    assert plots.draw_graph(nodes, edges, ax=ax) is ax
    assert [circle.center for circle in circles(ax)] == list(nodes.values())
    assert sorted(texts(ax)) == sorted([*nodes, "3", "6", "9", "1", "4"])
    assert sum(text.arrow_patch is not None for text in ax.texts if hasattr(text, "arrow_patch")) == 3
    assert {to_hex(text.get_color()).upper() for text in ax.texts if text.get_text() in ("6", "1")} == {
        plots.VERMILLION
    }


def test_colours_are_told_apart_without_colour():
    """Blue and vermillion, which stand side by side most often, differ in brightness too."""

    def brightness(colour):
        return np.dot([0.299, 0.587, 0.114], matplotlib.colors.to_rgb(colour))

    assert abs(brightness(plots.BLUE) - brightness(plots.VERMILLION)) > 0.1
    assert len({plots.BLUE, plots.VERMILLION, plots.GREEN, plots.PURPLE, plots.GREY}) == 5


def test_an_activation_without_entrywise_derivative_is_refused(ax):
    with pytest.raises(
        ValueError, match="activation 'softmax' has no derivative entry by entry: expected one that has"
    ):
        plots.activation_curves(ACTIVATIONS["softmax"], ax=ax)
