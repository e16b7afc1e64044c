"""What the doctor prints is laid out in rows, and other outputs are left alone."""

import html
import re

import doctor_reports
import pytest
from text import ROOT, read

from bpcore import Network, diagnose
from bpcore.clinic.diagnosis import diagnosis
from bpcore.clinic.own_lines.costs import CostLine
from bpcore.clinic.own_lines.search import Line

OF_EITHER = diagnosis(  # a line of the gradient, or one of the cost
    ("line",),
    "everywhere",
    "one of several",
    evidence=("Both were tried.",),
    alternatives=(("another-cost",),),
    lines=(Line("grad", 3, "pull = a", "pull += a", ""), CostLine("cost", 9, "return e", "return -e", "")),
)
PLANTED = """Some title (certain)
  where     layer 1
  layer 1   a sentence that
            goes on with a half-
            broken word.
  evidence  one more
"""


def test_rows_have_a_label_and_a_sentence_in_one_piece():
    laid_out = doctor_reports.report(PLANTED)
    row = '<span class="report-row"><span class="report-label">'
    assert laid_out == (
        '<span class="report-title">Some title (certain)\n</span>'
        f"{row}  where     </span>layer 1\n</span>"
        f"{row}  layer 1   </span>a sentence that goes on with a half-broken word.\n</span>"
        f"{row}  evidence  </span>one more\n</span>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a line\n",
        "  why       alone\n",
        "int64: stored\n  gradient  [1 2]\n  quotients [3 4]\n",
        "  W1             8 parameters   error\n  b1             4 parameters   error\n",
    ],
)
def test_other_texts_are_left_alone(text):
    assert doctor_reports.report(text) == text


@pytest.mark.parametrize(
    "text, shown",
    [
        ("found -7.2472e-03, off", 'found <span class="code-whole">-7.2472e-03</span>, off'),
        ("Dead units (dead-units)", 'Dead units (<span class="code-whole">dead-units</span>)'),
        ('<span class="report-row">a - b, -2</span>', '<span class="report-row">a - b, -2</span>'),
        ("------ -- 2-2-1", '------ -- <span class="code-whole">2-2-1</span>'),
    ],
)
def test_no_row_of_an_output_ends_at_a_hyphen(text, shown):
    assert doctor_reports.unbroken(text) == shown


def test_every_label_that_the_doctor_prints_is_known():
    """A report is laid out whole: each line is a row, the goes-on of one, or its title."""
    stored = [
        "".join(output.get("text") or output["data"].get("text/plain", ""))
        for name in ("doctor", "not_learning")
        for cell in read(ROOT / "book" / f"{name}.ipynb")["cells"]
        for output in cell.get("outputs", ())
        if "text" in output or "data" in output
    ]
    net = Network((3, 4, 2))
    theta, X, Y = net.init(seed=1), [[0.1, 0.2, 0.3]] * 3, [[0.0, 1.0]] * 3
    stored.append(
        repr(diagnose(lambda t: net.cost(t, X, Y), lambda t: 2 * net.grad(t, X, Y), theta, net=net, X=X, Y=Y))
    )
    stored.append(repr(OF_EITHER))
    reports = [text for text in stored if "\n  evidence " in text]
    assert len(reports) > 10
    for text in reports:
        laid_out = doctor_reports.report(html.escape(text, quote=False))
        titles = re.findall(r'<span class="report-title">(.*?)\n</span>', laid_out)
        assert titles and not [title for title in titles if title.startswith(" ")], titles
        words = re.sub("<[^>]+>", "", laid_out).split()
        assert "".join(words) == "".join(html.escape(text, quote=False).split())
