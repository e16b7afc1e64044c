"""The slider over pictures: every picture is there beforehand, has its words, and turns without a kernel."""

import base64
import io

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.image import imread

from bpcore.figures.explorables import MIME
from bpcore.figures.sliders import explore

VALUES = [0.5, 1, 2.5]
drawn = []


def draw(value):
    drawn.append(value)
    fig, ax = plt.subplots(figsize=(1, 1))
    ax.plot([0, value])
    return fig


@pytest.fixture
def widget():
    drawn.clear()
    return explore(draw, VALUES, label="slope", alt=lambda value: f'A line of slope "{value}" < 3', start=1)


def test_each_value_is_drawn_once_and_its_figure_closed(widget):
    before = plt.get_fignums()
    explore(draw, VALUES, label="slope", alt=str)
    assert drawn == VALUES * 2 and plt.get_fignums() == before


def test_the_module_gets_values_words_and_pictures(widget):
    assert (widget.label, widget.values, widget.at) == ("slope", ["0.5", "1", "2.5"], 1)
    assert widget.words == [f'A line of slope "{value}" < 3' for value in VALUES]
    images = [imread(io.BytesIO(base64.b64decode(page)), format="png") for page in widget.pages]
    assert all(image.shape == (100, 100, 4) for image in images)
    assert not np.array_equal(images[0], images[1]) and not np.array_equal(images[1], images[2])


def test_a_page_without_a_kernel_gets_the_same(widget):
    data, metadata = widget._repr_mimebundle_()
    state = {name: getattr(widget, name) for name in ("label", "values", "words", "at")}
    said = "slope: a slider over 0.5 … 2.5, 3 pictures"
    assert data[MIME] == {"module": "pages", "state": state, "words": said}
    assert data["text/plain"] == repr(widget) == f"[{said}]"
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["image/png"] == widget.pages[1]
    assert metadata[MIME]["pages"] == [widget.pages[0], "", widget.pages[2]], "the one that is shown is stored once"


def test_the_same_picture_twice_has_the_same_bytes():
    """No date and no version of a library is written into it."""
    first, second = (explore(draw, VALUES, label="slope", alt=str) for _ in range(2))
    assert first.pages == second.pages
    decoded = [base64.b64decode(page) for page in first.pages]
    assert all(b"Software" not in page and b"Date" not in page for page in decoded)


@pytest.mark.parametrize("values", [np.array([0.5, 1.0]), range(2), ("a", "b")], ids=["array", "range", "text"])
def test_values_may_be_any_sequence(values):
    widget = explore(lambda value: draw(1), values, label="k", alt=str)
    assert widget.values == [str(value) for value in values] and len(widget.pages) == 2


def test_a_slider_over_nothing_is_refused():
    with pytest.raises(ValueError, match="values is empty: expected at least one value"):
        explore(draw, [], label="slope", alt=str)


def test_values_may_come_from_a_generator():
    assert explore(draw, iter(VALUES), label="slope", alt=str).values == ["0.5", "1", "2.5"]
