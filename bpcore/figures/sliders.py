"""A slider over pictures that are drawn in advance, so that it works without a kernel."""

import base64
import html
import io
from collections.abc import Callable

from .. import arguments


def explore(draw, values, label, alt, start=0, dpi=100):
    """A slider over ``values`` that shows the figure ``draw(value)`` for the selected one.

    Slider and pictures are linked in the browser, so it works in a live notebook and on a page of the site,
    without a kernel or a network.

    Parameters
    ----------
    draw : callable
        ``draw(value)`` returns a figure; it is called once for each value, and the figure is closed.
    values : sequence
        The positions of the slider.
    label : str
        The text before the slider.
    alt : callable
        ``alt(value)`` describes the picture in words, for readers who cannot see it.
    start : int
        The index in ``values`` to start at; its picture is also what a printed page shows.
    dpi : float
        The resolution of the pictures.

    Returns
    -------
    ipywidgets.VBox

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; the message says which one, and what is expected.
    """
    import ipywidgets
    import matplotlib.pyplot as plt
    from matplotlib.figure import Figure

    values, pictures = arguments.items("values", values, "what the slider runs over"), []
    if not values:
        raise ValueError("values is empty: expected at least one value for the slider to stand at")
    arguments.instance("draw", draw, Callable, "a function that returns a figure")
    arguments.instance("alt", alt, Callable, "a function that returns words")
    arguments.instance("label", label, str, "words to stand before the slider")
    start = arguments.whole("start", start, 0, len(values) - 1)
    dpi = arguments.number("dpi", dpi, 10, below=1000)
    words = [arguments.instance(f"alt({arguments.shown(value)})", alt(value), str, "words") for value in values]
    for value in values:
        figure, memory = (
            arguments.instance(f"draw({arguments.shown(value)})", draw(value), Figure, "a Matplotlib figure"),
            io.BytesIO(),
        )
        figure.savefig(memory, format="png", dpi=dpi, metadata={"Software": None})
        plt.close(figure)
        pictures.append(base64.b64encode(memory.getvalue()).decode())

    class Explorable(ipywidgets.VBox):
        def __repr__(self):
            return f"[{label}: a slider over {values[0]} … {values[-1]}, {len(values)} pictures]"

        def _repr_mimebundle_(self, **options):
            return {**super()._repr_mimebundle_(**options), "image/png": pictures[start]}

    slider = ipywidgets.SelectionSlider(
        options=[str(value) for value in values],
        index=start,
        description=label,
        continuous_update=True,
        style={"description_width": "initial"},
        layout={"width": "min(100%, 34rem)"},
    )
    stack = ipywidgets.Stack(
        [
            ipywidgets.HTML(f'<img class="explorable" src="data:image/png;base64,{picture}" alt="{html.escape(text)}">')
            for picture, text in zip(pictures, words)
        ],
        selected_index=start,
    )
    ipywidgets.jslink((slider, "index"), (stack, "selected_index"))
    return Explorable([slider, stack])
