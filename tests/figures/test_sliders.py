"""The slider over pictures: every picture is there beforehand, has its words, and turns without a kernel."""

import base64
import html
import io
import re

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")
import ipywidgets
import matplotlib.pyplot as plt
from matplotlib.image import imread

from bpcore.figures.sliders import explore

VALUES = [0.5, 1, 2.5]
drawn = []


def draw(value):
    drawn.append(value)
    fig, ax = plt.subplots(figsize=(1, 1))
    ax.plot([0, value])
    return fig


def pictures(widget):
    return [
        re.fullmatch(
            r'<img class="explorable" src="data:image/png;base64,([^"]+)" alt="([^"]*)">', child.value
        ).groups()
        for child in widget.children[1].children
    ]


@pytest.fixture
def widget():
    drawn.clear()
    return explore(draw, VALUES, label="slope", alt=lambda value: f'A line of slope "{value}" < 3', start=1)


def test_each_value_is_drawn_once_and_its_figure_closed(widget):
    before = plt.get_fignums()
    explore(draw, VALUES, label="slope", alt=str)
    assert drawn == VALUES * 2 and plt.get_fignums() == before == []


def test_slider_and_pictures_run_over_the_values(widget):
    slider, stack = widget.children
    assert (
        isinstance(widget, ipywidgets.VBox)
        and isinstance(slider, ipywidgets.SelectionSlider)
        and isinstance(stack, ipywidgets.Stack)
    )
    assert list(slider.options) == ["0.5", "1", "2.5"] and slider.description == "slope"
    assert slider.index == stack.selected_index == 1 and len(stack.children) == 3


def test_the_slider_is_joined_to_the_pictures_in_the_browser(monkeypatch):
    """A jslink, which works on a page without a kernel; an observer in Python would not."""
    links = []
    monkeypatch.setattr(ipywidgets, "jslink", lambda *ends: links.append(ends))
    slider, stack = explore(draw, VALUES, label="slope", alt=str).children
    assert links == [((slider, "index"), (stack, "selected_index"))]


def test_every_picture_is_an_image_with_words(widget):
    shown = pictures(widget)
    images = [imread(io.BytesIO(base64.b64decode(data)), format="png") for data, _ in shown]
    assert all(image.shape == (100, 100, 4) for image in images)
    assert not np.array_equal(images[0], images[1]) or not np.array_equal(images[1], images[2])
    assert [html.unescape(alt) for _, alt in shown] == [f'A line of slope "{value}" < 3' for value in VALUES]


def test_paper_and_plain_readers_get_the_first_picture(widget):
    bundle = widget._repr_mimebundle_()
    assert bundle["image/png"] == pictures(widget)[1][0]
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"] == repr(widget) == "[slope: a slider over 0.5 … 2.5, 3 pictures]"


def test_the_same_picture_twice_has_the_same_bytes():
    """No date and no version of a library is written into it."""
    first, second = (explore(draw, VALUES, label="slope", alt=str) for _ in range(2))
    assert pictures(first) == pictures(second)
    assert all(
        b"Software" not in base64.b64decode(data) and b"Date" not in base64.b64decode(data)
        for data, _ in pictures(first)
    )


@pytest.mark.parametrize("values", [np.array([0.5, 1.0]), range(2), ("a", "b")], ids=["array", "range", "text"])
def test_values_may_be_any_sequence(values):
    widget = explore(lambda value: draw(1), values, label="k", alt=str)
    assert list(widget.children[0].options) == [str(value) for value in values] and len(pictures(widget)) == 2


def test_a_slider_over_nothing_is_refused():
    with pytest.raises(ValueError, match="values is empty: expected at least one value"):
        explore(draw, [], label="slope", alt=str)


def test_values_may_come_from_a_generator():
    assert explore(draw, iter(VALUES), label="slope", alt=str).children[0].options == ("0.5", "1", "2.5")
