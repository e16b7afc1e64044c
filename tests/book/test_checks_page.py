"""The page of the checks: right, wrong, missing and unchanged entries on a planted book; all on the built site."""

import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from equations.registry import collect

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "conf.py": """
import sys
sys.path.insert(0, "book/_ext")
extensions = ["myst_parser", "sphinx_external_toc", "sphinx.ext.mathjax", "equation_checks"]
myst_enable_extensions = ["dollarmath"]
numfig = math_numfig = True
include_patterns = ["book/**"]
""",
    "_toc.yml": """root: book/index
subtrees:
  - numbered: 1
    entries:
      - file: book/second
      - file: book/first
  - entries:
      - file: book/checks
""",
    "book/index.md": "# The book\n\n$$ a = a $$ (eq-front)\n",
    "book/first.md": "# The first chapter\n\n$$ b = b $$ (eq-one)\n\nText.\n\n"
    "$$ c = c $$ (eq-two)\n\n$$ unlabelled $$\n",
    "book/second.md": "# The second chapter\n\n$$ d = d $$ (eq-three)\n",
    "book/unlisted.md": "---\norphan: true\n---\n# Not in the contents\n\n$$ e = e $$ (eq-unlisted)\n",
    "book/checks.md": "# Checks\n\nText before.\n\n```{equation-checks}\n```\n",
    "bpcore/__init__.py": "",
    "tests/equations/__init__.py": "",
    "tests/equations/front.py": '''
from .registry import equation
from .shared import write_down


@equation("eq-front", tolerance=0, mutants={"sign": ("3)", "-3)"), "number": ("3)", "4)")})
def front(rng, sizes):
    """Three against three."""
    write_down("front")
    return 3, int(3)
''',
    "tests/equations/chapters.py": '''
import numpy as np

from .registry import equation
from .shared import write_down


@equation("eq-one", mutants={"sign": ("-2.0", "2.0"), "factor": ("-2.0", "-4.0")})
def one(rng, sizes):
    """Minus twice a number against its double, taken away."""
    write_down("one")
    x = rng.standard_normal(sizes)
    return -2.0 * x, -(x + x)


@equation("eq-two", mutants={"sign": ("1e-15", "-3.0"), "factor": ("1e-15", "1e-6")})
def two(rng, sizes):
    """A number against the same with a little added."""
    return np.ones(2), np.ones(2) + 1e-15, 4e-15


@equation("eq-three", mutants={"sign": ("x + x", "x - x"), "number": ("2 *", "3 *")})
def by_its_name(rng, sizes):
    x = rng.standard_normal(sizes)
    return 2 * x, x + x
''',
    "tests/equations/shared.py": """
from pathlib import Path


def write_down(name):
    with open(Path(__file__).with_name("runs.txt"), "a") as file:
        file.write(name + "\\n")
""",
}


class Planted:
    """A small book of its own in a folder, with the extension and the registry of this one."""

    def __init__(self, folder):
        self.folder = folder
        for name, text in FILES.items():
            self.write(name, text)
        for name in "book/_ext/equation_checks.py", "tests/equations/registry.py", "tests/markdown_blocks.py":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)

    def write(self, name, text):
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def replace(self, name, old, new):
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))

    def build(self, *options):
        """The return code, what the build said, which entries wrote down that they ran, and the page of the checks."""
        runs = self.folder / "tests/equations/runs.txt"
        runs.write_text("")
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", "-b", "html", "-W", "-n", "--keep-going", *options, ".", "out"],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        )
        page = self.folder / "out/book/checks.html"
        return (
            done.returncode,
            done.stdout,
            set(runs.read_text().split()),
            page.read_text(encoding="utf-8") if page.exists() else "",
        )


def rows(page):
    """label → the texts of the cells of its row, and the place that its first cell leads to."""
    found = {}
    for label, row in re.findall(r'<tr [^>]*id="check-(eq-[a-z0-9-]+)">(.*?)</tr>', page, re.DOTALL):
        cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        found[label] = [re.sub("<[^>]+>", "", cell).strip() for cell in cells], re.search('href="([^"]+)"', row)[1]
    return found


@pytest.fixture(scope="module")
def life(tmp_path_factory):
    """One planted book through its life: built, built again, changed, broken, built again, mended."""
    book, story = Planted(tmp_path_factory.mktemp("planted")), {}
    story["first"] = book.build()
    story["pages"] = {
        name: (book.folder / f"out/book/{name}.html").read_text(encoding="utf-8")
        for name in ("index", "first", "second", "unlisted")
    }
    story["again"] = book.build()
    book.replace("tests/equations/front.py", "Three against three.", "Three against the whole number three.")
    story["changed"] = book.build()
    book.replace("tests/equations/chapters.py", "-(x + x)", "(x + x)")
    book.replace("tests/equations/chapters.py", '"1e-6"', '"2e-15"')
    book.replace("tests/equations/chapters.py", '("2 *", "3 *")', '("2 *", "missing *")')
    book.replace("book/second.md", "(eq-three)", "(eq-three)\n\n$$ f = f $$ (eq-new)")
    book.write("tests/equations/broken.py", "import no_such_module\n")
    story["broken"] = book.build()
    story["still broken"] = book.build()
    (book.folder / "tests/equations/broken.py").unlink()
    book.write("tests/equations/chapters.py", FILES["tests/equations/chapters.py"])
    book.write("book/second.md", FILES["book/second.md"])
    story["mended"] = book.build()
    return story


OF_ITS_LIFE = pytest.mark.long("life")  # it takes half a minute, whichever of its tests is run


@OF_ITS_LIFE
def test_a_right_book_builds_without_warnings(life):
    code, said, ran, page = life["first"]
    assert code == 0, said
    assert ran == {"front", "one"}


@OF_ITS_LIFE
def test_the_table_says_what_came_out(life):
    found = rows(life["first"][3])
    assert {label: cells[1:] for label, (cells, _) in found.items()} == {
        "eq-front": ["Three against three.", "exact", "2 of 2"],
        "eq-three": ["by its name", "0 ≤\N{NO-BREAK SPACE}1.0e-12", "2 of 2"],
        "eq-one": ["Minus twice a number against its double, taken away.", "0 ≤\N{NO-BREAK SPACE}1.0e-12", "2 of 2"],
        "eq-two": ["A number against the same with a little added.", "1.1e-15 ≤\N{NO-BREAK SPACE}4.0e-15*", "2 of 2"],
    }
    assert (
        "4 equations are listed: 1 hold exactly, 1 stay below a bound that rounding explains, "
        "and 2 below a tolerance that was set." in life["first"][3]
    )
    assert "Of 8 mutants, 8 turn their check red." in life["first"][3]


@OF_ITS_LIFE
def test_chapters_stand_in_the_order_of_the_contents(life):
    headings = [re.sub("<.*", "", heading) for heading in re.findall(r"<h2>(.*?)</h2>", life["first"][3])]
    assert headings == ["The book", "The second chapter", "The first chapter"]
    assert list(rows(life["first"][3])) == ["eq-front", "eq-three", "eq-one", "eq-two"]


@OF_ITS_LIFE
def test_rows_and_equations_lead_to_each_other(life):
    found, pages = rows(life["first"][3]), life["pages"]
    assert found["eq-two"][0][0] == "(2.2)" and found["eq-two"][1] == "first.html#equation-eq-two"
    assert 'href="checks.html#check-eq-two" aria-label="Check of equation (2.2): ' in pages["first"]
    assert [page.count('class="equation-check"') for page in pages.values()] == [1, 2, 1, 0]


@OF_ITS_LIFE
def test_an_unchanged_book_runs_nothing_again(life):
    code, said, ran, page = life["again"]
    assert code == 0 and ran == set() and "0 changed" in said and page == life["first"][3]


@OF_ITS_LIFE
def test_a_changed_entry_renews_the_page_and_runs_its_file_alone(life):
    code, said, ran, page = life["changed"]
    assert code == 0, said
    assert ran == {"front"} and rows(page)["eq-front"][0][1] == "Three against the whole number three."


@OF_ITS_LIFE
@pytest.mark.parametrize("state", ["broken", "still broken"])
def test_a_wrong_entry_breaks_the_build_and_so_does_the_next_one(life, state):
    code, said, _, page = life[state]
    assert code != 0
    for complaint in (
        "eq-one fails at the sizes (3, 5, 4, 2): AssertionError: "
        "eq-one (tests/equations/chapters.py): the sides differ by 2.0e+00",
        "eq-two: the mutant 'factor' stays green at the sizes (3, 5, 4, 2)",
        "eq-three: the mutant 'number' does not run: NameError",
        "eq-new has no entry in tests/equations",
        "tests/equations/broken.py cannot be imported: ModuleNotFoundError",
    ):
        assert re.search(r"checks\.md:5: WARNING: " + re.escape(complaint), said.replace(os.sep, "/")), complaint
    found = rows(page)
    assert found["eq-one"][0][2] == found["eq-two"][0][2] == "fails" and found["eq-two"][0][3] == "1 of 2"
    assert found["eq-new"][0][1] == "Not checked."
    assert found["eq-front"][0][2] == "exact"


@OF_ITS_LIFE
def test_a_mended_book_builds(life):
    code, said, _, page = life["mended"]
    assert code == 0, said
    assert {label: cells for label, (cells, _) in rows(page).items() if label != "eq-front"} == {
        label: cells for label, (cells, _) in rows(life["first"][3]).items() if label != "eq-front"
    }


# The built site


@pytest.fixture(scope="module")
def labels(site):
    """label → the page on which it stands, as far as the page is one of the site."""
    found = {label.name: re.split(r"\.(?:md|ipynb)\b", label.place)[0] for label in collect(ROOT / "book")[0]}
    return {label: page for label, page in found.items() if (site / f"{page}.html").exists()}


def test_every_labelled_equation_has_a_row_that_leads_to_it(site, labels):
    found = rows((site / "book/checks.html").read_text(encoding="utf-8"))
    assert {label: place for label, (_, place) in found.items()} == {
        label: f"{os.path.relpath(page, 'book')}.html#equation-{label}" for label, page in labels.items()
    }


def test_no_row_is_empty_and_every_mutant_was_seen(site, labels):
    for label, (cells, _) in rows((site / "book/checks.html").read_text(encoding="utf-8")).items():
        number, compared, residual, mutants = cells
        assert re.fullmatch(r"\([\d.]+\)", number), label
        assert compared and (residual == "exact" or re.fullmatch(r"(0|\d\.\de-\d\d) ≤\s\d\.\de-\d\d\*?", residual)), (
            label
        )
        assert int(mutants.split()[0]) == int(mutants.split()[-1]) >= 2, label


def test_every_labelled_equation_has_one_link_to_its_row(site, labels):
    for page in sorted(set(labels.values())):
        text = (site / f"{page}.html").read_text(encoding="utf-8")
        links = re.findall(
            r'<div class="checked-equation">\s*'
            r'<div class="math[^>]*id="equation-(eq-[a-z0-9-]+)"(?:(?!checked-equation).)*?'
            r'<a class="equation-check" href="([^"]+)" aria-label="Check of equation \([\d.]+\): [^"]+" '
            r'title="[^"]+">✓[=≤≈]</a></div>',
            text,
            re.DOTALL,
        )
        assert sorted(links) == sorted(
            (label, f"{os.path.relpath('book/checks', Path(page).parent)}.html#check-{label}")
            for label, where in labels.items()
            if where == page
        ), page


@pytest.mark.parametrize("width", [1280, 390])
def test_the_link_is_in_sight_and_leads_to_the_row(address, browser, width):
    page = browser.new_page()
    try:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address + "book/four_equations.html", wait_until="load")
        equation = page.locator(".checked-equation:has(#equation-eq-bp2)")
        link = equation.get_by_role("link", name=re.compile(r"Check of equation \([\d.]+\): both sides"))
        link.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")  # what comes into the window on the way may still move the link
        box = link.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width and min(box["width"], box["height"]) >= 24
        link.click()
        page.wait_for_url("**/book/checks.html#check-eq-bp2")
        row = page.locator("#check-eq-bp2")
        assert "BP2" in row.inner_text() and 0 <= row.bounding_box()["y"] < 800
        row.get_by_role("link").click()
        page.wait_for_url("**/book/four_equations.html#equation-eq-bp2")
    finally:
        page.close()


def test_a_key_depends_on_what_imports_import_and_on_every_part_of_bpcore(tmp_path):
    """The file entries imports middle, which imports deep, and bpcore has a folder: changes of both change its key."""
    texts = {
        "tests/equations/entries.py": "from .middle import x\n",
        "tests/equations/middle.py": "from .deep import x\n",
        "tests/equations/deep.py": "x = 1\n",
        "tests/equations/other.py": "y = 1\n",
        "tests/equations/registry.py": "",
        "bpcore/__init__.py": "",
        "bpcore/part/inner.py": "z = 1\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    place = tmp_path / "book" / "_ext" / "equation_checks.py"
    place.parent.mkdir(parents=True)
    shutil.copy(ROOT / "book" / "_ext" / "equation_checks.py", place)
    extension = runpy.run_path(str(place))
    first = extension["keys"]()
    (tmp_path / "tests/equations/deep.py").write_text("x = 2\n", encoding="utf-8")
    second = extension["keys"]()
    assert {name for name in first if first[name] != second[name]} == {"entries", "middle", "deep"}
    (tmp_path / "bpcore/part/inner.py").write_text("z = 2\n", encoding="utf-8")
    assert all(now != before for now, before in zip(extension["keys"]().values(), second.values()))
