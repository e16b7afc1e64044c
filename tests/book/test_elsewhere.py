"""Buttons that open a chapter on another site: only with the repository's address, and only where that site can."""

import json
import re
import sys
from types import SimpleNamespace

import pytest
import share
import yaml
from docutils import nodes
from elsewhere import BRANCH, addresses, offer_services
from text import NOTEBOOKS, ROOT, read, source

COLAB, BINDER = "https://colab.research.google.com/github/", "https://mybinder.org/v2/"


@pytest.mark.parametrize(
    "repository, expected",
    [
        ("", {}),
        ("https://example.org/owner/project", {}),
        ("https://github.com/owner", {}),
        (
            "https://github.com/owner/a.project",
            {
                "Binder": f"{BINDER}gh/owner/a.project/notebooks?urlpath=lab/tree/xor.ipynb",
                "Colab": f"{COLAB}owner/a.project/blob/notebooks/xor.ipynb",
            },
        ),
        ("https://gitlab.com/o/p.git", {"Binder": f"{BINDER}gl/o%2Fp/notebooks?urlpath=lab/tree/xor.ipynb"}),
    ],
)
def test_addresses(repository, expected):
    assert addresses(repository, "xor") == expected


def buttons(page, suffix, monkeypatch, repository):
    monkeypatch.setenv("REPOSITORY_URL", repository)
    app = SimpleNamespace(env=SimpleNamespace(doc2path=lambda name: name + suffix))
    context = {"header_buttons": []}
    offer_services(app, page, "page.html", context, object())
    return [button["url"] for group in context["header_buttons"] for button in group["buttons"]]


def test_a_chapter_has_buttons_with_the_address_alone(monkeypatch):
    assert len(buttons("book/xor", ".ipynb", monkeypatch, "https://github.com/o/p")) == 2
    assert buttons("book/xor", ".ipynb", monkeypatch, "") == []
    assert buttons("book/glossary", ".md", monkeypatch, "https://github.com/o/p") == []


@pytest.mark.parametrize("repository", ["https://example.org/owner/project/", ""])
def test_a_page_that_speaks_of_the_repository_leads_there(repository, monkeypatch):
    """In running text, whether its apostrophe is typed or printed; what is code or a link already stays as it is."""
    monkeypatch.setenv("REPOSITORY_URL", repository)
    words = "of the book’s repository", "a clone of this book's repository.", "of the book of a repository"
    page = nodes.section("", *(nodes.paragraph("", text) for text in words))
    page += nodes.paragraph("", "", nodes.literal("", words[0]), nodes.reference("", words[0], refuri="other"))
    page += nodes.paragraph("", "", nodes.reference("", "", nodes.emphasis("", words[0]), refuri="other"))
    before = page.astext()
    share.link_repository(SimpleNamespace(builder=SimpleNamespace(format="html")), page, "book/wild")
    links = [(link.astext(), link["refuri"]) for link in page.findall(nodes.reference)]
    address = "https://example.org/owner/project"
    new = [("the book’s repository", address), ("this book's repository", address)] if repository else []
    assert links == [*new, (words[0], "other"), (words[0], "other")] and page.astext() == before


def test_the_site_without_an_address_names_neither(site):
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search('href="[^"]*(?:mybinder|colab)', text) and "launch-buttons" not in text, path


def test_binder_installs_what_the_notebooks_import():
    """The package of the book comes with each notebook; what scikit-learn installs is there with it."""
    listed = (ROOT / "binder" / "requirements.txt").read_text(encoding="utf-8")
    there = set(re.findall(r"^([\w-]+)", listed, re.MULTILINE)) | {"scipy", "threadpoolctl", "IPython", "bpcore"}
    there = {"sklearn" if name == "scikit-learn" else name for name in there} | sys.stdlib_module_names
    bare = re.compile(r"^(?:from|import) (\w+)", re.MULTILINE)
    cells = [source(cell) for path in NOTEBOOKS for cell in read(path)["cells"] if cell["cell_type"] == "code"]
    assert {name for text in cells for name in bare.findall(text)} - there <= {"myst_nb"}  # not in the plain ones


def test_the_branch_of_the_notebooks_is_published_with_the_buttons():
    """Where the site is built with the repository's address, the branch that the buttons lead to is pushed."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8"))
    steps = json.dumps(workflow["jobs"]["publish"]["steps"])
    assert "REPOSITORY_URL" in steps and f"git push --force origin {BRANCH}" in steps and "binder" in steps
