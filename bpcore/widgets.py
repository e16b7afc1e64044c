"""A control that turns the pages of a picture book: every picture is drawn beforehand, so that it works where no kernel is."""
import base64
import html
import io


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
    """
    import ipywidgets
    import matplotlib.pyplot as plt

    values, pictures = list(values), []
    if not values:
        raise ValueError("values is empty: expected at least one value for the slider to stand at")
    for value in values:
        figure, memory = draw(value), io.BytesIO()
        figure.savefig(memory, format="png", dpi=dpi, metadata={"Software": None})
        plt.close(figure)
        pictures.append(base64.b64encode(memory.getvalue()).decode())

    class Explorable(ipywidgets.VBox):
        def __repr__(self):
            return f"[{label}: a slider over {values[0]} … {values[-1]}, {len(values)} pictures]"

        def _repr_mimebundle_(self, **options):
            return {**super()._repr_mimebundle_(**options), "image/png": pictures[start]}

    slider = ipywidgets.SelectionSlider(options=[str(value) for value in values], index=start, description=label, continuous_update=True,
                                        style={"description_width": "initial"}, layout={"width": "min(100%, 34rem)"})
    stack = ipywidgets.Stack([ipywidgets.HTML(f'<img class="explorable" src="data:image/png;base64,{picture}" alt="{html.escape(alt(value))}">')
                              for picture, value in zip(pictures, values)], selected_index=start)
    ipywidgets.jslink((slider, "index"), (stack, "selected_index"))
    return Explorable([slider, stack])
