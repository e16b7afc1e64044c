"""A slider over pictures that are drawn in advance, so that it works without a kernel."""

from collections.abc import Callable

from .. import arguments
from . import explorables


def explore(draw, values, label, alt, start=0, dpi=100):
    """A slider over ``values`` that shows the figure ``draw(value)`` for the selected one.

    All pictures are drawn in advance, so it works in a live notebook and on a page of the site, without a kernel
    or an internet connection.

    Parameters
    ----------
    draw : callable
        ``draw(value)`` returns a figure; it is called once for each value, and the figure is closed.
    values : sequence
        The positions of the slider.
    label : str
        The slider's name.
    alt : callable
        ``alt(value)`` describes the picture in words, for readers who cannot see it.
    start : int
        The index in ``values`` to start at; its picture is also what a printed page shows.
    dpi : float
        The resolution of the pictures.

    Returns
    -------
    anywidget.AnyWidget, or without anywidget an object that shows the picture and the words

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; the message says which one, and what is expected.
    """
    from matplotlib.figure import Figure

    values = arguments.items("values", values, "what the slider runs over")
    if not values:
        raise ValueError("values is empty: expected at least one value for the slider to stand at")
    arguments.instance("draw", draw, Callable, "a function that returns a figure")
    arguments.instance("alt", alt, Callable, "a function that returns words")
    arguments.instance("label", label, str, "words that name the slider")
    start = arguments.whole("start", start, 0, len(values) - 1)
    dpi = arguments.number("dpi", dpi, 10, below=1000)
    words = [arguments.instance(f"alt({arguments.shown(value)})", alt(value), str, "words") for value in values]
    figures = (
        arguments.instance(f"draw({arguments.shown(value)})", draw(value), Figure, "a Matplotlib figure")
        for value in values
    )
    pictures = [explorables.png(figure, dpi) for figure in figures]
    state = {"label": label, "values": [str(value) for value in values], "words": words, "at": start}
    said = f"{label}: a slider over {values[0]} … {values[-1]}, {len(values)} pictures"
    return explorables.explorable("pages", said, state, pictures[start], pictures)
