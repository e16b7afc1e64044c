"""A control that turns the pages of a picture book: every picture is drawn beforehand, so that it works where no kernel is."""

import base64
import html
import io
from collections.abc import Callable

from .. import arguments


def explore(draw, values, label, alt, start=0, dpi=100):
    """A slider over ``values`` that shows ``draw(value)``, a Matplotlib figure, for the one it stands at.

    Slider and pictures are joined in the browser, so it moves in a live notebook and on a page of the site alike,
    with no kernel and no network.

    Parameters
    ----------
    draw : callable
        ``draw(value)`` returns a figure; it is called once for each value, and the figure is closed.
    values : sequence
        What the slider runs over.
    label : str
        Stands before the slider.
    alt : callable
        ``alt(value)`` says in words what the picture for that value shows, for those who cannot see it.
    start : int
        The place in ``values`` to start at; its picture is also what a printed page shows.

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
