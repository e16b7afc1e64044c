"""The plain notebooks: no MyST in them, the site's numbers, the stored results where this book is not installed."""

import json
import os
import re
import subprocess
import sys
import sysconfig

import nbformat
import pytest
from text import NOTEBOOKS, read, source

NAMES = [path.stem for path in NOTEBOOKS]
# Each takes as long as its chapter: these two have figures, explorables, measurements and scikit-learn between them.
ALWAYS = ("chain_rule", "costs")
LEFT_OVER = {
    "a role": re.compile(r"\{[a-z:]+\}`"),
    "a directive": re.compile(r"^(?:```|:::+)\{", re.M),
    "a label": re.compile(r"^\([a-z][\w-]*\)=$", re.M),
    "a label of an equation": re.compile(r"\$\$ *\(eq-"),
    "a macro of the site": re.compile(r"\\(?:eqref|ref|label)\b"),
    "glue": re.compile(r"\bglue\("),
    "another kind of output": re.compile("every-gradient-checked"),
}


@pytest.fixture
def plain(site):
    return lambda name: json.loads((site / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_myst_is_left(name, plain):
    notebook = plain(name)
    text = "\n".join(source(cell) for cell in notebook["cells"][3:])
    text += json.dumps([list(o.get("data", {})) for c in notebook["cells"] for o in c.get("outputs", ())])
    assert [what for what, pattern in LEFT_OVER.items() if pattern.search(text)] == []
    assert notebook["cells"][0]["cell_type"] == "markdown" and source(notebook["cells"][0]).startswith("# ")


@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_the_site_s(name, plain, site):
    """Equations by their tags, figures and boxes by their words."""
    page = (site / "book" / f"{name}.html").read_text(encoding="utf-8")
    text = "\n".join(source(cell) for cell in plain(name)["cells"])
    equations = re.findall(r'class="eqno">\(([\d.]+)\)', page)
    assert re.findall(r"\\tag\{([\d.]+)\}", text) == equations
    exercises = re.findall(r'caption-number">(Exercise [\d.]+)', page)
    assert re.findall(r"\*\*(Exercise [\d.]+)", text) == exercises
    figures = re.findall(r'caption-number">Fig\. ([\d.]+)', page)
    assert re.findall(r"^\*Fig\. ([\d.]+)", text, re.M) == figures


@pytest.mark.parametrize("name", NAMES)
def test_code_and_solutions_are_the_chapter_s(name, plain):
    """Every shown cell is there, and what is folded on the page is folded here."""
    chapter = read(next(path for path in NOTEBOOKS if path.stem == name))
    shown = [
        source(cell)
        for cell in chapter["cells"]
        if cell["cell_type"] == "code" and "remove-cell" not in cell["metadata"].get("tags", [])
    ]
    notebook = plain(name)
    seen = lambda cell: cell["cell_type"] == "code" and "remove-cell" not in cell["metadata"].get("tags", [])
    cells = [source(cell) for cell in notebook["cells"] if seen(cell)]
    assert cells[-len(shown) :] == shown
    folded = [
        source(cell)
        for cell in chapter["cells"]
        if {"hide-input", "remove-input"} & set(cell["metadata"].get("tags", []))
    ]
    hidden = [source(cell) for cell in notebook["cells"] if cell["metadata"].get("jupyter", {}).get("source_hidden")]
    assert [code for code in folded if code not in hidden] == []
    words = "\n".join(source(cell) for cell in chapter["cells"] if cell["cell_type"] == "markdown")
    solutions = len(re.findall(r"^(?:```+|:::+)\{solution(?:-start)?\}", words, re.M))
    folds = len(re.findall("<summary><b>Solution", "\n".join(source(cell) for cell in notebook["cells"])))
    assert folds >= solutions


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """A kernel without this book, MyST and anywidget; the other libraries are those of this environment."""
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "environment"], check=True)
    python = folder / "environment" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    libraries = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    with open(f"{libraries}/others.pth", "w", encoding="utf-8") as file:
        file.write(sysconfig.get_path("purelib"))  # its own .pth files are not read: an editable bpcore is not found
    with open(f"{libraries}/sitecustomize.py", "w", encoding="utf-8") as file:
        file.write("import sys\nfor name in ('myst_nb', 'anywidget', 'ipywidgets'):\n    sys.modules[name] = None\n")
    spec = folder / "kernels" / "elsewhere"
    spec.mkdir(parents=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]
    record = {"argv": argv, "display_name": "elsewhere", "language": "python", "env": {"PYTHONPATH": ""}}
    (spec / "kernel.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def printed(cell):
    """What a cell shows as text, joined: one stream may come in several pieces."""
    texts = []
    for output in cell["outputs"]:
        assert output["output_type"] != "error", output
        assert output.get("name") != "stderr", output
        if "text" in output:
            texts.append("".join(output["text"]))
        elif "image/png" not in output["data"]:
            texts.append("".join(output["data"].get("text/plain", "")))
    return "".join(texts)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_runs_where_the_book_is_not_installed(name, plain, kernel, tmp_path, monkeypatch):
    if name not in ALWAYS and not os.environ.get("EVERY_NOTEBOOK"):
        pytest.skip("each takes as long as its chapter; EVERY_NOTEBOOK=1 runs all, as the weekly workflow does")
    from nbclient import NotebookClient

    monkeypatch.setenv("JUPYTER_PATH", str(kernel))
    stored = plain(name)
    notebook = nbformat.reads(json.dumps(stored), 4)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, kernel_name="elsewhere", timeout=600, resources=resources).execute()
    code = [(s, c) for s, c in zip(stored["cells"], notebook["cells"]) if c["cell_type"] == "code"]
    different = [source(s)[:80] for s, c in code if printed(s) != printed(c)]
    assert different == []
