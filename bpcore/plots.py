"""Figures of the book: loss curves, decision boundaries, activations with their derivatives, images, drawn networks."""
import numpy as np

BLUE, VERMILLION, GREEN, PURPLE, GREY = "#0072B2", "#D55E00", "#009E73", "#A4508B", "#666666"


def _axes(ax):
    import matplotlib.pyplot as plt
    return plt.gca() if ax is None else ax


def loss_curves(curves, ax=None, log=True):
    """Draw cost against epoch, a line for each entry of ``curves`` (label → history), and return the axes."""
    ax = _axes(ax)
    for label, history in curves.items():
        ax.plot(np.arange(len(history)), history, label=label)
    ax.set(xlabel="epoch", ylabel="training cost", yscale="log" if log else "linear")
    if len(curves) > 1:
        ax.legend()
    return ax


def decision_boundary(predict, X, labels, ax=None, margin=0.4, points=200):
    """Draw where ``predict`` (points (k, 2) → probabilities (k,)) crosses ½, its values as shades, and the samples.

    Class 0 is drawn as blue circles, class 1 as vermillion triangles. Returns the axes.
    """
    ax = _axes(ax)
    low, high = X.min(axis=0) - margin, X.max(axis=0) + margin
    across, up = (np.linspace(low[k], high[k], points) for k in (0, 1))
    grid = np.stack(np.meshgrid(across, up), axis=-1)
    probability = np.asarray(predict(grid.reshape(-1, 2))).reshape(points, points)
    shades = ax.contourf(across, up, probability, levels=np.linspace(0, 1, 11), cmap="RdBu_r", alpha=0.35, vmin=0, vmax=1)
    ax.contour(across, up, probability, levels=[0.5], colors="black", linewidths=1.6)
    for value, colour, marker in (0, BLUE, "o"), (1, VERMILLION, "^"):
        ax.scatter(*X[np.ravel(labels) == value].T, s=16, color=colour, marker=marker, edgecolor="white", linewidth=0.4, label=f"class {value}")
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    ax.grid(False)
    ax.figure.colorbar(shades, ax=ax, label="predicted probability of class 1", ticks=[0, 0.5, 1])
    return ax


def activation_curves(activation, ax=None, reach=6):
    """Draw an activation (a record of ``ACTIVATIONS``) and its derivative over [-reach, reach], and return the axes."""
    ax = _axes(ax)
    z = np.linspace(-reach, reach, 401)
    a = activation.f(z)
    ax.plot(z, a, color=BLUE, linestyle="-", label="$f(z)$")
    ax.plot(z, activation.df(z, a), color=VERMILLION, linestyle="--", label="$f'(z)$")
    ax.set(xlabel="$z$", title=activation.name)
    ax.legend()
    return ax


def image_grid(rows, titles=None, columns=10, shape=(8, 8), signed=False, width=7):
    """Draw each row of ``rows`` as an image of ``shape`` and return the figure.

    Dark is large; ``signed`` draws zero white, positive vermillion-red and negative blue.
    """
    import matplotlib.pyplot as plt
    lines = -(-len(rows) // columns)
    fig, axes = plt.subplots(lines, columns, figsize=(width, lines * width / columns * (1.25 if titles is not None else 1.05)), squeeze=False)
    reach = np.abs(rows).max() if len(rows) else 1
    for ax in axes.flat:
        ax.axis("off")
    for k, (ax, row) in enumerate(zip(axes.flat, rows)):
        ax.imshow(np.reshape(row, shape), cmap="RdBu_r" if signed else "gray_r", vmin=-reach if signed else 0, vmax=reach)
        if titles is not None:
            ax.set_title(titles[k], fontsize=9, loc="center")
    return fig


def draw_network(sizes, node_text=None, edge_text=None, edge_colour=None, ax=None, radius=0.17, spread=(1.8, 1.0)):
    """Draw a fully connected network as circles and lines, with text in the circles and on the lines, and return the axes.

    Parameters
    ----------
    sizes : sequence of int
        Units in each layer, the inputs first.
    node_text, edge_text : callable, optional
        ``node_text(l, j)`` is written into unit j of layer l; ``edge_text(l, j, k)`` on the line from unit k of
        layer l-1 to unit j of layer l. All count from 0 within a layer.
    edge_colour : callable, optional
        ``edge_colour(l, j, k)`` is a colour; None draws grey.
    """
    import matplotlib.pyplot as plt
    ax = _axes(ax)
    place = [[(l * spread[0], (n - 1) / 2 * spread[1] - j * spread[1]) for j in range(n)] for l, n in enumerate(sizes)]
    for l in range(1, len(sizes)):
        for j, (x, y) in enumerate(place[l]):
            for k, (x_before, y_before) in enumerate(place[l - 1]):
                colour = (edge_colour(l, j, k) if edge_colour else None) or GREY
                ax.plot([x_before, x], [y_before, y], color=colour, linestyle="-", linewidth=1.1, zorder=1)
                if edge_text:
                    along = 0.30 if k % 2 == 0 else 0.62      # neighbours' texts stand apart
                    ax.text(x_before + along * (x - x_before), y_before + along * (y - y_before), edge_text(l, j, k), fontsize=8, color=colour,
                            ha="center", va="center", zorder=2, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})
    for l, layer in enumerate(place):
        for j, centre in enumerate(layer):
            ax.add_patch(plt.Circle(centre, radius, facecolor="white", edgecolor=BLUE, linewidth=1.4, zorder=3))
            if node_text:
                ax.text(*centre, node_text(l, j), fontsize=9, ha="center", va="center", zorder=4)
    ax.set_aspect("equal")
    ax.axis("off")
    ax.autoscale_view()
    return ax
