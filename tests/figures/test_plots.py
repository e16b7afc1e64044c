"""The figures hold the data that they were given, and say what their axes are."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.colors import to_hex, to_rgb

from bpcore import ACTIVATIONS, Activation
from bpcore.figures import plots


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def ax():
    """Axes that are not the current ones: what is drawn into those by mistake is missing here."""
    ax = plt.subplots()[1]
    plt.subplots()
    return ax


def texts(ax):
    """What is written in the axes, without the white grounds that some texts have."""
    return [text.get_text() for text in ax.texts if to_hex(text.get_color()) != "#ffffff" and text.get_text()]


def circles(ax):
    return [patch for patch in ax.patches if isinstance(patch, plt.Circle)]


def grounds(ax):
    """Where the white grounds under texts are."""
    return [text.xy for text in ax.texts if to_hex(text.get_color()) == "#ffffff" and text.get_bbox_patch()]


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
    plt.sca(ax)
    assert plots.loss_curves({"one": [1.0]}) is ax and plots.median_band([1], [[1.0]]) is ax


def test_median_band_is_the_median_over_all_that_lies_between_the_smallest_and_the_largest(ax):
    runs = [[3.0, 1, 5], [0.0, 8, 5], [1.0, 2, 5]]
    assert plots.median_band([10, 20, 40], runs, ax=ax, label="three runs") is ax
    (line,), (shade,) = ax.lines, ax.collections
    assert line.get_label() == "three runs"
    assert line.get_xydata().tolist() == [[10, 1], [20, 2], [40, 5]]
    corners = {tuple(corner) for corner in shade.get_paths()[0].vertices.tolist()}
    assert corners == {(10, 0), (10, 3), (20, 1), (20, 8), (40, 5)}
    assert to_hex(shade.get_facecolor()[0]) == to_hex(line.get_color())


def test_bands_in_one_picture_are_told_apart(ax):
    ax.plot([1, 2])
    for label in "one", "other":
        plots.median_band([1, 2], [[1.0, 2]], ax=ax, label=label)
    _, *bands = ax.lines
    assert bands[0].get_color() != bands[1].get_color()
    for line, shade in zip(bands, ax.collections, strict=True):
        assert to_hex(shade.get_facecolor()[0]) == to_hex(line.get_color()), "each in its own colour"
        assert 0 < shade.get_alpha() < 0.5 and shade.get_linewidth() == 0, "pale, and without a rim that widens it"


def test_a_band_without_a_label_has_no_place_in_a_legend(ax):
    plots.median_band([1, 2], [[1.0, 2]], ax=ax)
    assert ax.get_legend_handles_labels() == ([], [])


@pytest.mark.parametrize("values", [[[1.0, 2, 3]], [[1.0], [2.0]], np.empty((0, 2))], ids=["wide", "narrow", "none"])
def test_a_band_needs_a_value_of_each_run_for_each_x(ax, values):
    with pytest.raises(ValueError, match="values has shape .* and x has 2 entries: .*a column for each entry of x"):
        plots.median_band([1, 2], values, ax=ax)
    assert not ax.lines and not ax.collections


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
    bar = ax.figure.axes[-1]
    assert bar.get_ylabel() == "predicted probability of class 1" and list(bar.get_yticks()) == [0, 0.5, 1]


def test_the_ground_of_a_class_has_the_colour_of_its_samples(ax):
    """Blue where the prediction is near 0, red where it is near 1, as the samples of class 0 and class 1 are."""
    X = np.array([[0.0, 0], [1, 1]])
    plots.decision_boundary(lambda points: points[:, 0], X, [0, 1], ax=ax, margin=0, points=21)
    (shades,) = [collection for collection in ax.collections if len(getattr(collection, "levels", [])) > 2]
    for value, colour in (0.05, plots.BLUE), (0.95, plots.VERMILLION):
        red, _, blue, _ = shades.cmap(shades.norm(value))
        of_samples = to_rgb(colour)
        assert (red > blue) == (of_samples[0] > of_samples[2]) and abs(red - blue) > 0.3


def test_the_ground_is_pale_and_the_line_and_the_samples_are_not(ax):
    with plt.rc_context({"axes.grid": True}):
        plots.decision_boundary(lambda points: points[:, 0], np.array([[0.0, 0], [1, 1]]), [0, 1], ax=ax, points=5)
    shades, line, *samples = ax.collections
    assert 0.1 < shades.get_alpha() < 0.6 and list(shades.levels) == pytest.approx(np.linspace(0, 1, 11))
    assert [to_hex(colour) for colour in line.get_edgecolor()] == ["#000000"]
    for collection in samples:
        assert to_hex(collection.get_edgecolor()[0]) == "#ffffff" and collection.get_alpha() is None
    assert len(samples) == 2 and not any(tick.gridline.get_visible() for tick in ax.xaxis.get_major_ticks())
    assert ax.get_xlim() == pytest.approx((-0.4, 1.4)), "0.4 beyond the samples, if nothing is said"


@pytest.mark.parametrize("name", [name for name, record in ACTIVATIONS.items() if record.df])
def test_activation_curves_are_the_function_and_its_derivative(ax, name):
    record = ACTIVATIONS[name]
    assert plots.activation_curves(record, ax=ax, reach=3) is ax
    z = np.linspace(-3, 3, 401)
    function, slope = ax.lines
    assert np.array_equal(function.get_xdata(), z) and np.array_equal(function.get_ydata(), record.f(z))
    assert np.array_equal(slope.get_xdata(), z) and np.array_equal(slope.get_ydata(), record.df(z, record.f(z)))
    assert function.get_linestyle() != slope.get_linestyle() and ax.get_title() == name and ax.get_xlabel() == "$z$"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["$f(z)$", "$f'(z)$"]


def test_an_activation_is_solid_blue_and_its_derivative_dashed_vermillion(ax):
    """Whatever a style sheet draws first, and in black and white too."""
    with plt.rc_context({"lines.linestyle": ":"}):
        ax.plot([0, 1])
        plots.activation_curves(ACTIVATIONS["tanh"], ax=ax)
    _, function, slope = ax.lines
    assert (function.get_color(), function.get_linestyle()) == (plots.BLUE, "-")
    assert (slope.get_color(), slope.get_linestyle()) == (plots.VERMILLION, "--")


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
    assert not fig.axes[3].images and not fig.axes[3].get_title()


@pytest.mark.long
def test_images_have_the_width_that_is_asked_for_and_room_for_titles():
    rows = np.ones((21, 4))
    plain = plots.image_grid(rows, shape=(2, 2), width=5)
    titled = plots.image_grid(rows, [f"{k}" for k in range(21)], shape=(2, 2), width=5)
    for fig in plain, titled:
        assert len(fig.axes) == 30 and fig.get_figwidth() == 5, "ten in a line"
    assert all(not ax.get_title() for ax in plain.axes)
    each = [fig.get_figheight() / 3 / (5 / 10) for fig in (plain, titled)]
    assert 1 < each[0] < each[1] < 1.5, "a little higher than the images are wide, and higher still with titles"
    assert [ax.title.get_text() for ax in titled.axes[:21]] == [f"{k}" for k in range(21)]
    digit = plots.image_grid(np.ones((1, 64)))
    assert len(digit.axes[0].images[0].get_array()) == 8, "digits, if nothing is said"
    assert digit.get_figwidth() == 4.8, "as wide as the book's figures, if nothing is said"
    assert len(plots.image_grid(rows, shape=(2, 2), columns=1).axes) == 21


@pytest.mark.parametrize("signed", [False, True])
def test_dark_is_large_and_signed_images_are_white_at_zero(signed):
    """Read off the colours of the images: brightness falls with the size, and the sign has a colour."""
    fig = plots.image_grid(np.array([[0.0, 1, 2, -2 * signed]]), shape=(2, 2), columns=1, signed=signed)
    (image,) = fig.axes[0].images
    zero, one, two = (np.array(image.cmap(image.norm(value))[:3]) for value in (0, 1, 2))
    assert (zero > 0.95).all() and zero.mean() > one.mean() > two.mean()
    if signed:
        red, _, blue = two
        assert red > blue
        red, _, blue = image.cmap(image.norm(-2))[:3]
        assert blue > red


def test_a_dash_says_which_pixels_of_a_signed_image_are_negative():
    """Without colours: a dash on each pixel below −5 % of the largest, light on dark and dark on light."""
    row = np.array([[10.0, -10, -1, -0.4, 0, 3]])
    (ax,) = plots.image_grid(row, shape=(2, 3), columns=1, signed=True).axes
    marks = {(x, y): to_hex(line.get_color()) for line in ax.lines for x, y in zip(*line.get_data())}
    assert marks == {(1, 0): "#ffffff", (2, 0): "#000000"}
    assert {line.get_marker() for line in ax.lines} == {"_"} and {line.get_linestyle() for line in ax.lines} == {"None"}
    (ax,) = plots.image_grid(abs(row), shape=(2, 3), columns=1).axes
    assert not ax.lines


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


def places(ax, words):
    """Where the texts are, by their words."""
    return {text.get_text(): np.array(text.xy) for text in ax.texts if text.get_text() in words}


@pytest.mark.parametrize("sizes", [(3, 4), (4, 3), (2, 2), (1, 5), (5, 1)])
def test_texts_of_edges_are_on_their_lines_in_one_column_with_equal_distances(ax, sizes):
    """What the docstring promises; in the middle they would lie on top of each other, or unevenly."""
    plots.draw_network(sizes, edge_text=lambda l, j, k: f"w{j}{k}", ax=ax)
    n_before, n = sizes
    words = [f"w{j}{k}" for j in range(n) for k in range(n_before)]
    place = places(ax, words)
    lines = iter(ax.lines)
    for name in words:
        (x0, x1), (y0, y1) = next(lines).get_data()
        x, y = place[name]
        assert (x1 - x0) * (y - y0) == pytest.approx((y1 - y0) * (x - x0), abs=1e-12) and x0 < x < x1
    across, up = np.array([place[name] for name in words]).T
    assert np.ptp(across) < 1e-12, "one column"
    gaps = np.diff(np.sort(up))
    assert gaps.min() > 0.1 and np.ptp(gaps) < 1e-12, "equal distances"
    # the share of the way at which this holds is 1/(1+n) or n_before/(1+n_before): the one nearer to the middle is
    # taken
    shares = 1 / (1 + n), n_before / (1 + n_before)
    assert across[0] / 1.8 == pytest.approx(min(shares, key=lambda share: abs(share - 0.5)))


def test_a_text_alone_between_two_layers_stands_in_the_middle(ax):
    """Far from both circles, which a text beside them touches."""
    plots.draw_network((3, 3, 2), edge_text=lambda l, j, k: f"w{l}" if j == k == 1 else "", ax=ax)
    place = places(ax, ["w1", "w2"])
    assert place["w1"][0] / 1.8 == pytest.approx(0.5) and place["w2"][0] / 1.8 == pytest.approx(1.5)


def test_texts_of_a_later_layer_are_on_their_lines_too(ax):
    sizes = (1, 2, 3)
    plots.draw_network(sizes, edge_text=lambda l, j, k: f"{l}{j}{k}", ax=ax)
    names = [f"{l}{j}{k}" for l in (1, 2) for j in range(sizes[l]) for k in range(sizes[l - 1])]
    place = places(ax, names)
    for name, line in zip(names, ax.lines, strict=True):
        (x0, x1), (y0, y1) = line.get_data()
        x, y = place[name]
        assert (x1 - x0) * (y - y0) == pytest.approx((y1 - y0) * (x - x0), abs=1e-12) and x0 < x < x1


def test_a_value_is_above_its_gradient_and_alone_it_is_centred(ax):
    plots.draw_network(
        (1, 2), node_text=lambda l, j: f"v{l}{j}", node_gradient=lambda l, j: f"g{l}{j}" if l else "", ax=ax
    )
    lift = {text.get_text(): text.xyann[1] for text in ax.texts}
    assert lift["v00"] == 0 and lift["v10"] == -lift["g10"] > 0 and lift["v11"] > lift["g11"]


def test_draw_network_without_texts(ax):
    plots.draw_network((2, 1), ax=ax)
    assert not texts(ax) and len(ax.lines) == 2


def test_what_lies_over_what_in_a_network(ax):
    """Lines, a coloured one over the grey ones, then texts on their white grounds, circles, and the texts in them."""
    plots.draw_network(
        (1, 2),
        node_text=lambda l, j: "n",
        edge_text=lambda l, j, k: "w",
        edge_gradient=lambda l, j, k: "g" if j else "",
        edge_colour=lambda l, j, k: plots.GREEN if j else None,
        ax=ax,
        radius=0.2,
        fontsize=7,
    )
    grey, green = ax.lines
    assert to_hex(grey.get_color()).upper() == plots.GREY and grey.get_linestyle() == green.get_linestyle() == "-"
    assert green.get_linewidth() > grey.get_linewidth() and green.zorder > grey.zorder
    white = [text for text in ax.texts if text.get_bbox_patch()]
    height = {word: {t.zorder for t in ax.texts if t.get_text() == word and t not in white} for word in "nwg"}
    assert {text.get_text() for text in white} == {"w", "w\ng"} and len(grounds(ax)) == 2
    assert all(to_hex(text.get_bbox_patch().get_facecolor()) == "#ffffff" for text in white)
    assert green.zorder < min(text.zorder for text in white) <= max(text.zorder for text in white) < min(height["w"])
    for circle in circles(ax):
        assert max(height["w"] | height["g"]) < circle.zorder < min(height["n"]) and circle.get_radius() == 0.2
        assert to_hex(circle.get_facecolor()) == "#ffffff" and to_hex(circle.get_edgecolor()).upper() == plots.BLUE
    assert ax.get_aspect() == 1 and not ax.axison
    for text in ax.texts:
        assert text.get_ha() == text.get_va() == "center" and text.get_fontsize() == 7
        assert not text.get_annotation_clip(), "drawn at the rim too"


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


def test_labels_lie_along_their_lines_and_those_of_one_unit_are_neighbours(ax):
    sizes, spread = (2, 3, 1), (1.8, 1.0)
    plots.draw_network(sizes, ax=ax, spread=spread)
    assert plots.label_network(sizes, lambda l, j, k: f"-{l}{j}{k}", ax=ax, spread=spread) is ax
    ax.figure.canvas.draw()  # the scale of the axes is known from here on
    assert [text.get_text() for text in ax.texts] == [
        "−100",
        "−101",
        "−110",
        "−111",
        "−120",
        "−121",
        "−200",
        "−201",
        "−202",
    ]
    for label, line in zip(ax.texts, ax.lines, strict=True):
        (x0, x1), (y0, y1) = line.get_data()
        x, y = label.get_position()
        assert (x1 - x0) * (y - y0) == pytest.approx((y1 - y0) * (x - x0), abs=1e-12) and x0 < x < x1
        across, up = np.diff(ax.transData.transform([(x0, y0), (x1, y1)]), axis=0)[0]
        assert np.tan(np.radians(label.get_rotation())) == pytest.approx(up / across), "along the drawn line"
    for layer in ax.texts[:6], ax.texts[6:]:
        across, up = np.array([label.get_position() for label in layer]).T
        assert np.ptp(across) < 1e-12, "one column"
        assert np.diff(up) == pytest.approx(np.diff(up)[0]) and up[1] < up[0], "equal distances, unit by unit"


def test_labels_have_a_white_ground_and_turn_with_their_lines(ax):
    plots.draw_network((1, 2), ax=ax)
    plots.label_network((1, 2), lambda l, j, k: "w", lambda l, j: "b", ax=ax, fontsize=7)
    for text in ax.texts:
        assert to_hex(text.get_bbox_patch().get_facecolor()) == "#ffffff" and text.get_fontsize() == 7
        assert text.get_ha() == text.get_va() == "center"
        turns = text.get_text() == "w"
        assert text.get_transform_rotates_text() == turns and (text.get_rotation_mode() == "anchor") == turns
        assert text.zorder > max(line.zorder for line in ax.lines)


def test_a_minus_is_a_minus_sign_and_each_gradient_knows_its_place(ax):
    plots.label_network((1, 2), lambda l, j, k: "", lambda l, j: f"-{l}{j}", ax=ax)
    assert [text.get_text() for text in ax.texts] == ["−10", "−11"]
    plots.draw_network((1, 2), edge_gradient=lambda l, j, k: f"g{l}{j}{k}", ax=ax)
    assert texts(ax)[2:] == ["g100", "g110"]


def test_labels_of_units_stand_under_their_circles(ax):
    plots.draw_network((1, 2), ax=ax)
    plots.label_network((1, 2), lambda l, j, k: "", lambda l, j: f"b{l}{j}", ax=ax, colour=plots.VERMILLION)
    assert [text.get_text() for text in ax.texts] == ["b10", "b11"]
    for text, circle in zip(ax.texts, circles(ax)[1:]):
        assert text.get_position()[0] == circle.center[0]
        assert text.get_position()[1] < circle.center[1] - circle.radius
        assert to_hex(text.get_color()).upper() == plots.VERMILLION


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


def arrows(ax):
    return [text for text in ax.texts if getattr(text, "arrow_patch", None) is not None]


FORMS = {"tuples": lambda edges: edges, "lists": lambda edges: [list(edge) for edge in edges], "generators": None}
FORMS["generators"] = lambda edges: (iter(edge) for edge in edges)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_two_arrows_between_the_same_nodes_are_bent_apart(ax, form):
    """To different sides, with their texts beside them; a single arrow is straight. Whatever the edges are given as."""
    nodes = {"x": (0, 0), "square": (2, 0), "C": (4, 0)}
    edges = [("x", "square", "3", ""), ("x", "square", "4", ""), ("square", "C", "9", "")]
    plots.draw_graph(nodes, form(edges), ax=ax)
    bends = [float(arrow.arrowprops["connectionstyle"].removeprefix("arc3,rad=")) for arrow in arrows(ax)]
    assert bends[0] == -bends[1] != 0 and bends[2] == 0
    place = places(ax, ["3", "4", "9"])
    assert place["3"][1] == -place["4"][1] != 0 and place["9"][1] == 0
    assert all(place[name][0] == 1 for name in "34")
    for name, bend in zip("34", bends):  # arc3 passes the middle of the chord at half of rad times its length
        assert place[name][1] == pytest.approx(-bend / 2 * 2)


@pytest.mark.parametrize("radius", [0.2, 0.5])
def test_arrows_go_from_rim_to_rim(ax, radius):
    nodes = {"x": (0, 0), "y": (3, 4), "z": (3, 0)}
    plots.draw_graph(nodes, [("x", "y", "", ""), ("x", "z", "", "")], ax=ax, radius=radius)
    for arrow, (tail, head) in zip(arrows(ax), (("x", "y"), ("x", "z")), strict=True):
        begins, ends = np.array(arrow.xyann), np.array(arrow.xy)
        assert np.hypot(*(begins - nodes[tail])) == pytest.approx(radius)
        assert np.hypot(*(ends - nodes[head])) == pytest.approx(radius)
        length = np.hypot(*np.subtract(nodes[head], nodes[tail]))
        assert np.hypot(*(ends - begins)) == pytest.approx(length - 2 * radius), "between the two circles"
        assert (
            arrow.arrowprops["shrinkA"] == arrow.arrowprops["shrinkB"] == 0 and "-|>" in arrow.arrowprops["arrowstyle"]
        )


def test_a_node_is_a_white_circle_over_its_arrows_with_its_name_in_the_middle(ax):
    nodes = {"x": (1, 2), "y": (4, 6)}
    plots.draw_graph(nodes, [("x", "y", "3", "6")], ax=ax, radius=0.25, fontsize=10)
    assert not ax.axison and ax.get_aspect() == 1
    (arrow,) = arrows(ax)
    names = {text.get_text(): text for text in ax.texts if text.get_text() in nodes}
    for (name, centre), circle in zip(nodes.items(), circles(ax), strict=True):
        assert circle.center == names[name].get_position() == centre and circle.get_radius() == 0.25
        assert to_hex(circle.get_facecolor()) == "#ffffff" and to_hex(circle.get_edgecolor()).upper() == plots.GREY
        assert names[name].get_ha() == names[name].get_va() == "center"
        assert arrow.zorder < circle.zorder < names[name].zorder
        assert names[name].get_fontsize() > 10
    assert {text.get_fontsize() for text in ax.texts if text.get_text() in ("3", "6")} == {10}


@pytest.mark.parametrize("far", [False, True])
def test_bent_arrows_and_their_texts_in_any_place(ax, far):
    """An arc leaves and meets the circles nearer than a straight arrow, and its text is on it at its middle."""
    tail, head = np.array([1.0, 2.0]) + 10 * far, np.array([4.0, 6.0]) + 10 * far
    plots.draw_graph({"x": tail, "y": head}, [("x", "y", "3", ""), ("x", "y", "4", "")], ax=ax, radius=0.5)
    across = np.array([(head - tail)[1], -(head - tail)[0]])  # to the right of the way, as arc3 counts
    for arrow, name in zip(arrows(ax), "34", strict=True):
        bend = float(arrow.arrowprops["connectionstyle"].removeprefix("arc3,rad="))
        assert 0.1 < abs(bend) < 1
        assert places(ax, [name])[name] == pytest.approx((tail + head) / 2 + bend / 2 * across)
        for end, centre in (arrow.xyann, tail), (arrow.xy, head):
            assert 0.4 < np.hypot(*np.subtract(end, centre)) < 0.5
            assert np.subtract(end, tail) @ across == pytest.approx(0), "on the chord"


def test_only_texts_that_lie_on_an_arrow_have_a_ground(ax):
    """Beside a level arrow, above and below it, there is room; on a slanted or a bent one a ground parts them."""
    nodes = {"x": (0, 0), "y": (2, 0), "z": (2, 2), "u": (4, 0)}
    plots.draw_graph(nodes, [("x", "y", "1", "2")], ax=ax)
    assert not grounds(ax)
    plots.draw_graph(nodes, [("x", "z", "3", "4"), ("y", "u", "5", ""), ("y", "u", "6", "")], ax=ax)
    assert [tuple(place) for place in grounds(ax)[:1]] == [(1, 1)] and len(grounds(ax)) == 3


@pytest.mark.parametrize("draw", [plots.draw_network, plots.label_network])
def test_the_circles_of_a_network_have_room(ax, draw):
    """As they are spread without a word."""
    sizes = (1, 3)
    if draw is plots.label_network:
        plots.label_network(sizes, lambda l, j, k: "", lambda l, j: f"b{j}", ax=ax)
        up = [text.get_position()[1] for text in ax.texts]
        assert all(0 < (1 - j) - y < 0.5 for j, y in enumerate(up)), "nearer to its own unit than to the next"
    else:
        plots.draw_network(sizes, ax=ax)
        assert all(0.1 < circle.get_radius() < 0.4 for circle in circles(ax))


def test_nodes_at_one_place_are_refused_and_nothing_is_drawn(ax):
    with pytest.raises(ValueError, match=r"edges\[0\]=.*: expected two nodes at different places"):
        plots.draw_graph({"x": (1, 1), "y": [1, 1]}, [("x", "y", "1", "2")], ax=ax)
    with pytest.raises(ValueError, match=r"edges\[2\]=.* is a third arrow there: expected at most two"):
        plots.draw_graph({"p": (0, 0), "q": (1, 0)}, [("p", "q", "", "")] * 3, ax=ax)
    assert not ax.texts and not ax.patches


def test_colours_are_told_apart_without_colour():
    """Blue and vermillion, which stand side by side most often, differ in brightness too."""

    def brightness(colour):
        return np.dot([0.299, 0.587, 0.114], matplotlib.colors.to_rgb(colour))

    assert abs(brightness(plots.BLUE) - brightness(plots.VERMILLION)) > 0.1
    assert len({plots.BLUE, plots.VERMILLION, plots.GREEN, plots.PURPLE, plots.GREY}) == 5


def test_an_activation_without_entrywise_derivative_is_refused(ax):
    with pytest.raises(ValueError, match="activation 'softmax' has no elementwise derivative: expected one that has"):
        plots.activation_curves(ACTIVATIONS["softmax"], ax=ax)


def test_a_derivative_that_is_one_number_is_a_line(ax):
    double = Activation("double", lambda z, out=None: np.multiply(z, 2, out=out), df=lambda z, a: 2.0)
    plots.activation_curves(double, ax=ax)
    assert ax.lines[1].get_ydata().tolist() == [2.0] * 401


def test_an_edge_may_have_a_colour_of_numbers(ax):
    plots.draw_network((1, 1), ax=ax, edge_colour=lambda l, j, k: np.array([1.0, 0.0, 0.0]))
    (edge,) = [line for line in ax.lines if len(line.get_xdata()) == 2]
    assert to_hex(edge.get_color()) == "#ff0000" and edge.get_linewidth() == 2.4
