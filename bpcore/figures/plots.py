"""Figures of the book: loss curves, decision boundaries, activations with their derivatives, images, drawn networks."""

from collections.abc import Callable, Mapping

import numpy as np

from .. import activations, arguments

FEW = 20  # samples, of which each can be seen by itself
BLUE, VERMILLION, GREEN, PURPLE, GREY = "#0072B2", "#D55E00", "#009E73", "#A4508B", "#666666"


def _axes(ax):
    import matplotlib.pyplot as plt

    return (
        plt.gca()
        if ax is None
        else arguments.instance("ax", ax, plt.Axes, "Matplotlib axes, or None for the current ones")
    )


def loss_curves(curves, ax=None, log=True):
    """Draw cost against epoch, a line for each entry of ``curves`` (label → history), and return the axes.

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; the message says which one, and what is expected.
    """
    arguments.instance("curves", curves, Mapping, "a dictionary from labels to histories")
    curves = {
        label: arguments.numeric(f"curves[{arguments.shown(label)}]", history, "one cost per epoch", ndim=1)
        for label, history in curves.items()
    }
    log, ax = arguments.flag("log", log), _axes(ax)
    for label, history in curves.items():
        ax.plot(history, label=label)
    ax.set(xlabel="epoch", ylabel="training cost", yscale="log" if log else "linear")
    if len(curves) > 1:
        ax.legend()
    return ax


def median_band(x, values, ax=None, label=""):
    """Draw the median of several runs as a line over a shade from the smallest to the largest, and return the axes.

    ``values`` has a row for each run and a column for each entry of ``x``.

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; the message says which one, and what is expected.
    """
    x = arguments.numeric("x", x, "one number for each column of values", ndim=1)
    values = arguments.numeric("values", values, "a row for each run, a column for each entry of x", ndim=2)
    if not len(values) or values.shape[1] != len(x):
        given = f"values has shape {values.shape} and x has {arguments.count(len(x), 'entry')}"
        raise ValueError(f"{given}: expected a row for each run, a column for each entry of x")
    ax = _axes(ax)
    (line,) = ax.plot(x, np.median(values, axis=0), label=arguments.instance("label", label, str, "words"))
    ax.fill_between(x, values.min(axis=0), values.max(axis=0), color=line.get_color(), alpha=0.15, linewidth=0)
    return ax


def decision_boundary(predict, X, labels, ax=None, margin=0.4, points=200):
    """Draw where ``predict`` (points (k, 2) → probabilities (k,)) crosses ½, its values as shades, and the samples.

    Class 0 is drawn as blue circles, class 1 as vermillion triangles, large where they are few. Returns the axes.

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; the message says which one, and what is expected.
    """
    arguments.instance("predict", predict, Callable, "a function of points (k, 2)")
    X = arguments.matrix("X", X, 2, "the picture has 2 axe", float, "X[:, [0, 1]] takes two features")
    labels = arguments.numeric("labels", labels, "0 or 1 for each row of X").ravel()
    if (wrong := (labels != 0) & (labels != 1)).any():
        given = f"labels[{wrong.argmax()}] is {labels[wrong.argmax()]}"
        raise ValueError(
            f"{given}: expected 0 or 1 for each row of X; np.equal(labels, np.max(labels)) makes them of two classes"
        )
    if len(labels) != len(X):
        raise ValueError(
            f"labels has {arguments.count(len(labels), 'entry')} and X {arguments.count(len(X), 'row')}: "
            f"expected one label for each row"
        )
    margin, points, ax = arguments.number("margin", margin, 0), arguments.whole("points", points, 2, 5000), _axes(ax)
    low, high = X.min(axis=0) - margin, X.max(axis=0) + margin
    across, up = (np.linspace(low[k], high[k], points) for k in (0, 1))
    grid = np.stack(np.meshgrid(across, up), axis=-1)
    probability = arguments.numeric(
        "what predict returned", predict(grid.reshape(-1, 2)), "one probability per point from predict(points)"
    )
    if probability.size != points**2:
        raise ValueError(
            f"predict returned shape {probability.shape} for {points**2} points: expected one probability per point"
        )
    probability = probability.reshape(points, points)
    shades = ax.contourf(
        across, up, probability, levels=np.linspace(0, 1, 11), cmap="RdBu_r", alpha=0.35, vmin=0, vmax=1
    )
    ax.contour(across, up, probability, levels=[0.5], colors="black", linewidths=1.6)
    for value, colour, marker in (0, BLUE, "o"), (1, VERMILLION, "^"):
        ax.scatter(
            *X[labels == value].T,
            s=16 if len(X) > FEW else 70,
            color=colour,
            marker=marker,
            edgecolor="white",
            linewidth=0.4,
            label=f"class {value}",
        )
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    ax.grid(False)
    ax.figure.colorbar(shades, ax=ax, label="predicted probability of class 1", ticks=[0, 0.5, 1])
    return ax


def activation_curves(activation, ax=None, reach=6):
    """Draw an activation (a record of ``ACTIVATIONS``) and its derivative over [-reach, reach], and return the axes.

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; the message says which one, and what is expected.
    """
    arguments.instance("activation", activation, activations.Activation, "a record such as ACTIVATIONS['tanh']")
    reach = arguments.number("reach", reach, 0, above=True, below=1e6)
    if activation.df is None:
        raise ValueError(
            f"activation {activation.name!r} has no elementwise derivative: expected one that has, such as 'tanh'"
        )
    ax = _axes(ax)
    z = np.linspace(-reach, reach, 401)
    a = activation.f(z)
    ax.plot(z, a, color=BLUE, linestyle="-", label="$f(z)$")
    ax.plot(z, np.broadcast_to(activation.df(z, a), z.shape), color=VERMILLION, linestyle="--", label="$f'(z)$")
    ax.set(xlabel="$z$", title=activation.name)
    ax.legend()
    return ax


def image_grid(rows, titles=None, columns=10, shape=(8, 8), signed=False, width=4.8):
    """Draw each row of ``rows`` as an image of ``shape`` and return the figure.

    Dark is large; ``signed`` draws zero white, positive red, and negative blue, with a dash below -5 % of the largest.

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; the message says which one, and what is expected.
    """
    import matplotlib.pyplot as plt

    rows = arguments.numeric("rows", rows, "an image a row").astype(float)
    columns, signed, width = (
        arguments.whole("columns", columns, 1, 100),
        arguments.flag("signed", signed),
        arguments.number("width", width, 0, above=True, below=100),
    )
    shape = [
        arguments.whole(f"shape[{k}]", n, 1, arguments.MOST)
        for k, n in enumerate(arguments.items("shape", shape, "(height, width)"))
    ]
    if rows.ndim != 2 or not len(rows) or len(shape) != 2 or rows.shape[1] != shape[0] * shape[1]:
        raise ValueError(
            f"rows has shape {rows.shape} and shape is {shape}: "
            f"expected at least one row, of height times width entries"
        )
    titles = titles if titles is None else arguments.items("titles", titles, "a title for each row, or None")
    if titles is not None and len(titles) < len(rows):
        given, there = arguments.count(len(titles), "entry"), arguments.count(len(rows), "row")
        raise ValueError(f"titles has {given}, and rows has {there}: expected a title for each row")
    lines = -(-len(rows) // columns)
    fig, axes = plt.subplots(
        lines, columns, figsize=(width, lines * width / columns * (1.25 if titles is not None else 1.05)), squeeze=False
    )
    reach = np.abs(rows).max()
    for ax in axes.flat:
        ax.axis("off")
    for k, (ax, row) in enumerate(zip(axes.flat, rows)):
        ax.imshow(
            np.reshape(row, shape), cmap="RdBu_r" if signed else "gray_r", vmin=-reach if signed else 0, vmax=reach
        )
        if signed:
            _mark_negative(ax, np.reshape(row, shape), reach, size=0.35 * 72 * width / columns / shape[1])
        if titles is not None:
            ax.set_title(titles[k], fontsize=9, loc="center")
    return fig


def _mark_negative(ax, image, reach, size):
    """Put a dash on the pixels of ``image`` below -0.05 ``reach``, ``size`` points wide: the sign without colours."""
    lines, columns = np.nonzero(np.asarray(image) < -0.05 * reach)
    dark = np.asarray(image)[lines, columns] < -0.6 * reach
    for ink, those in ("black", ~dark), ("white", dark):
        ax.plot(columns[those], lines[those], "_", color=ink, markersize=size, markeredgewidth=0.8)


def _two_lines(ax, x, y, above, below, size, zorder, ground=False):
    """A value in blue and below it a gradient in vermillion; if one is empty, the other is centred."""
    lines = [(text, colour) for text, colour in ((above, BLUE), (below, VERMILLION)) if text]
    if ground and lines:
        ax.annotate(
            "\n".join(text for text, _ in lines),
            (x, y),
            fontsize=size,
            color="white",
            ha="center",
            va="center",
            linespacing=1.05,
            zorder=zorder,
            annotation_clip=False,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )
    for place, (text, colour) in enumerate(lines):
        lift = (0.62 - 1.24 * place) * size if len(lines) == 2 else 0
        ax.annotate(
            text.replace("-", "−"),
            (x, y),
            xytext=(0, lift),
            textcoords="offset points",
            fontsize=size,
            color=colour,
            ha="center",
            va="center",
            zorder=zorder + 0.1,
            annotation_clip=False,
        )


def _spread(spread):
    spread = arguments.items("spread", spread, "two numbers, (1.8, 1.0)")
    if len(spread) != 2:
        raise ValueError(f"spread has {arguments.count(len(spread), 'entry')}: expected two, (1.8, 1.0)")
    return [arguments.number(f"spread[{k}]", value, 0, above=True) for k, value in enumerate(spread)]


def _text(argument, function, *place):
    """The words of ``function`` at this place, or none."""
    arguments.function(argument, function)
    words = function(*place) if function else ""
    return arguments.instance(f"{argument}{place}", words, (str, type(None)), "words, or None")


def draw_network(
    sizes,
    node_text=None,
    edge_text=None,
    edge_colour=None,
    ax=None,
    radius=0.17,
    spread=(1.8, 1.0),
    node_gradient=None,
    edge_gradient=None,
    fontsize=8,
):
    """Draw a fully connected network as circles and lines, with texts in the circles and on the lines; return the axes.

    Forward values are blue, gradients below them vermillion. The texts on the lines between two layers stand in one
    column with equal distances; of the two columns where that is so, the one nearer to the middle is taken. A text that
    is alone between two layers stands in the middle.

    Parameters
    ----------
    sizes : sequence of int
        Units in each layer, the inputs first.
    node_text, edge_text : callable, optional
        ``node_text(l, j)`` is written into unit j of layer l; ``edge_text(l, j, k)`` on the line from unit k of
        layer l-1 to unit j of layer l. All count from 0 within a layer.
    edge_colour : callable, optional
        ``edge_colour(l, j, k)`` is a colour for the line, drawn stronger; None draws it grey.
    radius, spread, fontsize : float, (float, float), float
        Of the circles; between layers and between units; of the texts, in points.
    node_gradient, edge_gradient : callable, optional
        As ``node_text`` and ``edge_text``, for the second text.

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; the message says which one, and what is expected.
    """
    import matplotlib.pyplot as plt
    from matplotlib.colors import is_color_like

    sizes, spread = arguments.layers(sizes), _spread(spread)
    arguments.function("edge_colour", edge_colour)
    radius, fontsize, ax = (
        arguments.number("radius", radius, 0, above=True),
        arguments.number("fontsize", fontsize, 0, above=True),
        _axes(ax),
    )

    place = [[(l * spread[0], ((n - 1) / 2 - j) * spread[1]) for j in range(n)] for l, n in enumerate(sizes)]
    for l in range(1, len(sizes)):
        n_before, n = sizes[l - 1], sizes[l]
        texts = {
            (j, k): [_text("edge_text", edge_text, l, j, k), _text("edge_gradient", edge_gradient, l, j, k)]
            for j in range(n)
            for k in range(n_before)
        }
        alone = sum(any(pair) for pair in texts.values()) == 1
        columns = [0.5] if alone else [1 / (1 + n), n_before / (1 + n_before)]
        along = min(columns, key=lambda share: abs(share - 0.5))
        for j, (x, y) in enumerate(place[l]):
            for k, (x_before, y_before) in enumerate(place[l - 1]):
                colour = edge_colour(l, j, k) if edge_colour else None
                if colour is not None and not is_color_like(colour):
                    given = f"edge_colour({l}, {j}, {k})={arguments.shown(colour)}"
                    raise ValueError(f"{given}: expected a colour of Matplotlib, or None")
                ax.plot(
                    [x_before, x],
                    [y_before, y],
                    color=GREY if colour is None else colour,
                    linestyle="-",
                    linewidth=0.9 if colour is None else 2.4,
                    zorder=1 if colour is None else 1.5,
                )
                _two_lines(
                    ax,
                    x_before + along * (x - x_before),
                    y_before + along * (y - y_before),
                    *texts[j, k],
                    fontsize,
                    2,
                    ground=True,
                )
    for l, layer in enumerate(place):
        for j, centre in enumerate(layer):
            ax.add_patch(plt.Circle(centre, radius, facecolor="white", edgecolor=BLUE, linewidth=1.4, zorder=3))
            _two_lines(
                ax,
                *centre,
                _text("node_text", node_text, l, j),
                _text("node_gradient", node_gradient, l, j),
                fontsize,
                4,
            )
    ax.set_aspect("equal")
    ax.axis("off")
    ax.autoscale_view()
    return ax


def label_network(sizes, line_text, unit_text=None, ax=None, radius=0.17, spread=(1.8, 1.0), colour=BLUE, fontsize=8):
    """Write along the lines of a drawn network, near the units where they arrive, and under its units; return the axes.

    The texts between two layers stand in one column with equal distances, those of one unit's lines next to each other:
    with n lines into a unit, n/(1+n) of the way is where that is so.

    Parameters
    ----------
    sizes, radius, spread, fontsize
        As for ``draw_network``, which has drawn the circles and lines.
    line_text, unit_text : callable, the second optional
        ``line_text(l, j, k)`` is written on the line from unit k of layer l-1 to unit j of layer l; ``unit_text(l, j)``
        under unit j of layer l, from layer 1 on. An empty text is not written.
    colour : str
        Of the texts.

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; the message says which one, and what is expected.
    """
    from matplotlib.colors import is_color_like

    sizes, spread = arguments.layers(sizes), _spread(spread)
    arguments.instance("line_text", line_text, Callable, "a function of l, j and k")
    arguments.function("unit_text", unit_text)
    radius, fontsize, ax = (
        arguments.number("radius", radius, 0, above=True),
        arguments.number("fontsize", fontsize, 0, above=True),
        _axes(ax),
    )
    if not is_color_like(colour):
        raise ValueError(f"colour={arguments.shown(colour)}: expected a colour of Matplotlib")
    style = {"color": colour, "fontsize": fontsize, "ha": "center", "va": "center", "zorder": 2.5}
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    place = [[(l * spread[0], ((n - 1) / 2 - j) * spread[1]) for j in range(n)] for l, n in enumerate(sizes)]
    for l in range(1, len(sizes)):
        share = sizes[l - 1] / (1 + sizes[l - 1])
        for j, (x, y) in enumerate(place[l]):
            for k, (x_before, y_before) in enumerate(place[l - 1]):
                if text := _text("line_text", line_text, l, j, k):
                    ax.text(
                        x_before + share * (x - x_before),
                        y_before + share * (y - y_before),
                        text.replace("-", "−"),
                        rotation=np.degrees(np.arctan2(y - y_before, x - x_before)),
                        rotation_mode="anchor",
                        transform_rotates_text=True,
                        bbox=ground,
                        **style,
                    )
            if text := _text("unit_text", unit_text, l, j):
                ax.text(x, y - 1.45 * radius, text.replace("-", "−"), bbox=ground, **style)
                ax.update_datalim([(x, y - 1.7 * radius)])
    ax.autoscale_view()
    return ax


def draw_graph(nodes, edges, ax=None, radius=0.3, fontsize=9):
    """Draw a computational graph: circles joined by arrows, with a value above each arrow and a gradient below it.

    Parameters
    ----------
    nodes : dict
        name → (x, y): where a circle with the name in it stands.
    edges : sequence of (tail, head, value, gradient)
        An arrow between two named nodes at different places, and its two texts: the value that flows forwards, in blue,
        and the derivative of the end result with respect to it, in vermillion. An empty text is not drawn; two arrows,
        and not more, from one node to another are bent apart.
    radius, fontsize : float
        Of the circles, and of the texts in points.

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; the message says which one, and what is expected.
    """
    import matplotlib.pyplot as plt

    arguments.instance("nodes", nodes, Mapping, "a dictionary from names to (x, y)")
    for name, centre in nodes.items():
        arguments.numeric(f"nodes[{arguments.shown(name)}]", centre, "(x, y)", ndim=1)
        if len(centre) != 2:
            raise ValueError(f"nodes[{arguments.shown(name)}]={arguments.shown(centre)}: expected (x, y)")
    form = "(tail, head, value, gradient)"
    edges = arguments.items("edges", edges, f"{form} for each arrow")
    edges = [tuple(arguments.items(f"edges[{k}]", edge, form)) for k, edge in enumerate(edges)]
    for k, edge in enumerate(edges):
        if len(edge) != 4 or not all(isinstance(text, str) for text in edge) or not {*edge[:2]} <= {*nodes}:
            raise ValueError(f"edges[{k}]={arguments.shown(edge)}: expected {form}, two names of nodes and two texts")
        if tuple(nodes[edge[0]]) == tuple(nodes[edge[1]]):
            raise ValueError(f"edges[{k}]={arguments.shown(edge)}: expected two nodes at different places")
        if [other[:2] for other in edges[:k]].count(edge[:2]) > 1:
            raise ValueError(f"edges[{k}]={arguments.shown(edge)} is a third arrow there: expected at most two")
    radius, fontsize, ax = (
        arguments.number("radius", radius, 0, above=True),
        arguments.number("fontsize", fontsize, 0, above=True),
        _axes(ax),
    )
    for number, (tail, head, value, gradient) in enumerate(edges):
        (x, y), (x_head, y_head) = nodes[tail], nodes[head]
        twins = [k for k, edge in enumerate(edges) if edge[:2] == (tail, head)]
        bend = 0.32 * (2 * twins.index(number) - 1) if len(twins) == 2 else 0
        length = np.hypot(x_head - x, y_head - y)
        arrow = {
            "arrowstyle": "-|>",
            "color": GREY,
            "shrinkA": 0,
            "shrinkB": 0,
            "linewidth": 1.2,
            "connectionstyle": f"arc3,rad={bend}",
        }
        shorten = radius / length if bend == 0 else radius / length * 0.93
        ends = [(x + share * (x_head - x), y + share * (y_head - y)) for share in (shorten, 1 - shorten)]
        ax.annotate("", ends[1], ends[0], arrowprops=arrow, zorder=1)
        middle_x, middle_y = (x + x_head) / 2 + bend / 2 * (y_head - y), (y + y_head) / 2 - bend / 2 * (x_head - x)
        _two_lines(ax, middle_x, middle_y, value, gradient, fontsize, 2, ground=bool(bend) or y != y_head)
        ax.update_datalim([(middle_x, middle_y)])
    for name, centre in nodes.items():
        ax.add_patch(plt.Circle(centre, radius, facecolor="white", edgecolor=GREY, linewidth=1.4, zorder=3))
        ax.text(*centre, name, fontsize=fontsize + 1, ha="center", va="center", zorder=4)
    ax.set_aspect("equal")
    ax.axis("off")
    ax.autoscale_view()
    return ax
